from __future__ import annotations

from django.urls import URLPattern, path

from throughline.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("outbox/", views.show_outbox, name="outbox"),
    path("reach/", views.reach, name="reach"),
    path("reach/wishes/", views.wishes, name="wishes"),
    path("reach/rest/", views.rest, name="rest"),
    path("reach/rest/end/", views.disturb, name="disturb"),
    path("reach/arrives/", views.arrives, name="arrives"),
    path("reach/key/", views.public_key, name="public_key"),
    path("reach/devices/", views.add_device, name="add_device"),
    path("reach/webhooks/", views.add_hook, name="add_hook"),
    path("reach/<uuid:target_id>/remove/", views.remove, name="remove"),
    path("reach/stop/<str:token>/", views.stop, name="stop"),
]
