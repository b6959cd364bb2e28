from __future__ import annotations

from django.urls import URLPattern, path

from throughline.demo import views

app_name = "demo"
urlpatterns: list[URLPattern] = [path("as/<slug:who>", views.look_around, name="look-around")]
