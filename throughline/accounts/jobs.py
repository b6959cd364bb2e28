"""In the background: packing exports, erasing accounts whose days are over, letting go of what is old."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from throughline.accounts import actions
from throughline.accounts.queries import due_for_erasure
from throughline.foundation import clock
from throughline.foundation.jobs.registry import job, scheduled
from throughline.foundation.rights.periods import sweep_all

logger = logging.getLogger(__name__)


@job("accounts.make_export")
def make_export(export_id: str) -> None:
    actions.make_export(export_id=UUID(export_id))


@scheduled("accounts.erase", every=timedelta(hours=1))
def erase() -> None:
    """Each account in a transaction of its own; whom it cannot erase now it tries again in an hour."""
    for person_id in due_for_erasure():
        actions.erase_account(person_id=person_id)


@scheduled("accounts.keep_periods", every=timedelta(hours=24))
def keep_periods() -> None:
    actions.forget_old_exports(now=clock.now())
    actions.remove_empty_shells()
    for name, number in sweep_all(clock.now()).items():
        if number:
            logger.info("%s: %d let go", name, number)


@scheduled("accounts.forget_exports", every=timedelta(hours=1))
def forget_exports() -> None:
    actions.forget_old_exports(now=clock.now())
