"""The prose as blocks of marked text, for a page that is set and not browsed. Its HTML is clean already."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "s": "strike", "code": "code"}


@dataclass(frozen=True)
class Run:
    """A stretch of text. marks: of strong, emph, strike, code."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """kind: "p", "h", "ul", "ol", "quote" or "rule". depth: a heading's level, a list's nesting. number: an item's."""

    kind: str
    runs: tuple[Run, ...] = ()
    depth: int = 0
    number: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def blocks_of(html: str) -> tuple[Block, ...]:
    """In reading order; empty paragraphs are left out."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    reader.end()
    return tuple(reader.blocks)


class _Blocks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._lists: list[tuple[str, int]] = []
        self._heading = self._quotes = 0
        self._fresh_item = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _MARKS:
            self._marks.append(_MARKS[tag])
        elif tag == "br":
            self._runs.append(Run("\n"))
        elif tag in ("ul", "ol"):
            self.end()
            self._lists.append((tag, 0))
        elif tag == "li":
            self.end()
            if self._lists:
                self._lists[-1] = (self._lists[-1][0], self._lists[-1][1] + 1)
            self._fresh_item = True
        elif tag == "hr":
            self.end()
            self.blocks.append(Block("rule"))
        elif tag in ("p", "pre", "blockquote", "div", *_HEADINGS):
            self.end()
            self._heading = _HEADINGS.get(tag, 0)
            self._quotes += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            if _MARKS[tag] in self._marks:
                self._marks.remove(_MARKS[tag])
        elif tag in ("ul", "ol"):
            self.end()
            del self._lists[-1:]
        elif tag in ("p", "pre", "blockquote", "div", "li", *_HEADINGS):
            self.end()
            self._quotes = max(0, self._quotes - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        if data:
            self._runs.append(Run(data, tuple(dict.fromkeys(self._marks))))

    def end(self) -> None:
        """What was gathered since the last one becomes a block of its own."""
        runs, self._runs = tuple(self._runs), []
        heading, self._heading = self._heading, 0
        if not "".join(run.text for run in runs).strip():
            return
        if heading:
            self.blocks.append(Block("h", runs, heading))
        elif self._lists:
            kind, number = self._lists[-1]
            fresh, self._fresh_item = self._fresh_item, False
            self.blocks.append(Block(kind, runs, len(self._lists), number if fresh else 0))
        else:
            self.blocks.append(Block("quote" if self._quotes else "p", runs))
