"""Somebody leaves while the agreement is on its way: what was signed stays readable, and nothing more is signed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from throughline.agreements.access import NotNowError
from throughline.agreements.actions import propose_change
from throughline.agreements.domain.terms import Responses
from throughline.agreements.models import Signature
from throughline.agreements.tests.conftest import RESPONSES, sign
from throughline.relationships.actions import leave_everything

PAGES = ("agreement", "sign", "proposals", "history", "review")


def test_one_has_signed_and_the_other_leaves(as_mentor, draft, mentor, mentee):
    sign(mentor, draft)
    leave_everything(person_id=mentee.pk)
    for name in ("agreement", "sign", "history"):
        page = as_mentor.get(reverse(f"agreements:{name}", args=[draft.pk]))
        assert page.status_code == 200, name
    with pytest.raises(NotNowError):
        sign(mentor, draft)
    assert Signature.objects.count() == 1


def test_a_change_is_proposed_and_the_other_leaves(as_mentor, in_force, mentor, mentee):
    part = Responses(RESPONSES.mentee, RESPONSES.mentor)
    made = propose_change(by=mentee, relationship=in_force, part=part, reason="So", proof=None)
    leave_everything(person_id=mentee.pk)
    for name in PAGES:
        page = as_mentor.get(reverse(f"agreements:{name}", args=[in_force.pk]))
        assert page.status_code == 200, name
    page = as_mentor.get(reverse("agreements:proposal", args=[in_force.pk, made.pk]))
    assert (page.status_code, 'value="agree"' in page.content.decode()) == (200, False)
