from __future__ import annotations

from django.urls import path

from throughline.relationships.views import endings, invitations, oversight, pauses, people

app_name = "relationships"
urlpatterns = [
    path("relationships/", people.index, name="index"),
    path("relationships/invite/", invitations.invite, name="invite"),
    path("relationships/invitations/<uuid:invitation_id>/", invitations.asked, name="asked"),
    path("relationships/invitations/<uuid:invitation_id>/again/", invitations.again, name="again"),
    path("relationships/invitations/<uuid:invitation_id>/revoke/", invitations.revoke, name="revoke"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", invitations.accept, name="accept"),
    path("invitation/<str:token>/decline/", invitations.decline, name="decline"),
    path("relationships/<uuid:relationship_id>/pause/", pauses.pause, name="pause"),
    path("relationships/pauses/<uuid:pause_id>/accept/", pauses.accept, name="accept_pause"),
    path("relationships/pauses/<uuid:pause_id>/close/", pauses.close, name="close_pause"),
    path("relationships/<uuid:relationship_id>/end/", endings.end, name="end"),
    path("relationships/<uuid:relationship_id>/reflect/", endings.reflect, name="reflect"),
    path("relationships/<uuid:relationship_id>/delete/", endings.delete, name="delete"),
    path("relationships/<uuid:relationship_id>/leave/", endings.leave, name="leave"),
    path("relationships/<uuid:relationship_id>/keep/", endings.keep, name="keep"),
    path("relationships/<uuid:relationship_id>/looks/", oversight.looks, name="looks"),
]
