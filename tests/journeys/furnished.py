"""A house that is lived in: a mentor with a full relationship, one that has just begun, and invitations both ways.

    ids = furnish(server)   # {"relationship_id": …, "meeting_id": …, "mentor": the key of a session, …}

Made by the rooms' own actions on travelled time; afterwards the server's clock stands a few minutes before a meeting.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

from tests.journeys.server import Server

MENTOR, MENTEE, PASSWORD = "mira@example.org", "kwame@example.org", "correct horse battery"
NOW = datetime(2026, 11, 24, 16, 56, tzinfo=UTC)  # Tuesday, 17:56 in Berlin; they meet at 18:00

SCRIPT = """
import json
import time
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from PIL import Image
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from allauth.account.models import EmailAddress
from throughline.accounts.actions import ask_for_export, be_away, make_export, make_token
from throughline.accounts.models import AbsenceRow, Person
from throughline.calendars.actions import make_subscription
from throughline.calendars.models import Source
from throughline.agreements.actions import decline_change, propose_change
from throughline.agreements.domain.terms import Responses, ResponseTime, Unit
from throughline.calls.actions import enter_call, open_call
from throughline.commitments.actions import make_commitment
from throughline.goals.actions import Evidence, link_goal, measure_by_milestones, measure_goal, record_line, write_goal
from throughline.goals.domain.measure import Kind, Levels, Number
from throughline.goals.models import Link, Milestone
from throughline.foundation.ids import new_id
from throughline.meetings.actions import (
    add_to_agenda, ask_move, end_item, note_down, post_preparation, top_up, use_outside_room,
)
from throughline.meetings.domain.agenda import ItemEnd
from throughline.meetings.models import Meeting
from throughline.meetings.tests import scenes
from throughline.messaging.actions import edit_message, keep_file, react, send_message
from throughline.notices.domain.topics import Topic
from throughline.notices.stopping import stop_address
from throughline.programs.actions import consent, propose_enrolment, start_programme
from throughline.relationships.actions import begin_relationship, invite, join_relationship, propose_pause
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import link_path, newest_link_of

NOW = datetime.fromisoformat("%(now)s")

def person(email, name, zone):
    made = Person.objects.create_user(email, "%(password)s", name=name, zone=zone)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made

def registered():
    # What a phone answers when it makes a passkey.
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    made = AttestedCredentialData.create(Aaguid.NONE, b"a passkey", key)
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP
    said = AuthenticatorData.create(sha256(b"localhost"), flags, 0, made)
    client = CollectedClientData.create("webauthn.create", b"challenge", "http://localhost")
    return {
        "id": websafe_encode(b"a passkey"), "rawId": websafe_encode(b"a passkey"), "type": "public-key",
        "clientExtensionResults": {},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
        },
    }

mira = person("%(mentor)s", "Mira Lindqvist", "Europe/Berlin")
tomas = person("tomas@example.org", "Tomás Rivera", "America/Los_Angeles")
kwame = person("%(mentee)s", "Kwame Mensah", "Africa/Accra")
olu = person("olu@example.org", "Olu Adeyemi", "Africa/Lagos")
olu.is_staff = olu.is_superuser = True
olu.save()
pair = scenes.begin(mira, tomas)
with time_machine.travel(scenes.FIRST, tick=False):
    version = scenes.sign(pair)
past = list(Meeting.objects.filter(relationship_id=pair.pk, start__lt=NOW).order_by("start"))
for number, meeting in enumerate(past):
    if number != 2:  # one that nobody came to
        scenes.talk(pair, meeting, [mira, tomas], late=2 if number %% 3 else 20, minutes=45, cameras=number != 1)
    with time_machine.travel(meeting.start + timedelta(days=2), tick=False):
        text = "The draft is in the folder: **page 3** is new."
        send_message(relationship=pair, by=tomas, client_id=new_id(), text=text)
