"""From a template and plain values to the bytes of a PDF/A-3: the same values and instant make the same bytes.

What people wrote reaches the template as values (`sys.inputs`), never as markup, so nothing in it is executed. The
compiler sees the folder of the template and the built fonts; it has no network and reads nothing else.

PDF/A wants every character drawn. What no font of ours covers is shown as □ and counted, so that the page can say so.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from throughline.foundation.paper.coverage import characters_of

FONTS = Path(__file__).parents[1] / "static" / "built" / "paper"
INSTEAD = "□"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_LAYOUT = frozenset("\n\t ")


class CannotSetError(RuntimeError):
    """The document could not be typeset; says why for the log, without the text."""


@dataclass
class _Drawing:
    """Text as the fonts can draw it. missing: how many characters they could not."""

    missing: int = 0
    plain: bool = False

    def of(self, value: Any) -> Any:
        if isinstance(value, str):
            return "".join(map(self._character, unicodedata.normalize("NFC", value)))
        if isinstance(value, Mapping):
            return {key: self.of(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.of(inner) for inner in value]
        return value

    def _character(self, character: str) -> str:
        category = unicodedata.category(character)
        if character in _LAYOUT:
            return character
        if category in ("Cf", "Cc", "Zl", "Zp") or (self.plain and category in ("Mn", "Me", "Mc", "Sk", "Lm")):
            return character if category == "Cf" and not self.plain and ord(character) in _drawn() else ""
        if ord(character) in _drawn():
            return character
        self.missing += 1
        return INSTEAD


def typeset(template: Path, values: Mapping[str, Any], attached: Mapping[str, str], at: datetime) -> bytes:
    """values: text, numbers, lists, mappings, as the template's `data`; `data.missing` counts what is shown as □.

    attached: text by name, as the template's `attached`, untouched. at: the date within the file, UTC.
    Raises CannotSetError.
    """
    try:
        return _compile(template, _Drawing(), values, attached, at)
    except typst.TypstError:
        # Marks that no one font can set upon their letters: once more without them.
        pass
    try:
        return _compile(template, _Drawing(plain=True), values, attached, at)
    except typst.TypstError as error:
        raise CannotSetError(type(error).__name__) from None


def _compile(
    template: Path, drawing: _Drawing, values: Mapping[str, Any], attached: Mapping[str, str], at: datetime
) -> bytes:
    data = drawing.of(values)
    data["missing"] = drawing.missing
    inputs = {
        "data": json.dumps(data, ensure_ascii=False),
        "attached": json.dumps(attached, ensure_ascii=False),
        "at": json.dumps([at.year, at.month, at.day, at.hour, at.minute, at.second]),
    }
    compiler = typst.Compiler(
        input=template, root=template.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )
    made = compiler.compile(format="pdf", pdf_standards=["a-3b"], timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise CannotSetError("no bytes")
    return made


@cache
def _fonts() -> typst.Fonts:
    if not FONTS.is_dir():
        raise CannotSetError("the fonts are not built: run `make build`")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _drawn() -> frozenset[int]:
    return characters_of(sorted(FONTS.glob("*.ttf")))


def direction_of(text: str) -> str:
    """ "rtl" or "ltr": that of the first letter with a direction of its own."""
    return next((_STRONG[side] for side in map(unicodedata.bidirectional, text) if side in _STRONG), "ltr")
