"""The words that a person wrote in answer to a mail, without the mail before and without their signature.

In doubt it keeps: what is left out too much is lost on the page, what is kept too much is only in the way. The whole
mail stays one click away all the same. docs/building/mail.md says how often this is right, by language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.notices.domain.quoting import FENCE, QUOTED, headers_at, is_original, opening_at
from throughline.notices.domain.signing_off import without_signature

MOST_LINES = 20_000


@dataclass(frozen=True)
class Extracted:
    """words: what they wrote. whole: nothing was left out."""

    words: str
    whole: bool


@dataclass(frozen=True)
class _Cut:
    """The mail before begins at `at`, and its own lines after `until`. sure: by its headers, so no answer follows."""

    at: int
    until: int
    sure: bool


def extracted(text: str) -> Extracted:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = plain.split("\n")
    if len(lines) > MOST_LINES:
        return Extracted(plain.strip(), whole=True)
    words = _joined(_own(lines))
    if not words:
        return Extracted(plain.strip(), whole=True)
    return Extracted(words, whole=words == _joined(lines))


def _own(lines: list[str]) -> list[str]:
    cut = _first_cut(lines)
    if cut is None:
        return _above_a_last_quote(lines)
    above, below = lines[: cut.at], lines[cut.until :]
    if cut.sure:
        return without_signature(above) if _says(above) else lines
    blocks = _blocks(below)
    if not blocks or not blocks[0][0]:  # not marked as quoted: nothing tells where it ends
        return without_signature(above) if _says(above) else below
    said = not _says(above)
    own = [block for quoted, block in blocks if not quoted and _says(without_signature(block, answered=said))]
    if len(own) > 1:  # answers between the lines, which mean nothing without these
        return [*above, *_without_a_quoted_end(below)]
    return [*without_signature(above), "", *without_signature(own[0] if own else [])]


def _first_cut(lines: Sequence[str]) -> _Cut | None:
    fenced = False
    for index, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        if fenced or not line.strip():
            continue
        quoted = QUOTED.match(line) is not None
        if quoted and any(each.strip() for each in lines[:index]):
            continue
        if count := opening_at(lines, index):
            return _Cut(index, index if quoted else index + count, sure=False)
        if not quoted and (headers_at(lines, index) or is_original(line)):
            return _Cut(index, index, sure=True)
    return None


def _above_a_last_quote(lines: list[str]) -> list[str]:
    """Without an opening, quoted lines are somebody's choice, except those below everything else."""
    blocks = _blocks(lines)
    if len(blocks) == 2 and blocks[1][0]:
        return without_signature(blocks[0][1])
    own = without_signature(lines)
    return own if _says(own) else lines


def _without_a_quoted_end(lines: list[str]) -> list[str]:
    blocks = _blocks(lines)
    while blocks and (blocks[-1][0] or not _says(without_signature(blocks[-1][1], answered=False))):
        blocks.pop()
    if not blocks:
        return lines
    blocks[-1] = (False, without_signature(blocks[-1][1]))
    return [line for _quoted, block in blocks for line in block]


def _blocks(lines: Sequence[str]) -> list[tuple[bool, list[str]]]:
    """Runs of quoted and of own lines; empty ones belong to the run before them."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in lines:
        quoted = QUOTED.match(line) is not None
        if not line.strip():
            if blocks:
                blocks[-1][1].append(line)
        elif blocks and blocks[-1][0] == quoted:
            blocks[-1][1].append(line)
        else:
            blocks.append((quoted, [line]))
    return blocks


def _says(lines: Sequence[str]) -> bool:
    return any(any(sign.isalnum() or ord(sign) > 0x2000 for sign in line) for line in lines)


def _joined(lines: Sequence[str]) -> str:
    """Line ends without spaces, at most one empty line in a row at the ends of what was cut."""
    return "\n".join(line.rstrip() for line in lines).strip("\n")
