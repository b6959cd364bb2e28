"""What choices are called, and when news would come, in a sentence."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from throughline.foundation import clock
from throughline.notices.domain.topics import Rhythm, Topic, Way

if TYPE_CHECKING:
    from throughline.accounts.models import Person

TOPICS = {
    Topic.MESSAGES: _l("Messages"),
    Topic.MEETINGS: _l("Meetings and calls"),
    Topic.AGREEMENT: _l("Your agreement"),
    Topic.RELATIONSHIP: _l("Everything else between you"),
}
WAYS = {Way.MAIL: _l("Mail"), Way.PUSH: _l("This and other devices"), Way.WEBHOOK: _l("Chat or webhook")}
RHYTHMS = [
    (Rhythm.AT_ONCE, _l("At once")),
    (Rhythm.HOURLY, _l("Together, every hour")),
    (Rhythm.MORNING, _l("Together, in the morning at nine")),
]


def preview(person: Person, due: datetime, ways: set[Way]) -> str:
    """ways: those by which a message would come. In the person's zone, which is active."""
    if not ways:
        return _("A message would not reach you outside this site: you look for it here yourself.")
    by = formats.date_format(timezone.localtime(due), "H:i"), _ways(ways)
    if due <= clock.now():
        return _("A message that waits for you now would reach you at once by %(ways)s.") % {"ways": by[1]}
    days = (timezone.localtime(due).date() - clock.today_in(person.zone)).days
    words = {"time": by[0], "ways": by[1]}
    if days == 0:
        return _("A message that waits for you now would reach you at %(time)s today by %(ways)s.") % words
    if days == 1:
        return _("A message that waits for you now would reach you at %(time)s tomorrow by %(ways)s.") % words
    words["day"] = formats.date_format(timezone.localtime(due), "l, j F")
    return _("A message that waits for you now would reach you on %(day)s at %(time)s by %(ways)s.") % words


def _ways(ways: set[Way]) -> str:
    names = {Way.MAIL: _("mail"), Way.PUSH: _("push"), Way.WEBHOOK: _("webhook")}
    return _(" and ").join(names[way] for way in Way if way in ways)
