"""Changing one term of what is in force: propose with a reason; agree, decline, answer with another, withdraw.

To agree, freshly proven, is to sign in advance exactly the version that it would make; whoever proposes may do so at
once. As soon as everybody agrees to one and the same text, it becomes the next version with their agreements as its
signatures. Until then what is in force stays. When another version came in between, the text would be another one:
nobody's earlier agreement counts for it, and the page says what changed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.agreements.access import ensure_writable
from throughline.agreements.actions.drafting import locked
from throughline.agreements.actions.signing import NotAcknowledgedError, bring_into_force
from throughline.agreements.domain.acknowledging import clauses_in
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.domain.faults import faults_between, faults_of
from throughline.agreements.domain.plain import to_plain
from throughline.agreements.domain.sentences import Sentence
from throughline.agreements.domain.terms import PART_TYPES, Part, PartKind
from throughline.agreements.domain.upgrade import FORMAT
from throughline.agreements.models import Agreement, Assent, Proposal, ProposalEnd, Signature, TermEdit, Version
from throughline.agreements.queries.acknowledging import still_to_acknowledge
from throughline.agreements.queries.draft import saved_of
from throughline.agreements.queries.fields import last_stamp
from throughline.agreements.queries.proposals import Outcome, outcome_of, part_of
from throughline.foundation import clock
from throughline.notices.actions import notify
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from uuid import UUID

    from throughline.accounts.access import Proof
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

PROPOSED = "agreement.proposed"
ANSWERED = "agreement.proposal-answered"
How = ProposalEnd.How


class NothingNewError(ValueError):
    """The proposed part says what is in force already, or nothing is in force yet that could be changed."""


class ClosedError(ValueError):
    """Somebody has answered or withdrawn this proposal already."""


class StaleError(Exception):
    """Nothing was agreed to: what the proposal would make now is not what was shown."""


class UnfitError(ValueError):
    """The part does not fit to the others. `sentences` say why."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        super().__init__("does not fit")
        self.sentences = sentences


@transaction.atomic
def propose_change(
    *,
    by: Person,
    relationship: Relationship,
    part: Part,
    reason: str,
    proof: Proof | None,
    counters_id: UUID | None = None,
) -> Proposal:
    """Propose another text for one part. With a fresh proof it is the proposer's agreement as well, unless it asks for
    a clause to be acknowledged: that is read and ticked on the proposal's page.

    The same proposal by the same person twice is one. counters_id: the open proposal that this answers.
    Raises NotNowError, NothingNewError, UnfitError, ClosedError.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    kind = next(kind for kind, type_ in PART_TYPES.items() if isinstance(part, type_))
    outcome = outcome_of(agreement, kind, part)
    if outcome is None or outcome.changes_nothing:
        raise NothingNewError
    _ensure_fits(outcome, part, by)
    if twin := _twin(agreement, by, kind, part):
        return twin
    proposal = Proposal.objects.create(
        agreement=agreement,
        relationship=relationship,
        kind=kind,
        payload=to_plain(part),
        format=FORMAT,
        reason=reason,
        by=by,
        base=outcome.in_force,
        counters_id=counters_id,
    )
    if counters_id:
        _end(_open(agreement, counters_id), How.COUNTERED, by)
    if proof and not still_to_acknowledge(outcome, by.pk):
        _assent(proposal, outcome, by, proof)
    _tell(PROPOSED, proposal, by)
    return proposal


@transaction.atomic
def agree_to_change(
    *,
    by: Person,
    relationship: Relationship,
    proposal_id: UUID,
    shown_digest: str,
    proof: Proof,
    acknowledged: Collection[Clause] = (),
) -> Version | None:
    """Agree to exactly what was shown. The version, when this was the last agreement that it needed.

    acknowledged: the clauses that it changes, or that were never acknowledged, each ticked. Agreeing twice changes
    nothing. Raises NotNowError, ClosedError, StaleError, UnfitError, NotAcknowledgedError; then nothing was written.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    proposal = _open(agreement, proposal_id)
    part = part_of(proposal)
    outcome = outcome_of(agreement, PartKind(proposal.kind), part)
    if outcome is None or outcome.digest != shown_digest:
        raise StaleError
    _ensure_fits(outcome, part, by)
    if missing := set(still_to_acknowledge(outcome, by.pk)).difference(acknowledged):
        raise NotAcknowledgedError(missing)
    made = _assent(proposal, outcome, by, proof)
    members = [member.person_id for member in members_of(relationship.pk)]
    assents = {row.person_id: row for row in proposal.assents.filter(digest=outcome.digest)}
    if not all(person_id in assents for person_id in members):
        if made:
            _tell(ANSWERED, proposal, by)
        return None
    return _become(proposal, outcome, [assents[person_id] for person_id in members], by)


