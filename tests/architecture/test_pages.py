"""The documentation says what the program does: variables, the guide's sentences, links."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.architecture.house import HERE, ROOT, forbid, named, sources
from tests.architecture.pages import PAGES, guide_sentences
from tests.architecture.test_addresses import names
from throughline.practices.kinds import practices

GIVEN = ROOT.parent / "shared/guide.txt"


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_pages_made_from_the_code_are_current(path: Path) -> None:
    current = path.exists() and path.read_text() == PAGES[path]()
    forbid("Run `make docs` and commit what it writes:", [] if current else [named(path)])


def test_every_sentence_of_the_guide_has_its_place() -> None:
    if not GIVEN.exists():
        pytest.skip("the guide itself lies beside the repository and is not here: only our map of it is checked")
    asked = {
        sentence
        for line in GIVEN.read_text().splitlines()
        for sentence in re.split(r"(?<=[.?!])\s+", line.strip().removeprefix("- "))
        if sentence
    }
    framing = set(tomllib.loads((HERE / "guide.toml").read_text())["framing"])
    mapped = {each.says for each in guide_sentences()}
    forbid("Say in guide.toml where these sentences of the guide live:", sorted(asked - framing - mapped))
    forbid("These are not sentences of the guide: take them off guide.toml:", sorted((framing | mapped) - asked))


def test_the_map_of_the_guide_leads_somewhere() -> None:
    known = names(get_resolver().url_patterns)
    found = []
    for each in guide_sentences():
        if not each.measures:
            found.append(f"no measure: {each.says}")
        if not each.page and not each.later:
            found.append(f"neither a page nor what is still to come: {each.says}")
        if each.page and each.page not in known:
            found.append(f"no address is named {each.page}: {each.says}")
        if each.journey and not (ROOT / each.journey).exists():
            found.append(f"{each.journey} does not exist: {each.says}")
    forbid("Mend guide.toml:", found)


def test_the_measures_of_the_map_are_registered() -> None:
    registered = {practice.id for practice in practices()}
    used = {name for each in guide_sentences() for name in each.measures}
    forbid("guide.toml names measures that practices does not know:", sorted(used - registered))
    forbid("No sentence of the guide leads to these measures:", sorted(registered - used))


def test_links_between_pages_lead_somewhere() -> None:
    found = []
    for path in sources("*.md"):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for target in re.findall(r"\]\(([^)#\s]+)", line):
                if "://" not in target and not (path.parent / target).exists():
                    found.append(f"{named(path, number)} {target}")
    forbid("These links lead nowhere:", found)
