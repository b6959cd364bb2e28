"""Recording facts: a plain call at the end of the producer's action, inside its transaction."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from throughline.ledger.domain.facts import Fact
from throughline.ledger.models import FactRow, PartRow


@transaction.atomic
def record(fact: Fact) -> None:
    """Write or overwrite the fact of this source. The same call twice leaves the same rows."""
    values = asdict(fact)
    del values["parts"], values["source"]
    row, _ = FactRow.objects.update_or_create(source=fact.source, defaults=values)
    PartRow.objects.filter(fact=row).delete()
    PartRow.objects.bulk_create(PartRow(fact=row, **asdict(part)) for part in fact.parts)


def forget(source: str) -> None:
    """Remove the fact of a source that turned out not to have happened."""
    FactRow.objects.filter(source=source).delete()
