"""Texts to begin an agreement with: one for each kind of mentoring, in the words of nobody's handbook.

A text fills the fields of forms (named as the forms name them) and offers paragraphs for the page of own words. It
never says when people meet: that is theirs. Everything in it may be changed or struck out.
"""

from __future__ import annotations

from throughline.agreements.domain.starting import career, peers, research, student, workplace
from throughline.agreements.domain.starting.text import StartingText

TEXTS: dict[str, StartingText] = {
    text.key: text for text in (workplace.TEXT, research.TEXT, student.TEXT, career.TEXT, peers.TEXT)
}

__all__ = ["TEXTS", "StartingText"]
