"""`throughline manage rebuild_ledger`: the ledger anew from what its producers keep. Safe to run at any time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from throughline.ledger.actions import rebuild


class Command(BaseCommand):
    help = "Replays every producer's facts into the ledger and removes facts that nothing vouches for."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuilt = rebuild()
        self.stdout.write(f"{rebuilt.unchanged} right already, {rebuilt.written} written, {rebuilt.removed} removed.")
