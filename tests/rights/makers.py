"""One row of everything for somebody who will go, by the rooms' own actions wherever they have them.

A table that is registered and of which no maker writes a row fails tests/rights/test_erasure.py.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from throughline.foundation import clock
from throughline.foundation.ids import new_id

NAME, ADDRESS, OTHER_ADDRESS = "Zephyrine Quillfeather", "zephyrine@goes.example", "second@goes.example"
PRIVATE = "Only for the heron, 9023"
"""Stands in everything that is private."""
JOINT = "For both of us, 7718"
"""Stands in what is written together."""


@dataclass
class Scene:
    """`goer` closes the account; `stayer` shares a relationship with them, `other` is somebody else's mentee."""

    goer: Any
    stayer: Any
    other: Any
    pair: Any = None
    meeting: Any = None


def accounts(scene: Scene) -> None:
    from allauth.account.models import EmailAddress, EmailConfirmation
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    from throughline.accounts import actions, parcels, photos
    from throughline.accounts.domain.availability import QuietHours, Window
    from throughline.accounts.domain.channels import Channel
    from throughline.accounts.domain.needs import Need
    from throughline.accounts.tests.test_profile import picture
    from throughline.foundation.jobs.runner import run_ready

    goer = scene.goer
    actions.describe_yourself(by=goer, name=NAME, pronouns="ze/zir 9023", offers=PRIVATE, looks_for=PRIVATE)
    actions.set_rhythm(by=goer, working_days=[0, 2], quiet_hours=QuietHours(time(21), time(6)))
    actions.set_windows(by=goer, windows=[Window(1, time(9), time(10))])
    actions.be_away(by=goer, first=clock.today_in("UTC"), last=clock.today_in("UTC"))
    actions.prefer_channels(by=goer, channels=[Channel.PHONE, Channel.VIDEO])
    actions.state_needs(by=goer, needs=frozenset({Need.CAPTIONS}))
    actions.make_token(by=goer, name=PRIVATE, scopes=["meetings:read"], days=1)
    actions.show_photo(by=goer, photo=photos.prepared(picture()))
    export = actions.ask_for_export(by=goer)
    run_ready()
    assert list(parcels.content(export.pk, actions.key_of(export)))
    address = EmailAddress.objects.create(user=goer, email=ADDRESS, primary=True, verified=True)
    EmailAddress.objects.create(user=goer, email=OTHER_ADDRESS)
    EmailConfirmation.objects.create(email_address=address, key="confirm-9023", sent=clock.now())
    Authenticator.objects.create(user=goer, type="totp", data={"secret": PRIVATE})
    client = Client(headers={"host": "localhost"})
    client.force_login(goer)
    UserSession.objects.update_or_create(
        user=goer, session_key=client.session.session_key, ip="203.0.113.77", user_agent=PRIVATE
    )
    LogEntry.objects.create(
        user=scene.stayer,
        content_type=ContentType.objects.get_for_model(type(goer)),
        object_id=str(goer.pk),
        object_repr=NAME,
        action_flag=CHANGE,
    )


def notices(scene: Scene) -> None:
    from throughline.notices.actions import answer_address, choose_rhythm, take_in, wish
    from throughline.notices.domain.topics import Rhythm, Topic, Way
    from throughline.notices.models import AwayNote, Target
    from throughline.notices.tests.inbound import REPORT, taking_mail_in

    with taking_mail_in():
        to = answer_address(kind="tests.answer", person=scene.goer, thing=new_id())
        take_in(raw=REPORT % (1, b"5.1.1"), to=to, envelope_sender="")
    choose_rhythm(by=scene.goer, rhythm=Rhythm.AT_ONCE, working_days_only=False, words=False)
    wish(by=scene.goer, topic=Topic.MEETINGS, way=Way.PUSH, wanted=False)
    Target.objects.create(person=scene.goer, way=Way.PUSH, digest=b"9023", sealed=b"9023", label=PRIVATE)
    day = clock.today_in("UTC")
    AwayNote.objects.create(person=scene.goer, first=day, last=day)


