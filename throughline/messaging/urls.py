from __future__ import annotations

from django.urls import path

from throughline.messaging import views

app_name = "messaging"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/conversation/", views.conversation, name="conversation"),
    path("relationships/<uuid:relationship_id>/conversation/seen/<int:number>/", views.seen, name="seen"),
    path("messages/<uuid:message_id>/", views.message, name="message"),
    path("messages/<uuid:message_id>/sign/", views.sign, name="sign"),
    path("messages/<uuid:message_id>/delete/", views.delete, name="delete"),
]
