"""Which clauses of what stays between people each of them acknowledges, one by one, when they sign."""

from __future__ import annotations

from collections.abc import Collection

from throughline.agreements.domain.descriptions import Clause, clauses
from throughline.agreements.domain.terms import Confidentiality


def clauses_in(part: Confidentiality) -> tuple[Clause, ...]:
    """Those that the part holds, in the order in which it is read."""
    return tuple(clause for clause, _sentence in clauses(part))


def clauses_that_change(
    before: Confidentiality, after: Confidentiality, acknowledged: Collection[str]
) -> tuple[Clause, ...]:
    """Those of `after` that somebody who acknowledged these of `before` has not acknowledged as they stand."""
    known = {clause: sentence for clause, sentence in clauses(before) if clause in acknowledged}
    return tuple(clause for clause, sentence in clauses(after) if known.get(clause) != sentence)
