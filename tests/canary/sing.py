"""A life of an installation in one process: everybody writes the marked sentence everywhere, then it is killed.

    python -m tests.canary.sing RESULT_FOLDER

Leaves copies of the data folder (before and after the relationship is destroyed), the admin's pages, and what it
found out itself in report.json. Needs an empty THROUGHLINE_DATA and a THROUGHLINE_CLOCK_FILE.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import django

from tests.canary.makers import MAKERS, MARK, RANDOM, Scene
from throughline.config.schema import bring_up_to_date

PAGES = ["relationship", "relationships:end", "commitments:list"]


def main(results: Path) -> None:
    django.setup()
    bring_up_to_date()
    from throughline.foundation.environment import ENV

    scene = _written_everywhere()
    report: dict[str, Any] = {"unmarked": unmarked(), "shown": _shown_to_members(scene)}
    _fail_with_it(scene)
    _run_jobs()
    (results / "admin.html").write_text(_admin_pages())
    shutil.copytree(ENV.data, results / "living")
    report["wrapped"] = _destroyed(scene)
    report["rows_left"] = unsealed_rows()
    shutil.copytree(ENV.data, results / "destroyed")
    (results / "report.json").write_text(json.dumps(report))
    sys.stderr.flush()
    os._exit(0)  # as if killed: nothing is tidied up


def _written_everywhere() -> Scene:
    from throughline.accounts.models import Person
    from throughline.programs.actions import start_programme

    mentor = Person.objects.create_user("mira@example.org", "correct horse battery", name="Mira", zone="Europe/Berlin")
    mentee = Person.objects.create_user("tomas@example.org", "correct horse battery", name="Tomás", zone="UTC")
    scene = Scene(mentor, mentee, None, Path(os.environ["THROUGHLINE_CLOCK_FILE"]))
    for make in MAKERS:
        make(scene)
    # The control: a plain column, which the search must find.
    start_programme(by=mentor, name="Control", description="The sparrow sings in plain")
    return scene


def sealed_fields() -> list[tuple[Any, str]]:
    from django.apps import apps

    from throughline.foundation.encryption.fields import SealedField

    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    ]


def unmarked() -> list[str]:
    """Sealed fields in which no row holds the mark, opened as people would read it."""
    return sorted(
        f"{model._meta.label}.{name}"
        for model, name in sealed_fields()
        if f"{model._meta.label}.{name}" not in RANDOM
        and not any(MARK in _text(getattr(row, name)) for row in model._default_manager.all())
    )


def unsealed_rows() -> int:
    """How many rows with sealed fields are left of what both asked to destroy: those of other invitations alone."""
    from throughline.relationships.models import RelationshipKey

    kept = set(RelationshipKey.objects.values_list("pk", flat=True))
    return sum(row.relationship_id not in kept for model, _ in sealed_fields() for row in model._default_manager.all())


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value)


def _shown_to_members(scene: Scene) -> bool:
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(scene.mentee)
    pages = [client.get(reverse(name, args=[scene.pair.pk])) for name in PAGES]
    return any(MARK in page.content.decode() for page in pages)


def _fail_with_it(scene: Scene) -> None:
    """An error whose message, local variables and request hold the sentence: the log must not."""
    from django.test import Client
    from django.urls import reverse

    from throughline.relationships import actions

    def fail(**given: Any) -> None:
        raise RuntimeError(f"cannot keep {given['words']}")

    real, actions.reflect = actions.reflect, fail  # type: ignore[assignment]  # one failure, on purpose
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(scene.mentee)
    response = client.post(reverse("relationships:reflect", args=[scene.pair.pk]), {"words": MARK})
    assert response.status_code == 500, response.status_code
    assert MARK not in response.content.decode()
    actions.reflect = real


def _run_jobs() -> None:
    from throughline.foundation.jobs.runner import run_ready

    assert run_ready() > 0


def _admin_pages() -> str:
    from django.contrib import admin
    from django.test import Client
    from django.urls import reverse

    from throughline.accounts.models import Person

    client = Client(headers={"host": "localhost"})
    client.force_login(Person.objects.create_superuser("root@example.org", "correct horse battery", name="Root"))
    shown = [client.get(reverse("admin:index")).content.decode()]
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses = [reverse(f"{base}_changelist"), reverse(f"{base}_add")]
        for key in model._default_manager.values_list("pk", flat=True)[:50]:
            addresses += [reverse(f"{base}_change", args=[key]), reverse(f"{base}_history", args=[key])]
        shown += [client.get(address).content.decode() for address in addresses]
    return "\n".join(shown)


def _destroyed(scene: Scene) -> str:
    """Both ask, and it is destroyed. Returns the wrapped key that it had, in hex."""
    from throughline.relationships.actions import ask_for_deletion
    from throughline.relationships.models import RelationshipKey

    wrapped = bytes(RelationshipKey.objects.get(pk=scene.pair.pk).wrapped)
    assert not ask_for_deletion(relationship=scene.pair, by=scene.mentor)
    assert ask_for_deletion(relationship=scene.pair, by=scene.mentee)
    return wrapped.hex()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
