"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.agreements.actions import forget_papers_of
from throughline.agreements.queries.paper import paper_files
from throughline.foundation.rights.holdings import Erasure, Holding

DRAFT = _("You drafted it together, so it stays with the others until they delete it too.")
ALONE = _("You wrote it for yourself. What became part of the draft stands there.")
SIGNED = _(
    "The other side relies on what both signed, and on being able to show that it was not changed since. It stays "
    "sealed until everybody has deleted it; what was signed keeps the words that it was signed with."
)

PROPOSED = _("You negotiated it together, so it stays with the others until they delete it too.")

HOLDINGS = [
    Holding(
        "agreements.Agreement", _("Agreements"), Erasure.JOINT, DRAFT, shared_by="relationship", leave_out=("salt",)
    ),
    Holding(
        "agreements.TermEdit", _("Drafted parts"), Erasure.JOINT, DRAFT, owner=("by",), shared_by="relationship"
    ),
    Holding(
        "agreements.FieldEdit",
        _("Fields as they were typed"),
        Erasure.JOINT,
        DRAFT,
        owner=("by",),
        shared_by="relationship",
        leave_out=("window",),
    ),
    Holding(
        "agreements.Overtaken",
        _("Changes that another one replaced"),
        Erasure.JOINT,
        DRAFT,
        owner=("by",),
        named=("overtaken_by", "settled_by"),
        shared_by="relationship",
    ),
    Holding(
        "agreements.Preparing",
        _("When you prepared on your own"),
        Erasure.GOES,
        ALONE,
        owner=("person",),
    ),
    Holding(
        "agreements.Answer",
        _("What you prepared on your own"),
        Erasure.GOES,
        ALONE,
        owner=("preparing__person",),
        named=("taken_by",),
    ),
    Holding(
        "agreements.Version", _("Signed versions"), Erasure.RECORD, SIGNED, owner=("made_by",), shared_by="relationship"
    ),
    Holding(
        "agreements.Signature", _("Signatures"), Erasure.RECORD, SIGNED,
        owner=("person",), shared_by="version__relationship",
    ),
    Holding(
        "agreements.Proposal", _("Proposed changes"), Erasure.JOINT, PROPOSED, owner=("by",), shared_by="relationship"
    ),
    Holding(
        "agreements.Assent", _("Agreements to proposed changes"), Erasure.RECORD, SIGNED,
        owner=("person",), shared_by="proposal__relationship",
    ),
    Holding(
        "agreements.ProposalEnd", _("Answers to proposed changes"), Erasure.JOINT, PROPOSED,
        owner=("by",), shared_by="relationship",
    ),
    Holding(
        "agreements.Review", _("Dates on which you look at the agreement again"), Erasure.JOINT, PROPOSED,
        shared_by="relationship",
    ),
    Holding(
        "agreements.Confirmation", _("Confirmations of the agreement"), Erasure.RECORD, SIGNED,
        owner=("person",), shared_by="review__relationship",
    ),
    Holding(
        "agreements.Paper", _("Signed versions as files"), Erasure.JOINT,
        _("A file holds the names of its day. When one of you goes, it is deleted here; what was signed can be made a "
          "file again. Copies that somebody downloaded are theirs."),
        owner=("made_by",), shared_by="relationship", leave_out=("content",), files=paper_files, erase=forget_papers_of,
    ),
]  # fmt: skip
