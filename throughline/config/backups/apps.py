"""The part of `config` that keeps rows: which backups were made."""

from __future__ import annotations

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "throughline.config.backups"
    label = "backups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from throughline.config.backups import jobs  # noqa: F401  registers the schedule
