"""The small forms of the profile: each shows what is known, explains itself, and yields one action's arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.channels import Channel, order_by_rank
from throughline.accounts.domain.needs import Need
from throughline.accounts.forms.fields import TEXT_LENGTH, LineField, TextField, ZoneField, name_field, zone_choices
from throughline.accounts.models import Person
from throughline.accounts.photos import MAX_BYTES, PhotoError, prepared
from throughline.accounts.queries import channels_of, needs_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHARED = _("You, and the people you mentor or learn from.")
ALONE = _("Only you.")


class SectionForm(forms.Form):
    """One part of the profile. title, why: said above the fields; seen_by: said below."""

    title: ClassVar[str | Promise]
    why: ClassVar[str | Promise]
    seen_by: ClassVar[str | Promise] = SHARED

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        """What the fields show before anything is typed."""
        raise NotImplementedError  # each section says

    def values(self) -> dict[str, Any]:
        """The arguments of the section's action."""
        return self.cleaned_data


class AboutForm(SectionForm):
    title = _("About you")
    why = _("A few words help the other side to begin. Leave empty what you would rather say in person.")

    name = name_field()
    pronouns = LineField(
        label=_("Pronouns"), max_length=40, required=False, help_text=_("Such as she/her, they/them, or none.")
    )
    offers = TextField(
        label=_("What I offer"),
        required=False,
        help_text=_("What you know, have lived through, or like to help with. Up to %(count)d characters.")
        % {"count": TEXT_LENGTH},
    )
    looks_for = TextField(
        label=_("What I look for"),
        required=False,
        help_text=_("What you would like to learn, change or find out."),
    )

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in cls.base_fields}


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, up to 8 MB. We cut it square, make it small and remove where and when it was taken."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Please choose a picture first."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )

    def clean_photo(self) -> bytes:
        """The picture as we keep it."""
        file: UploadedFile[Any] = self.cleaned_data["photo"]
        words = {
            "large": _("This picture is over 8 MB. A smaller one does as well: we show it at 512 pixels."),
            "pixels": _("This picture has too many pixels. One of up to 40 megapixels does."),
            "kind": _("We could not read this as a picture. Please choose a JPEG, PNG or WebP file."),
        }
        try:
            if (file.size or 0) > MAX_BYTES:
                raise PhotoError("large")
            return prepared(file.read())
        except PhotoError as error:
            raise forms.ValidationError(words[error.args[0]]) from error


class PlaceForm(SectionForm):
    title = _("Time zone and language")
    why = _("Every date and time you see is in this zone. Others see it in theirs, so nobody has to reckon.")

    zone = ZoneField(
        label=_("Time zone"),
        help_text=_("Choose the city whose clock is yours; open the list and type its first letters."),
        widget=forms.Select,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["zone"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = zone_choices(self.initial.get("zone", ""))
        widget.attrs["data-zone-hint"] = "zone-hint"

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        return {"zone": person.zone, "language": person.language}


CHANNELS: dict[Channel, _StrPromise] = {
    Channel.VIDEO: _("Video call"),
    Channel.VOICE: _("Voice call"),
    Channel.MESSAGE: _("Written message here"),
    Channel.EMAIL: _("E-mail"),
    Channel.PHONE: _("Telephone"),
    Channel.IN_PERSON: _("In person"),
}


class ChannelsForm(SectionForm):
    """A rank for each channel: works by keyboard, by voice and without JavaScript."""

    title = _("How you like to be in touch")
    why = _("1 is what you like best. It may change: we keep since when, so that the other side can follow.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ranks = [("", _("not this way")), *((str(rank), str(rank)) for rank in range(1, len(Channel) + 1))]
        for channel, label in CHANNELS.items():
            self.fields[channel.name.lower()] = forms.TypedChoiceField(
                label=label, choices=ranks, required=False, coerce=int, empty_value=None
            )

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        return {channel.name.lower(): rank for rank, channel in enumerate(channels_of(person), 1)}

    def clean(self) -> dict[str, Any]:
        words = {
            "none": _("Please leave at least one way to reach you."),
            "shared": _("Two ways have the same number. Give each its own, so that the order is clear."),
        }
        try:
            ranks = {channel: self.cleaned_data.get(channel.name.lower()) for channel in Channel}
            return {"channels": order_by_rank(ranks)} if not self.errors else self.cleaned_data
        except ValueError as error:
            raise forms.ValidationError(words[str(error)]) from error


NEEDS: dict[Need, tuple[_StrPromise, _StrPromise]] = {
    Need.CAPTIONS: (
        _("Captions"),
        _("The other side sees it, so that they speak with it in mind. Calls have no captions of their own yet."),
    ),
    Need.LOW_BANDWIDTH: (_("Low bandwidth"), _("Your camera starts small in calls, so that the voice stays clear.")),
    Need.NO_CAMERA: (
        _("No camera"),
        _("Your camera is off when a call opens, and calls with you do not count against the share of video."),
    ),
    Need.SCREEN_READER: (
        _("Screen reader"),
        _("The other side sees it, so that they say aloud what they show."),
    ),
    Need.PHONE_ONLY: (
        _("Phone only"),
        _("Calls with you do not count against the share of video, and plans leave room for a small screen."),
    ),
}


class NeedsForm(SectionForm):
    title = _("What you need")
    why = _("Tick what makes meetings work for you. No reason is asked.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for need, (label, change) in NEEDS.items():
            self.fields[need.name.lower()] = forms.BooleanField(label=label, help_text=change, required=False)

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        return {need.name.lower(): True for need in needs_of(person)}

    def values(self) -> dict[str, Any]:
        return {"needs": frozenset(need for need in Need if self.cleaned_data.get(need.name.lower()))}
