"""The prose as lines of plain text, so that two versions can be laid side by side."""

from __future__ import annotations

from html.parser import HTMLParser

_BREAKS = frozenset(
    ["p", "br", "li", "ul", "ol", "blockquote", "pre", "hr", "div", "tr", "table"]
    + [f"h{level}" for level in range(1, 7)]
)


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data


def lines_of(html: str) -> tuple[str, ...]:
    """One line a paragraph or item, without marks and without empty lines."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in reader.lines)
    return tuple(line for line in lines if line)
