"""What people can choose by: kinds of news, ways to reach them, and rhythms. The words for them stand in wording.py."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """NECESSARY is about the account and about what goes: it comes by mail, at once, and cannot be switched off."""

    MESSAGES = "messages"
    MEETINGS = "meetings"
    AGREEMENT = "agreement"
    RELATIONSHIP = "relationship"
    NECESSARY = "necessary"


CHOSEN = (Topic.MESSAGES, Topic.MEETINGS, Topic.AGREEMENT, Topic.RELATIONSHIP)


class Way(StrEnum):
    MAIL = "mail"
    PUSH = "push"
    WEBHOOK = "webhook"


class Rhythm(StrEnum):
    AT_ONCE = "at once"
    HOURLY = "hourly"
    MORNING = "morning"
