from __future__ import annotations

from django.urls import path

from throughline.goals.views import bringing, changing, lists, measuring, pages, picking, reviews

app_name = "goals"
urlpatterns = [
    path("relationships/<uuid:relationship_id>/goals/", lists.listed, name="list"),
    path("relationships/<uuid:relationship_id>/goals/new/", lists.new, name="new"),
    path("relationships/<uuid:relationship_id>/goals/objectives/<int:number>/", lists.take_up, name="take-up"),
    path("relationships/<uuid:relationship_id>/goals/progress/", lists.progress, name="progress"),
    path("relationships/<uuid:relationship_id>/goals/review/", reviews.review, name="review"),
    path("relationships/<uuid:relationship_id>/goals/review.pdf", reviews.paper, name="paper"),
    path("relationships/<uuid:relationship_id>/goals/goals.json", reviews.as_json, name="json"),
    path("relationships/<uuid:relationship_id>/goals/goals.csv", reviews.as_csv, name="csv"),
    path("relationships/<uuid:relationship_id>/goals/bring/", bringing.bring, name="bring"),
    path("goals/line/", pages.line, name="line"),
    path("goals/<uuid:goal_id>/", pages.goal, name="goal"),
    path("goals/<uuid:goal_id>/words/", changing.words, name="words"),
    path("goals/<uuid:goal_id>/measure/", measuring.measure, name="measure"),
    path("goals/<uuid:goal_id>/agree/", measuring.agree, name="agree"),
    path("goals/<uuid:goal_id>/date/", changing.date, name="date"),
    path("goals/<uuid:goal_id>/end/", changing.end, name="end"),
    path("goals/<uuid:goal_id>/reached/", changing.reach, name="reach"),
    path("goals/<uuid:goal_id>/reopen/", changing.reopen, name="reopen"),
    path("goals/<uuid:goal_id>/asked/", changing.asked, name="asked"),
    path("goals/<uuid:goal_id>/share/", changing.share, name="share"),
    path("goals/<uuid:goal_id>/links/", picking.links, name="links"),
    path("goals/<uuid:goal_id>/links/<uuid:link_id>/remove/", picking.unlink, name="unlink"),
    path("goals/points/<uuid:point_id>/", pages.correct, name="point"),
    path("goals/points/<uuid:point_id>/evidence/", picking.evidence, name="evidence"),
    path("goals/points/<uuid:point_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("goals/milestones/<uuid:milestone_id>/", changing.milestone, name="milestone"),
]
