from __future__ import annotations

from django.urls import path

from throughline.programs import views

app_name = "programs"
urlpatterns = [
    path("programmes/", views.index, name="index"),
    path("programmes/new/", views.new, name="new"),
    path("programmes/<uuid:programme_id>/", views.programme, name="programme"),
    path("programmes/join/<str:code>/", views.join, name="join"),
    path("programmes/enrolments/<uuid:enrolment_id>/", views.enrolment, name="enrolment"),
    path("programmes/enrolments/<uuid:enrolment_id>/agree/", views.agree, name="agree"),
    path("programmes/enrolments/<uuid:enrolment_id>/leave/", views.leave, name="leave"),
    path("programmes/enrolments/<uuid:enrolment_id>/counts/", views.counts, name="counts"),
]
