"""Who else uses the database while a restore or a move wants it alone: refused, with their names."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now

from throughline.config.backups.faults import BackupError
from throughline.config.called import called, is_of


def must_be_alone(*, beside: int | None = None) -> None:
    """beside: the process id of the one server of this data folder, which makes way by itself. Raises BackupError.

    Nothing is asked of a database that holds nothing of ours.
    """
    if "jobs_worker" in connection.introspection.table_names():
        nobody_is_connected(beside=beside)
        _no_worker_is_heard()


def nobody_is_connected(*, beside: int | None = None) -> None:
    """On PostgreSQL; SQLite knows nobody. Raises BackupError, naming each process once."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT application_name, coalesce(host(client_addr), '') FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' "
            "ORDER BY 1"
        )
        rows = [(str(name), str(address)) for name, address in cursor.fetchall()]
    ours = called()
    found = [_told(name, address) for name, address in rows if name != ours and not (beside and is_of(name, beside))]
    if found:
        raise BackupError(
            f"Others use this database and would write into what is moved aside: {', '.join(found)}. Stop them first, "
            "start them again after. Nothing was changed."
        )


def _told(name: str, address: str) -> str:
    return name if name.startswith("throughline ") else f"{name or 'a program'} from {address or 'this machine'}"


def _no_worker_is_heard() -> None:
    """Those of their own; a server's child leaves with its server."""
    from throughline.foundation.jobs.leases import LEASE_SECONDS
    from throughline.foundation.jobs.models import Worker

    since = Now() - timedelta(seconds=LEASE_SECONDS)
    if heard := Worker.objects.filter(embedded=False, seen_at__gt=since).count():
        raise BackupError(
            f"{heard} {'worker' if heard == 1 else 'workers'} of their own used this database within the last half "
            "minute: stop them first, start them again after. Nothing was changed."
        )
