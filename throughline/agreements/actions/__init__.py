"""What people do to an agreement: write it, and sign it. One idea a file."""

from __future__ import annotations

from throughline.agreements.actions.drafting import MovedOnError, open_words, save_part
from throughline.agreements.actions.fields import Written, add_to_part, settle, write_fields, write_part
from throughline.agreements.actions.signing import NotSignedError, Signed, sign_agreement

__all__ = [
    "MovedOnError",
    "NotSignedError",
    "Signed",
    "Written",
    "add_to_part",
    "open_words",
    "save_part",
    "settle",
    "sign_agreement",
    "write_fields",
    "write_part",
]
