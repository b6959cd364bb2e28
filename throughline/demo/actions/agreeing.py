"""Writing an agreement part by part and signing it, as the pages do."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from throughline.accounts.access import Proof
from throughline.accounts.domain.channels import Channel
from throughline.agreements.actions import save_part, sign_agreement
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.domain.terms import (
    Channels,
    Confidentiality,
    Objective,
    Objectives,
    Part,
    PartKind,
    Preparation,
    PreparationItem,
    Responses,
    ResponseTime,
    Schedule,
    Unit,
    Ways,
)
from throughline.agreements.queries.candidate import candidate_of
from throughline.agreements.queries.draft import agreement_of, draft_of, parts_of
from throughline.foundation import clock

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.demo.actions.pairs import Life
    from throughline.demo.domain.story import Terms

REACHING = Channels(Ways((Channel.VIDEO, Channel.VOICE), Channel.PHONE), Ways((Channel.MESSAGE,), Channel.EMAIL))


def write(life: Life, terms: Terms, schedule: Schedule) -> None:
    """The six parts, each by one of the two in turn; both have a hand in it. Without a signature, the first three."""
    parts = parts_from(terms, schedule)
    wanted = parts if life.pair.signed is not None else parts[:3]
    for number, part in enumerate(wanted):
        by = (life.mentee, life.mentor)[number % 2]
        save = partial(save_part, by=by, relationship=life.relationship, part=part, stamp=0)
        life.timeline.at(clock.now() + timedelta(minutes=4 * number), save)


def parts_from(terms: Terms, schedule: Schedule) -> list[Part]:
    mentor, mentee = terms.answers
    return [
        Objectives(tuple(Objective(aim, outcome) for aim, outcome in terms.goals)),
        schedule,
        REACHING,
        Responses(ResponseTime(mentor, Unit.DAYS), ResponseTime(mentee, Unit.DAYS)),
        Preparation(tuple(PreparationItem(*item) for item in terms.prepared)),
        Confidentiality(terms.mode, terms.off_limits, terms.may_be_told),
    ]


def sign(life: Life, by: Person) -> None:
    relationship = life.relationship
    agreement = agreement_of(relationship.pk)
    assert agreement is not None, "there is nothing to sign yet"
    today = clock.today_in(by.zone)
    shown = candidate_of(agreement, parts_of(draft_of(relationship.pk)), today=today)
    proof = Proof("password", clock.now())
    sign_agreement(by=by, relationship=relationship, shown_digest=shown.digest, proof=proof, acknowledged=tuple(Clause))


def amend(life: Life, schedule: Schedule) -> None:
    saved = draft_of(life.relationship_id)[PartKind.SCHEDULE]
    save_part(by=life.mentee, relationship=life.relationship, part=schedule, stamp=saved.stamp)
    sign(life, life.mentee)
