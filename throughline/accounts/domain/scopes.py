"""What a program's token may be made for. Each room that opens a door to programs registers its scopes here.

register_scope("meetings:read", _("See my meetings"))     # in AppConfig.ready
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import Promise

_scopes: dict[str, str | Promise] = {}


def register_scope(name: str, words: str | Promise) -> None:
    """Give a scope its name, and the words that people read when they make a token."""
    _scopes[name] = words


def scopes() -> list[tuple[str, str | Promise]]:
    """Name and words of each scope, by name."""
    return sorted(_scopes.items())
