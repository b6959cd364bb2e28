"""Mail comes in from the person to whom an address was given, once, and from nobody else."""

from __future__ import annotations

from unittest.mock import patch

import pytest
import time_machine
from django.db import IntegrityError

from throughline.foundation import clock
from throughline.notices.actions import answer_address, take_in
from throughline.notices.actions.answers import GOOD_FOR
from throughline.notices.domain import answers as kinds
from throughline.notices.domain.answers import Refused, answer_kind
from throughline.notices.domain.natures import Nature
from throughline.notices.models import AnswerAddress, CameBack, TakenMail
from throughline.notices.tests.inbound import REPORT, mail, taking_mail_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived():
    with taking_mail_in() as arrived:
        yield arrived


def address(person, **ids):
    return answer_address(kind="tests.answer", person=person, **(ids or {"thing": "7"}))


def test_an_address_is_the_same_for_one_thing_and_nobody_can_read_it_here(arrived, mentor, mentee):
    given = {address(mentor), address(mentor), address(mentee), address(mentor, thing="8")}
    assert len(given) == 3
    assert AnswerAddress.objects.count() == 3
    tokens = [each.partition("+")[2].partition("@")[0] for each in given]
    rows = repr(list(AnswerAddress.objects.values()))
    assert not [token for token in tokens if token in rows]


def test_what_a_person_answers_arrives_once(arrived, mentor):
    for _again in range(2):
        assert take_in(raw=mail(), to=address(mentor).upper()) is Nature.PERSON
    (one,) = arrived
    assert (one.person_id, one.ids, one.sender, one.subject, one.raw) == (
        mentor.pk,
        {"thing": "7"},
        "mira@example.org",
        "Re: something",
        mail(),
    )


@pytest.mark.parametrize(
    "sender",
    [
        "Tomás <tomas@example.org>",
        "mira@example.org.evil.example",
        '"mira@example.org" <x@evil.example>',
        "mira@example.org, x@evil.example",
        "",
        "=?utf-8?b?bm9uc2Vuc2U?=",
    ],
)
def test_another_sender_is_refused_kindly_and_nothing_is_kept(arrived, mentor, mentee, sender):
    with pytest.raises(Refused, match="from the address of their account"):
        take_in(raw=mail(sender=sender), to=address(mentor))
    assert (arrived, TakenMail.objects.count()) == ([], 0)


def test_two_headers_that_say_who_it_is_from(arrived, mentor):
    with pytest.raises(Refused):
        take_in(raw=b"From: x@evil.example\r\n" + mail(), to=address(mentor))


@pytest.mark.parametrize(
    "to",
    ["reply@reply.example.org", "reply+abc@reply.example.org", f"reply+{'a' * 26}@reply.example.org", "", "x@y", "@"],
)
def test_an_address_that_was_never_given(arrived, mentor, to):
    with pytest.raises(Refused, match="no such address"):
        take_in(raw=mail(), to=to)


def test_an_address_is_good_for_long_and_not_for_ever(arrived, mentor):
    to = address(mentor)
    with time_machine.travel(AnswerAddress.objects.get().expires_at, tick=False), pytest.raises(Refused):
        take_in(raw=mail(), to=to)
    with time_machine.travel(AnswerAddress.objects.get().made_at + GOOD_FOR / 2, tick=False):
        take_in(raw=mail(), to=address(mentor))
    assert len(arrived) == 1


def test_somebody_who_left_answers_no_more(arrived, mentor):
    to = address(mentor)
    mentor.is_active = False
    mentor.save()
    with pytest.raises(Refused, match="no such address"):
        take_in(raw=mail(), to=to)


def test_a_fault_of_the_room_is_no_mail_taken_before(arrived, mentor):
    def clash(_arrived):
        AnswerAddress.objects.create(digest=AnswerAddress.objects.get().digest, person=mentor, expires_at=clock.now())

    with patch.dict(kinds._kinds, {"tests.answer": clash}), pytest.raises(IntegrityError):
        take_in(raw=mail(), to=address(mentor))
    assert take_in(raw=mail(), to=address(mentor)) is Nature.PERSON
    assert len(arrived) == 1