with time_machine.travel(NOW - timedelta(hours=2), tick=False):
    read = send_message(relationship=pair, by=mira, client_id=new_id(), text="Read it. Questions for later.")
    edit_message(message=read, by=mira, text="Read it. Two questions for later.")
    react(message=read, by=tomas, sign="👍")
    drawn = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(drawn, "PNG")
    file = keep_file(relationship=pair, by=tomas, name="figure 3.png", content=drawn.getvalue())
    plan = keep_file(relationship=pair, by=tomas, name="plan.pdf", content=b"%%PDF-1.7 ")
    send_message(relationship=pair, by=tomas, client_id=new_id(), text="", files=[file.pk, plan.pk])
    asks = send_message(relationship=pair, by=tomas, client_id=new_id(), text="Good, I bring the figures.",
                        please_answer=True, answers=read.pk)
    begun = begin_relationship(by=mira, role=Role.MENTOR)
    join_relationship(relationship=begun, by=kwame, role=Role.MENTEE)
    invitation = invite(by=mira, role=Role.MENTEE, email="ada@example.org", note="Shall we?")
    offered = invite(by=kwame, role=Role.MENTOR, email=mira.email, note="Would you?")
    commitment = make_commitment(relationship=pair, owner=mira, due=date(2026, 11, 27), words="Send the reading list")
    make_commitment(relationship=pair, owner=tomas, due=date(2026, 11, 20), words="Write up the pilot")
    days = {"first_day": date(2026, 12, 21), "last_day": date(2027, 1, 3)}
    goal = write_goal(relationship=pair, by=tomas, owner=tomas, sentence="Submit the paper", why="It opens doors",
                      due=date(2026, 12, 18), begun_on=date(2026, 9, 14))
    measure_goal(goal=goal, by=tomas, kind=Kind.NUMBER, content=Number("pages", 0, 60))
    for day, line in ((21, "4"), (28, "9"), (29, "13 pages, the method is written"), (30, "15")):
        point = record_line(goal=goal, by=tomas, line=line, day=date(2026, 9, day))
    link_goal(goal=goal, by=tomas, what=Evidence(link="https://example.org/draft"))
    steps = write_goal(relationship=pair, by=mira, sentence="Learn to say no", due=date(2026, 12, 1))
    measure_by_milestones(goal=steps, by=mira, steps=[("One no in writing", date(2026, 11, 30)), ("Two", None)])
    levels = write_goal(relationship=pair, by=tomas, owner=tomas, sentence="Speak without notes")
    words = ("I avoid it", "I read it out", "I glance at notes", "I need none", "I enjoy it")
    measure_goal(goal=levels, by=tomas, kind=Kind.LEVELS, content=Levels(words))
    pause = propose_pause(relationship=pair, by=tomas, reason="Holidays", **days)
    be_away(by=mira, first=date(2026, 12, 23), last=date(2026, 12, 31))
    export = ask_for_export(by=mira)
    make_export(export_id=export.pk)
    token, _ = make_token(by=mira, name="Calendar", scopes=["meetings:read"], days=30)
    secret = make_subscription(by=mira)
    source = Source(person=mira, kind="address", host="calendar.example.org", digest="1", trouble="gone",
                    left_out={"broken": 2, "often": 1}, read_at=NOW - timedelta(hours=5), tried_at=NOW)
    source.way = {"url": "https://calendar.example.org/mira.ics"}
    source.next_at = NOW + timedelta(days=90)
    source.save()
    programme = start_programme(by=mira, name="First years", description="For those who begin.")
    enrolment = propose_enrolment(programme=programme, relationship=pair, by=mira)
    consent(enrolment=enrolment, by=tomas)
with time_machine.travel(NOW, tick=False):
    call = open_call(relationship=begun, by=kwame)
    enter_call(call_id=call.pk, by_id=kwame.pk, connection="kwame")
TOTP.activate(kwame, generate_totp_secret())
RecoveryCodes.activate(kwame)
passkey = Authenticator.objects.create(
    user=kwame, type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": registered()}
)

def session_of(somebody):
    client = Client()
    client.force_login(somebody)
    session = client.session
    session["account_authentication_methods_user"] = str(somebody.pk)
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [proof]
    session.save()
    return session.session_key

