from __future__ import annotations

from django.urls import path

from throughline.messaging import views

app_name = "messaging"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/conversation/", views.conversation, name="conversation"),
    path("relationships/<uuid:relationship_id>/conversation/seen/<int:number>/", views.seen, name="seen"),
    path("relationships/<uuid:relationship_id>/conversation/search/", views.search, name="search"),
    path("relationships/<uuid:relationship_id>/conversation/sends/", views.sends_by, name="sends"),
    path("messages/<uuid:message_id>/", views.message, name="message"),
    path("messages/<uuid:message_id>/mail/", views.letter, name="letter"),
    path("messages/<uuid:message_id>/answer-by/", views.promise, name="promise"),
    path("messages/<uuid:message_id>/sign/", views.sign, name="sign"),
    path("messages/<uuid:message_id>/delete/", views.delete, name="delete"),
    path("relationships/<uuid:relationship_id>/conversation/files/", views.take, name="take"),
    path("files/<uuid:file_id>/", views.file, name="file"),
    path("files/<uuid:file_id>/small/", views.small, name="small"),
    path("files/<uuid:file_id>/forget/", views.forget, name="forget"),
]