def test_what_the_room_refuses_leaves_nothing_and_may_come_again(arrived, mentor):
    refusing = [True]

    def accept(one):
        TakenMail.objects.filter(nature="person").update(nature="changed")
        if refusing:
            raise Refused("This relationship has ended.")

    answer_kind("tests.refusing", accept)
    to = answer_address(kind="tests.refusing", person=mentor)
    with pytest.raises(Refused, match="ended"):
        take_in(raw=mail(), to=to)
    assert TakenMail.objects.count() == 0
    refusing.clear()
    take_in(raw=mail(), to=to)
    assert TakenMail.objects.get().nature == "changed"


@pytest.mark.parametrize(
    ("headers", "envelope", "nature"),
    [
        ({"Auto_Submitted": "auto-replied"}, "?", Nature.AWAY),
        ({"X_Autoreply": "yes"}, "?", Nature.AWAY),
        ({"Precedence": "auto_reply"}, "", Nature.AWAY),
        ({"Auto_Submitted": "auto-generated; owner-email=x"}, "?", Nature.MACHINE),
        ({"Precedence": "bulk"}, "?", Nature.MACHINE),
        ({"List_Id": "<a.b>"}, "?", Nature.MACHINE),
        ({"X_Throughline_Notice": "1"}, "?", Nature.MACHINE),
        ({}, "", Nature.CAME_BACK),
        ({"Auto_Submitted": "no"}, "mira@example.org", Nature.PERSON),
    ],
)
def test_only_what_a_person_wrote_is_an_answer(arrived, mentor, headers, envelope, nature):
    assert take_in(raw=mail(**headers), to=address(mentor), envelope_sender=envelope) is nature
    assert (len(arrived), TakenMail.objects.get().nature) == (int(nature is Nature.PERSON), nature)


def test_mail_that_came_back_for_good_is_noted_until_they_write(arrived, mentor):
    to = address(mentor)
    take_in(raw=REPORT % (1, b"4.4.7"), to=to, envelope_sender="")
    assert CameBack.objects.count() == 0
    take_in(raw=REPORT % (2, b"5.1.1"), to=to, envelope_sender="")
    assert CameBack.objects.get().person == mentor
    take_in(raw=mail(), to=to)
    assert CameBack.objects.count() == 0


FOUND = "mx.example.net; dkim=pass (2048-bit key) header.d=%s; spf=fail smtp.mailfrom=a@b.example"


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Authentication_Results": FOUND % "example.org"}, True),
        ({"Authentication_Results": "mx.example.net 1; dmarc=pass header.from=example.org"}, True),
        ({"Authentication_Results": "mx.example.net; spf=pass smtp.mailfrom=bounce@mail.example.org"}, True),
        ({"Authentication_Results": FOUND % "evil.example"}, False),
        ({"Authentication_Results": (FOUND % "example.org").replace("mx.", "evil.")}, False),
        ({"Authentication_Results": "mx.example.net; dkim=fail header.d=example.org"}, False),
        ({"Authentication_Results": "mx.example.net; none"}, False),
        ({}, False),
    ],
)
def test_where_a_mail_server_vouches_for_senders(mentor, headers, taken):
    with taking_mail_in(inbound_trust="mx.example.net") as arrived:
        to = address(mentor)
        if taken:
            take_in(raw=mail(**headers), to=to)
        else:
            with pytest.raises(Refused, match="does not vouch"):
                take_in(raw=mail(**headers), to=to)
        assert len(arrived) == int(taken)


def test_an_installation_that_takes_no_mail_in(mentor):
    with taking_mail_in(inbound_domain=""):
        assert address(mentor) == ""
        with pytest.raises(Refused):
            take_in(raw=mail(), to="reply+x@reply.example.org")
