"""The history says what each version changed, folded, and still shows what somebody damaged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from throughline.agreements import queries
from throughline.agreements.actions import save_part
from throughline.agreements.models import Version
from throughline.agreements.tests.conftest import SCHEDULE, sign


def sign_another(in_force, mentor, mentee):
    save_part(by=mentee, relationship=in_force, part=replace(SCHEDULE, minutes=25), stamp=1)
    sign(mentee, in_force)
    sign(mentor, in_force)


def test_each_version_says_what_it_changed(as_mentor, in_force, mentor, mentee):
    sign_another(in_force, mentor, mentee)
    second, first = queries.history_of(in_force.pk)
    (change,) = second.changes
    assert (first.changes, change.title) == (None, "When we meet")
    assert ("50 minutes" in change.removed[0], "25 minutes" in change.added[0]) == (True, True)
    page = as_mentor.get(reverse("agreements:history", args=[in_force.pk])).content.decode()
    assert page.count("<details") - page.count("<details open") == page.count("<details")
    assert (page.count("What changed since version 1"), page.count("<ins>"), page.count("<del>")) == (1, 1, 1)


def no_content(number):
    version = Version.objects.get(number=number)
    version.content = "no content of an agreement"
    version.save()


def a_byte_on_the_disk(number):
    table = Version._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT content FROM {table} WHERE number = %s", [number])
        sealed = bytes(cursor.fetchone()[0])
        damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])
        cursor.execute(f"UPDATE {table} SET content = %s WHERE number = %s", [damaged, number])


@pytest.mark.parametrize("damage", [no_content, a_byte_on_the_disk])
def test_a_damaged_version_says_so_and_leaves_the_others_readable(as_mentor, in_force, mentor, mentee, damage):
    sign_another(in_force, mentor, mentee)
    damage(1)
    second, first = queries.history_of(in_force.pk)
    assert (second.changes, first.changes, first.intact) == (None, None, False)
    assert as_mentor.get(reverse("agreements:history", args=[in_force.pk])).status_code == 200
    page = as_mentor.get(reverse("agreements:version", args=[in_force.pk, 1]))
    assert (page.status_code, "can no longer be read" in page.content.decode()) == (200, True)
    assert ("Mira Lindqvist" in page.content.decode(), "Make the PDF" in page.content.decode()) == (True, False)
    assert as_mentor.post(reverse("agreements:paper", args=[in_force.pk, 1])).status_code == 404
    assert "50 minutes" not in page.content.decode()
    assert as_mentor.get(reverse("agreements:version", args=[in_force.pk, 2])).status_code == 200
