"""The signed terms that this room acts on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.obeyed import Obeyed

OBEYED = (
    Obeyed(
        "calls",
        ("channels.planned", "channels.quick"),
        _("Where voice comes before video, a call begins with cameras off. Its page names your fallback."),
    ),
)