def relationships(scene: Scene) -> None:
    from throughline.relationships import actions
    from throughline.relationships.domain.roles import Role
    from throughline.relationships.queries import newest_link_of

    goer, stayer = scene.goer, scene.stayer
    invitation = actions.invite(by=goer, role=Role.MENTEE, email=stayer.email, note=JOINT)
    scene.pair = actions.accept_invitation(link=newest_link_of(invitation), by=stayer)
    actions.invite(by=goer, role=Role.MENTEE, email="nobody@answers.example", note=PRIVATE)
    actions.invite(by=stayer, role=Role.MENTEE, email=ADDRESS.upper(), note="open")
    asked = actions.invite(by=stayer, role=Role.MENTEE, email=OTHER_ADDRESS, note="")
    scene.goer.email, kept = OTHER_ADDRESS, scene.goer.email
    actions.decline_invitation(link=newest_link_of(asked), by=goer, reason=JOINT)
    scene.goer.email = kept
    tomorrow = clock.today_in(goer.zone) + timedelta(days=30)
    pause = actions.propose_pause(relationship=scene.pair, by=goer, first_day=tomorrow, last_day=tomorrow, reason=JOINT)
    actions.accept_pause(pause=pause, by=stayer)
    actions.close_pause(pause=pause, by=goer)


def endings(scene: Scene) -> None:
    """Of another relationship of the two, which had ended before."""
    from throughline.relationships import actions
    from throughline.relationships.actions.periods import NOTICE, forget_ended
    from throughline.relationships.domain.roles import Role

    over = actions.begin_relationship(by=scene.goer, role=Role.MENTOR)
    actions.join_relationship(relationship=over, by=scene.stayer, role=Role.MENTEE)
    actions.end_relationship(relationship=over, by=scene.goer, reflection=JOINT)
    actions.ask_for_deletion(relationship=over, by=scene.goer)
    forget_ended(clock.now() + timedelta(hours=1) - NOTICE)


def agreements(scene: Scene) -> None:
    from pycrdt import Doc, XmlFragment, XmlText

    from tests.hostile.scene import both_wrote
    from throughline.agreements.actions import keep_answer, make_paper, open_words
    from throughline.coediting.actions import Change, append_updates, compact_document
    from throughline.meetings.tests.scenes import sign

    document_id = open_words(by=scene.goer, relationship=scene.pair).prose
    doc: Doc[Any] = Doc()
    doc["default"] = fragment = XmlFragment()
    fragment.children.append(XmlText(JOINT))
    append_updates(changes={document_id: [Change(scene.goer.pk, doc.get_update())]})
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        compact_document(document_id=document_id)
    again: Doc[Any] = Doc()
    again["default"] = more = XmlFragment()
    more.children.append(XmlText(JOINT))
    append_updates(changes={document_id: [Change(scene.goer.pk, again.get_update())]})
    sign(scene.pair)
    both_wrote(scene.pair, scene.stayer, scene.goer, JOINT)
    keep_answer(by=scene.goer, relationship=scene.pair, step="words", typed={"why": PRIVATE})
    make_paper(by=scene.goer, relationship_id=scene.pair.pk, number=1)
    _propose_and_take_back(scene)


def _propose_and_take_back(scene: Scene) -> None:
    from throughline.accounts.access import Proof
    from throughline.agreements.actions import decline_change, propose_change
    from throughline.agreements.domain.terms import Objective, Objectives

    given: dict[str, Any] = {"relationship": scene.pair, "reason": JOINT, "proof": Proof("password", clock.now())}
    mine = propose_change(by=scene.goer, part=Objectives((Objective(JOINT, JOINT),)), **given)
    theirs = propose_change(by=scene.stayer, part=Objectives((Objective(JOINT, "Soon"),)), **given)
    decline_change(by=scene.goer, relationship=scene.pair, proposal_id=theirs.pk, words=JOINT)
    assert mine.pk != theirs.pk
    _confirm_what_is_in_force(scene)


