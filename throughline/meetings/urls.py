from __future__ import annotations

from django.urls import path

from throughline.meetings import views

app_name = "meetings"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/meetings/", views.series, name="series"),
    path("relationships/<uuid:relationship_id>/meetings/times/", views.slots, name="slots"),
    path("meetings/<uuid:meeting_id>/", views.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/join", views.join, name="join"),
    path("meetings/<uuid:meeting_id>/move/", views.move, name="move"),
    path("meetings/<uuid:meeting_id>/call-off/", views.call_off, name="call_off"),
    path("meetings/<uuid:meeting_id>/leave-out/", views.leave_out, name="leave_out"),
    path("meetings/<uuid:meeting_id>/beside/", views.beside, name="beside"),
    path("meetings/<uuid:meeting_id>/agenda", views.add, name="agenda"),
    path("meetings/agenda/<uuid:item_id>/<slug:end>", views.end, name="agenda-end"),
    path("meetings/<uuid:meeting_id>/ready/<int:number>", views.ready, name="ready"),
    path("meetings/<uuid:meeting_id>/notes", views.notes, name="notes"),
    path("meetings/<uuid:meeting_id>/elsewhere", views.go, name="go"),
    path("meetings/<uuid:meeting_id>/report/", views.report, name="report"),
    path("meetings/<uuid:meeting_id>/report/answer", views.answer_report, name="answer_report"),
    path("relationships/<uuid:relationship_id>/meetings/room/", views.room, name="room"),
    path("meetings/requests/<uuid:request_id>/", views.request_about, name="request"),
    path("meetings/requests/<uuid:request_id>/answer", views.answer, name="answer"),
    path("meetings/requests/<uuid:request_id>/take-back", views.take_back, name="take_back"),
]
