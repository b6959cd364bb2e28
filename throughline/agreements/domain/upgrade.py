"""Terms written in an older format, as today's plain values. What was not asked for then stays unsaid: None.

The format is a number beside the terms: in the canonical JSON of a version, in a column beside a draft's payload.
Signed bytes never change; these functions work on what was read from them.
"""

from __future__ import annotations

from typing import Any

from throughline.agreements.domain.terms import PartKind

FORMAT = 2
"""1: the six parts and the review. 2: holidays, working hours, the clauses of confidentiality, reconnection, ending."""

_ADDED_IN_2: dict[str, dict[str, Any]] = {
    PartKind.SCHEDULE: {"holidays": []},
    PartKind.RESPONSES: {"mentor_hours": None, "mentee_hours": None},
    PartKind.CONFIDENTIALITY: {"duties": None, "notes": None, "recordings": None, "at_end": None},
}
_PARTS_IN_2: dict[str, Any] = {PartKind.RECONNECTION: None, PartKind.ENDING: None}


def upgraded_part(kind: str, plain: Any, written_in: int) -> Any:
    """One part. Raises ValueError for a format that this version of the software does not know."""
    _known(written_in)
    if written_in < 2 and kind in _ADDED_IN_2 and isinstance(plain, dict):
        return {**_ADDED_IN_2[kind], **plain}
    return plain


def upgraded(plain: Any, written_in: int) -> Any:
    """The whole terms. Raises ValueError as above."""
    _known(written_in)
    if written_in < 2 and isinstance(plain, dict):
        return {**_PARTS_IN_2, **{kind: upgraded_part(kind, part, written_in) for kind, part in plain.items()}}
    return plain


def _known(written_in: int) -> None:
    if type(written_in) is not int or not 1 <= written_in <= FORMAT:
        raise ValueError("another format")
