"""Signing: what was shown is what is signed, and the last signature brings it into force."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.agreements.access import ensure_writable
from throughline.agreements.actions.drafting import locked
from throughline.agreements.actions.reviewing import plan_review
from throughline.agreements.domain.acknowledging import clauses_in
from throughline.agreements.domain.channel_rules import channel_rule
from throughline.agreements.domain.descriptions import Clause
from throughline.agreements.models import Agreement, Signature, Version
from throughline.agreements.queries.candidate import Candidate, candidate_of
from throughline.agreements.queries.draft import draft_of, parts_of
from throughline.agreements.queries.force import terms_of
from throughline.agreements.signals import agreement_signed
from throughline.foundation import clock
from throughline.notices.actions import notify, set_channel_rule
from throughline.notices.queries import relationships_with_rules
from throughline.relationships.actions import set_mode
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from uuid import UUID

    from throughline.accounts.access import Proof
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

SIGNED = "agreement.signed"
YOUR_SIGNATURE = "agreement.your-signature"


class NotAcknowledgedError(ValueError):
    """Nothing was signed: these clauses of what stays between them were not acknowledged."""

    def __init__(self, missing: Collection[Clause]) -> None:
        super().__init__("not acknowledged")
        self.missing = frozenset(missing)


class NotSignedError(Exception):
    """Nothing was signed: what stands there now is not what was shown, or has obstacles."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__("nothing was signed")
        self.candidate = candidate


@dataclass(frozen=True)
class Signed:
    """in_force: whether everybody has now signed this version."""

    version: Version
    in_force: bool


@transaction.atomic
def sign_agreement(
    *, by: Person, relationship: Relationship, shown_digest: str, proof: Proof, acknowledged: Collection[Clause]
) -> Signed:
    """Sign what was shown, if it still stands there. Signing it twice changes nothing.

    acknowledged: the clauses of what stays between them that the signer ticked; each that the text holds is asked for.

    Under the agreement's lock, so that two who sign at once make one version, and the later one completes it.
    Raises NotSignedError, NotAcknowledgedError, and then nothing was written.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    candidate = candidate_of(agreement, parts_of(draft_of(relationship.pk)), today=clock.today_in(by.zone))
    if candidate.content is None or candidate.obstacles or candidate.digest != shown_digest:
        raise NotSignedError(candidate)
    asked = clauses_in(candidate.content.terms.confidentiality)
    if missing := set(asked).difference(acknowledged):
        raise NotAcknowledgedError(missing)
    version = candidate.version or _new_version(agreement, candidate, by)
    signed = set(Signature.objects.filter(version=version).values_list("person_id", flat=True))
    if by.pk not in signed:  # the agreement's lock keeps a second click waiting
        Signature.objects.create(
            version=version,
            person=by,
            zone=by.zone,
            proof_method=proof.method,
            proof_at=proof.at,
            acknowledged=asked,
        )
        _follow_up(version, relationship, by, signed | {by.pk})
    return Signed(version, version.in_force_at is not None)


def _new_version(agreement: Agreement, candidate: Candidate, by: Person) -> Version:
    content = candidate.content
    assert content is not None  # sign_agreement has looked
    return Version.objects.create(
        agreement=agreement,
        relationship_id=agreement.relationship_id,
        number=content.number,
        content=candidate.text,
        digest=candidate.digest,
        previous=content.previous,
        made_by=by,
    )


def _follow_up(version: Version, relationship: Relationship, by: Person, signed: set[UUID]) -> None:
    """When the last one has signed, the version is in force and all hear of it; before, the others are asked."""
    people = people_by_id(member.person_id for member in members_of(relationship.pk)).values()
    if all(person.pk in signed for person in people):
        bring_into_force(version, people, by)
        return
    for person in people:
        if person.pk not in signed:
            _tell(YOUR_SIGNATURE, person, version, by)


def bring_into_force(version: Version, people: Iterable[Person], by: Person) -> None:
    """Everybody has signed it. by: whoever was the last."""
    version.in_force_at = clock.now()
    version.save(update_fields=["in_force_at"])
    terms = terms_of(version)
    assert terms is not None  # it was written a moment ago
    set_mode(relationship_id=version.relationship_id, mode=terms.confidentiality.mode)
    rule = channel_rule(terms)
    set_channel_rule(relationship_id=version.relationship_id, people=[person.pk for person in people], rule=rule)
    plan_review(version)
    agreement_signed.send(sender=Version, relationship_id=version.relationship_id, version_id=version.pk)
    for person in people:
        _tell(SIGNED, person, version, by)


def _tell(kind: str, recipient: Person, version: Version, by: Person) -> None:
    name = "agreements:agreement" if kind == SIGNED else "agreements:sign"
    notify(
        kind=kind,
        recipient=recipient,
        address=reverse(name, args=[version.relationship_id]),
        relationship_id=version.relationship_id,
        version_id=version.pk,
        by_id=by.pk,
    )


def write_modes_down() -> None:
    """For agreements that came into force before pages carried the mode: once, and then there are none."""
    newer = Version.objects.filter(
        relationship=OuterRef("relationship"), number__gt=OuterRef("number"), in_force_at__isnull=False
    )
    unsaid = Version.objects.filter(~Exists(newer), in_force_at__isnull=False, relationship__mode="")
    for version in unsaid.iterator():
        if terms := terms_of(version):
            set_mode(relationship_id=version.relationship_id, mode=terms.confidentiality.mode)


def write_channel_rules_down() -> None:
    """For agreements that came into force before notices followed them: once, and then there are none."""
    newer = Version.objects.filter(
        relationship=OuterRef("relationship"), number__gt=OuterRef("number"), in_force_at__isnull=False
    )
    newest = Version.objects.filter(~Exists(newer), in_force_at__isnull=False).values_list("relationship_id", "pk")
    ruled = relationships_with_rules()
    for relationship_id, version_id in newest:
        if relationship_id in ruled:
            continue
        if terms := terms_of(Version.objects.get(pk=version_id)):
            people = [member.person_id for member in members_of(relationship_id)]
            set_channel_rule(relationship_id=relationship_id, people=people, rule=channel_rule(terms))
