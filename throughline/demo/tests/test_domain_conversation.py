from __future__ import annotations

import pytest

from throughline.demo.actions.pairs import CONVERSATIONS
from throughline.demo.domain import cast, tale
from throughline.demo.domain.conversation import Exchange, Said, read_conversation


def test_a_conversation_reads_as_it_is_written():
    read = read_conversation("12 days ago\n> Welcome!\n<? When?\n\n0.5 days ago\n< I see.\n")
    assert read == (
        Exchange(12, (Said(False, False, "Welcome!"), Said(True, True, "When?"))),
        Exchange(0.5, (Said(True, False, "I see."),)),
    )


@pytest.mark.parametrize("text", ["yesterday\n> Hello", "1 day ago\nHello", "1 day ago\n>"])
def test_what_cannot_be_read_says_so(text):
    with pytest.raises(ValueError):
        read_conversation(text)


@pytest.mark.parametrize("pair", tale.PAIRS, ids=lambda pair: pair.key)
def test_every_pair_has_words_after_it_met_and_in_order(pair):
    conversation = read_conversation((CONVERSATIONS / f"{pair.key}.txt").read_text(encoding="utf-8"))
    days = [exchange.days_ago for exchange in conversation]
    assert days == sorted(days, reverse=True)
    assert days[0] < pair.joined
    assert days[-1] > (pair.farewell.days_ago if pair.farewell else 0)


def test_everybody_in_the_tale_is_in_the_cast():
    people = {character.key for character in cast.EVERYBODY}
    assert {key for pair in tale.PAIRS for key in (pair.mentor, pair.mentee)} <= people
    assert len({character.name for character in cast.EVERYBODY}) == len(cast.EVERYBODY)
