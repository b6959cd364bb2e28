"""A notice on its way out: at its right time its words are made, from what is true then, and handed to each way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone, translation

from throughline.accounts.queries import availability_of
from throughline.foundation import clock
from throughline.foundation.encryption.envelope import open_sealed
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.registry import enqueue
from throughline.notices.actions.answers import place
from throughline.notices.channels import mail as by_mail
from throughline.notices.domain.kinds import NoticeKind, kind_named
from throughline.notices.domain.timing import Terms, right_time
from throughline.notices.domain.topics import Rhythm, Topic, Way
from throughline.notices.models import Delivery, Notice, Target
from throughline.notices.queries import terms_of, wishes_of
from throughline.notices.words import Mail, rendered

SEND, DELIVER = "notices.send", "notices.deliver"
CLAIM = timedelta(minutes=2)  # longer than a mail server thinks


@dataclass(frozen=True)
class _Ready:
    """A notice with its words."""

    notice: Notice
    kind: NoticeKind
    mail: Mail


def send_notice(*, notice_id: UUID) -> None:
    """Send it, unless it is sent, or its thing is gone, or its time has not come: then look again when it has.

    With it goes whatever else waits for this person, if they chose to have news together. Raises what the mail server
    raises, and then nothing is marked. No transaction is open while the mail server thinks: with SQLite it would hold
    up everybody's writing. A claim keeps two workers apart; it lapses when one dies. A crash between the server's yes
    and our mark sends it again, under the same Message-ID.
    """
    notice = Notice.objects.select_related("recipient").filter(pk=notice_id, sent_at=None, dropped_at=None).first()
    if notice is None:
        return
    due = due_of(notice)
    if due > clock.now():
        _later(notice, due)
        return
    group = _claimed(notice)
    if not group:
        _later(notice, clock.now() + CLAIM)
        return
    try:
        _hand_over(group)
    except BaseException:
        Notice.objects.filter(pk__in=[each.pk for each in group]).update(claimed_at=None)
        raise


def due_of(notice: Notice) -> datetime:
    """When it may reach its recipient, by what they have chosen until now."""
    person, now = notice.recipient, clock.now()
    if person is None:
        return notice.created_at
    kind = kind_named(notice.kind)
    terms, availability = _terms(person.pk, kind), availability_of(person)
    due = right_time(notice.not_before or notice.created_at, availability, terms, urgent=kind.urgent)
    if due > now:
        return due
    return right_time(now, availability, replace(terms, rhythm=Rhythm.AT_ONCE), urgent=kind.urgent)


def _terms(person_id: UUID, kind: NoticeKind) -> Terms:
    terms = terms_of(person_id)
    return Terms(undisturbed_until=terms.undisturbed_until) if kind.topic is Topic.NECESSARY else terms


def _later(notice: Notice, due: datetime) -> None:
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(due_at=due)
        enqueue(SEND, run_after=due, notice_id=str(notice.pk))


@transaction.atomic
def _claimed(notice: Notice) -> list[Notice]:
    """This one, and what may go with it. Empty when another worker has it."""
    now = clock.now()
    rows = Notice.objects.filter(sent_at=None, dropped_at=None).filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    )
    together = Q(pk=notice.pk)
    if notice.recipient and terms_of(notice.recipient.pk).rhythm != Rhythm.AT_ONCE:
        together |= Q(recipient=notice.recipient, due_at__lte=now)
    rows = (
        rows.select_related("recipient").select_for_update(of=("self",)).filter(together).order_by("created_at", "pk")
    )
    found = list(rows)
    if all(each.pk != notice.pk for each in found):
        return []
    Notice.objects.filter(pk__in=[each.pk for each in found]).update(claimed_at=now)
    return found


def _hand_over(group: Sequence[Notice]) -> None:
    ready = [found for each in group if (found := _ready(each))]
    gone = {each.pk for each in group} - {each.notice.pk for each in ready}
    wishes = wishes_of(group[0].recipient.pk) if group[0].recipient else {}
    for each in ready:
        _plan_deliveries(each, wishes)
    letters = [each for each in ready if wishes.get((each.kind.topic, Way.MAIL), True)]
    if len(letters) == 1:
        by_mail.send(letters[0].notice, letters[0].kind, letters[0].mail)
    elif letters:
        by_mail.send_together([(each.notice, each.kind, each.mail) for each in letters])
    now = clock.now()
    Notice.objects.filter(pk__in=gone).update(dropped_at=now, sealed=None)
    Notice.objects.filter(pk__in=[each.notice.pk for each in ready]).update(sent_at=now, sealed=None)


@transaction.atomic
def _plan_deliveries(ready: _Ready, wishes: dict[tuple[Topic, Way], bool]) -> None:
    """To devices and webhooks, each by a job of its own: one that is away holds nobody else up."""
    for target in Target.objects.filter(person=ready.notice.recipient) if ready.notice.recipient else ():
        if wishes.get((ready.kind.topic, Way(target.way)), True):
            delivery, made = Delivery.objects.get_or_create(notice=ready.notice, target=target)
            if made:
                enqueue(DELIVER, delivery_id=str(delivery.pk))


def _ready(notice: Notice) -> _Ready | None:
    """None when its thing is gone, or its recipient is switched off."""
    kind = kind_named(notice.kind)
    try:
        mail = words_of(notice, kind)
    except (LookupError, ObjectDoesNotExist, Http404):
        return None
    return _Ready(notice, kind, mail) if mail else None


def words_of(notice: Notice, kind: NoticeKind) -> Mail | None:
    """None for somebody who is switched off. Raises what the kind's `values` raises when the thing is gone."""
    person = notice.recipient
    if person is not None and not person.is_active:
        return None
    language = person.language if person else notice.language
    with timezone.override(ZoneInfo(person.zone if person else "UTC")), translation.override(language):
        values = kind.values(notice.ids) if kind.values else {}
        values |= _unsealed(notice)
        values |= {"recipient": person, "link": ENV.origin + (notice.address or f"{ENV.prefix}/")}
        values["can_answer"] = bool(kind.answer and place())
        mail = rendered(kind.template, values)
        return replace(mail, parts=tuple(kind.parts(notice.ids))) if kind.parts else mail


def _unsealed(notice: Notice) -> dict[str, Any]:
    if notice.sealed is None:
        return {}
    return dict(json.loads(open_sealed(installation_key(), bytes(notice.sealed), b"notice:" + notice.pk.bytes)))
