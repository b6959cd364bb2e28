"""What two people have signed about reaching each other, as far as telling them by mail follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from throughline.accounts.domain.channels import Channel

WRITTEN = frozenset({Channel.MESSAGE, Channel.EMAIL})
"""The ways in between that are words to be read: mail that tells of them is what was agreed."""
LATER = timedelta(hours=4)


@dataclass(frozen=True)
class Rule:
    """quick: the agreed ways in between, most liked first, the fallback last.

    bodies: whether the mode of confidentiality lets the recipient choose to have what was written in their mail.
    """

    quick: tuple[Channel, ...]
    bodies: bool


def waits(rule: Rule | None) -> timedelta:
    """How long a word between the two is left for them to find, before mail tells of it.

    Nothing where they agreed to write to each other, or have agreed on nothing. Who agreed to ring instead is not
    pinged for each word: most are seen by then, and the mail is never sent.
    """
    return timedelta() if rule is None or WRITTEN.intersection(rule.quick) else LATER


def rule_of(preferred: Sequence[Channel], fallback: Channel, *, bodies: bool) -> Rule:
    return Rule((*preferred, fallback), bodies)
