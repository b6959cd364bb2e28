"""Drafted terms, the versions that somebody signed, and the signatures."""

from __future__ import annotations

from throughline.agreements.models.agreement import Agreement, Signature, TermEdit, Version, new_salt

__all__ = ["Agreement", "Signature", "TermEdit", "Version", "new_salt"]
