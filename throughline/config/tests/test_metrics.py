"""/metrics shows figures to whom it may, and no person."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_network

import pytest
from django.urls import reverse
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from throughline.config import metrics
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.models import Worker


@pytest.mark.parametrize(
    ("chosen", "authorization", "client", "allowed"),
    [
        ({}, "", "127.0.0.1", False),
        ({}, "Bearer ", "127.0.0.1", False),
        ({"metrics_token": "a-long-random-token"}, "Bearer a-long-random-token", "198.51.100.1", True),
        ({"metrics_token": "a-long-random-token"}, "Bearer a-long-random-tokem", "198.51.100.1", False),
        ({"metrics_token": "a-long-random-token"}, "Bearer ä", "198.51.100.1", False),
        ({"metrics_token": "a-long-random-token"}, "", "198.51.100.1", False),
        ({"metrics_networks": (ip_network("10.0.0.0/8"),)}, "", "10.3.4.5", True),
        ({"metrics_networks": (ip_network("10.0.0.0/8"),)}, "", "11.3.4.5", False),
        ({"metrics_networks": (ip_network("10.0.0.0/8"),)}, "", "", False),
    ],
)
def test_who_may_look(monkeypatch, chosen, authorization, client, allowed):
    monkeypatch.setattr(metrics, "ENV", replace(ENV, metrics_token="", metrics_networks=()))
    monkeypatch.setattr(metrics, "ENV", replace(metrics.ENV, **chosen))
    assert metrics.may_look(authorization, client) is allowed


@pytest.mark.django_db(transaction=True)
def test_figures_name_routes_and_no_person(client, mentor, pair):
    Worker.objects.create()
    client.force_login(mentor)
    client.get(reverse("relationship", args=[pair.pk]))
    client.get(f"/nothing/here/{pair.pk}")
    text = generate_latest(REGISTRY).decode()
    found = {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}
    assert {
        "throughline_info", "throughline_pages_total", "throughline_page_seconds_bucket", "throughline_sockets",
        "throughline_people_connected", "throughline_jobs", "throughline_workers", "throughline_database_up",
        "throughline_disk_free_bytes", "process_resident_memory_bytes",
    } <= found  # fmt: skip
    assert 'throughline_pages_total{method="GET",route="relationship",status="200"}' in text
    assert 'throughline_pages_total{method="GET",route="none",status="404"}' in text
    for secret in (str(pair.pk), str(mentor.pk), mentor.email, mentor.name):
        assert secret not in text
