"""The profile: each small form saves its part, says what cannot be, and loses nothing that was typed."""

from __future__ import annotations

import io
import zlib
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from throughline.accounts import access, photos
from throughline.accounts.domain.availability import Absence, Availability, QuietHours, Window
from throughline.accounts.domain.channels import DEFAULT_ORDER, Channel
from throughline.accounts.domain.needs import Need
from throughline.accounts.models import ChannelOrder, NeedRow, WeeklyWindow
from throughline.accounts.queries import availability_of, channels_of, needs_of
from throughline.foundation.files.store import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client, mentor):
    client.force_login(mentor)
    return mentor


def section(name: str) -> str:
    return reverse("accounts:section", args=[name])


def rows(*windows: tuple[str, str, str], **extra: str) -> dict[str, str]:
    posted = {"form-TOTAL_FORMS": str(len(windows)), "form-INITIAL_FORMS": "0"}
    for number, (weekday, starts, ends) in enumerate(windows):
        posted |= {f"form-{number}-weekday": weekday, f"form-{number}-starts": starts, f"form-{number}-ends": ends}
    return posted | extra


def test_what_one_says_of_oneself_is_kept_as_text(client, me):
    said = {
        "name": "Mira",
        "pronouns": "she/her",
        "offers": "<script>alert(1)</script>\r\n\r\n\r\nmore",
        "looks_for": "",
    }
    answer = client.post(section("about"), said)
    assert (answer.status_code, answer.url) == (302, reverse("accounts:profile"))
    me.refresh_from_db()
    assert (me.name, me.pronouns, me.offers) == ("Mira", "she/her", "<script>alert(1)</script>\n\nmore")
    page = client.get(reverse("accounts:profile")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_too_long_a_text_is_said_and_stays_typed(client, me):
    answer = client.post(section("about"), {"name": "Mira", "offers": "x" * 2001})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.content.decode()
    me.refresh_from_db()
    assert (me.name, me.offers) == ("Mira Lindqvist", "")


def test_a_zone_that_does_not_exist(client, me):
    answer = client.post(section("place"), {"zone": "Europe/Atlantis", "language": "en"})
    assert answer.status_code == 422
    assert "There is no time zone of this name." in answer.content.decode()


@time_machine.travel("2026-11-03T12:00Z", tick=False)
def test_a_zone_is_confirmed_by_saving_it(client, me):
    client.post(section("place"), {"zone": "Asia/Calcutta", "language": "en-gb"})
    me.refresh_from_db()
    assert (me.zone, me.language, me.zone_confirmed_at) == (
        "Asia/Calcutta",
        "en-gb",
        datetime(2026, 11, 3, 12, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        (rows(("0", "09:00", "09:00")), "This window has no length"),
        (rows(("0", "22:00", "01:00")), "This window ends before it begins."),
        (rows(("0", "09:00", "11:00"), ("0", "10:00", "12:00")), "Two windows of one day overlap."),
        (rows(("0", "09:00", "")), "Please give both times"),
        (rows(("0", "25:00", "26:00")), "Please write the time as 09:30."),
        (rows(("7", "09:00", "10:00")), "Select a valid choice."),
        (rows(*[("0", "09:00", "10:00")] * 29), "Please submit at most 28 forms."),
        ({"form-TOTAL_FORMS": "x"}, "ManagementForm data is missing"),
    ],
)
def test_windows_that_cannot_be(client, me, posted, sentence):
    answer = client.post(reverse("accounts:windows"), posted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert WeeklyWindow.objects.count() == 0


def test_windows_are_replaced_and_those_that_stay_keep_their_since(client, me):
    client.post(reverse("accounts:windows"), rows(("1", "18:00", "00:00"), ("0", "09:00", "11:00"), ("0", "", "")))
    first = WeeklyWindow.objects.get(weekday=1)
    client.post(reverse("accounts:windows"), rows(("1", "18:00", "00:00"), ("3", "09:00", "11:00")))
    assert WeeklyWindow.objects.get(weekday=1) == first
    assert availability_of(me) == Availability(
        "Europe/Berlin",
        (Window(1, time(18), time(0)), Window(3, time(9), time(11))),
        frozenset(range(5)),
        QuietHours(time(22), time(7)),
    )


def test_rhythm(client, me):
    client.post(section("rhythm"), {"working_days": ["0", "6"], "quiet_from": "", "quiet_until": ""})
    assert (availability_of(me).working_days, availability_of(me).quiet_hours) == (frozenset({0, 6}), None)
    for posted, sentence in [
        ({"working_days": ["0"], "quiet_from": "22:00"}, "Please give both quiet times"),
        ({"working_days": ["0"], "quiet_from": "22:00", "quiet_until": "22:00"}, "Quiet hours need a length"),
        ({}, "Please keep at least one day"),
    ]:
        answer = client.post(section("rhythm"), posted)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


@time_machine.travel("2026-11-03T12:00Z", tick=False)
def test_absences(client, me, mentee):
    page = reverse("accounts:absences")
    for _ in range(2):
        client.post(page, {"first": "2026-12-20", "last": "2027-01-03"})
    assert availability_of(me).absences == (Absence(date(2026, 12, 20), date(2027, 1, 3)),)
    for last, sentence in [("2026-12-19", "The last day is before the first."), ("2036-01-01", "more than two years")]:
        answer = client.post(page, {"first": "2026-12-20", "last": last})
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert client.post(page, {"first": "2026-10-01", "last": "2026-10-02"}).status_code == 422
    from throughline.accounts.queries import absences_of

    absence = absences_of(me)[0]
    client.force_login(mentee)
    client.post(reverse("accounts:end_absence", args=[absence.pk]))
    assert absences_of(me) == [absence]
    client.force_login(me)
    client.post(reverse("accounts:end_absence", args=[absence.pk]))
    assert absences_of(me) == []


def test_channels_keep_when_they_changed(client, me):
    assert channels_of(me) == DEFAULT_ORDER
    posted = {"message": "1", "voice": "2"}
    with time_machine.travel("2026-11-03T12:00Z", tick=False):
        client.post(section("channels"), posted)
    with time_machine.travel("2026-11-04T12:00Z", tick=False):
        client.post(section("channels"), posted)
        client.post(section("channels"), {"email": "3"})
    assert channels_of(me) == (Channel.EMAIL,)
    assert list(ChannelOrder.objects.order_by("since").values_list("channels", "since")) == [
        (["message", "voice"], datetime(2026, 11, 3, 12, tzinfo=UTC)),
        (["email"], datetime(2026, 11, 4, 12, tzinfo=UTC)),
    ]
    for posted, sentence in [
        ({}, "Please leave at least one way"),
        ({"video": "1", "voice": "1"}, "Two ways have the same number."),
        ({"video": "7"}, "Select a valid choice."),
    ]:
        answer = client.post(section("channels"), posted)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_needs_begin_and_end(client, me):
    with time_machine.travel("2026-11-03T12:00Z", tick=False):
        client.post(section("needs"), {"captions": "on", "no_camera": "on"})
    with time_machine.travel("2026-11-04T12:00Z", tick=False):
        client.post(section("needs"), {"captions": "on", "phone_only": "on"})
    assert needs_of(me) == {Need.CAPTIONS, Need.PHONE_ONLY}
    third, fourth = datetime(2026, 11, 3, 12, tzinfo=UTC), datetime(2026, 11, 4, 12, tzinfo=UTC)
    assert list(NeedRow.objects.order_by("since", "need").values_list("need", "since", "until")) == [
        ("captions", third, None),
        ("no camera", third, fourth),
        ("phone only", fourth, None),
    ]


def picture(size=(900, 600), kind="JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def upload(client, content: bytes, name: str = "me.jpg"):
    return client.post(reverse("accounts:change_photo"), {"photo": SimpleUploadedFile(name, content)})


def test_a_photo_is_square_small_and_says_nothing_more(client, me, stranger):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    assert upload(client, picture(exif=exif)).status_code == 302
    me.refresh_from_db()
    answer = client.get(reverse("accounts:photo", args=[me.pk]))
    content = answer.content
    kept = Image.open(io.BytesIO(content))
    assert (answer["Content-Type"], kept.format, kept.size, b"taken at home" in content) == (
        "image/webp",
        "WEBP",
        (512, 512),
        False,
    )
    before = me.photo
    lies = b"".join(files().read(f"photos/{before}.sealed"))
    assert (lies[:4], content[:64] in lies) == (b"TLF1", False)
    client.force_login(stranger)
    assert client.get(reverse("accounts:photo", args=[me.pk])).status_code == 404
    client.force_login(me)
    client.post(reverse("accounts:remove_photo"))
    assert client.get(reverse("accounts:photo", args=[me.pk])).status_code == 404
    assert (
        photos.content(before) == content
    )  # gone only when this transaction, which the test never commits, has committed


def test_a_photo_of_the_first_version_is_still_shown(client, me):
    files().write("photos/0123456789abcdef0123456789abcdef.webp", [picture(kind="WEBP")])
    me.photo = "0123456789abcdef0123456789abcdef"
    me.save()
    assert client.get(reverse("accounts:photo", args=[me.pk])).content == picture(kind="WEBP")


def bomb() -> bytes:
    """A PNG of a few kilobytes that says it is 30,000 pixels square."""
    import struct

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"no picture at all", "We could not read this as a picture."),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "We could not read this as a picture.",
        ),
        (picture(kind="GIF"), "We could not read this as a picture."),
        (picture()[:400], "We could not read this as a picture."),
        (bomb(), "This picture has too many pixels."),
        (b"x" * (photos.MAX_BYTES + 1), "This picture is over 8 MB."),
    ],
)
def test_what_is_no_photo(client, me, content, sentence):
    answer = upload(client, content, "me.png")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    me.refresh_from_db()
    assert me.photo == ""


def test_only_those_who_share_something_see_a_profile(client, mentor, mentee, stranger, monkeypatch):
    monkeypatch.setattr(access, "_acquaintance", [lambda viewer, person: {viewer, person} == {mentor.pk, mentee.pk}])
    page = reverse("accounts:person", args=[mentor.pk])
    assert client.get(page).status_code == 302
    client.force_login(stranger)
    assert client.get(page).status_code == 404
    client.force_login(mentee)
    assert "Mira Lindqvist" in client.get(page).content.decode()
    client.force_login(mentor)
    assert client.get(page).url == reverse("accounts:profile")


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_profile_asks_the_database_as_often_with_many_windows(client, me, count, django_assert_num_queries):
    WeeklyWindow.objects.bulk_create(
        WeeklyWindow(person=me, weekday=number % 7, starts=time(number), ends=time(number + 1))
        for number in range(count)
    )
    client.get(reverse("accounts:profile"))
    with django_assert_num_queries(7):
        client.get(reverse("accounts:profile"))
