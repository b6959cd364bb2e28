"""The one line of progress in a mail that answers ours."""

from __future__ import annotations

from throughline.goals.domain.lines import LONGEST

STOP = frozenset({"stop", "stop.", "unsubscribe"})


def line_in(text: str) -> str:
    """The first line that its writer wrote: not what is quoted, nor who wrote that when, nor a signature."""
    lines = [line.strip() for line in text.split("\n")]
    for place, line in enumerate(lines):
        if line == "--":
            break
        if line and not line.startswith(">") and not _leads_in(line, lines[place + 1 :]):
            return line[:LONGEST]
    return ""


def _leads_in(line: str, rest: list[str]) -> bool:
    """Whether a quote follows that this line announces: "On Monday, Mira wrote:", over one line or two."""
    following = next((one for one in rest if one), "")
    if following.startswith(">"):
        return line.endswith(":")
    below = next((one for one in rest[1:] if one), "")
    return bool(rest and rest[0].endswith(":") and below.startswith(">"))


def asks_to_stop(line: str) -> bool:
    return line.casefold() in STOP
