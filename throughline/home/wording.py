"""What happened and what is next, in words: the steps of the first fortnight, and the contacts of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from throughline.foundation.jinja import duration, first_name
from throughline.home.domain.fortnight import Line, Standing, Step
from throughline.home.domain.lately import Stretch
from throughline.home.queries import Beginning
from throughline.ledger.domain.facts import Kind
from throughline.relationships.domain.invitations import Standing as Answered
from throughline.relationships.queries import Member


@dataclass(frozen=True)
class Said:
    """A step to be shown. act and address: only where there is something to do or to look at."""

    standing: Standing
    title: str
    words: str = ""
    act: str = ""
    address: str = ""


def said_of(beginning: Beginning) -> list[Said]:
    return [say(line, beginning) for line in beginning.lines]


def names_of(members: Iterable[Member]) -> str:
    return str(get_text_list([first_name(member.called) for member in members], _("and")))


def say(line: Line, beginning: Beginning) -> Said:
    words = {
        Step.INVITE: _invite,
        Step.PREPARE: _prepare,
        Step.AGREE: _agree,
        Step.MEET: _meet,
        Step.CHECK_IN: _check_in,
    }
    return words[line.step](line.standing, beginning, _waiting(line, beginning))


def _waiting(line: Line, beginning: Beginning) -> str:
    names = names_of(beginning.named(line.waits_for))
    return _("Waiting for %(names)s, nothing to do.") % {"names": names} if names else ""


def _invite(standing: Standing, beginning: Beginning, waiting: str) -> Said:
    if standing is Standing.DONE:
        return Said(standing, _("%(names)s is in") % {"names": names_of(beginning.summary.others)})
    asked = beginning.asked
    if standing is Standing.WAITING and asked:
        words = (
            _("Waiting for %(email)s, nothing to do.") % {"email": asked.email}
            if asked.email
            else _("Waiting for whoever has your link, nothing to do.")
        )
        look = reverse("relationships:asked", args=[asked.invitation_id])
        return Said(standing, _("Your invitation is on its way"), words, _("Look at it"), look)
    if asked is None:
        return Said(standing, _("Ask somebody"), "", _("Invite somebody"), reverse("relationships:invite"))
    words = (
        _("They said no this time. You can ask again later, or ask somebody else.")
        if asked.standing is Answered.DECLINED
        else _("The link can no longer be used. You can send a new one.")
    )
    again = reverse("relationships:asked", args=[asked.invitation_id])
    return Said(standing, _("Your invitation was not taken up"), words, _("See what you can do"), again)


def _prepare(standing: Standing, beginning: Beginning, waiting: str) -> Said:
    if standing is Standing.DONE:
        return Said(standing, _("You are all prepared"))
    if standing is Standing.WAITING:
        return Said(standing, _("You are prepared"), waiting)
    title = _("Say when you can meet, and what you hope for")
    if standing is Standing.LATER:
        return Said(standing, title)
    if beginning.facts.others:
        words = _("A few questions for you alone, about twenty minutes; then you lay your answers side by side.")
        address = reverse("agreements:prepare", args=[beginning.relationship_id])
        return Said(standing, _("Prepare for your agreement, on your own"), words, _("Prepare"), address)
    words = _("Your weekly times, and what you offer or look for: your agreement starts from there. Five minutes.")
    return Said(standing, title, words, _("Fill in your profile"), reverse("accounts:profile"))


def _agree(standing: Standing, beginning: Beginning, waiting: str) -> Said:
    key, signed = beginning.relationship_id, beginning.facts.signed
    if standing is Standing.DONE:
        return Said(standing, _("Your agreement is signed"))
    if standing is Standing.WAITING:
        return Said(standing, _("You have signed your agreement"), waiting)
    if standing is Standing.LATER:
        return Said(standing, _("Agree on goals, rhythm and what stays between you"))
    if signed:
        names = names_of(beginning.named(signed))
        title = _("Read your agreement and sign it")
        words = _("%(names)s has signed. Once you have too, your meetings stand in the calendar.") % {"names": names}
        return Said(standing, title, words, _("Read and sign"), reverse("agreements:sign", args=[key]))
    words = _(
        "Goals, rhythm, how to reach each other, what stays between you. About twenty minutes, best done together."
    )
    address = reverse("agreements:agreement", args=[key])
    return Said(standing, _("Write your agreement together"), words, _("Open the agreement"), address)


def _meet(standing: Standing, beginning: Beginning, waiting: str) -> Said:
    if standing is Standing.DONE:
        return Said(standing, _("You have met for the first time"))
    if standing is Standing.PLANNED:
        return Said(standing, _("Your first meeting stands in the calendar"), _("Nothing to do until then."))
    if standing is Standing.LATER:
        return Said(standing, _("Meet for the first time"))
    address = reverse("meetings:series", args=[beginning.relationship_id])
    words = _("Nothing stands in the calendar at the moment.")
    return Said(standing, _("Find a time for your first meeting"), words, _("See your meetings"), address)


def _check_in(standing: Standing, beginning: Beginning, waiting: str) -> Said:
    address = reverse("messaging:conversation", args=[beginning.relationship_id])
    if standing is Standing.DONE:
        return Said(standing, _("You have kept in touch since"))
    if standing is Standing.WAITING:
        return Said(standing, _("You have written since you met"), waiting)
    title = _("Write a few lines between meetings")
    if standing is Standing.LATER:
        return Said(standing, title)
    words = _("What have you tried, what got stuck? Two lines are enough to keep it going.")
    return Said(standing, title, words, _("Write"), address)


def happened(stretch: Stretch, reader: UUID, others: Iterable[Member]) -> str:
    """A line of what happened: who did what together, never what was said."""
    contact, people = stretch.latest, stretch.people
    names = names_of(member for member in others if len(people) < 2 or member.person_id in people)
    if contact.kind is Kind.MESSAGE:
        return _wrote(reader, people, others)
    long = {"names": names, "long": duration(contact.together)}
    if contact.kind is Kind.EDIT:
        return _("Work on a document")
    if contact.kind is Kind.ELSEWHERE:
        return _("You met %(names)s elsewhere, for %(long)s") % long if contact.together else _("You met elsewhere")
    if not contact.together:
        return _("A call in which you were not together")
    if contact.kind is Kind.MEETING:
        return _("You and %(names)s met for %(long)s") % long
    return _("You and %(names)s talked for %(long)s") % long


def _wrote(reader: UUID, people: frozenset[UUID], others: Iterable[Member]) -> str:
    if reader not in people:
        return _("%(names)s wrote") % {"names": names_of(member for member in others if member.person_id in people)}
    return _("You wrote to each other") if len(people) > 1 else _("You wrote")
