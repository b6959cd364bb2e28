"""One thing that an operator should know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """A sentence. to_mend: people are harmed or something does not work until it is mended; else good to know."""

    sentence: str
    to_mend: bool = True
