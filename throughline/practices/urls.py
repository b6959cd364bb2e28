from __future__ import annotations

from django.urls import path

from throughline.practices import views

app_name = "practices"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/practices/", views.index, name="practices"),
    path("relationships/<uuid:relationship_id>/practices/video-share/answer", views.cameras, name="cameras"),
    path("relationships/<uuid:relationship_id>/practices/<slug:practice_id>/", views.practice, name="practice"),
    path("relationships/<uuid:relationship_id>/practices/<slug:practice_id>/aside", views.aside, name="aside"),
]
