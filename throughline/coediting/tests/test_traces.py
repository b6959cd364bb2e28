"""Real keystrokes: an article by one person, and a text that several typed at once. Read from ../shared."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc, XmlText

from throughline.coediting.actions import Change, append_updates, compact_document, open_document
from throughline.coediting.domain.merging import document_of, root_of
from throughline.coediting.models import Update
from throughline.coediting.queries import authors_of, state_of
from throughline.coediting.tests.writing import paragraph

TRACES = Path(__file__).resolve().parents[4] / "shared" / "data" / "editing-traces"
SHORT = 1200
BATCH = 40
"""Keystrokes that the writer stores together."""


def trace(name: str) -> dict[str, Any]:
    path = TRACES / f"{name}.json.gz"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    return dict(json.loads(gzip.decompress(path.read_bytes())))


def text_in(doc: Doc[Any]) -> XmlText:
    return root_of(doc).children[0].children[0]


def typed(doc: Doc[Any], patches: list[list[Any]]) -> bytes:
    """Apply patches at code points; the update that the editor would send."""
    before = doc.get_state()
    text = text_in(doc)
    with doc.transaction():
        for at, deleted, inserted in patches:
            plain = str(text)
            start = len(plain[:at].encode())
            if deleted:
                del text[start : start + len(plain[at : at + deleted].encode())]
            if inserted:
                text.insert(start, inserted)
    return doc.get_update(before)


def store(document: Any, updates: list[tuple[Any, bytes]]) -> None:
    for at in range(0, len(updates), BATCH):
        append_updates(changes={document: [Change(by, update) for by, update in updates[at : at + BATCH]]})


@pytest.mark.parametrize("most", [SHORT, pytest.param(10**9, marks=pytest.mark.deep)])
def test_an_article_is_stored_as_it_was_typed(pair, mentor, most):
    told = trace("json-crdt-blog-post")
    document, doc = open_document(pair.pk, "tests.Page:1"), document_of([])
    paragraph(doc, told["startContent"])
    updates, plain = [(mentor.pk, doc.get_update())], told["startContent"]
    for step in told["txns"][:most]:
        updates.append((mentor.pk, typed(doc, step["patches"])))
        for at, deleted, inserted in step["patches"]:
            plain = plain[:at] + inserted + plain[at + deleted :]
    store(document, updates)
    assert Update.objects.count() == -(-len(updates) // BATCH)
    assert str(text_in(document_of([state_of(document)]))) == plain
    assert most == SHORT or plain == told["endContent"]
    typed_in_all = sum(len(patch[2]) for step in told["txns"][:most] for patch in step["patches"])
    [(by, inserted)] = authors_of(document).items()  # what was typed and deleted within one write does not count
    assert by == mentor.pk
    assert len(plain) <= inserted <= typed_in_all


@pytest.mark.parametrize("most", [SHORT, pytest.param(10**9, marks=pytest.mark.deep)])
def test_a_text_typed_by_several_at_once_is_the_same_for_all(pair, mentor, mentee, most):
    told = trace("clownschool")
    steps = told["txns"][:most]
    document, empty = open_document(pair.pk, "tests.Page:1"), document_of([])
    paragraph(empty)
    start = empty.get_update()
    docs = [document_of([start]) for _ in range(told["numAgents"])]
    has: list[set[int]] = [set() for _ in docs]
    made: list[bytes] = []
    people = [mentor.pk, mentee.pk]
    stored: list[tuple[Any, bytes]] = [(mentor.pk, start)]
    for at, step in enumerate(steps):
        agent, waiting, missing = step["agent"], list(step["parents"]), list[int]()
        while waiting:
            parent = waiting.pop()
            if parent not in has[agent]:
                has[agent].add(parent)
                missing.append(parent)
                waiting += steps[parent]["parents"]
        for parent in sorted(missing):
            docs[agent].apply_update(made[parent])
        made.append(typed(docs[agent], step["patches"]))
        has[agent].add(at)
        stored.append((people[agent % 2], made[at]))
    store(document, stored)
    read = str(text_in(document_of([state_of(document)])))
    for agent, doc in enumerate(docs):
        for at in range(len(steps)):
            if at not in has[agent]:
                doc.apply_update(made[at])
        assert str(text_in(doc)) == read
    assert most == SHORT or Counter(read) == Counter(told["endContent"])
    compact_document(document_id=document)
    assert str(text_in(document_of([state_of(document)]))) == read
