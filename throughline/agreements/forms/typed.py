"""Between the fields of a form as people type them and the part that they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BooleanField, BoundField, Textarea
from django.http import QueryDict
from django.utils.translation import gettext as _

from throughline.agreements.domain.faults import MOST_HOLIDAYS, MOST_ITEMS
from throughline.agreements.domain.fields import Rows, Typed
from throughline.agreements.domain.terms import Part, PartKind
from throughline.agreements.forms import FORMS, PartForm
from throughline.agreements.forms.base import Setting

ROWS: dict[PartKind, tuple[Rows, ...]] = {
    PartKind.OBJECTIVES: (Rows(("aim", "outcome"), ("aim", "outcome"), MOST_ITEMS),),
    PartKind.SCHEDULE: (Rows(("holiday_first", "holiday_last"), ("holiday_first", "holiday_last"), MOST_HOLIDAYS),),
    PartKind.PREPARATION: (Rows(("what", "by", "hours"), ("what",), MOST_ITEMS),),
}


class PartTyping:
    """`domain.fields.Typing` for one part and one reader."""

    def __init__(self, kind: PartKind, setting: Setting) -> None:
        self.kind, self.setting = kind, setting
        self.rows = ROWS.get(kind, ())

    def form(
        self, data: QueryDict | None = None, *, stamp: int = 0, part: Part | None = None, typed: Any = None
    ) -> PartForm:
        return FORMS[self.kind](data, setting=self.setting, part=part, stamp=stamp, typed=typed)

    def knows(self, field: str) -> bool:
        return field != "stamp" and field in self.form(typed={field: "x"}).fields

    def long(self) -> frozenset[str]:
        fields = self.form().fields.items()
        return frozenset(name for name, field in fields if isinstance(field.widget, Textarea))

    def typed_of(self, part: Part) -> dict[str, Typed]:
        return shown_in(self.form(part=part))

    def suggested(self) -> dict[str, Typed]:
        return shown_in(self.form())

    def part_of(self, typed: Mapping[str, Typed]) -> Part | None:
        form = self.bound_to(typed, 0)
        return form.part if form.is_valid() else None

    def bound_to(self, typed: Mapping[str, Typed], stamp: int) -> PartForm:
        """The form as if these fields had been sent."""
        data = QueryDict(mutable=True)
        data["stamp"] = str(stamp)
        for name, value in typed.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return self.form(data)

    def sent(self, form: PartForm) -> dict[str, Typed]:
        """What a form that came in holds, field by field; a box that is not ticked sends nothing and means "no"."""
        found: dict[str, Typed] = {}
        for bound in form.visible_fields():
            where = (form.data, form.files, bound.html_name)
            if not bound.field.widget.value_omitted_from_data(*where):
                found[bound.name] = as_typed(bound, bound.field.widget.value_from_datadict(*where))
        return found


def shown_in(form: PartForm) -> dict[str, Typed]:
    """What each field of an unbound form shows."""
    return {bound.name: as_typed(bound, bound.value()) for bound in form.visible_fields()}


def as_typed(bound: BoundField, value: Any) -> Typed:
    """A field's value as its control sends it."""
    if isinstance(value, bool):
        return "on" if value else ""
    formatted = bound.field.widget.format_value(value) if hasattr(bound.field.widget, "format_value") else value
    if isinstance(formatted, list | tuple):
        texts = [str(getattr(item, "value", item)) for item in formatted if item not in (None, "")]
        return texts if bound.field.widget.allow_multiple_selected else "".join(texts[:1])
    return "" if formatted is None else str(getattr(formatted, "value", formatted))


def in_words(bound: BoundField, value: Typed) -> str:
    """A typed value as the reader would say it: the sentence of a choice, the text of anything else."""
    if isinstance(bound.field, BooleanField):
        return _("yes") if value else _("no")
    choices = getattr(bound.field, "choices", None)
    names = _names(choices) if choices is not None else {}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(names.get(str(item), str(item)) for item in chosen)


def _names(choices: Any) -> dict[str, str]:
    names: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            names |= _names(label)
        else:
            names[str(value)] = str(label)
    return names
