"""What people type to name a calendar of theirs. Nothing is asked of any server here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

_NOT_A_WEB_ADDRESS = _("This does not look like the address of a calendar. It begins with https:// or webcal://.")


class AddressField(forms.CharField):
    """webcal: is https: by another name. A missing https: is put before."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1900, **kwargs)
        self.widget.attrs |= {
            "inputmode": "url",
            "autocapitalize": "none",
            "spellcheck": "false",
            "autocomplete": "off",
        }

    def clean(self, value: Any) -> str:
        url = str(super().clean(value))
        for begin in ("webcal://", "webcals://"):
            if url.lower().startswith(begin):
                url = "https://" + url[len(begin) :]
        if url and "://" not in url:
            url = "https://" + url
        try:
            parts = urlsplit(url)
            odd = parts.scheme not in ("http", "https") or "." not in (parts.hostname or "") or parts.port == 0
        except ValueError:
            odd = True
        if odd or any(char <= " " or char == "\x7f" for char in url):
            raise forms.ValidationError(_NOT_A_WEB_ADDRESS, code="address")
        if "@" in parts.netloc:
            raise forms.ValidationError(
                _("Please leave out the name and password before the @; a calendar with a password is an account."),
                code="password",
            )
        return url


class FollowForm(forms.Form):
    url = AddressField(
        label=_("Address of your calendar"),
        help_text=_("The secret address in iCal format, as your calendar program gives it to you."),
        error_messages={"required": _("Please paste the address of your calendar.")},
    )
