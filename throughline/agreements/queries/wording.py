"""Sentences of the domain in the reader's language."""

from __future__ import annotations

from datetime import date, time

from django.utils import formats
from django.utils.translation import gettext, ngettext

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.descriptions import CHANNELS
from throughline.agreements.domain.sentences import Sentence, Value


def say(sentence: Sentence) -> str:
    """Plain text, not escaped: it may hold people's own words."""
    pattern = (
        ngettext(sentence.pattern, sentence.several, sentence.number) if sentence.several else gettext(sentence.pattern)
    )
    return pattern % {name: _fill_in(value) for name, value in sentence.values} if sentence.values else pattern


def say_value(value: Value) -> str:
    """What stands in a sentence, by itself."""
    return _fill_in(value)


def channel_words(channel: Channel) -> str:
    """ "video", "messages here": for the rooms that do what was agreed."""
    return say(CHANNELS[channel])


def _fill_in(value: Value) -> str:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, tuple):
        return gettext(", then ").join(say(item) for item in value)
    if isinstance(value, date):
        return formats.date_format(value, "j M Y")
    if isinstance(value, time):
        return formats.time_format(value, "H:i")
    return str(value)
