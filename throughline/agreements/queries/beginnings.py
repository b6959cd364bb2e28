"""How far the writing and signing of new agreements has come, from who did what; nothing is decrypted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from throughline.agreements.models import Signature, TermEdit, Version
from throughline.agreements.queries.preparing import who_has_shown


@dataclass(frozen=True)
class Beginning:
    """writers: who saved a part of the draft. signers: who signed the newest version. in_force: some version is.

    prepared: who has prepared alone and shown it.
    """

    writers: frozenset[UUID] = frozenset()
    signers: frozenset[UUID] = frozenset()
    in_force: bool = False
    prepared: frozenset[UUID] = frozenset()


def beginnings_in(relationship_ids: Iterable[UUID]) -> dict[UUID, Beginning]:
    """Four queries, however many relationships there are."""
    wanted = list(relationship_ids)
    edits = TermEdit.objects.filter(relationship_id__in=wanted).order_by().values_list("relationship_id", "by_id")
    newer = Version.objects.filter(
        relationship=OuterRef("version__relationship"), number__gt=OuterRef("version__number")
    )
    signatures = Signature.objects.filter(~Exists(newer), version__relationship_id__in=wanted)
    in_force = set(
        Version.objects.filter(relationship_id__in=wanted, in_force_at__isnull=False)
        .order_by()
        .values_list("relationship_id", flat=True)
    )
    prepared = who_has_shown(wanted)
    wrote, signed = set(edits.distinct()), set(signatures.values_list("version__relationship_id", "person_id"))
    return {
        key: Beginning(
            writers=frozenset(person for relationship_id, person in wrote if relationship_id == key),
            signers=frozenset(person for relationship_id, person in signed if relationship_id == key),
            in_force=key in in_force,
            prepared=prepared.get(key, frozenset()),
        )
        for key in wanted
    }
