"""Every address, by room."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from throughline.config.api import api
from throughline.config.views import checkup
from throughline.foundation.environment import ENV

_everything: list[URLPattern | URLResolver] = [
    path("checkup/", checkup, name="checkup"),
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("account/", include("throughline.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("throughline.calendars.urls")),
    path("", include("throughline.notices.urls")),
    path("", include("throughline.relationships.urls")),
    path("", include("throughline.commitments.urls")),
    path("", include("throughline.agreements.urls")),
    path("", include("throughline.goals.urls")),
    path("", include("throughline.messaging.urls")),
    path("", include("throughline.calls.urls")),
    path("", include("throughline.meetings.urls")),
    path("", include("throughline.practices.urls")),
    path("", include("throughline.programs.urls")),
    path("", include("throughline.home.urls")),
    path("demo/", include("throughline.demo.urls")),
]

# Below a path of another site (THROUGHLINE_URL=https://example.org/mentoring) the prefix is part of every address, so
# that whatever makes one, in whichever thread, makes it whole. The proxy passes paths on as they are.
urlpatterns: list[URLPattern | URLResolver] = (
    [path(f"{ENV.prefix[1:]}/", include(_everything)), path("", RedirectView.as_view(url=f"{ENV.prefix}/"))]
    if ENV.prefix
    else _everything
)
handler500 = "throughline.config.trouble.answer"
