"""video-share: live sessions in which both cameras sent for at least half of the time together.

Live sessions are held meetings and quick calls of a minute or more. Messages are never in the denominator, since
the guide asks how people talk when they talk; the literal share over everything stands beside it. Exempt sessions
(a declared need, agreed audio, a network that fell) leave the denominator. The window is that of meetings.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.foundation.jinja import duration
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Medium
from throughline.practices.domain.measure import Behind, Figure, Origin, Reading, Status, Target
from throughline.practices.domain.numbers import share
from throughline.practices.domain.record import Record, window_start
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import part_words, share_figure

TARGET = Target(0.80, Origin.GUIDE)


def by_video(contact: Contact) -> bool:
    """Both cameras for half of the time together; meeting in person is better still."""
    if contact.medium is Medium.IN_PERSON:
        return True
    return contact.together > 0 and 2 * contact.both_video >= contact.together


def by_voice(contact: Contact) -> bool:
    return by_video(contact) or (contact.together > 0 and 2 * contact.both_voice >= contact.together)


def measure(record: Record) -> Reading:
    since = window_start(record.outcomes, record.now)
    contacts = [contact for contact in record.contacts if contact.started_at >= since and not contact.automatic]
    sessions = [contact for contact in contacts if contact.session]
    counted = [contact for contact in sessions if contact.exemption is Exemption.NONE]
    exempt = len(sessions) - len(counted)
    return Reading(
        figure=_figure(counted, exempt),
        parts=tuple(_parts(contacts, sessions, counted, exempt)),
        behind=tuple(_behind(contact) for contact in reversed(contacts)),
        since=since,
        exempt=exempt,
    )


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


def _behind(contact: Contact) -> Behind:
    counted = contact.session and contact.exemption is Exemption.NONE
    return Behind(
        at=contact.started_at,
        counted=counted,
        why=_why(contact),
        together=contact.together,
        both_video=contact.both_video,
        contact=contact,
    )


def _why(contact: Contact) -> str:
    if not contact.live:
        return _("Not counted: this was written.")
    if not contact.session:
        return _("Not counted: too short for a session.")
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
    )
)
