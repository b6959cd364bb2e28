from __future__ import annotations

from django.urls import path

from throughline.commitments import views

app_name = "commitments"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/commitments/", views.listed, name="list"),
    path("commitments/<uuid:commitment_id>/", views.change, name="change"),
    path("commitments/<uuid:commitment_id>/done/", views.done, name="done"),
]
