"""A fact as its producer knows it: who, when, by which medium, for how long; never what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    CALL = "call"
    MEETING = "meeting"
    MESSAGE = "message"
    EDIT = "edit"
    ELSEWHERE = "elsewhere"


class Medium(StrEnum):
    VIDEO = "video"
    VOICE = "voice"
    TEXT = "text"
    DOCUMENT = "document"
    IN_PERSON = "in person"


class Exemption(StrEnum):
    """Why a live session leaves the denominator of video-share."""

    NONE = ""
    NEED = "need"
    AGREED_AUDIO = "agreed audio"
    NETWORK = "network"


@dataclass(frozen=True)
class Part:
    """One person's part in a fact, in whole seconds. Video counts only what the other side received."""

    person_id: UUID
    present: int = 0
    voice: int = 0
    video: int = 0


@dataclass(frozen=True)
class Fact:
    """One raw fact. `source` names the row it stands for ("calls.Call:<id>") and is unique.

    together, both_voice, both_video: whole seconds in which both sides were present, sent voice (at least),
    sent video that the other received. occasion: the planned thing it belongs to ("meetings.Meeting:<id>").
    session: a live session in the sense of the practices (a held meeting, a quick call of 60 s or more).
    """

    source: str
    relationship_id: UUID
    kind: Kind
    medium: Medium
    started_at: datetime
    ended_at: datetime
    initiator_id: UUID | None = None
    occasion: str = ""
    together: int = 0
    both_voice: int = 0
    both_video: int = 0
    session: bool = False
    exemption: Exemption = Exemption.NONE
    automatic: bool = False
    self_reported: bool = False
    parts: tuple[Part, ...] = field(default=())
