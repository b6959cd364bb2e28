"""video-share: live sessions in which both cameras sent for at least half of the time together.

Live sessions are held meetings and quick calls of a minute or more. Messages are never in the denominator, since
the guide asks how people talk when they talk; the literal share over everything stands beside it. Exempt sessions
(a declared need, agreed audio, a network that fell) leave the denominator. What people entered by themselves stands
apart. The window is 28 days, and begins anew when somebody answers the private question.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.foundation.jinja import day, duration
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Medium
from throughline.practices.domain.measure import (
    SHOWN,
    Act,
    Behind,
    Choice,
    Figure,
    Origin,
    Reader,
    Reading,
    Status,
    Step,
    Target,
)
from throughline.practices.domain.numbers import share
from throughline.practices.domain.reasons import Reason
from throughline.practices.domain.record import FOUR_WEEKS, Record
from throughline.practices.domain.weeks import every_week, rolling
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import part_words, self_reported, share_figure, trend_of

ASKED_AGAIN = timedelta(days=60)
LAST_LOOKED_AT = 5
REASONS = {
    Reason.CHOICE: gettext_lazy("We chose voice"),
    Reason.CONNECTION: gettext_lazy("The connection"),
    Reason.TIRED: gettext_lazy("Tired of cameras"),
    Reason.HABIT: gettext_lazy("Just habit"),
}
TARGET = Target(0.80, Origin.GUIDE)


def by_video(contact: Contact) -> bool:
    """Both cameras for half of the time together; meeting in person is better still."""
    if contact.medium is Medium.IN_PERSON:
        return True
    return contact.together > 0 and 2 * contact.both_video >= contact.together


def by_voice(contact: Contact) -> bool:
    return by_video(contact) or (contact.together > 0 and 2 * contact.both_voice >= contact.together)


def measure(record: Record) -> Reading:
    reset = max((at for _who, at in record.answers), default=None)
    since = max(record.now - FOUR_WEEKS, reset or record.now - FOUR_WEEKS)
    everything = [contact for contact in record.contacts if not contact.automatic]
    contacts = [contact for contact in everything if contact.started_at >= since and not contact.self_reported]
    sessions = [contact for contact in contacts if contact.session]
    counted = counted_of(contacts)
    exempt = len(sessions) - len(counted)
    lately = [contact for contact in everything if contact.started_at >= record.now - FOUR_WEEKS]
    by_time = [(contact.started_at, by_video(contact)) for contact in counted_of(everything)]
    reported = sum(contact.self_reported for contact in lately)
    return Reading(
        figure=_figure(counted, exempt),
        parts=(*_parts(contacts, sessions, counted, exempt), *self_reported("self-reported", reported)),
        behind=tuple(_behind(contact, since) for contact in lately[: -SHOWN - 1 : -1]),
        more=max(0, len(lately) - SHOWN),
        window=_window(since, reset, record.zone),
        exempt=exempt,
        trend=trend_of(rolling(by_time, every_week(record.now), record.zone), TARGET, _("Sessions by video")),
    )


def counted_of(contacts: Sequence[Contact]) -> list[Contact]:
    """The live sessions that the share is made of."""
    return [c for c in contacts if c.session and c.exemption is Exemption.NONE and not c.self_reported]


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """To each apart, at most once in sixty days: why it is often voice. It names nobody, and no answer is shown."""
    if reading.figure.status is not Status.SHORT or (reader.asked and record.now - reader.asked < ASKED_AGAIN):
        return None
    last = counted_of(record.contacts)[-LAST_LOOKED_AT:]
    voice = sum(not by_video(contact) for contact in last)
    return Step(
        _("%(n)d of your last %(of)d sessions were without both cameras. Which is nearest?")
        % {"n": voice, "of": len(last)},
        _("Each of you is asked apart, and your answer stays yours: the other sees neither it nor who was asked. "
          "Any answer starts the count anew from today."),
        tuple(Choice(Act.ANSWER, str(REASONS[reason]), reason.value) for reason in Reason),
    )  # fmt: skip


def _window(since: datetime, reset: datetime | None, zone: str) -> str:
    values = {"day": day(since.astimezone(ZoneInfo(zone)).date())}
    if reset == since:
        return _("Counted anew since %(day)s, and never longer than four weeks.") % values
    return _("Counted since %(day)s: four weeks.") % values


def _figure(counted: Sequence[Contact], exempt: int) -> Figure:
    title = _("Sessions by video")
    if exempt and not counted:
        words = _("Does not apply")
        note = _("Every session was exempt, so there is nothing to ask of you here.")
        return Figure("sessions", title, None, words, Status.DOES_NOT_APPLY, TARGET, note)
    note = _("The guide says 80 %. No study stands behind that figure: take it as a direction.")
    return share_figure("sessions", title, sum(map(by_video, counted)), len(counted), TARGET, note)


def _parts(
    contacts: Sequence[Contact], sessions: Sequence[Contact], counted: Sequence[Contact], exempt: int
) -> list[Figure]:
    seconds, together = sum(c.both_video for c in counted), sum(c.together for c in counted)
    seen = share(seconds, together)
    minutes = Figure(
        "minutes",
        _("By minutes"),
        seen,
        part_words(seconds, together, len(counted), duration) if together else _("Nothing to count yet"),
        Status.NOTHING_YET if seen is None else Status.OK,
        note=_("Of all the time together in these sessions, the part with both cameras on."),
    )
    left_out = Figure(
        "exempt",
        _("Exempt sessions"),
        exempt,
        str(exempt),
        Status.OK,
        note=_("Left out because of a need that one of you declared, an agreed audio session, or the network."),
    )
    voice = share_figure("voice", _("With live voice at least"), sum(map(by_voice, sessions)), len(sessions))
    literal = share_figure(
        "literal",
        _("Of all contacts, messages included"),
        sum(by_video(contact) for contact in sessions),
        len(contacts),
        note=_(
            "Written messages are no worse for being written, so live sessions are what the target is held against."
        ),
    )
    return [minutes, left_out, voice, literal]


def _behind(contact: Contact, since: datetime) -> Behind:
    return Behind(
        at=contact.started_at,
        counted=contact.started_at >= since and bool(counted_of([contact])),
        why=_why(contact, since),
        together=contact.together,
        both_video=contact.both_video,
        contact=contact,
    )


def _why(contact: Contact, since: datetime) -> str:
    if contact.self_reported:
        return _("Not counted: you entered it by yourselves, so it is shown apart.")
    if not contact.live:
        return _("Not counted: this was written.")
    if not contact.session:
        return _("Not counted: too short for a session.")
    if contact.started_at < since:
        return _("Not counted any more: from before the time that counts now.")
    if contact.exemption is Exemption.NEED:
        return _("Exempt: one of you has declared a need.")
    if contact.exemption is Exemption.AGREED_AUDIO:
        return _("Exempt: you had agreed on audio.")
    if contact.exemption is Exemption.NETWORK:
        return _("Exempt: the network did not carry video.")
    if contact.medium is Medium.IN_PERSON:
        return _("Counted as video: you met in person.")
    if by_video(contact):
        return _("Counted as video: both cameras for at least half of the time.")
    return _("Counted as not by video: both cameras for less than half of the time.")


register(
    Practice(
        "video-share",
        3,
        gettext_lazy("Video share"),
        gettext_lazy("Use video calls for at least 80% of your interactions"),
        measure,
        step,
    )
)
