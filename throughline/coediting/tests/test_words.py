"""The editor's script and the words that the page gives it name the same things."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from django.urls import reverse

from throughline.agreements.actions import open_words

SCRIPT = Path(__file__).parents[3] / "islands/editor/words.ts"


def test_the_page_gives_the_editor_every_word_that_it_asks_for(client, pair, mentor):
    open_words(by=mentor, relationship=pair)
    client.force_login(mentor)
    page = client.get(reverse("agreements:words", args=[pair.pk])).content.decode()
    given = json.loads(unescape(re.search(r'data-words="([^"]*)"', page)[1]))
    assert given.keys() == {*re.findall(r'^  "(\w+)",$', SCRIPT.read_text(), re.M)}
    assert all(given.values())
