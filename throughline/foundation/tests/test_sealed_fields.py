"""A sealed column reads as plain text, and lies sealed in the database."""

from __future__ import annotations

from django.db import connection

from throughline.agreements.models import Agreement, TermEdit


def test_a_sealed_value_opens_when_its_row_is_read_again(pair, mentor):
    agreement = Agreement.objects.create(relationship=pair)
    edit = TermEdit.objects.create(
        agreement=agreement, relationship=pair, kind="review", stamp=1, by=mentor, payload={"marked": "sentence"}
    )
    assert TermEdit.objects.get(pk=edit.pk).payload == {"marked": "sentence"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM agreements_termedit")
        assert b"marked" not in bytes(cursor.fetchone()[0])
