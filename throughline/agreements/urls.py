from __future__ import annotations

from django.urls import include, path

from throughline.agreements.views import (
    history,
    overview,
    papers,
    parts,
    preparing,
    proposals,
    reviewing,
    signing,
    starting,
)

app_name = "agreements"
_of_a_relationship = [
    path("", overview.agreement, name="agreement"),
    path("parts/<slug:kind>/", parts.part, name="part"),
    path("parts/<slug:kind>/says/", parts.says, name="says"),
    path("parts/<slug:kind>/fields/", parts.fields, name="fields"),
    path("parts/<slug:kind>/overtaken/<uuid:overtaken_id>/", parts.settled, name="settled"),
    path("parts/<slug:kind>/begin/", starting.begin_part, name="begin-part"),
    path("starting-texts/", starting.starting_texts, name="starting-texts"),
    path("prepare/", preparing.prepare, name="prepare"),
    path("prepare/show/", preparing.show, name="show"),
    path("prepare/side-by-side/", preparing.side_by_side, name="side-by-side"),
    path("prepare/<slug:step>/", preparing.step, name="step"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/new/<slug:kind>/", proposals.propose, name="propose"),
    path("proposals/<uuid:proposal_id>/", proposals.proposal, name="proposal"),
    path("words/", overview.words, name="words"),
    path("sign/", signing.sign, name="sign"),
    path("review/", reviewing.review, name="review"),
    path("history/", history.history, name="history"),
    path("versions/<int:number>/", history.version, name="version"),
    path("versions/<int:number>/paper/", papers.paper, name="paper"),
    path("versions/<int:number>/paper/signature/", papers.paper_signature, name="paper-signature"),
]
urlpatterns = [
    path("relationships/<uuid:relationship_id>/agreement/", include(_of_a_relationship)),
    path("verify/", papers.verify, name="verify"),
    path("verify/keys.pem", papers.keys, name="keys"),
]
