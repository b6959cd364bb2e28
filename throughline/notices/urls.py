from __future__ import annotations

from django.urls import URLPattern, path

from throughline.notices import views

app_name = "notices"
urlpatterns: list[URLPattern] = [path("outbox/", views.show_outbox, name="outbox")]
