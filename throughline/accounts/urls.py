from __future__ import annotations

from django.urls import URLPattern, path

from throughline.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("profile/", views.profile, name="profile"),
    path("people/<uuid:person_id>/photo/", views.photo, name="photo"),
    path("prove/", views.prove, name="prove"),
]
