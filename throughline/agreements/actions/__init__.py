"""What people do to an agreement: write it, and sign it. One idea a file."""

from __future__ import annotations

from throughline.agreements.actions.drafting import MovedOnError, open_words, save_part
from throughline.agreements.actions.fields import Written, add_to_part, settle, write_fields, write_part
from throughline.agreements.actions.papers import NotInForceError, forget_papers_of, make_paper, renew_signing_key
from throughline.agreements.actions.signing import NotSignedError, Signed, sign_agreement

__all__ = [
    "MovedOnError",
    "NotInForceError",
    "NotSignedError",
    "Signed",
    "Written",
    "add_to_part",
    "forget_papers_of",
    "make_paper",
    "open_words",
    "renew_signing_key",
    "save_part",
    "settle",
    "sign_agreement",
    "write_fields",
    "write_part",
]
