from __future__ import annotations

from django.urls import URLPattern, path

from throughline.calendars import views

app_name = "calendars"
urlpatterns: list[URLPattern] = [
    path("account/calendars/", views.calendars, name="calendars"),
    path("account/calendars/subscription/", views.subscription, name="subscription"),
    path("account/calendars/subscription/revoke/", views.revoke, name="revoke"),
    path("account/calendars/mail/", views.mail, name="mail"),
    path("account/calendars/follow/", views.follow, name="follow"),
    path("account/calendars/<uuid:source_id>/remove/", views.unfollow, name="unfollow"),
    path("account/calendars/<uuid:source_id>/again/", views.look_again, name="look_again"),
    path("calendar/<slug:secret>.ics", views.feed, name="feed"),
]
