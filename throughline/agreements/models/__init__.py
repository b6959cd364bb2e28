"""Drafted terms, the versions that somebody signed, the signatures, and signed versions as files."""

from __future__ import annotations

from throughline.agreements.models.agreement import Agreement, Signature, TermEdit, Version, new_salt
from throughline.agreements.models.drafting import FieldEdit, Overtaken
from throughline.agreements.models.papers import Paper, SigningKey
from throughline.agreements.models.preparing import Answer, Preparing
from throughline.agreements.models.proposals import Assent, Proposal, ProposalEnd
from throughline.agreements.models.reviews import Confirmation, Review

__all__ = [
    "Agreement",
    "Answer",
    "Assent",
    "Confirmation",
    "FieldEdit",
    "Overtaken",
    "Paper",
    "Preparing",
    "Proposal",
    "ProposalEnd",
    "Review",
    "Signature",
    "SigningKey",
    "TermEdit",
    "Version",
    "new_salt",
]
