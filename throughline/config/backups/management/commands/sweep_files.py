"""`throughline manage sweep_files`: remove files older than two days that no row names.

From the store of FILES_URL too, and from now on that is the daily job's of this data folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from throughline.config.backups import claiming
from throughline.foundation import clock
from throughline.foundation.files.store import FilesError
from throughline.foundation.files.sweeping import sweep_files


class Command(BaseCommand):
    help = "Remove files older than two days that no row names. No other installation may use the same FILES_URL."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        try:
            claiming.claim()
            number = sweep_files(clock.now())
        except FilesError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{number} files that no row named were removed.")
