"""How goals lie in files: the columns of a table, and what happened to a goal, as plain words.

Both kinds of file (JSON and CSV) say the same, so that either comes back whole: a goal with its measure, its levels or
milestones, its first dates, its points with who recorded them, and what became of each.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from throughline.goals.domain.attainment import LEVELS

LEVEL_COLUMNS = tuple(f"level {level:+d}" if level else "level 0" for level in LEVELS)
ABOUT = (
    "goal", "id", "why", "outcome", "owner", "begun_on", "due", "first_due", "measure", "unit", "baseline", "target",
    "weight", *LEVEL_COLUMNS, "ended", "reason",
)  # fmt: skip
POINT = (
    "day", "value", "note", "link", "milestone", "milestone_due", "milestone_first_due", "recorded_by", "recorded_at",
)  # fmt: skip
COLUMNS = (*ABOUT, *POINT, "goal_history", "point_history")
"""Of a table; the last two hold lists in JSON, to come back as they are."""

WHATS = ("date", "words", "measure", "agreed", "end", "opened again")
MOST_HAPPENED, LONGEST_SAID = 500, 2000


@dataclass(frozen=True)
class Happened:
    """Something that became of a goal, or what a point said before (what ""). at: an instant as ISO writes it; before
    and after: days or words; about: the milestone that was moved."""

    what: str = ""
    by: str = ""
    at: str = ""
    before: str = ""
    after: str = ""
    about: str = ""
    reason: str = ""
    day: str = ""
    value: str = ""
    note: str = ""
    link: str = ""

    def to_plain(self) -> dict[str, str]:
        return {name: said for name, said in asdict(self).items() if said}


def read_history(text: str) -> tuple[Happened, ...]:
    """What a file says of it; what makes no sense is left out, since nothing follows from it here."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ()
    rows = found[:MOST_HAPPENED] if isinstance(found, list) else []
    return tuple(_happened(row) for row in rows if isinstance(row, dict) and _fits(row))


def _happened(row: Mapping[str, Any]) -> Happened:
    return Happened(**{name: row[name][:LONGEST_SAID] for name in Happened.__dataclass_fields__ if name in row})


def _fits(row: Mapping[str, Any]) -> bool:
    words = all(isinstance(row.get(name, ""), str) for name in Happened.__dataclass_fields__)
    return words and row.get("what", "") in ("", *WHATS) and instant_in(row.get("at", "")) is not None


def instant_in(text: str) -> datetime | None:
    """An instant with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def history_text(rows: Sequence[Mapping[str, str]]) -> str:
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")) if rows else ""
