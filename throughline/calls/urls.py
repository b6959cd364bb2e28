"""A call's addresses."""

from __future__ import annotations

from django.urls import path

from throughline.calls import views

app_name = "calls"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/call/", views.quick, name="quick"),
    path("calls/test/", views.trial, name="trial"),
    path("calls/<uuid:call_id>/", views.call, name="call"),
    path("calls/<uuid:call_id>/ticket/", views.ticket, name="ticket"),
    path("calls/<uuid:call_id>/address/", views.address, name="address"),
    path("calls/<uuid:call_id>/after/", views.after, name="after"),
]
