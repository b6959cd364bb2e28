"""Puts the marked sentence into every sealed field, room by room, by the room's own actions wherever it has them.

A new sealed field makes the canary test fail until a maker here, or the action that one calls, fills it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from throughline.foundation import clock
from throughline.foundation.ids import new_id

MARK = "The canary sings at noon, 4711"

RANDOM = {
    "relationships.InvitationLink.token": "made by the machine; the mail that carries it is meant to",
    "agreements.Agreement.salt": "made by the machine",
    "agreements.Paper.content": "a PDF of what both signed, whose text lies packed in it",
    "messaging.Enclosure.about": "a type, a shape and sizes; the file's name and its bytes carry the mark",
    "messaging.Reaction.sign": "one of six signs of ours",
    "practices.CameraAnswer.reason": "one of four words of ours, sealed because it was answered for oneself alone",
}
"""Sealed fields that hold nobody's words, each with the reason why they carry no mark."""


@dataclass
class Scene:
    """Two people and what is between them."""

    mentor: Any
    mentee: Any
    pair: Any
    clock_file: Path

    def later(self, **length: float) -> None:
        before = float(self.clock_file.read_text() or 0)
        self.clock_file.write_text(str(before + timedelta(**length).total_seconds()))


def relationships(scene: Scene) -> None:
    from throughline.relationships.actions import (
        accept_invitation,
        decline_invitation,
        invite,
        propose_pause,
    )
    from throughline.relationships.domain.roles import Role
    from throughline.relationships.queries import newest_link_of

    declined = invite(by=scene.mentor, role=Role.MENTEE, email=scene.mentee.email, note=MARK)
    decline_invitation(link=newest_link_of(declined), by=scene.mentee, reason=MARK)
    accepted = invite(by=scene.mentor, role=Role.MENTEE, email=scene.mentee.email, note=MARK)
    scene.pair = accept_invitation(link=newest_link_of(accepted), by=scene.mentee)
    tomorrow = clock.today_in(scene.mentor.zone) + timedelta(days=1)
    propose_pause(relationship=scene.pair, by=scene.mentor, first_day=tomorrow, last_day=tomorrow, reason=MARK)


def commitments(scene: Scene) -> None:
    from throughline.commitments.actions import drop, make_commitment

    due = clock.today_in(scene.mentee.zone) + timedelta(days=3)
    made = make_commitment(relationship=scene.pair, owner=scene.mentee, due=due, words=MARK)
    drop(commitment=made, by=scene.mentee, reason=MARK)


def coediting(scene: Scene) -> None:
    from pycrdt import Doc, XmlFragment, XmlText

    from throughline.agreements.actions import open_words
    from throughline.coediting.actions import Change, append_updates, compact_document

    document_id = open_words(by=scene.mentor, relationship=scene.pair).prose
    for number in (1, 2):  # the first is compacted into the snapshot, the second stays in the log
        doc: Doc[Any] = Doc()
        doc["default"] = fragment = XmlFragment()
        fragment.children.append(XmlText(f"{MARK} {number}"))
        append_updates(changes={document_id: [Change(scene.mentor.pk, doc.get_update())]})
        if number == 1:
            scene.later(minutes=10)
            compact_document(document_id=document_id)


def agreements(scene: Scene) -> None:
    from throughline.accounts.access import Proof
    from throughline.accounts.domain.channels import Channel
    from throughline.agreements.actions import decline_change, make_paper, propose_change, save_part, sign_agreement
    from throughline.agreements.domain import terms
    from throughline.agreements.domain.descriptions import Clause
    from throughline.agreements.queries.candidate import candidate_of
    from throughline.agreements.queries.draft import agreement_of, draft_of, parts_of

    first = clock.today_in(scene.mentor.zone) + timedelta(days=2)
    days = terms.ResponseTime(2, terms.Unit.DAYS)
    ways = terms.Ways((Channel.VIDEO,), Channel.PHONE)
    for part in (
        terms.Objectives((terms.Objective(MARK, MARK),)),
        terms.Schedule(
            terms.Cadence.WEEKLY,
            first.weekday(),
            None,
            clock.now().time().replace(microsecond=0),
            "UTC",
            50,
            first,
            None,
        ),
        terms.Channels(ways, terms.Ways((Channel.MESSAGE,), Channel.EMAIL)),
        terms.Responses(days, days),
        terms.Preparation((terms.PreparationItem(MARK, terms.Who.MENTEE, 24),)),
        terms.Confidentiality(terms.Mode.PRIVATE, MARK, MARK),
        terms.Review(date(first.year + 1, 1, 31), 180),
    ):
        save_part(by=scene.mentor, relationship=scene.pair, part=part, stamp=0)
    for person in (scene.mentor, scene.mentee):
        agreement, parts = agreement_of(scene.pair.pk), parts_of(draft_of(scene.pair.pk))
        candidate = candidate_of(agreement, parts, today=clock.today_in(person.zone))
        proof = Proof("password", clock.now())
        sign_agreement(
            by=person, relationship=scene.pair, shown_digest=candidate.digest, proof=proof, acknowledged=tuple(Clause)
        )
    make_paper(by=scene.mentor, relationship_id=scene.pair.pk, number=1)
    other = terms.Objectives((terms.Objective(MARK, f"{MARK} more"),))
    change = propose_change(by=scene.mentor, relationship=scene.pair, part=other, reason=MARK, proof=None)
    decline_change(by=scene.mentee, relationship=scene.pair, proposal_id=change.pk, words=MARK)
    _both_change_one_objective(scene)