def _confirm_what_is_in_force(scene: Scene) -> None:
    from throughline.accounts.access import Proof
    from throughline.agreements.actions import confirm_agreement
    from throughline.agreements.models import Review, Version

    review = Review.objects.get(relationship_id=scene.pair.pk)
    with time_machine.travel(datetime.combine(review.due_on, time(12), UTC)):
        digest = Version.objects.get(relationship_id=scene.pair.pk).digest
        confirm_agreement(
            by=scene.goer, relationship=scene.pair, shown_digest=digest, proof=Proof("password", clock.now())
        )


def goals(scene: Scene) -> None:
    """As the canary writes them: shared, and one that nobody else sees."""
    from tests.canary.makers import Scene as Canary
    from tests.canary.makers import goals as written
    from throughline.goals.actions import be_asked, note_opening
    from throughline.goals.models import Goal

    written(Canary(scene.stayer, scene.goer, scene.pair, Path()))
    note_opening(goal=Goal.objects.filter(by=scene.goer, sharing__isnull=False)[0], by=scene.goer)
    be_asked(goal=Goal.objects.filter(owner=scene.goer)[0], by=scene.goer)


def meetings(scene: Scene) -> None:
    from throughline.calls.actions import hide_address
    from throughline.meetings import actions
    from throughline.meetings.domain.agenda import ItemEnd
    from throughline.meetings.domain.elsewhere import Way
    from throughline.meetings.models import Meeting
    from throughline.meetings.tests.scenes import talk

    first, second, third, last, more, *_ = Meeting.objects.filter(relationship=scene.pair).order_by("start")
    talk(scene.pair, first, [scene.goer, scene.stayer])
    hide_address(by=scene.goer, hidden=True)
    for by, other in ((scene.goer, scene.stayer), (scene.stayer, scene.goer)):
        second.refresh_from_db()
        to = second.start + timedelta(hours=1)
        asked = actions.ask_move(occurrence=second, by=by, to=to, reason=JOINT)
        actions.answer_move(request=asked, by=other, accepted=True)
    actions.cancel_meeting(meeting=third, by=scene.goer, reason=JOINT)
    item = actions.add_to_agenda(meeting=second, by=scene.goer, words=JOINT)
    actions.end_item(item=item, by=scene.goer, end=ItemEnd.COVERED)
    actions.note_down(meeting=second, by=scene.goer, words=JOINT)
    for person in (scene.goer, scene.stayer):
        for number in range(2):
            with suppress(actions.NothingToPrepareError):
                actions.post_preparation(meeting=second, by=person, number=number, words=JOINT)
    for person in (scene.goer, scene.stayer):  # the second one ends the first one's
        actions.use_outside_room(relationship=scene.pair, by=person, url=f"https://meet.example.org/{person.pk}")
    with time_machine.travel(last.start, tick=False):
        actions.go_elsewhere(meeting=last, by=scene.goer)
    with time_machine.travel(last.end, tick=False):
        said = actions.report_meeting(meeting=last, by=scene.goer, started_at=last.start, minutes=20, way=Way.VIDEO)
        actions.answer_report(report=said, by=scene.stayer, confirmed=True)
    with time_machine.travel(more.end, tick=False):
        said = actions.report_meeting(meeting=more, by=scene.stayer, started_at=more.start, minutes=20, way=Way.VIDEO)
        actions.answer_report(report=said, by=scene.goer, confirmed=True)
    scene.meeting = first


def calendars(scene: Scene) -> None:
    from throughline.calendars import actions
    from throughline.calendars.models import BusyTime, Copy, Event, Run, Source, SourceKind
    from throughline.foundation.jobs.runner import run_ready

    goer, now = scene.goer, clock.now()
    run_ready()
    actions.make_subscription(by=goer)
    actions.choose_mail(by=goer, wanted=False)
    source = Source(person=goer, kind=SourceKind.ADDRESS, host=f"{PRIVATE}.example", digest="9023")
    source.way = {"url": f"https://calendar.example/{PRIVATE}"}
    source.save()
    BusyTime.objects.create(source=source, start=now, end=now + timedelta(hours=1))
    assert Run.objects.filter(person=goer).exists()
    event = Event.objects.filter(person=goer)[0]
    Copy.objects.create(event=event, source=source, digest="9023", start=event.start)


