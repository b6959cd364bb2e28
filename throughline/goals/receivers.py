"""What arrives from outside: answers to the mail that asks about a goal."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.http import Http404
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.goals.access import goal_for
from throughline.goals.actions import be_asked_no_more, record_line
from throughline.goals.domain.lines import Unclear, UnclearLineError
from throughline.goals.domain.mailed import asks_to_stop, line_in
from throughline.notices.domain.answers import Arrived, Refused
from throughline.notices.domain.letters import read
from throughline.relationships.access import RelationshipEndedError

MAILS = UUID("6f0f6d5a-4f5e-4d0f-9b53-7a0c86f8a4a1")


def take_answer(arrived: Arrived) -> None:
    """The mail's first line is recorded, as if it were typed on the goal's page. Raises Refused."""
    goal_id, line = UUID(arrived.ids["goal_id"]), line_in(read(arrived.raw).text)
    if asks_to_stop(line):
        be_asked_no_more(goal_id=goal_id, person_id=arrived.person_id)
        return
    person = people_by_id([arrived.person_id])[arrived.person_id]
    once = uuid5(MAILS, arrived.message_id) if arrived.message_id else None
    try:
        record_line(goal=goal_for(person, goal_id), by=person, line=line, once=once)
    except Http404:
        raise Refused(_("This goal is not there any more. Nothing was recorded.")) from None
    except RelationshipEndedError:
        raise Refused(_("This relationship has ended, so nothing was recorded.")) from None
    except UnclearLineError as error:
        raise Refused(_said(error.why)) from None


def _said(why: Unclear) -> str:
    """Without a word of what was written: it goes through mail servers."""
    if why is Unclear.EMPTY:
        return _("No words were found in your mail. Write one line above what you quote, such as 42 or +5.")
    return _(
        "Nothing was recorded: the first line of your mail does not fit what this goal counts. A number alone, such as "
        "42 or +5, or a few words are enough."
    )
