"""Every address that a page or a view names exists."""

from __future__ import annotations

import re

from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import forbid, named, rooms_sources, sources

IN_TEMPLATES = re.compile(r"\burl\(\s*[\"']([\w:.-]+)[\"']")
NAMED = re.compile(r"{%-?\s*(?:set|import [^%]* as)\s+(\w+)")
IN_PYTHON = re.compile(r"\b(?:reverse|reverse_lazy|redirect)\(\s*[\"']([\w:.-]+)[\"']")


def names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            found |= names(each.url_patterns, inner)
        elif each.name:
            found.add(f"{prefix}{each.name}")
    return found


def test_every_named_address_exists() -> None:
    known = names(get_resolver().url_patterns)
    places = [(path, IN_TEMPLATES) for path in sources("throughline/**/templates/**")]
    places += [(path, IN_PYTHON) for path in rooms_sources()]
    found = [
        f"{named(path, number)} names {name}"
        for path, pattern in places
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for name in pattern.findall(line)
        if name not in known
    ]
    forbid("No URL has this name: see the room's urls.py (a room's names begin with the room):", found)


def test_no_template_hides_what_every_template_may_call() -> None:
    """A name set or imported at a page's top level is seen by base.html, in place of the global that it calls."""
    called = set(engines["jinja2"].env.globals)
    found = [
        f"{named(path)} names {name}"
        for path in sources("throughline/**/templates/**.html")
        for name in NAMED.findall(path.read_text())
        if name in called
    ]
    forbid("Give these another name; the global of that name is for every page:", found)
