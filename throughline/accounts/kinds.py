"""What other rooms register here: the scopes that a program's token may have."""

from __future__ import annotations

from django.utils.functional import Promise

_scopes: dict[str, str | Promise] = {}


def register_scope(name: str, words: str | Promise) -> None:
    """Say what a token may be made for: register_scope("meetings:read", _("See my meetings"))."""
    _scopes[name] = words


def scopes() -> list[tuple[str, str | Promise]]:
    """Name and words of each scope, by name."""
    return sorted(_scopes.items())
