"""What browsers are told on signing out."""

from __future__ import annotations

from django.urls import reverse


def test_signing_out_erases_what_the_browser_kept(client, mentor):
    client.force_login(mentor)
    assert "Clear-Site-Data" not in client.get(reverse("today")).headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers
