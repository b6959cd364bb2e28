from __future__ import annotations

from django.urls import path

from throughline.meetings import views

app_name = "meetings"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/meetings/", views.series, name="series"),
    path("relationships/<uuid:relationship_id>/meetings/times/", views.slots, name="slots"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/join", views.join, name="join"),
]
