"""A mail's words from its owner's template: the subject on the first line, then the text; HTML made from the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import jinja2
from django.template import engines
from django.utils import formats, timezone
from django.utils.translation import gettext

from throughline.notices.domain.kinds import Part


@dataclass(frozen=True)
class Mail:
    """parts: further parts, such as an invitation of a calendar. says_words: it says what somebody wrote."""

    subject: str
    text: str
    html: str
    parts: tuple[Part, ...] = ()
    says_words: bool = False


def rendered(template: str, values: dict[str, Any]) -> Mail:
    """In the language and zone that are active now. The subject is one line, whatever a name in it holds."""
    whole = _plain().get_template(template).render(values)
    subject, _, text = whole.lstrip().partition("\n")
    text = re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n"
    html = _pages().get_template("notices/mail.html").render(subject=subject, paragraphs=_paragraphs(text))
    return Mail(" ".join(subject.split()), text, html, says_words=bool(values.get("says_words")))


def _paragraphs(text: str) -> list[list[str]]:
    return [part.split("\n") for part in text.strip().split("\n\n")]


def _pages() -> jinja2.Environment:
    return engines["jinja2"].env  # type: ignore[no-any-return, attr-defined]  # Django types the engine as its base


@cache
def _plain() -> jinja2.Environment:
    """As on pages, but nothing is escaped and moments are words, not <time> elements."""
    plain = _pages().overlay(autoescape=False)
    plain.filters = {**plain.filters, "moment": _moment}
    return plain


def _moment(instant: datetime, style: str = "full") -> str:
    pattern = {"full": "D j M Y, H:i", "day": "D j M Y", "time": "H:i"}[style]
    local = timezone.localtime(instant)
    words = formats.date_format(local, pattern)
    return words if style == "day" else gettext("%(moment)s (%(zone)s)") % {"moment": words, "zone": _zone_words()}


def _zone_words() -> str:
    name = timezone.get_current_timezone_name()
    return gettext("%(place)s time") % {"place": name.rsplit("/", 1)[-1].replace("_", " ")} if "/" in name else name
