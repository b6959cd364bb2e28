"""Mail that comes in as an answer: what a room says of it, and what it is handed.

    answer_kind("messaging.reply", accept_reply)             # in AppConfig.ready, like a kind of notice
    NoticeKind("messaging.waiting", …, answer="messaging.reply")   # the mail can be answered

`accept` gets what arrived from the person to whom the address was given. It runs in one transaction, before the sending
server hears that the mail was taken: what it raises leaves nothing behind. Mail that no person wrote (replies of
machines, mail that came back, lists) never reaches it, and one mail reaches it once, however often it is delivered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Arrived:
    """A mail that a person sent to an address of theirs.

    person_id: whose address it is; the mail's sender was compared with the addresses of that account. ids: what the
    address was made for. received_at is UTC. raw: the mail as it came, read it with `notices.domain.letters.read`.
    """

    person_id: UUID
    ids: Mapping[str, str]
    sender: str
    subject: str
    message_id: str
    received_at: datetime
    raw: bytes


class Refused(Exception):  # noqa: N818  it is what the sending server reads
    """The mail is not taken. sentence: for whoever wrote it; their mail server passes it on. It quotes nothing."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


Accept = Callable[[Arrived], None]
_kinds: dict[str, Accept] = {}


def answer_kind(name: str, accept: Accept) -> None:
    """Raises ValueError when two rooms want one name."""
    if _kinds.setdefault(name, accept) is not accept:
        raise ValueError(f"Two rooms want answers of the kind {name}.")


def accept_of(name: str) -> Accept:
    """Raises KeyError for a name that nobody registered."""
    return _kinds[name]
