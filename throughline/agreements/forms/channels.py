"""Channels: up to three in order of preference and a fallback, for planned meetings and for quick contact."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.descriptions import CHANNELS
from throughline.agreements.domain.terms import Channels, Ways
from throughline.agreements.forms.base import PartForm, Pick, Setting

OCCASIONS = ("planned", "quick")
PLACES = (1, 2, 3)


def _pick(label: Any, *, required: bool = True) -> Pick:
    return Pick(Channel, CHANNELS, label=label, required=required, blank="" if required else _("none"))


class ChannelsForm(PartForm):
    planned_1 = _pick(_("First choice"))
    planned_2 = _pick(_("Second choice"), required=False)
    planned_3 = _pick(_("Third choice"), required=False)
    planned_fallback = _pick(_("If that fails"))
    quick_1 = _pick(_("First choice"))
    quick_2 = _pick(_("Second choice"), required=False)
    quick_3 = _pick(_("Third choice"), required=False)
    quick_fallback = _pick(_("If that fails"))

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return {
            "planned_1": Channel.VIDEO,
            "planned_2": Channel.VOICE,
            "planned_fallback": Channel.PHONE,
            "quick_1": Channel.MESSAGE,
            "quick_2": Channel.VOICE,
            "quick_fallback": Channel.EMAIL,
        }

    def values_of(self, part: Channels) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for occasion in OCCASIONS:
            ways: Ways = getattr(part, occasion)
            values |= {f"{occasion}_{place}": channel for place, channel in enumerate(ways.preferred, 1)}
            values[f"{occasion}_fallback"] = ways.fallback
        return values

    def read(self, values: dict[str, Any]) -> Channels:
        return Channels(*(_ways(values, occasion) for occasion in OCCASIONS))


def _ways(values: dict[str, Any], occasion: str) -> Ways:
    chosen = (values[f"{occasion}_{place}"] for place in PLACES)
    return Ways(tuple(channel for channel in chosen if channel), values[f"{occasion}_fallback"])
