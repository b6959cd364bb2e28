"""A signed version as a file: typeset once, vouched for with the installation's key, kept as it was made."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from throughline.agreements.models import Agreement, Paper, SigningKey, Version
from throughline.agreements.queries.force import content_of
from throughline.agreements.queries.paper import about_of, attachments_of, page_values_of, paper_of
from throughline.foundation import clock
from throughline.foundation.encryption.signing import name_of_key, new_signing_key, sign
from throughline.foundation.encryption.vouched import vouch_for
from throughline.foundation.paper import typeset

if TYPE_CHECKING:
    from uuid import UUID

    from throughline.accounts.models import Person

TEMPLATE = Path(__file__).parents[1] / "templates" / "agreements" / "paper" / "agreement.typ"


class NotInForceError(LookupError):
    """Only what everybody has signed, and can still be read, becomes a file."""


@transaction.atomic
def make_paper(*, by: Person, relationship_id: UUID, number: int) -> Paper:
    """The PDF of a version in the reader's language; the one that is there, if somebody made it before.

    Raises NotInForceError, and foundation.paper's CannotSetError.
    """
    Agreement.objects.select_for_update().filter(relationship_id=relationship_id).first()
    if made := paper_of(relationship_id, number):
        return made
    version = Version.objects.filter(relationship_id=relationship_id, number=number).first()
    if version is None or version.in_force_at is None or content_of(version) is None:
        raise NotInForceError(number)
    body = typeset(TEMPLATE, page_values_of(version), attachments_of(version), version.in_force_at)
    key = _key_in_use()
    signing = partial(sign, bytes(key.public), bytes(key.wrapped))
    content = vouch_for(body, about_of(version), bytes(key.public), signing)
    return Paper.objects.create(
        version=version,
        relationship_id=relationship_id,
        language=translation.get_language() or "en",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        signature=signing(content).hex(),
        key=key,
        made_by=by,
    )


@transaction.atomic
def forget_papers_of(person_id: UUID) -> None:
    """Files name those who signed: when one of them is erased, they go, and can be made anew without the name."""
    Paper.objects.filter(version__signatures__person_id=person_id).delete()


@transaction.atomic
def renew_signing_key() -> SigningKey:
    """A new key from now on. Files that the old one vouched for stay good: its public half is kept."""
    SigningKey.objects.filter(retired_at=None).update(retired_at=clock.now())
    return _new_key()


def _key_in_use() -> SigningKey:
    return SigningKey.objects.filter(retired_at=None).order_by("-made_at", "-id").first() or _new_key()


def _new_key() -> SigningKey:
    made = new_signing_key()
    return SigningKey.objects.create(name=name_of_key(made.public), public=made.public, wrapped=made.wrapped)
