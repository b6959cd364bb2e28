"""Where one can jump by a few letters, and what the keyboard can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation.places import address_of_relationship, menu
from throughline.relationships.queries import relationships_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def destinations_of(person: Person) -> list[tuple[str, str, str]]:
    """Title, what it is, and its address: first people, with what one does with each, then places."""
    found: list[tuple[str, str, str]] = []
    for summary in relationships_of(person):
        names = ", ".join(member.called for member in summary.others)
        if not names:
            continue
        key = summary.relationship_id
        found.append((names, _("what is next"), address_of_relationship(key)))
        found.append((names, _("conversation"), reverse("messaging:conversation", args=[key])))
        found.append((names, _("meetings"), reverse("meetings:series", args=[key])))
        found.append((names, _("agreement"), reverse("agreements:agreement", args=[key])))
    return found + [(str(place.title), "", reverse(place.url_name)) for place in menu()]


def shortcuts() -> list[tuple[tuple[str, ...], str]]:
    """The keys, and what they do."""
    return [
        (("?",), _("Show these keys")),
        (("Ctrl", "K"), _("Go to a person or a place")),
        (("Tab",), _("To the next thing on the page")),
        (("Esc",), _("Close what lies over the page")),
        (("Enter",), _("In a conversation: send. With Shift: a new line")),
        (("Ctrl", "D"), _("In a call: microphone on or off")),
        (("Ctrl", "E"), _("In a call: camera on or off")),
    ]
