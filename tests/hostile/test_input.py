"""Wrong, missing, huge and hostile input at every address: never a failure, and never shown as anything but text."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote, urlencode, urljoin

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.hostile.scene import Address, Forms, Scene, make_scene
from throughline.accounts.models import Person

SCRIPT = "\"'><script>alert(1147)</script><img src=x onerror=alert(1147)>"
NASTIEST = [SCRIPT, "a\x00b", "9" * 400]
MORE = [
    "",
    "²",
    "0001-01-01",
    "\x00",
    "x" * 70_000,
    "-1",
    "٣",
    "NaN",
    "1e999",
    "2026-02-30",
    "99999-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "25:61",
    "Mars/Olympus",
    "../../etc/passwd",
    "{{ 7 * 7 }} {% raw %}",
    "'; DROP TABLE accounts_person; --",
    "00000000-0000-0000-0000-000000000000",
    "\u202etxet\u2066",
    "//evil.example/",
    "javascript:alert(1147)",
    '{"a": [1, {"b": null}]}',
]
MARKUP = ["<script>alert(1147)", "<img src=x onerror", 'href="javascript:alert']
NOT_UNICODE = b"%ED%A0%80%FF%C0"  # a lone surrogate and other bytes that are no text
QUERY = ["next", "before", "page", "after", "q", "limit", "offset", "since", "until", "relationship", "stamp", "shown"]
SIGNS_OUT = {"account_logout"}
WITH_FORMS = {"accounts:section", "accounts:windows", "accounts:absences", "accounts:tokens", "relationships:invite"}
WITH_FORMS |= {"relationships:invitation", "relationships:pause", "relationships:end", "commitments:list"}
WITH_FORMS |= {"commitments:change", "agreements:part", "messaging:conversation", "programs:new", "programs:join"}
WITH_FORMS |= {"goals:new", "goals:goal", "goals:measure", "goals:words", "goals:date", "goals:end", "goals:links"}
WITH_FORMS |= {"goals:progress", "goals:point", "goals:evidence", "goals:milestone", "goals:bring"}
WITH_FORMS |= {"messaging:promise"}


pytestmark = pytest.mark.deep  # some thousand requests


@pytest.fixture
def mine(client, mentor) -> Client:
    client.force_login(mentor)
    client.raise_request_exception = False
    return client


def safely(mine: Client, method: str, *args: Any, **kwargs: Any) -> Any:
    """The answer of one request, after which everything is as before."""
    point = transaction.savepoint()
    cookies = deepcopy(mine.cookies)
    try:
        answer = getattr(mine, method)(*args, **kwargs)
        answer.text_of_it = b"".join(answer).decode("utf-8", "replace")
        return answer
    finally:
        mine.cookies = cookies
        transaction.savepoint_rollback(point)
        cache.clear()  # throttles


def faults(answer: Any, what: str) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"{what}: {answer.status_code}"
    text = answer.text_of_it
    if "html" in answer.get("Content-Type", "") and any(markup in text for markup in MARKUP):
        yield f"{what}: shown as markup"
    if "evil.example" in answer.get("Location", "") and not answer["Location"].startswith("/"):
        yield f"{what}: leads to {answer['Location']}"


def forms_of(mine: Client, scene: Scene) -> Iterator[tuple[Address, dict[str, Any]]]:
    """Every form that the mentor is shown, once for each address that it is sent to."""
    seen = set()
    for address in scene.addresses():
        answer = mine.get(address.path) if address.name not in SIGNS_OUT else None
        if answer is None or answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        for form in Forms(b"".join(answer).decode()).forms:
            path = urljoin(address.path, form["action"] or "")
            key = (path, *sorted(form["fields"]))
            if form["method"] == "post" and key not in seen and path.startswith("/") and "logout" not in path:
                seen.add(key)
                yield Address(path, address.name, address.private), form["fields"]


@pytest.mark.parametrize("values", [NASTIEST, MORE], ids=["few", "many"])
def test_every_form_with_hostile_values_in_all_fields(mine, scene, values) -> None:
    found: list[str] = []
    forms = list(forms_of(mine, scene))
    assert {address.name for address, _fields in forms} >= WITH_FORMS
    for address, fields in forms:
        for value in values:
            sent = dict.fromkeys(fields, value)
            found += faults(safely(mine, "post", address.path, sent), f"{address.path} all={value[:20]!r}")
        raw = b"&".join(quote(name).encode() + b"=" + NOT_UNICODE for name in fields)
        kind = "application/x-www-form-urlencoded"
        found += faults(safely(mine, "post", address.path, raw, content_type=kind), f"{address.path} not unicode")
    assert found == []


def test_the_forms_of_those_who_are_signed_out(client, scene) -> None:
    client.raise_request_exception = False
    found: list[str] = []
    forms = list(forms_of(client, scene))
    paths = {address.path for address, _fields in forms}
    assert {"/account/login/", "/account/signup/", "/account/password/reset/"} <= paths
    for address, fields in forms:
        for value in [*NASTIEST, *MORE]:
            answer = safely(client, "post", address.path, dict.fromkeys(fields, value))
            found += faults(answer, f"{address.path} all={value[:20]!r}")
    assert found == []


def test_what_people_write_is_text_on_every_page(client, pair, mentor, mentee, coordinator) -> None:
    Person.objects.update(name=SCRIPT, pronouns=SCRIPT[:40], offers=SCRIPT, looks_for=SCRIPT)
    people = [Person.objects.get(pk=person.pk) for person in (mentor, mentee, coordinator)]
    scene = make_scene(pair, *people, words=SCRIPT)
    client.raise_request_exception = False
    found: list[str] = []
    for person in people:
        client.force_login(person)
        for address in scene.addresses():
            if address.name not in SIGNS_OUT:
                found += faults(safely(client, "get", address.path), address.path)
    assert found == []


def test_every_form_with_one_hostile_field_among_good_ones(mine, scene) -> None:
    found: list[str] = []
    for address, fields in forms_of(mine, scene):
        for name in fields:
            for value in NASTIEST:
                answer = safely(mine, "post", address.path, {**fields, name: value}, follow=True)
                found += faults(answer, f"{address.path} {name}={value[:20]!r}")
    assert found == []


def test_every_address_with_hostile_queries(mine, scene) -> None:
    found: list[str] = []
    for address in scene.addresses():
        if address.name in SIGNS_OUT:
            continue
        for value in [SCRIPT, "a\x00b", "²", "//evil.example/"]:
            asked = urlencode(dict.fromkeys(QUERY, value[:2000]))
            found += faults(safely(mine, "get", f"{address.path}?{asked}"), f"{address.path}?{value[:20]!r}")
        raw = "&".join(f"{name}={NOT_UNICODE.decode()}" for name in QUERY)
        found += faults(safely(mine, "get", f"{address.path}?{raw}"), f"{address.path} not unicode")
    assert found == []


def test_every_address_with_other_methods_and_bodies(mine, scene) -> None:
    found: list[str] = []
    for address in scene.addresses():
        if address.name in SIGNS_OUT:
            continue
        for method in ("head", "options", "put", "delete", "trace", "post"):
            found += faults(safely(mine, method, address.path), f"{method} {address.path}")
        for kind, body in [
            ("application/json", b'{"a": "\\ud800", "b": [[[[]]]]}'),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
            ("application/x-www-form-urlencoded; charset=klingon", b"a=%FF"),
        ]:
            answer = safely(mine, "generic", "POST", address.path, body, content_type=kind)
            found += faults(answer, f"post {kind} {body[:12]!r} {address.path}")
    assert found == []


def test_every_gap_of_every_address_with_what_does_not_belong_there(mine, scene) -> None:
    found: list[str] = []
    for value in [SCRIPT, "%00", "9" * 400, "%ED%A0%80"]:
        hostile = Scene({name: quote(value, safe="%") for name in scene.values}, {})
        for address in hostile.addresses():
            if address.name not in SIGNS_OUT:
                for method in ("get", "post"):
                    found += faults(safely(mine, method, address.path), f"{method} {address.name} {value[:20]!r}")
    assert found == []