def _both_change_one_objective(scene: Scene) -> None:
    from throughline.agreements.actions import keep_answer, write_fields
    from throughline.agreements.domain.terms import PartKind
    from throughline.agreements.forms.base import Setting
    from throughline.agreements.forms.typed import PartTyping

    typing = PartTyping(PartKind.OBJECTIVES, Setting(clock.today_in(scene.mentor.zone), (scene.mentor.zone,)))
    stamp = write_fields(by=scene.mentor, relationship=scene.pair, typing=typing, typed={}).stamp
    for person, more in ((scene.mentor, " and"), (scene.mentee, " or")):
        typed = {"aim_1": (f"{MARK}{more}", stamp)}
        write_fields(by=person, relationship=scene.pair, typing=typing, typed=typed)
    keep_answer(by=scene.mentor, relationship=scene.pair, step="words", typed={"why": MARK})


def messaging(scene: Scene) -> None:
    from throughline.messaging.actions import edit_message, keep_file, react, send_message

    said = send_message(relationship=scene.pair, by=scene.mentee, client_id=new_id(), text=MARK)
    send_message(relationship=scene.pair, by=scene.mentor, client_id=new_id(), text=f"{MARK} 2", answers=said.pk)
    edit_message(message=said, by=scene.mentee, text=f"{MARK} 3")
    react(message=said, by=scene.mentor, sign="👍")
    file = keep_file(relationship=scene.pair, by=scene.mentor, name=f"{MARK}.txt", content=MARK.encode())
    send_message(relationship=scene.pair, by=scene.mentor, client_id=new_id(), text=MARK, files=[file.pk])
    keep_file(relationship=scene.pair, by=scene.mentor, name=f"{MARK}, never sent.txt", content=MARK.encode())
    _answer_by_mail(scene, said)


def _answer_by_mail(scene: Scene, said: Any) -> None:
    from throughline.notices.actions import answer_address, take_in
    from throughline.notices.tests.inbound import mail, taking_mail_in

    with taking_mail_in():
        to = answer_address(kind="messaging.reply", person=scene.mentor, message_id=said.pk)
        take_in(raw=mail(MARK, sender=scene.mentor.email, Subject2=MARK), to=to)


def goals(scene: Scene) -> None:
    from throughline.goals import actions
    from throughline.goals.domain.measure import Kind, Levels, Number

    day = clock.today_in("UTC") + timedelta(days=9)
    pair, by, other = scene.pair, scene.mentee, scene.mentor
    evidence = actions.Evidence(link=f"https://example.org/{MARK}")
    goal = actions.write_goal(relationship=pair, by=by, owner=by, sentence=MARK, why=MARK, outcome=MARK, due=day)
    actions.reword_goal(goal=goal, by=by, sentence=f"{MARK} 2", why=MARK, outcome=MARK, owner=by)
    actions.set_due(goal=goal, by=by, due=day + timedelta(days=1), reason=MARK)
    actions.measure_goal(goal=goal, by=by, kind=Kind.NUMBER, content=Number(MARK, 0, 5))
    point = actions.record_line(goal=goal, by=by, line=f"3, {MARK}", evidence=evidence)
    actions.correct_point(point=point, by=by, seen=0, value=4.0, note=f"{MARK} 2", day=point.day, evidence=evidence)
    actions.link_goal(goal=goal, by=by, what=evidence)
    words = (f"{MARK} 1", f"{MARK} 2", f"{MARK} 3", f"{MARK} 4", f"{MARK} 5")
    levels = actions.write_goal(relationship=pair, by=by, owner=by, sentence=MARK)
    actions.measure_goal(goal=levels, by=by, kind=Kind.LEVELS, content=Levels(words))
    actions.agree_to_levels(goal=levels, by=other, number=1)
    steps = actions.write_goal(relationship=pair, by=by, owner=by, sentence=MARK, private=True)
    actions.measure_by_milestones(goal=steps, by=by, steps=[(MARK, day)])
    actions.drop_goal(goal=goal, by=by, reason=MARK)
    happened = [{"what": "words", "by": MARK, "at": "2026-01-01T00:00:00+00:00", "before": MARK}]
    point = {"day": "2026-01-01", "note": MARK, "by_name": MARK}
    file = {"goals": [{"sentence": f"{MARK} 3", "owner_name": MARK, "history": happened, "points": [point]}]}
    actions.bring_in(relationship=pair, by=by, text=json.dumps(file))


def meetings(scene: Scene) -> None:
    """One moved with consent, one called off; one prepared and noted down."""
    from throughline.meetings import actions
    from throughline.meetings.models import Meeting, OutsideRoom

    first, second = Meeting.objects.filter(relationship_id=scene.pair.pk, start__gt=clock.now()).order_by("start")[:2]
    asked = actions.ask_move(occurrence=first, by=scene.mentee, to=first.start + timedelta(days=1), reason=MARK)
    actions.answer_move(request=asked, by=scene.mentor, accepted=True)
    actions.cancel_meeting(meeting=second, by=scene.mentee, reason=MARK)
    actions.add_to_agenda(meeting=first, by=scene.mentee, words=MARK)
    actions.note_down(meeting=first, by=scene.mentor, words=MARK)
    actions.post_preparation(meeting=first, by=scene.mentee, number=0, words=MARK)
    # A link takes no spaces, so its mark is a row: of a room that is over, which no page opens.
    OutsideRoom.objects.create(relationship_id=scene.pair.pk, by=scene.mentor, url=MARK, ended_at=clock.now())


def endings(scene: Scene) -> None:
    from throughline.relationships.actions import end_relationship

    end_relationship(relationship=scene.pair, by=scene.mentor, reflection=MARK)


MAKERS: list[Callable[[Scene], None]] = [
    relationships,
    commitments,
    coediting,
    agreements,
    messaging,
    goals,
    meetings,
    endings,
]
