"""Drafted terms, the versions that somebody signed, and the signatures."""

from __future__ import annotations

from throughline.agreements.models.agreement import Agreement, Signature, TermEdit, Version, new_salt
from throughline.agreements.models.drafting import FieldEdit, Overtaken

__all__ = ["Agreement", "FieldEdit", "Overtaken", "Signature", "TermEdit", "Version", "new_salt"]
