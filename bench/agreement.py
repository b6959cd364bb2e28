"""Signing to the whole series planned: the last signature, with all that follows from it, beside the bare inserts.

Ours is one call of `sign_agreement` in its transaction on a database on disk: reading and checking the draft, the
signature, the version in force, the series with every meeting that is planned ahead, and the notices. The peer is one
transaction that inserts that signature and those meetings with `bulk_create` and nothing else. Median of ROUNDS pairs.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from datetime import date, timedelta

ROUNDS = 15


def main() -> None:
    os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughline.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(_figure(), ensure_ascii=False))


def _figure() -> dict[str, object]:
    ours, bare, meetings = [], [], 0
    for number in range(ROUNDS + 1):  # the first warms up
        spent, signature, planned = _signed(number)
        peer = _inserted(signature, planned)
        if number:
            ours.append(spent)
            bare.append(peer)
            meetings = len(planned)
    value, peer = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    return {
        "name": f"the last signature with {meetings} meetings planned, ms",
        "value": round(value, 1),
        "peer": round(peer, 1),
        "peer_is": "the same rows inserted bare",
        "ratio": round(peer / value, 2),
    }


def _signed(number: int):  # type: ignore[no-untyped-def]
    from throughline.accounts.access import Proof
    from throughline.accounts.models import Person
    from throughline.agreements.actions import save_part, sign_agreement
    from throughline.agreements.domain.descriptions import Clause
    from throughline.agreements.models import Signature
    from throughline.agreements.queries.candidate import candidate_of
    from throughline.agreements.queries.draft import agreement_of, draft_of, parts_of
    from throughline.agreements.tests.conftest import SCHEDULE, SIX
    from throughline.foundation import clock
    from throughline.meetings.models import Meeting
    from throughline.relationships.actions import begin_relationship, join_relationship
    from throughline.relationships.domain.roles import Role

    mentor, mentee = (Person.objects.create(email=f"{who}{number}@example.org", name=who, zone="UTC") for who in "ab")
    pair = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=pair, by=mentee, role=Role.MENTEE)
    first: date = clock.today_in("UTC") + timedelta(days=1)
    for part in SIX:
        dated = type(SCHEDULE)(**{**vars(SCHEDULE), "first": first}) if isinstance(part, type(SCHEDULE)) else part
        save_part(by=mentor, relationship=pair, part=dated, stamp=0)
    shown = candidate_of(agreement_of(pair.pk), parts_of(draft_of(pair.pk)), today=first)
    given = {"proof": Proof("password", clock.now()), "acknowledged": tuple(Clause)}
    sign_agreement(by=mentor, relationship=pair, shown_digest=shown.digest, **given)
    began = time.perf_counter()
    sign_agreement(by=mentee, relationship=pair, shown_digest=shown.digest, **given)
    spent = time.perf_counter() - began
    return spent, Signature.objects.get(person=mentee), list(Meeting.objects.filter(relationship_id=pair.pk))


def _inserted(signature, meetings) -> float:  # type: ignore[no-untyped-def]
    from django.db import transaction

    with transaction.atomic():
        type(signature).objects.filter(pk=signature.pk).delete()
        type(meetings[0]).objects.filter(pk__in=[meeting.pk for meeting in meetings]).delete()
    began = time.perf_counter()
    with transaction.atomic():
        type(signature).objects.bulk_create([signature])
        type(meetings[0]).objects.bulk_create(meetings)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
