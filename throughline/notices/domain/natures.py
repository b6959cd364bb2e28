"""Who wrote a mail: a person, a machine that answers for somebody away, a server that gives it back, or a list.

After RFC 3834 (automatic responses), RFC 3464 (mail that came back) and RFC 2369 (lists), and what programs do instead.
"""

from __future__ import annotations

import re
from email.message import Message
from enum import StrEnum


class Nature(StrEnum):
    """PERSON wrote it. AWAY: a mailbox answers for its owner. CAME_BACK: it was not delivered. MACHINE: the rest."""

    PERSON = "person"
    AWAY = "away"
    CAME_BACK = "came back"
    MACHINE = "machine"


OURS = "X-Throughline-Notice"
"""A header of every mail that we send: whatever comes back with it runs in a circle."""

_ANSWERING = ("X-Autoreply", "X-Autorespond", "X-Autoreply-From", "X-Auto-Reply", "X-Mail-Autoreply")
_LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List")
_BULK = {"bulk", "junk", "list"}
_AWAY_SUBJECT = re.compile(
    r"\s*(automatic reply|auto[- ]?reply|autoreply|out of (the )?office|automatische antwort|abwesenheits\w*|"
    r"réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|risposta automatica|"
    r"resposta automática|automatisch antwoord|afwezig|automatiskt svar|autosvar|automaattinen vastaus|"
    r"odpowiedź automatyczna|автоответ|自动回复|自動応答)",
    re.IGNORECASE,
)
_FAILED = re.compile(r"^(?:Status|Diagnostic-Code)\s*:\s*(?:smtp;\s*\d{3}[ -])?\s*5\.\d+\.\d+", re.I | re.M)


def nature_of(mail: Message, *, subject: str, envelope_sender: str) -> Nature:
    """subject: decoded. envelope_sender: of MAIL FROM, "" for the empty one, "?" where it is not known (a mailbox)."""
    if mail.get(OURS) is not None:
        return Nature.MACHINE
    if mail.get_content_type() == "multipart/report":
        return Nature.CAME_BACK
    if _answers_an_invitation(mail):
        return Nature.PERSON  # who pressed "accept"; some calendar programs call that automatic
    said = _first_word(mail, "Auto-Submitted")
    precedence = _first_word(mail, "Precedence")
    answers = any(mail.get(name) is not None for name in _ANSWERING) or precedence in {"auto_reply", "auto-reply"}
    if answers or said == "auto-replied" or _AWAY_SUBJECT.match(subject):
        return Nature.AWAY
    if said not in ("", "no") or precedence in _BULK or any(mail.get(name) is not None for name in _LISTS):
        return Nature.MACHINE
    if envelope_sender == "" or _first_word(mail, "From").startswith(("mailer-daemon@", "<mailer-daemon@")):
        return Nature.CAME_BACK
    return Nature.PERSON


def is_final(raw: bytes) -> bool:
    """Whether a report says that it will never arrive (5.x.x), and not merely that it is late."""
    return _FAILED.search(raw[:200_000].decode("latin-1")) is not None


def _first_word(mail: Message, name: str) -> str:
    return str(mail.get(name, "")).split(";")[0].strip().lower()


def _answers_an_invitation(mail: Message) -> bool:
    """After RFC 6047, 2.4: the part's type names the method."""
    parts = (part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return any(str(part.get_param("method", "")).upper() in ("REPLY", "COUNTER") for part in parts)
