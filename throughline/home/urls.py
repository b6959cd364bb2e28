"""The pages that `foundation.places` names; without a namespace, so that lower rooms can name them."""

from __future__ import annotations

from django.urls import path

from throughline.home import views

urlpatterns = [
    path("", views.today, name="today"),
    path("relationships/<uuid:relationship_id>/", views.relationship, name="relationship"),
    path("jump", views.jump, name="jump"),
    path("keys", views.keys, name="keys"),
    path("offline", views.offline, name="offline"),
    path("sw.js", views.worker, name="worker"),  # at the root, so that it answers for every page
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("design", views.design, name="design"),
]