with time_machine.travel(NOW - timedelta(days=3), tick=False):
    hour = Responses(ResponseTime(3, Unit.DAYS), ResponseTime(1, Unit.DAYS))
    asked = {"relationship": pair, "reason": "The planning needs a day more.", "proof": None}
    declined = propose_change(by=mira, part=hour, **asked)
    decline_change(by=tomas, relationship=pair, proposal_id=declined.pk, words="Two days suit me.")
    proposal = propose_change(by=tomas, part=Responses(hour.mentee, hour.mentor), **asked)
with time_machine.travel(NOW - timedelta(hours=1), tick=False):
    top_up(relationship_id=pair.pk)
    later = Meeting.objects.filter(relationship_id=pair.pk, start__gt=NOW).order_by("start")[1]
    use_outside_room(relationship=pair, by=tomas, url="https://meet.jit.si/HeronsAtDusk")
    asked = ask_move(occurrence=later, by=tomas, to=later.start + timedelta(days=1), reason="A visit to the lab.")
soon = Meeting.objects.filter(relationship_id=pair.pk, start__gt=NOW).order_by("start")[0]
with time_machine.travel(NOW - timedelta(days=1), tick=False):
    item = add_to_agenda(meeting=soon, by=tomas, words="Which journal?")
    done = add_to_agenda(meeting=soon, by=mira, words="The figures")
    end_item(item=done, by=mira, end=ItemEnd.COVERED)
    add_to_agenda(meeting=past[-1], by=mira, words="How do you plan a week?")
    post_preparation(meeting=soon, by=tomas, number=0, words="The draft is in the folder, page 3 is new.")
    note_down(meeting=past[-1], by=mira, words="Tomas asks two colleagues.")
    note_down(meeting=soon, by=mira, words="To begin with: the figures.")
    make_commitment(relationship=pair, owner=tomas, due=date(2026, 11, 25), words="Ask two colleagues",
                    origin=("meetings.Meeting", soon.pk))
over = Meeting.objects.filter(relationship_id=pair.pk, start__lt=NOW).order_by("-start")[0]
from throughline.calls.models import Call
ended = Call.objects.filter(relationship_id=pair.pk, closed_at__isnull=False).order_by("-opened_at")[0]
print(json.dumps({name: str(value) for name, value in {
    "relationship_id": pair.pk, "begun": begun.pk, "meeting_id": soon.pk, "over": over.pk, "call_id": call.pk,
    "message_id": read.pk, "file_id": file.pk, "item_id": item.pk, "request_id": asked.pk, "later": later.pk,
    "stop": stop_address(mira.pk, Topic.MESSAGES).rstrip("/").rpartition("/")[2],
    "missed": past[2].pk, "tomas": session_of(tomas),
    "goal_id": goal.pk, "steps": steps.pk, "levels": levels.pk, "point_id": point.pk,
    "milestone_id": Milestone.objects.order_by("number")[0].pk, "link_id": Link.objects.get().pk,
    "ended": ended.pk, "asks": asks.pk, "proposal_id": proposal.pk, "declined_id": declined.pk,
    "commitment_id": commitment.pk, "programme_id": programme.pk, "code": programme.code,
    "enrolment_id": enrolment.pk, "invitation_id": invitation.pk,
    "token": link_path(newest_link_of(offered)).split("/")[2],
    "token_id": token.pk, "export_id": export.pk, "pause_id": pause.pk, "person_id": tomas.pk, "pk": passkey.pk,
    "mentor": session_of(mira), "mentee": session_of(kwame), "administrator": session_of(olu),
    "secret": secret, "source_id": source.pk, "absence_id": AbsenceRow.objects.get(person=mira).pk,
}.items()}))
"""


def furnish(server: Server) -> dict[str, str]:
    """Fill the running server's empty database, move its clock to NOW, and return the ids by parameter name."""
    script = SCRIPT % {"now": NOW.isoformat(), "mentor": MENTOR, "mentee": MENTEE, "password": PASSWORD}
    ids = json.loads(server.manage("shell", "-v", "0", "-c", script))
    server.move_clock(NOW.timestamp() - time.time())
    return dict(ids)
