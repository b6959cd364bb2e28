"""The ticks at the clauses of what stays between people, as the browser sends them."""

from __future__ import annotations

from django.http import QueryDict

from throughline.agreements.domain.descriptions import Clause

FIELD = "acknowledged"


def ticked_in(data: QueryDict) -> frozenset[Clause]:
    """Those that we know; anything else is left out."""
    sent = frozenset(data.getlist(FIELD))
    return frozenset(clause for clause in Clause if clause in sent)
