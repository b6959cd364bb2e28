"""A conversation of 10,000 messages: opening it, opening it in its middle, and searching it, beside the bare reads.

A figure is the median milliseconds of CPU of RUNS requests, from the call of Django's WSGI handler to the last byte.
The aims are 70 ms for opening and 300 ms for searching.
"""

# ruff: noqa: E402  Django is set up before its parts are imported
from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta

os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.pages import figure
from throughline.accounts.models import Person
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.messaging.actions import mark_seen, send_message
from throughline.messaging.models import Conversation, Message
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

MESSAGES, RUNS, WARM = 10_000, 20, 3
WORDS = ("we", "they", "read", "wrote", "the", "to", "draft", "chapter", "plan", "week", "idea", "Müller", "naïve")


def filled() -> tuple[Person, str, str]:
    mentor = Person.objects.create_user("mira@example.org", None, name="Mira Lindqvist", zone="Europe/Berlin")
    mentee = Person.objects.create_user("tomas@example.org", None, name="Tomás Rivera", zone="America/Los_Angeles")
    pair = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=pair, by=mentee, role=Role.MENTEE)
    chance, begun = random.Random(1), clock.now() - timedelta(days=700)
    Conversation.objects.create(relationship=pair, last_number=MESSAGES - 1)
    Message.objects.bulk_create(
        [
            Message(
                relationship=pair, number=number, sender=(mentor, mentee)[number % 2], client_id=new_id(),
                text=" ".join(chance.choices(WORDS, k=chance.randrange(4, 36))), please_answer=number % 50 == 0,
                sent_at=begun + timedelta(minutes=100 * number),
            )
            for number in range(1, MESSAGES)
        ],
        batch_size=500,
    )  # fmt: skip
    send_message(relationship=pair, by=mentor, client_id=new_id(), text="The last one, with an otter in it")
    mark_seen(relationship=pair, by=mentee, number=MESSAGES - 60)
    return mentee, reverse("messaging:conversation", args=[pair.pk]), reverse("messaging:search", args=[pair.pk])


def cost(do: Callable[[], object]) -> float:
    """Median milliseconds of this thread's CPU."""
    took = []
    for _ in range(WARM + RUNS):
        begun = time.thread_time()
        do()
        took.append((time.thread_time() - begun) * 1000)
    return statistics.median(took[WARM:])


def beside_its_reads(name: str, ask: Callable[[], object]) -> None:
    statements: list[tuple[str, tuple[object, ...]]] = []

    def keep(execute, sql, given, many, context):  # type: ignore[no-untyped-def]
        statements.append((sql, tuple(given or ())))
        return execute(sql, given, many, context)

    with connection.execute_wrapper(keep):
        ask()
    reads = [one for one in statements if one[0].lstrip().upper().startswith("SELECT")]

    def bare() -> None:
        for sql, given in reads:
            with connection.cursor() as cursor:
                cursor.execute(sql, given)
                cursor.fetchall()

    said = f"its {len(reads)} queries with their rows alone"
    figure(f"conversation of {MESSAGES}: {name}, ms of CPU", cost(ask), cost(bare), said)


def main() -> None:
    call_command("migrate", verbosity=0)
    person, page, search = filled()
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    beside_its_reads("opening it", lambda: client.get(page))
    beside_its_reads("opening it in the middle", lambda: client.get(page, {"around": MESSAGES // 2}))
    beside_its_reads("searching it for what is nowhere", lambda: client.post(search, {"words": "heron"}))
    beside_its_reads("searching it for two words with accents", lambda: client.post(search, {"words": "otter heron"}))


if __name__ == "__main__":
    main()
