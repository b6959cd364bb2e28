"""One of everything that a pair can have, and every address there is with its ids filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from throughline.accounts.actions import ask_for_export, be_away, make_export, make_token
from throughline.accounts.models import AbsenceRow
from throughline.agreements.actions import keep_answer, open_words, propose_change, show_answers, write_fields
from throughline.agreements.domain.preparing import STEPS
from throughline.agreements.domain.terms import PartKind, Responses, ResponseTime, Unit
from throughline.agreements.forms.base import Setting
from throughline.agreements.forms.typed import PartTyping
from throughline.agreements.models import Overtaken
from throughline.calendars.actions import follow_address
from throughline.calls.actions import enter_call, leave_call, open_call
from throughline.commitments.actions import make_commitment
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.goals.actions import Evidence, link_goal, measure_by_milestones, record_line, write_goal
from throughline.goals.models import Link, Milestone
from throughline.meetings.actions import add_to_agenda, ask_move, note_down, use_outside_room
from throughline.meetings.models import Meeting
from throughline.meetings.tests.scenes import sign
from throughline.messaging.actions import edit_message, keep_file, send_message
from throughline.notices.actions import add_webhook
from throughline.programs.actions import propose_enrolment, start_programme
from throughline.relationships.actions import invite, propose_pause
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import link_path, newest_link_of

SECRET = "The otter swims at dusk, 1147"
"""Stands in everything that the pair has written."""


NAMED = {
    "kind": [kind.value for kind in PartKind],
    "name": ["place", "rhythm", "channels", "needs"],
    "step": list(STEPS),
}
"""Gaps that take one of a few words."""


@dataclass(frozen=True)
class Address:
    """A place of the site. `private`: it names something of the pair, so that others must not find it."""

    path: str
    name: str
    private: bool


@dataclass(frozen=True)
class Scene:
    values: dict[str, Any]
    topics: dict[str, Any]
    """An id for each kind of topic that the pair has."""

    def addresses(self) -> list[Address]:
        """Each once: the forms of a profile and of an agreement by each of their names."""
        ways = [self.values, *({**self.values, gap: value} for gap, values in NAMED.items() for value in values)]
        found = [address for way in ways for address in _walk(get_resolver().url_patterns, "", "", way)]
        return list({address.path: address for address in found}.values())


def make_scene(pair: Any, mentor: Any, mentee: Any, coordinator: Any, words: str = SECRET) -> Scene:
    """The mentor and the mentee with an agreement in force, meetings, calls, words, a pause, a programme, and more."""
    sign(pair)
    longer = Responses(ResponseTime(3, Unit.DAYS), ResponseTime(8, Unit.HOURS))
    change = propose_change(by=mentee, relationship=pair, part=longer, reason=words, proof=None)
    document = open_words(by=mentor, relationship=pair).prose
    over = open_call(relationship=pair, by=mentor)
    enter_call(call_id=over.pk, by_id=mentor.pk, connection="m")
    leave_call(call_id=over.pk, by_id=mentor.pk)
    call = open_call(relationship=pair, by=mentor)
    message = send_message(relationship=pair, by=mentee, client_id=new_id(), text=words)
    asks = {"answers": message.pk, "please_answer": True}
    reply = send_message(relationship=pair, by=mentor, client_id=new_id(), text=words, **asks)
    edit_message(message=reply, by=mentor, text=f"{words} 2")
    file = keep_file(relationship=pair, by=mentor, name=f"{words}.png", content=a_picture())
    send_message(relationship=pair, by=mentor, client_id=new_id(), text=words, files=[file.pk])
    today = max(clock.today_in(mentor.zone), clock.today_in(mentee.zone))
    promise = make_commitment(relationship=pair, owner=mentor, due=today + timedelta(days=3), words=words)
    pause = propose_pause(
        relationship=pair, by=mentee, first_day=today + timedelta(9), last_day=today + timedelta(9), reason=words
    )
    invitation = invite(by=mentor, role=Role.MENTEE, email="nadia@example.org", note=words)
    asked = invite(by=coordinator, role=Role.MENTEE, email=mentor.email, note=words)
    public = "Winter programme" if words == SECRET else words
    programme = start_programme(by=coordinator, name=public, description=public)
    enrolment = propose_enrolment(programme=programme, relationship=pair, by=mentor)
    propose_enrolment(programme=programme, relationship=pair, by=mentee)
    be_away(by=mentor, first=today, last=today)
    token, _words = make_token(by=mentor, name=words, scopes=["meetings:read"], days=1)
    goal = write_goal(relationship=pair, by=mentee, owner=mentee, sentence=words, why=words, due=today + timedelta(40))
    measure_by_milestones(goal=goal, by=mentee, steps=[(words, today + timedelta(days=20)), (f"{words} 2", None)])
    point = record_line(goal=goal, by=mentee, line=words)
    link_goal(goal=goal, by=mentee, what=Evidence(link="https://example.org/"))
    own = write_goal(relationship=pair, by=mentor, owner=mentor, sentence=words, due=today + timedelta(days=9))
    later = Meeting.objects.order_by("start")[1]
    use_outside_room(relationship=pair, by=mentor, url="https://meet.example.org/otters")
    move = ask_move(occurrence=later, by=mentee, to=later.start + timedelta(hours=2), reason=words)
    source = follow_address(by=mentor, url="http://127.0.0.1/mine.ics")
    first = Meeting.objects.order_by("start")[0]
    item = add_to_agenda(meeting=first, by=mentee, words=words)
    note_down(meeting=first, by=mentee, words=words)
    export = ask_for_export(by=mentor)
    make_export(export_id=export.pk)
    values = {
        "export_id": export.pk,
        "source_id": source.pk,
        "secret": "none",
        "relationship_id": pair.pk,
        "goal_id": own.pk,
        "point_id": point.pk,
        "milestone_id": Milestone.objects.order_by("number")[0].pk,
        "link_id": Link.objects.get().pk,
        "invitation_id": invitation.pk,
        "token": link_path(newest_link_of(asked)).strip("/").split("/")[1],
        "pause_id": pause.pk,
        "meeting_id": Meeting.objects.order_by("start")[0].pk,
        "request_id": move.pk,
        "item_id": item.pk,
        "end": "covered",
        "call_id": call.pk,
        "message_id": reply.pk,
        "file_id": file.pk,
        "commitment_id": promise.pk,
        "programme_id": programme.pk,
        "enrolment_id": enrolment.pk,
        "code": programme.code,
        "person_id": mentor.pk,
        "absence_id": AbsenceRow.objects.get().pk,
        "token_id": token.pk,
        "target_id": add_webhook(by=mentor, address="https://127.0.0.1:8443/", shape="slack", label=words)[0].pk,
        "number": 1,
        "step": "words",
        "proposal_id": change.pk,
        "overtaken_id": both_wrote(pair, mentor, mentee, words),
        "kind": "schedule",
        "practice_id": "video-share",
        "name": "about",
        "who": "nobody",
        # of the sign-in library
        "key": "none",
        "uidb36": "1",
        "pk": "1",
    }
    topics = {"call": call.pk, "document": document, "conversation": pair.pk, "agreement": pair.pk}
    topics |= {"person": mentor.pk, "trial": mentor.pk}
    return Scene(values, topics)


def a_picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 20)).save(made, "PNG")
    return made.getvalue()


def both_wrote(pair: Any, mentor: Any, mentee: Any, words: str) -> Any:
    """Both have changed one objective without seeing the other's (the id of what was overtaken), and have prepared."""
    typing = PartTyping(PartKind.OBJECTIVES, Setting(clock.today_in(mentor.zone), (mentor.zone, mentee.zone)))
    stamp = write_fields(by=mentor, relationship=pair, typing=typing, typed={}).stamp
    for person, more in ((mentor, " (1)"), (mentee, " (2)")):
        write_fields(by=person, relationship=pair, typing=typing, typed={"aim_1": (words[:200] + more, stamp)})
    keep_answer(by=mentee, relationship=pair, step="words", typed={"why": words})
    keep_answer(by=mentor, relationship=pair, step="words", typed={"why": words})
    show_answers(by=mentor, relationship=pair)
    return Overtaken.objects.get().pk


