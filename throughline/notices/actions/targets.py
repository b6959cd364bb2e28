"""Devices and webhooks of a person, and bringing news there."""

from __future__ import annotations

import hmac
import json
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.foundation.encryption.envelope import open_sealed, seal
from throughline.foundation.encryption.installation import installation_key, key_for
from throughline.foundation.environment import ENV
from throughline.notices.actions.sending import words_of
from throughline.notices.channels.ring import AwayError, GoneError, News
from throughline.notices.channels.ways import RINGS
from throughline.notices.channels.webhook import SHAPES
from throughline.notices.domain.kinds import kind_named
from throughline.notices.domain.pushing import from_text
from throughline.notices.domain.topics import Way
from throughline.notices.models import Delivery, Notice, Target

if TYPE_CHECKING:
    from throughline.accounts.models import Person

MOST_TARGETS = 20


class CannotReachError(ValueError):
    """Why a device or webhook was not taken: a sentence."""


@transaction.atomic
def add_push(*, by: Person, endpoint: str, p256dh: str, auth: str, label: str) -> Target:
    """The same browser again is the same target. Raises CannotReachError."""
    try:
        fits = len(from_text(p256dh)) == 65 and len(from_text(auth)) == 16
    except ValueError:
        fits = False
    if not fits or not _is_address(endpoint):
        raise CannotReachError(_("This browser did not say how it can be reached. Please try again."))
    return _kept(by, Way.PUSH, endpoint, {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}, label)


@transaction.atomic
def add_webhook(*, by: Person, address: str, shape: str, label: str) -> tuple[Target, str]:
    """The target, and the secret by which a program of one's own knows us, shown once. Raises CannotReachError."""
    if shape not in SHAPES or not _is_address(address):
        raise CannotReachError(_("The address of a webhook begins with https://."))
    secret = secrets.token_urlsafe(32)
    name = label or urlsplit(address).hostname or shape
    return _kept(by, Way.WEBHOOK, address, {"address": address, "shape": shape, "secret": secret}, name), secret


@transaction.atomic
def remove_target(*, by: Person, target_id: UUID) -> None:
    """One that is gone already stays gone."""
    Target.objects.filter(person=by, pk=target_id).delete()


def deliver(*, delivery_id: UUID) -> None:
    """Bring one notice to one target. Raises AwayError: the job tries again. Who listens no more is forgotten.

    A crash in between rings twice, with the same name, by which a browser replaces the first.
    """
    rows = Delivery.objects.select_related("notice__recipient", "target").filter(pk=delivery_id, done_at=None)
    delivery = rows.first()
    if delivery is None:
        return
    news, target = _news(delivery.notice), delivery.target
    if news is not None:
        try:
            RINGS[Way(target.way)].send(opened(target), news)
        except GoneError:
            target.delete()
            return
        except AwayError:
            Target.objects.filter(pk=target.pk).update(failed_at=clock.now())
            raise
        Target.objects.filter(pk=target.pk).update(reached_at=clock.now(), failed_at=None)
    Delivery.objects.filter(pk=delivery.pk).update(done_at=clock.now())


def opened(target: Target) -> dict[str, str]:
    return dict(json.loads(open_sealed(installation_key(), bytes(target.sealed), b"target:" + target.pk.bytes)))


def _news(notice: Notice) -> News | None:
    kind = kind_named(notice.kind)
    try:
        mail = words_of(notice, kind)
    except (LookupError, ObjectDoesNotExist, Http404):
        return None
    if mail is None:
        return None
    link = ENV.origin + (notice.address or f"{ENV.prefix}/")
    return News(notice.pk, notice.kind, mail.subject, link, notice.created_at, kind.urgent)


def _kept(person: Person, way: Way, address: str, secret: dict[str, str], label: str) -> Target:
    digest = hmac.digest(key_for("targets of notices"), address.encode(), "sha256")
    target = Target.objects.filter(person=person, digest=digest).first() or Target(person=person, digest=digest)
    if target._state.adding and Target.objects.filter(person=person).count() >= MOST_TARGETS:
        raise CannotReachError(_("That is more than we can keep for you. Remove one that you no longer use."))
    target.way, target.label, target.failed_at = way, label[:80], None
    target.sealed = seal(installation_key(), json.dumps(secret).encode(), b"target:" + target.pk.bytes)
    target.save()
    return target


def _is_address(text: str) -> bool:
    """Where it leads is looked at each time something is sent (foundation/outside)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    fine = parts.scheme == "https" or (parts.scheme == "http" and bool(ENV.reachable_networks))
    return fine and bool(parts.hostname) and not parts.username and len(text) <= 2000
