"""Jobs as an administrator may see them: which, how often begun, how ended. Arguments are ids by rule."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django_tasks_db.models import DBTaskResult

from throughline.foundation.jobs.models import QueuedJob

# The library's own page prints tracebacks and raw arguments.
admin.site.unregister(DBTaskResult)


@admin.register(QueuedJob)
class QueuedJobAdmin(admin.ModelAdmin[QueuedJob]):
    list_display = ("name", "status", "begun", "enqueued_at", "started_at", "finished_at", "exception_class_path")
    list_filter = ("status",)
    ordering = ("-enqueued_at",)
    fields = readonly_fields = ("id", *list_display, "run_after")

    @admin.display
    def name(self, job: QueuedJob) -> str:
        return str(job.args_kwargs["kwargs"].get("name", job.task_path))

    @admin.display
    def begun(self, job: QueuedJob) -> int:
        return len(job.worker_ids)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
