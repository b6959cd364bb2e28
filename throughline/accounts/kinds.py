"""What other rooms register here: the scopes that a program's token may have."""

from throughline.accounts.domain.scopes import register_scope, scopes

__all__ = ["register_scope", "scopes"]
