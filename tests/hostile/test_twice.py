"""Every act sent twice, by a double click or from two tabs: the second time fails nowhere and leaves no second row."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from tests.hostile.scene import Forms
from throughline.foundation import clock

FILLED = {
    "sentence": "Submit it",
    "line": "5",
    "unit": "pages",
    "target": "9",
    "words": "Read the plan",
    "text": "Good morning",
    "reason": "It is no longer needed",
    "name": "Spring",
}
NOT_MINE = {"design", "account_logout"}
"""A sample form that goes nowhere; and leaving."""
AGAIN_IS_MORE = {"relationships:asked", "account_email", "accounts:tokens"}
"""Where pressing twice may say it twice: a mail sent again, another token (shown once)."""
ROOMS = [
    "accounts",
    "relationships",
    "agreements",
    "meetings",
    "calls",
    "programs",
    "commitments",
    "messaging",
    "goals",
    "notices",
    "calendars",
    "ledger",
]


def rows() -> dict[str, int]:
    """How many rows each table of the rooms has, asked in one query: it is asked a thousand times."""
    models = [model._meta for room in ROOMS for model in apps.get_app_config(room).get_models()]
    counts = " UNION ALL ".join(f"SELECT '{each.label}', count(*) FROM {each.db_table}" for each in models)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def plausible(fields: dict[str, str]) -> dict[str, str]:
    day = clock.today_in("Asia/Tokyo").isoformat()
    filled = {name: value.strip() or FILLED.get(name, "") for name, value in fields.items()}
    return filled | {name: day for name in ("due", "first", "last", "first_day", "last_day") if name in fields}


def test_every_form_twice(client: Client, scene, mentor, mentee) -> None:
    found: list[Any] = []
    changed = set()
    for person in (mentor, mentee):
        client.force_login(person)
        sent_before: set[tuple[str, ...]] = set()  # the same form on another page is the same act
        for address in scene.addresses():
            if address.name in NOT_MINE | AGAIN_IS_MORE:
                continue
            page = client.get(address.path)
            if page.status_code != 200 or "html" not in page.get("Content-Type", ""):
                continue
            for form in Forms(b"".join(page).decode()).forms:
                path = form["action"] or address.path
                if form["method"] != "post" or "logout" in path:
                    continue
                act = (path, *form["fields"], *form["fields"].values())
                if act in sent_before:
                    continue
                sent_before.add(act)
                point = transaction.savepoint()
                sent = plausible(form["fields"])
                before = rows()
                first = client.post(path, sent).status_code
                once = rows()
                second = client.post(path, sent).status_code
                twice = rows()
                transaction.savepoint_rollback(point)
                if first < 400 and before != once:
                    changed.add(address.name)
                grown = {name: (once[name], twice[name]) for name in once if twice[name] > once[name]}
                if second >= 500 or grown:
                    found.append((address.name, path, first, second, grown))
    assert found == []
    assert changed >= {"relationships:end", "commitments:list", "commitments:change", "messaging:conversation"}
