"""Which steps of a migration would keep readers out, found by looking at its operations; no database is asked.

PostgreSQL lets nobody read a table while it is rewritten, or scanned under an exclusive lock. An operation on a table
that the same migration creates harms nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now
from django.db.utils import load_backend

_POSTGRESQL = load_backend("django.db.backends.postgresql").DatabaseWrapper({"NAME": "", "TIME_ZONE": None})
HARMLESS = (
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterOrderWithRespectTo,
    operations.AddIndex,  # holds up those who write, not those who read
    operations.RemoveIndex,
    operations.RenameIndex,
    operations.RemoveConstraint,
)
GONE = (operations.RemoveField, operations.DeleteModel, operations.RenameField, operations.RenameModel)


def faults_of(migration: Migration, before: ProjectState) -> Iterator[str]:
    """What is wrong with each operation that is not gentle, with what to do instead."""
    made: set[str] = set()
    state = before.clone()
    touched = False
    for operation in migration.operations:
        name = _model_of(operation)
        if isinstance(operation, operations.CreateModel):
            made.add(name)
        elif name not in made:
            touched = touched or not isinstance(operation, operations.RunPython)
            if fault := _fault_of(operation, migration.app_label, state):
                yield f"{operation.describe()}: {fault}"
        operation.state_forwards(migration.app_label, state)
    if touched and any(isinstance(operation, operations.RunPython) for operation in migration.operations):
        yield "RunPython beside changes of tables keeps their locks while it runs: give it a migration of its own"


def _model_of(operation: Any) -> str:
    named = getattr(operation, "model_name", None) or getattr(operation, "name", None) or ""
    return str(named).lower()


def _fault_of(operation: Any, app: str, state: ProjectState) -> str:
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, GONE):
        return "processes of the version before still read it: stop using it now, remove it a release later"
    if isinstance(operation, operations.AddField):
        return _fault_of_new(operation.field)
    if isinstance(operation, operations.AlterField):
        old = state.models[app, operation.model_name_lower].fields[operation.name]
        return _fault_of_change(_bound(old, operation.name), _bound(operation.field, operation.name))
    if isinstance(operation, operations.AddConstraint):
        return _fault_of_constraint(operation.constraint)
    if isinstance(operation, operations.RunPython):
        return ""
    if isinstance(operation, operations.RunSQL):
        return "what SQL makes is in no state of the migrations, and a restored backup would lack it"
    return "nobody has thought about what this locks: add it to tests/architecture/gentle.py"


def _fault_of_new(field: Any) -> str:
    if field.many_to_many or field.generated:
        return "a stored generated column rewrites the table" if field.generated else ""
    if field.unique:
        return (
            "its index is built while nobody may read: add the column first, then a UniqueConstraint with a condition"
        )
    if field.has_db_default() and not isinstance(field.db_default, Now | models.Value | str | int | bool):
        return "a default that differs from row to row rewrites the table: let it be null"
    if not field.null and not field.has_default() and not field.has_db_default():
        return "it needs a value for the rows that are there: give it a default, or let it be null"
    return ""


def _fault_of_change(old: Any, new: Any) -> str:
    if old.null and not new.null:
        return "the table is scanned while nobody may read: keep it nullable"
    if new.unique and not old.unique:
        return "its index is built while nobody may read: use a UniqueConstraint with a condition"
    if not _is_wider(old, new):
        return f"the table may be rewritten ({_type(old)} to {_type(new)}): add a new column"
    return ""


def _fault_of_constraint(constraint: Any) -> str:
    if isinstance(constraint, models.UniqueConstraint):
        by_index = constraint.condition or constraint.expressions or constraint.include or constraint.opclasses
        return (
            ""
            if by_index
            else "its index is built while nobody may read: give it a condition, if one that always holds"
        )
    return "every row is checked while nobody may read: check it in the action, or when the table is made"


def _is_wider(old: Any, new: Any) -> bool:
    before, after = _type(old), _type(new)
    if before == after:
        return True
    if before.startswith("varchar(") and after.startswith("varchar("):
        return int(after[8:-1]) >= int(before[8:-1])
    return before.startswith("varchar(") and after == "text"


def _type(field: Any) -> str:
    return str(field.db_type(_POSTGRESQL)) if not field.is_relation else f"reference to {field.related_model}"


def _bound(field: Any, name: str) -> Any:
    field = field.clone()
    field.set_attributes_from_name(name)
    return field