def messaging(scene: Scene) -> None:
    from throughline.messaging.actions import (
        SendsBy,
        choose_sending_key,
        edit_message,
        keep_file,
        mark_seen,
        react,
        send_message,
    )
    from throughline.notices.actions import answer_address, take_in
    from throughline.notices.tests.inbound import mail, taking_mail_in

    for person in (scene.goer, scene.stayer):
        said = send_message(relationship=scene.pair, by=person, client_id=new_id(), text=JOINT)
        edit_message(message=said, by=person, text=f"{JOINT} 2")
        react(message=said, by=scene.goer, sign="👍")
        file = keep_file(relationship=scene.pair, by=person, name=f"{JOINT}.txt", content=JOINT.encode())
        send_message(relationship=scene.pair, by=person, client_id=new_id(), text=JOINT, files=[file.pk])
        with taking_mail_in():
            to = answer_address(kind="messaging.reply", person=person, message_id=said.pk)
            take_in(raw=mail(f"{JOINT} 3", sender=person.email), to=to)
    mark_seen(relationship=scene.pair, by=scene.goer, number=1)
    choose_sending_key(by=scene.goer, key=SendsBy.CTRL)
    send_message(relationship=scene.pair, by=scene.stayer, client_id=new_id(), text="are you there?")


def commitments(scene: Scene) -> None:
    from throughline.commitments.actions import drop, make_commitment, re_date

    due = clock.today_in(scene.goer.zone) + timedelta(days=3)
    made = make_commitment(relationship=scene.pair, owner=scene.goer, due=due, words=JOINT)
    re_date(commitment=made, by=scene.goer, due=due + timedelta(days=1))
    drop(commitment=made, by=scene.goer, reason=JOINT)


def practices(scene: Scene) -> None:
    from throughline.practices.actions import answer_about_cameras, put_step_aside
    from throughline.practices.domain.reasons import Reason

    answer_about_cameras(relationship=scene.pair, by=scene.goer, reason=next(iter(Reason)))
    put_step_aside(relationship=scene.pair, by=scene.goer, practice_id="video-share", wrong=True)


def programs(scene: Scene) -> None:
    """The goer also coordinates, and looks at what two others do."""
    from throughline.programs.actions import leave_programme, propose_enrolment, start_programme
    from throughline.relationships.actions import begin_relationship, join_relationship, record_looks
    from throughline.relationships.domain.roles import Role, Sight

    programme = start_programme(by=scene.goer, name="Winter", description="Open to all")
    overseen = begin_relationship(by=scene.stayer, role=Role.MENTOR)
    join_relationship(relationship=overseen, by=scene.other, role=Role.MENTEE)
    for person in (scene.stayer, scene.other):
        propose_enrolment(programme=programme, relationship=overseen, by=person)
    record_looks(relationship_ids=[overseen.pk], by=scene.goer, what=Sight.COUNTS)
    enrolment = propose_enrolment(programme=programme, relationship=scene.pair, by=scene.goer)
    leave_programme(enrolment=enrolment, by=scene.goer)


def closing(scene: Scene) -> None:
    from throughline.accounts.actions import close_account

    close_account(by=scene.goer)


MAKERS: list[Callable[[Scene], None]] = [
    relationships,
    agreements,
    meetings,
    calendars,
    messaging,
    commitments,
    goals,
    practices,
    programs,
    endings,
    accounts,
    notices,
    closing,
]

START = datetime(2026, 10, 1, 9, tzinfo=UTC)


def make_scene() -> Scene:
    from throughline.accounts.models import Person

    def person(email: str, name: str) -> Person:
        return Person.objects.create_user(email, "correct horse battery", name=name, zone="Europe/Berlin")

    scene = Scene(
        person(ADDRESS, NAME), person("stays@example.org", "Stella Stays"), person("other@example.org", "Ola")
    )
    for make in MAKERS:
        make(scene)
    return scene
