"""Markdown as people type it in a conversation, to HTML that cannot harm whoever reads it."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

# Pictures are left out on purpose: a picture from elsewhere would tell its server who reads, and when.
_TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "h3", "h4"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(
    ["linkify", "strikethrough"]
)
_markdown.disable(["image", "heading", "lheading"])


def html_of(text: str) -> str:
    """Sanitised HTML. Line breaks stay, addresses become links, raw HTML reads as the text that it is."""
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        set_tag_attribute_values={"pre": {"tabindex": "0"}},  # a long line of code scrolls by keyboard
        link_rel="noopener noreferrer nofollow",
    )
