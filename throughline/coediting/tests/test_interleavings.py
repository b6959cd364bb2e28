"""A real text that was typed at once, typed again by two people over lines that drop: the same to the last byte.

`make test` tries fifty orders of typing, delivering, storing, dropping and being killed; `make test-deep` a thousand,
and the whole text once.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest
from pycrdt import Doc, XmlFragment

from throughline.coediting.actions import Change, append_updates, open_document
from throughline.coediting.domain.merging import document_of
from throughline.coediting.queries import authors_of, state_of
from throughline.coediting.tests.lines import Line, clocks, house_of, interleave
from throughline.coediting.tests.test_traces import text_in, trace, typed
from throughline.coediting.tests.writing import paragraph

READ = 500
"""Steps of the trace from which the fifty take their pieces."""
PIECE = 60
LINE_OF_AGENT = (0, 0, 1)  # the trace has three agents: one of the two people came back as another
Step = tuple[int, bytes, dict[int, int]]


@cache
def told(most: int) -> tuple[bytes, list[Step]]:
    """The trace as updates, each with what it was written on, after an update that makes the empty paragraph."""
    steps = trace("clownschool")["txns"][:most]
    empty: Doc[Any] = Doc(client_id=1)
    empty.get("default", type=XmlFragment)
    paragraph(empty)
    start = empty.get_update()
    docs: list[Doc[Any]] = []
    for agent in range(len(LINE_OF_AGENT)):
        doc: Doc[Any] = Doc(client_id=agent + 2)
        doc.get("default", type=XmlFragment)
        doc.apply_update(start)
        docs.append(doc)
    has: list[set[int]] = [set() for _ in docs]
    made: list[Step] = []
    for at, step in enumerate(steps):
        agent, waiting, missing = step["agent"], list(step["parents"]), list[int]()
        while waiting:
            parent = waiting.pop()
            if parent not in has[agent]:
                has[agent].add(parent)
                missing.append(parent)
                waiting += steps[parent]["parents"]
        for parent in sorted(missing):
            docs[agent].apply_update(made[parent][1])
        on = clocks(docs[agent].get_state())
        made.append((LINE_OF_AGENT[agent], typed(docs[agent], step["patches"]), on))
        has[agent].add(at)
    return start, made


def type_again(pair: Any, people: list[Any], seed: int, most: int, piece: int) -> None:
    start, made = told(most)
    chance = Random(seed)
    begin = chance.randrange(max(1, len(made) - piece))
    before = document_of([start, *(update for _, update, _ in made[:begin])]).get_update()
    document = open_document(pair.pk, f"tests.Page:{seed}")
    append_updates(changes={document: [Change(people[0].pk, before)]})
    lines = [Line(person.pk, document, before) for person in people]
    with house_of(lines) as house:
        interleave(house, made[begin : begin + piece], chance)
    wanted = document_of([start, *(update for _, update, _ in made[: begin + piece])])
    text = str(text_in(wanted)).encode()
    assert [str(text_in(line.doc)).encode() for line in lines] == [text, text], seed
    assert str(text_in(document_of([state_of(document)]))).encode() == text, seed
    assert [line.kept for line in lines] == [[], []], seed
    assert set(authors_of(document)) <= {person.pk for person in people}


@pytest.mark.parametrize("seeds", [range(50), pytest.param(range(1000), marks=pytest.mark.deep)], ids=["50", "1000"])
def test_every_order_of_typing_and_losing_ends_with_the_same_bytes(pair, mentor, mentee, seeds):
    for seed in seeds:
        type_again(pair, [mentor, mentee], seed, *((READ, PIECE) if len(seeds) == 50 else (3000, 120)))


@pytest.mark.deep
def test_the_whole_text_is_typed_again_byte_for_byte(pair, mentor, mentee):
    whole = len(trace("clownschool")["txns"])
    type_again(pair, [mentor, mentee], 1, whole, whole)
