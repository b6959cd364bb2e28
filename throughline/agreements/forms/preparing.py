"""The steps of preparing apart: each part's own form, where everything may stay open, and the open questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from throughline.agreements.domain.fields import Typed, sound
from throughline.agreements.domain.preparing import OPEN_QUESTIONS, WORDS
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.forms.base import Prose, Setting
from throughline.agreements.forms.typed import PartTyping, in_words
from throughline.agreements.queries.wording import say


class WordsForm(forms.Form):
    """The open questions, each with room for a few lines."""

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, (_heading, question) in OPEN_QUESTIONS.items():
            self.fields[name] = Prose(
                label=say(question), required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 4000})
            )


class StepForm:
    """One step's form for one reader."""

    def __init__(self, step: str, setting: Setting) -> None:
        self.typing = None if step == WORDS else PartTyping(PartKind(step), setting)

    def shown(self, typed: Mapping[str, Typed]) -> forms.Form:
        """As it was typed so far; what was not touched yet shows what we suggest."""
        return self.typing.form(typed=typed) if self.typing else WordsForm(initial=dict(typed))

    def sent(self, data: QueryDict) -> dict[str, Typed]:
        """What came, right or wrong: it is kept as it was typed. Only what is no text of ours is left out."""
        if self.typing:
            found: dict[str, Typed] = self.typing.sent(self.typing.form(data))
        else:
            found = {name: data.get(name, "") for name in OPEN_QUESTIONS}
        return {name: value for name, value in found.items() if sound(value) is not None}

    def lines(self, typed: Mapping[str, Typed]) -> list[tuple[str, str]]:
        """(what was asked, what was answered), without what was left open."""
        form = self.shown(typed)
        return [(str(form[name].label), in_words(form[name], value)) for name, value in self._said(form, typed)]

    def _said(self, form: forms.Form, typed: Mapping[str, Typed]) -> list[tuple[str, Typed]]:
        rows = self.typing.rows if self.typing else ()
        empty = {
            name
            for kind in rows
            for number in range(1, kind.most + 1)
            if kind.is_empty(typed, number)
            for name in kind.names(number)
        }
        return [(name, typed[name]) for name in form.fields if typed.get(name) and name not in empty]
