"""Which backups were made, and which were not and why: the row behind what `check` and /checkup say."""

from __future__ import annotations

from django.db import models

from throughline.foundation import clock
from throughline.foundation.ids import new_id


class Backup(models.Model):
    """A backup that was tried. fault: why there is none, in a sentence; empty when it was written and verified."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    path = models.CharField(max_length=500, blank=True)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.path or self.fault
