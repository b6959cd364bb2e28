"""What a room says about its notices: a name, its words, and whether they may wait for the morning.

The words are a template of the owning room, `<room>/notices/<kind>.txt`: the subject on the first line, then the
mail. Neither holds content; who, when and a link are enough. Registered in the room's AppConfig.ready:

    register_kind(NoticeKind("invited", "relationships/notices/invited.txt", agreed=True, values=invited_values))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from throughline.notices.domain.topics import Topic

Values = Callable[[Mapping[str, str]], dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """A further part of a mail, such as an invitation of a calendar.

    media_type: with its parameters, "text/calendar; method=REQUEST". name: of a file that is attached; without one the
    part stands beside the text, as another form of it.
    """

    media_type: str
    content: bytes
    name: str = ""


Parts = Callable[[Mapping[str, str]], Sequence[Part]]


@dataclass(frozen=True)
class NoticeKind:
    """name: unique over all rooms. agreed: it follows from what somebody signed or asked for, and is no nudge.

    urgent: it does not wait for the end of the recipient's quiet hours. values: what the template needs beyond
    the recipient and the link, looked up when the mail is sent, from the ids that notify was given; raising
    LookupError, or Django's DoesNotExist or Http404, says that the thing is gone, and nothing is sent.
    may_wait: of a word between two people, by the same ids: whether it may wait as the channels they agreed on say.
    topic: what the recipient can choose by.
    thread: a word such as "conversation": mails of one relationship with one word stand together in mail programs.
    answer: the registered kind of answer (domain/answers.py) that the mail may be answered with, where the installation
    takes mail in; `accept` gets the same ids. parts: further parts of the mail, made when it is sent from the same ids.
    """

    name: str
    template: str
    agreed: bool
    urgent: bool = False
    may_wait: Callable[[Mapping[str, str]], bool] | None = None
    values: Values | None = None
    topic: Topic = Topic.RELATIONSHIP
    thread: str = ""
    answer: str = ""
    parts: Parts | None = None


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> None:
    _kinds[kind.name] = kind


def kind_named(name: str) -> NoticeKind:
    """Raises KeyError for a name that nobody registered."""
    return _kinds[name]
