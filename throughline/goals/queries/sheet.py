"""The goals of a quarter as one typeset page, for somebody who is not here: shared goals alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from throughline.foundation import clock
from throughline.foundation.jinja import day as said_day
from throughline.foundation.paper import direction_of, typeset
from throughline.goals.domain.ends import End
from throughline.goals.queries.review import Reviewed, review_of
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.goals.domain.quarters import Quarter
    from throughline.goals.queries.lines import GoalLine

TEMPLATE = Path(__file__).parents[1] / "templates" / "goals" / "paper" / "review.typ"
MOST = 60  # goals that could find room on a page at all
LONGEST_NOTE = 240  # characters


def review_paper(person: Person, relationship_id: UUID, quarter: Quarter) -> bytes:
    """A PDF of one page, whatever there is. Raises foundation.paper's CannotSetError."""
    return typeset(TEMPLATE, sheet_values_of(person, relationship_id, quarter), {}, clock.now())


def sheet_values_of(person: Person, relationship_id: UUID, quarter: Quarter) -> dict[str, Any]:
    """What the page shows, all of it text, in the reader's language. all: how many goals there are, shown or not."""
    review = review_of(person, relationship_id, quarter)
    names = {member.person_id: member.called for member in members_of(relationship_id)}
    between = ", ".join(names.values())
    span = {"first": said_day(quarter.first), "last": said_day(quarter.last)}
    score = f"{review.score:.1f}" if review.score is not None else ""
    return {
        "language": (translation.get_language() or "en").split("-")[0],
        "title": _("Goals, %(first)s to %(last)s") % span,
        "names": list(names.values()),
        "between": between,
        "standing": _("Where each goal stands is as of %(day)s.") % {"day": said_day(clock.today_in(person.zone))},
        "goals": [_goal(one, names) for one in review.goals[:MOST]],
        "all": len(review.goals),
        "more_words": _("And %n more, which found no room on this page."),
        "score": _("Goal attainment score: T = %(score)s (50 is as expected).") % {"score": score} if score else "",
        "empty": _("No shared goal went on in this quarter."),
        "missing_words": _("%n characters that this installation's fonts cannot draw are shown as □."),
        "footer": _("Shared goals of %(names)s. Goals that only one of them sees are not on it.") % {"names": between},
    }


def _goal(one: Reviewed, names: Mapping[UUID, str]) -> dict[str, Any]:
    line, pace = one.line, one.line.pace
    progress = None if pace.progress is None else round(100 * min(1.0, max(0.0, pace.progress)), 1)
    recorded = ngettext("%(num)d point in this quarter", "%(num)d points in this quarter", one.recorded)
    said = [line.measure_words + ("." if line.end else ""), "" if line.end else line.pace_words]
    notes = [Truncator(note).chars(LONGEST_NOTE) for note in one.notes]
    return {
        "sentence": line.sentence,
        "direction": direction_of(line.sentence),
        "facts": " · ".join([*_facts(line, names), recorded % {"num": one.recorded}]),
        "measure": " · ".join(part for part in said if part),
        "standing": _standing(line),
        "behind": line.needs_a_choice,
        "progress": progress,
        "notes": [{"text": note, "direction": direction_of(note)} for note in notes],
    }


def _facts(line: GoalLine, names: Mapping[UUID, str]) -> list[str]:
    owner = names.get(line.owner_id, "") if line.owner_id else _("no owner yet")
    due = _("by %(day)s") % {"day": said_day(line.due)} if line.due else _("no date yet")
    first = [_("first said %(day)s") % {"day": said_day(line.first_due)}] if line.moved and line.first_due else []
    return [owner, due, *first]


def _standing(line: GoalLine) -> str:
    ends = {End.REACHED: _("reached"), End.DROPPED: _("let go"), End.SPLIT: _("split")}
    return ends[line.end] if line.end else line.standing_words
