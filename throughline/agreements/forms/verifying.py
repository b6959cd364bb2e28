"""A file to check, and beside it a signature file if there is one."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST = 10 * 1024 * 1024
SIGNATURE = 64


class VerifyForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The PDF"), allow_empty_file=True)
    signature = forms.FileField(
        label=gettext_lazy("Its signature file, if you have one"), required=False, allow_empty_file=True
    )

    def clean_file(self) -> bytes:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("That file is larger than any agreement. Choose the PDF that you downloaded.")
            )
        return bytes(file.read())

    def clean_signature(self) -> bytes:
        file: UploadedFile[bytes] | None = self.cleaned_data.get("signature")
        if file is None:
            return b""
        content = bytes(file.read(SIGNATURE + 1))
        if len(content) != SIGNATURE:
            raise forms.ValidationError(
                _("A signature file has 64 bytes; this one does not. Leave it out if in doubt.")
            )
        return content
