"""A document as HTML and as text.

The editor's nodes and marks are the whole vocabulary; anything else reads as the text inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import nh3
from pycrdt import XmlElement, XmlFragment, XmlText

_BLOCKS = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "codeBlock": "pre",
}
_MARKS = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s", "code": "code"}
_ALONE = {"hardBreak": "<br>", "horizontalRule": "<hr>"}
_TAGS = {*_BLOCKS.values(), *_MARKS.values(), "h2", "h3", "h4", "br", "hr", "a"}
_NESTED = 60
"""Levels of lists in lists that are read; the rest is left out."""


def html_of(root: XmlFragment) -> str:
    """Clean: only the tags above, links to http, https and mailto, no attribute that a page could act on."""
    dirty = "".join(_html(child, 0) for child in root.children)
    return nh3.clean(
        dirty,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def _html(node: Any, depth: int) -> str:
    if isinstance(node, XmlText):
        return "".join(_marked(text, marks or {}) for text, marks in node.diff() if isinstance(text, str))
    if not isinstance(node, XmlElement) or depth > _NESTED:
        return ""
    tag = node.tag or ""
    if tag in _ALONE:
        return _ALONE[tag]
    inside = "".join(_html(child, depth + 1) for child in node.children)
    if tag == "heading":
        tag = f"h{_level(node.attributes.get('level'))}"
        return f"<{tag}>{inside}</{tag}>"
    block = _BLOCKS.get(tag)
    return f"<{block}>{inside}</{block}>" if block else inside


def _level(said: Any) -> int:
    """Headings of a document stand below the page's own h1."""
    try:
        return min(4, max(2, int(float(said))))
    except (TypeError, ValueError):
        return 2


def _marked(text: str, marks: dict[str, Any]) -> str:
    html = escape(text, quote=False)
    for name, value in sorted(marks.items()):
        mark = name.partition("--")[0]
        if mark in _MARKS and value is not None:
            html = f"<{_MARKS[mark]}>{html}</{_MARKS[mark]}>"
        elif mark == "link" and isinstance(value, dict):
            html = f'<a href="{escape(str(value.get("href") or ""))}">{html}</a>'
    return html


def text_of(root: XmlFragment) -> str:
    """Lines of plain text: one for each paragraph, heading and line break; list items after a dash."""
    return "\n".join(line for child in root.children for line in _lines(child, 0)).strip("\n")


def _lines(node: Any, depth: int) -> Iterator[str]:
    if isinstance(node, XmlText):
        yield "".join(text for text, _ in node.diff() if isinstance(text, str))
    elif isinstance(node, XmlElement) and depth <= _NESTED:
        if node.tag == "listItem":
            inside = [line for child in node.children for line in _lines(child, depth + 1)]
            yield from (("- " if at == 0 else "  ") + line for at, line in enumerate(inside))
        elif any(isinstance(child, XmlText) or _is_break(child) for child in node.children):
            yield from _inline(node)
        elif node.children:
            for child in node.children:
                yield from _lines(child, depth + 1)
        else:
            yield ""


def _is_break(node: Any) -> bool:
    return isinstance(node, XmlElement) and node.tag == "hardBreak"


def _inline(node: XmlElement) -> list[str]:
    text = "".join("\n" if _is_break(child) else next(_lines(child, 0), "") for child in node.children)
    return text.split("\n")
