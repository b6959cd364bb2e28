"""The history says what each version changed, folded, and still shows what somebody damaged."""

from __future__ import annotations

from dataclasses import replace

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


def test_a_damaged_version_leaves_the_others_readable(as_mentor, in_force, mentor, mentee):
    sign_another(in_force, mentor, mentee)
    Version.objects.filter(number=1).update(digest="0" * 64)
    version = Version.objects.get(number=1)
    version.content = "no content of an agreement"
    version.save()
    second, first = queries.history_of(in_force.pk)
    assert (second.changes, first.changes, first.intact) == (None, None, False)
    assert as_mentor.get(reverse("agreements:history", args=[in_force.pk])).status_code == 200
