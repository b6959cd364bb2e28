"""What people type reads as they meant it, and harms nobody."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.messaging.domain.rendering import html_of


@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# not a heading", "<p># not a heading</p>\n"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n"),
        (
            "see https://example.org/a",
            '<p>see <a href="https://example.org/a" rel="noopener noreferrer nofollow">https://example.org/a</a></p>\n',
        ),
    ],
)
def test_markdown(typed: str, reads: str) -> None:
    assert html_of(typed) == reads


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://elsewhere.example/pixel.png)",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
    ],
)
def test_nothing_runs_and_nothing_loads(hostile: str) -> None:
    found = _tags(html_of(hostile))
    assert {tag for tag, _ in found} <= {"p", "a"}
    assert all(value.startswith(("https:", "noopener")) for _, attributes in found for _, value in attributes)


@given(st.text(max_size=400))
def test_only_tags_that_we_know(typed: str) -> None:
    known = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
    assert {tag for tag, _ in _tags(html_of(typed))} <= known


def _tags(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[tuple[str, list[tuple[str, str]]]] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.append((tag, [(name, value or "") for name, value in attrs]))

    reader = Reader()
    reader.feed(html)
    return reader.found
