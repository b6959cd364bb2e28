"""Whether the installation that release.py made works here: run in its environment, prints what it found as JSON.

python -m tests.upgrade.alive
"""

from __future__ import annotations

import json
import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

EXPECTED: dict[str, Any] = {
    "current": True,
    "signed in": True,
    "reads": True,
    "rebuild": [0, 0],
    "chains": [True],
    "signatures": True,
    "next id": True,
}


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from throughline.accounts.models import Person
    from throughline.agreements.models import Signature
    from throughline.agreements.queries import chain_holds
    from throughline.config import schema
    from throughline.config.serve import make_ready
    from throughline.demo.domain import cast
    from throughline.ledger.actions import rebuild
    from throughline.relationships.queries import relationships_of

    make_ready()
    client = Client(headers={"host": "localhost"})
    given = {"login": cast.MENTEE.email, "password": cast.PASSWORD}
    arrived = client.post(reverse("account_login"), given, secure=settings.SESSION_COOKIE_SECURE)
    kiran = Person.objects.get(email=cast.MENTEE.email)
    (mine,) = relationships_of(kiran)
    page = client.get(reverse("messaging:conversation", args=[mine.relationship_id]))
    signed = set(Signature.objects.values_list("version__relationship_id", flat=True))
    rebuilt = rebuild()
    Person.objects.create_user("new@example.org", None, name="New", zone="UTC").groups.all()
    found = {
        "current": schema.state().current,
        "signed in": arrived.status_code == 302 and str(kiran.pk) == client.session.get("_auth_user_id"),
        "reads": "the answer is yes, I want to apply" in page.content.decode(),
        "rebuild": [rebuilt.written, rebuilt.removed],
        "chains": sorted({chain_holds(relationship) for relationship in signed}),
        "signatures": len(signed) > 1,
        "next id": _takes_a_new_id(),
    }
    print(json.dumps(found))  # noqa: T201


def _takes_a_new_id() -> bool:
    """A table whose ids the database counts goes on after the last of them."""
    from django.contrib.contenttypes.models import ContentType

    last = max(ContentType.objects.values_list("pk", flat=True))
    return bool(ContentType.objects.create(app_label="upgrade", model="test").pk > last)


if __name__ == "__main__":
    main()
