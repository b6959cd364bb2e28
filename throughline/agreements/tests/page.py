"""A page as its reader has it: what each field of its form holds, and what is said at it."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser


class Page(HTMLParser):
    """fields: name to the value that the browser would send; errors: name to the sentence at that field."""

    def __init__(self, response) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict = {}
        self.errors: dict[str, str] = defaultdict(str)
        self._select = self._textarea = self._error = ""
        self._depth = 0
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        if self._error and tag == "div":
            self._depth += 1
        if values.get("id", "").endswith("_error"):
            self._error, self._depth = values["id"].removeprefix("id_").removesuffix("_error"), 1
        if tag == "input":
            self._input(values)
        elif tag == "select":
            self._select = values["name"]
            self.fields[self._select] = ""
        elif tag == "option" and self._select and "selected" in values:
            self.fields[self._select] = values.get("value", "")
        elif tag == "textarea":
            self._textarea = values["name"]
            self.fields[self._textarea] = ""

    def _input(self, values) -> None:
        """What is ticked of several boxes with one name is a list, as the browser sends it."""
        name, kind = values.get("name", ""), values.get("type")
        if kind in ("radio", "checkbox") and "checked" not in values:
            return
        if kind == "checkbox" and "value" in values:
            self.fields[name] = [*self.fields.get(name, []), values["value"]]
        elif kind != "submit":
            self.fields[name] = values.get("value", "on" if kind == "checkbox" else "")

    def handle_endtag(self, tag) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self.fields[self._textarea] = self.fields[self._textarea].removeprefix("\n")
            self._textarea = ""
        elif tag == "div" and self._error:
            self._depth -= 1
            if not self._depth:
                self._error = ""

    def handle_data(self, data) -> None:
        if self._error:
            self.errors[self._error] += data
        if self._textarea:
            self.fields[self._textarea] += data
