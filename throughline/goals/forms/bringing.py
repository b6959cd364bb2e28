"""A file to bring in, and the same file's text once what it adds was shown."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.domain.bringing import (
    LARGEST_FILE,
    Fault,
    FaultError,
    NotReadableError,
    Place,
    Row,
    decoded,
    read_file,
)


class BringForm(forms.Form):
    """text: of the file, whichever of the two came. rows: what it says."""

    file = forms.FileField(label=lazy("The file (JSON or CSV)"), required=False, allow_empty_file=True)
    kept = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    rows: list[Row]
    text: str

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        file: UploadedFile[bytes] | None = values.get("file")
        try:
            self.text = values.get("kept") or self._text(file)
            if len(self.text.encode(errors="replace")) > LARGEST_FILE * 2:
                raise NotReadableError("large")
            self.rows = read_file(self.text)
        except NotReadableError as error:
            self.add_error("file", said_unreadable(error))
        return values

    def _text(self, file: UploadedFile[bytes] | None) -> str:
        if file is None:
            raise NotReadableError("none")
        if (file.size or 0) > LARGEST_FILE:
            raise NotReadableError("large")
        return decoded(bytes(file.read()))


def said_unreadable(error: NotReadableError) -> str:
    """What is wrong with a whole file, and what to do."""
    return {
        "none": _("Choose a file."),
        "large": _("This file is larger than 1 MB. Split it in two and bring them in one after the other."),
        "many": _("This file has more than 10,000 lines. Split it in two."),
        "text": _("This is no text that can be read here. Save it as CSV in UTF-8, or choose the JSON that you took."),
        "json": _("This JSON is not what “Take them along” gives, or it is cut off. Nothing was taken from it."),
        "columns": _("A table needs a first line with its columns: goal, day, and value, note or link."),
    }[error.why]


def said_place(place: Place) -> str:
    if place.line:
        return _("Line %(n)d") % {"n": place.line}
    values = {"goal": place.goal, "point": place.point}
    return _("Goal %(goal)d, point %(point)d") % values if place.point else _("Goal %(goal)d") % values


def said_fault(error: FaultError) -> str:
    """Why one line stays out, in a sentence."""
    about = {"about": error.about}
    return {
        Fault.NO_GOAL: _("It names no goal that is here."),
        Fault.LONG_GOAL: _("The goal's sentence is longer than 300 characters."),
        Fault.SEVERAL: _("Several goals are called “%(about)s”. Put the goal's id beside it.") % about,
        Fault.BAD_DAY: _("“%(about)s” is no day. Write it as 2026-03-31.") % about,
        Fault.FUTURE: _("%(about)s has not come yet.") % about,
        Fault.BAD_NUMBER: _("“%(about)s” is no number that can be used. Write it as 1200 or 3.5.") % about,
        Fault.NO_MEASURE: _("%(about)s is a value, and this goal does not count anything.") % about,
        Fault.OTHER_UNIT: _("This goal counts something other than “%(about)s”.") % about,
        Fault.NO_LEVEL: _("%(about)s is none of the five levels: -2, -1, 0, 1 or 2.") % about,
        Fault.LONG_NOTE: _("Its note is longer than 500 characters."),
        Fault.BAD_LINK: _("“%(about)s” is no address of a page. It begins with https://.") % about,
        Fault.MILESTONE: _("No open milestone here is called so. Add it, or mark it done, on the goal's page."),
        Fault.NOTHING: _("It says nothing beside a day: a value, a note or a link is missing."),
    }[error.why]
