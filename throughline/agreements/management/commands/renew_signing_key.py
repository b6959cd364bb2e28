"""`throughline manage renew_signing_key`: vouch for files with a new key from now on; the old one still verifies."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from throughline.agreements.actions import renew_signing_key


class Command(BaseCommand):
    help = "Make a new key for vouching for files. Files that older keys vouched for stay good."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"New signing key: {renew_signing_key().name}")