THEIRS = {"relationship_id", "invitation_id", "pause_id", "meeting_id", "call_id", "commitment_id", "programme_id"}
THEIRS |= {
    "message_id",
    "file_id",
    "enrolment_id",
    "person_id",
    "overtaken_id",
    "goal_id",
    "point_id",
    "milestone_id",
    "export_id",
}


def _walk(patterns: Any, path: str, name: str, values: dict[str, Any]) -> Iterator[Address]:
    for each in patterns:
        here, names = _filled(each, values)
        if isinstance(each, URLResolver) and each.app_name == "admin":
            continue
        if isinstance(each, URLResolver):
            inner = f"{name}{each.namespace}:" if each.namespace else name
            for found in _walk(each.url_patterns, path + here, inner, values):
                yield Address(found.path, found.name, found.private or bool(names & THEIRS))
        elif isinstance(each, URLPattern):
            yield Address(f"/{path}{here}", f"{name}{each.name}", bool(names & THEIRS))


def _filled(each: URLPattern | URLResolver, values: dict[str, Any]) -> tuple[str, set[str]]:
    """A piece of an address with ids for its gaps, and the names of the gaps. A new gap wants a value in the scene."""
    matches = each.pattern.regex.groupindex
    text = str(each.pattern)
    if text.startswith("^"):
        from django.utils.regex_helper import normalize

        text = normalize(text)[0][0].replace("%(", "<x:").replace(")s", ">")
    for gap in matches:
        begin, end = text.index("<"), text.index(">")
        assert text[begin + 1 : end].split(":")[-1] == gap
        text = text[:begin] + str(values[gap]) + text[end + 1 :]
    return text, set(matches)


class Forms(HTMLParser):
    """The forms of a page as a browser would send them: address, method, and the fields with their values."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, Any]] = []
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = said.get("method", "get").lower()
            self.forms.append({"action": said.get("action", ""), "method": method, "fields": {}})
        if not self.forms:
            return
        fields, name = self.forms[-1]["fields"], said.get("name", "")
        match tag, said.get("type"):
            case "input", "radio" | "checkbox":
                if "checked" in said or name not in fields:
                    fields[name] = said.get("value", "on")
            case "input" | "button", _ if name:
                fields[name] = said.get("value", "")
            case "textarea", _:
                self._area, fields[name] = name, ""
            case "select", _:
                self._select = name
            case "option", _ if self._select and ("selected" in said or not fields.get(self._select)):
                fields[self._select] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1]["fields"][self._area] += data
