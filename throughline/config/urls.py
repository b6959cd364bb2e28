"""Every address, by room."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from throughline.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("account/", include("throughline.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("throughline.notices.urls")),
    path("", include("throughline.relationships.urls")),
    path("", include("throughline.commitments.urls")),
    path("", include("throughline.agreements.urls")),
    path("", include("throughline.messaging.urls")),
    path("", include("throughline.calls.urls")),
    path("", include("throughline.meetings.urls")),
    path("", include("throughline.practices.urls")),
    path("", include("throughline.programs.urls")),
    path("", include("throughline.home.urls")),
    path("demo/", include("throughline.demo.urls")),
]
