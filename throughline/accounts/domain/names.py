"""Names and short texts as people type them, made safe to show beside other people's."""

from __future__ import annotations

import unicodedata

# Marks that turn the reading direction of what follows: a name must not rearrange the line it stands in.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_line(raw: str) -> str:
    """One line: composed (NFC), white space joined; control characters, lone surrogates and turning marks gone."""
    kept = "".join(" " if char.isspace() else char for char in raw if _may_stay(char))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def clean_text(raw: str) -> str:
    """Several lines, each cleaned; at most one empty line between two paragraphs."""
    lines = [clean_line(line) for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip()


def called_by(name: str, email: str) -> str:
    """The name, or what stands before the @ until there is one."""
    return name or email.partition("@")[0]


def initials_of(name: str) -> str:
    """Up to two capitals for the place of a photo: "Mira Lindqvist" gives "ML", no name gives "?"."""
    words = [word for word in clean_line(name).split() if word[0].isalnum()]
    if not words:
        return "?"
    chosen = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in chosen).upper()


def _may_stay(char: str) -> bool:
    return char.isspace() or (unicodedata.category(char) not in ("Cc", "Cs") and char not in _TURNING)