@transaction.atomic
def decline_change(*, by: Person, relationship: Relationship, proposal_id: UUID, words: str) -> None:
    """What is in force stays. Raises NotNowError, ClosedError."""
    ensure_writable(relationship.pk)
    proposal = _open(locked(relationship), proposal_id)
    _end(proposal, How.DECLINED, by, words)
    _tell(ANSWERED, proposal, by)


@transaction.atomic
def withdraw_change(*, by: Person, relationship: Relationship, proposal_id: UUID) -> None:
    """Its author takes it back; nobody is written to. Raises NotNowError, ClosedError."""
    ensure_writable(relationship.pk)
    proposal = _open(locked(relationship), proposal_id)
    if proposal.by_id != by.pk:
        raise ClosedError
    _end(proposal, How.WITHDRAWN, by)


def _open(agreement: Agreement, proposal_id: UUID) -> Proposal:
    found = Proposal.objects.filter(agreement=agreement, pk=proposal_id, end__isnull=True).first()
    if found is None:
        raise ClosedError
    return found


def _twin(agreement: Agreement, by: Person, kind: PartKind, part: Part) -> Proposal | None:
    """The same thing, proposed by the same person and still open: a double click, or a second tab."""
    mine = Proposal.objects.filter(agreement=agreement, by=by, kind=kind, end__isnull=True)
    return next((each for each in mine if part_of(each) == part), None)


def _ensure_fits(outcome: Outcome, part: Part, by: Person) -> None:
    today = clock.today_in(by.zone)
    faults = [*faults_of(part, today), *faults_between(outcome.content.terms, today)]
    if faults:
        raise UnfitError(tuple(fault.sentence for fault in faults))


def _assent(proposal: Proposal, outcome: Outcome, by: Person, proof: Proof) -> bool:
    _row, made = Assent.objects.get_or_create(
        proposal=proposal,
        person=by,
        digest=outcome.digest,
        defaults={
            "number": outcome.content.number,
            "zone": by.zone,
            "proof_method": proof.method,
            "proof_at": proof.at,
            "acknowledged": clauses_in(outcome.content.terms.confidentiality),
        },
    )
    return made


def _become(proposal: Proposal, outcome: Outcome, assents: list[Assent], by: Person) -> Version:
    """The next version, signed by everybody at the moment at which each agreed."""
    version = Version.objects.create(
        agreement=proposal.agreement,
        relationship_id=proposal.relationship_id,
        number=outcome.content.number,
        content=outcome.content.text(),
        digest=outcome.digest,
        previous=outcome.content.previous,
        made_by_id=proposal.by_id,
    )
    for row in assents:
        Signature.objects.create(
            version=version,
            person_id=row.person_id,
            at=row.at,
            zone=row.zone,
            proof_method=row.proof_method,
            proof_at=row.proof_at,
            acknowledged=row.acknowledged,
        )
    _end(proposal, How.ACCEPTED, by, version=version)
    _follow_in_the_draft(proposal, outcome)
    bring_into_force(version, people_by_id(row.person_id for row in assents).values(), by)
    return version


def _follow_in_the_draft(proposal: Proposal, outcome: Outcome) -> None:
    """The draft takes the change over, unless somebody was rewriting that part there: then it stays a draft."""
    kind = PartKind(proposal.kind)
    newest = TermEdit.objects.filter(agreement=proposal.agreement, kind=kind).order_by("-stamp").first()
    stamp = last_stamp(proposal.agreement_id, kind)
    untouched = newest is None or (
        newest.stamp == stamp and saved_of(newest).part == getattr(outcome.before.terms, kind.value)
    )
    if untouched:
        TermEdit.objects.create(
            agreement=proposal.agreement,
            relationship_id=proposal.relationship_id,
            kind=kind,
            stamp=stamp + 1,
            by_id=proposal.by_id,
            payload=proposal.payload,
            format=proposal.format,
        )


def _end(proposal: Proposal, how: str, by: Person, words: str = "", version: Version | None = None) -> None:
    ProposalEnd.objects.create(
        proposal=proposal, relationship_id=proposal.relationship_id, how=how, by=by, words=words, version=version
    )


def _tell(kind: str, proposal: Proposal, by: Person) -> None:
    """Everybody but whoever did it."""
    members = members_of(proposal.relationship_id)
    for person in people_by_id(member.person_id for member in members if member.person_id != by.pk).values():
        notify(
            kind=kind,
            recipient=person,
            address=reverse("agreements:proposal", args=[proposal.relationship_id, proposal.pk]),
            relationship_id=proposal.relationship_id,
            proposal_id=proposal.pk,
            by_id=by.pk,
        )
