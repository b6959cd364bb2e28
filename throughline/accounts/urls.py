from __future__ import annotations

from django.urls import URLPattern, path

from throughline.accounts.views import account, people, profile, rights

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("profile/", profile.profile, name="profile"),
    path("profile/photo/", profile.photo, name="change_photo"),
    path("profile/photo/remove/", profile.remove_photo, name="remove_photo"),
    path("profile/windows/", profile.windows, name="windows"),
    path("profile/absences/", profile.absences, name="absences"),
    path("profile/absences/<uuid:absence_id>/remove/", profile.end_absence, name="end_absence"),
    path("profile/<slug:name>/", profile.section, name="section"),
    path("people/<uuid:person_id>/", people.person, name="person"),
    path("people/<uuid:person_id>/photo/", people.photo, name="photo"),
    path("settings/", account.settings, name="settings"),
    path("sessions/", account.sessions, name="sessions"),  # in place of allauth's, which shows raw user agents
    path("tokens/", account.tokens, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", account.revoke, name="revoke"),
    path("data/", rights.data, name="data"),
    path("data/kept/", rights.kept, name="kept"),
    path("data/export/", rights.export, name="export"),
    path("data/<uuid:export_id>/download/", rights.download, name="download"),
    path("close/", rights.close, name="close"),
    path("close/stay/", rights.stay, name="stay"),
    path("prove/", account.prove, name="prove"),
]
