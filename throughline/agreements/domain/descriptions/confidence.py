"""What stays between people, in sentences and as a table, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from throughline.agreements.domain.sentences import Sentence, _, ngettext
from throughline.agreements.domain.terms import AtEnd, Confidentiality, Ending, Mode, Notes, Recordings

MODES = {
    Mode.PRIVATE: _("Private: what we write and say here stays between us."),
    Mode.SHARED_ON_CONCERN: _(
        "Shared on concern: it stays between us, unless one of us reports a concern; "
        "then exactly the items that they choose are shown to the people who handle it."
    ),
    Mode.SUPERVISED: _("Supervised: a safeguarding lead who is named to us may read what we write here."),
}
MODE_NAMES = {
    Mode.PRIVATE: _("Private"),
    Mode.SHARED_ON_CONCERN: _("Shared on concern"),
    Mode.SUPERVISED: _("Supervised"),
}
NOTES = {
    Notes.OWN: _("Each of us may keep notes for ourselves, and nobody else reads them."),
    Notes.SHARED: _("We take notes only where both of us can read them."),
    Notes.NONE: _("Neither of us keeps notes about the other outside this place."),
}
RECORDINGS = {
    Recordings.NEVER: _("Nothing that we say is recorded."),
    Recordings.ASKED: _("Nothing is recorded unless both of us say yes before, each time."),
}
AT_END = {
    AtEnd.KEPT: _("At the end, what we wrote stays readable for the two of us, and the silence about it holds."),
    AtEnd.ERASED: _("At the end, we both want what we wrote here erased; the silence about it holds."),
}


class Clause(StrEnum):
    """What is acknowledged one by one when somebody signs. Values are the fields of Confidentiality."""

    MODE = "mode"
    OFF_LIMITS = "off_limits"
    MAY_BE_TOLD = "may_be_told"
    DUTIES = "duties"
    NOTES = "notes"
    RECORDINGS = "recordings"
    AT_END = "at_end"


def clauses(part: Confidentiality) -> Iterator[tuple[Clause, Sentence]]:
    """Each clause with its sentence; those that were not asked for when it was signed are left out."""
    yield Clause.MODE, MODES[part.mode]
    yield Clause.OFF_LIMITS, _off_limits(part.off_limits)
    yield Clause.MAY_BE_TOLD, _may_be_told(part.may_be_told)
    if part.duties is not None:
        yield Clause.DUTIES, _duties(part.duties)
    if part.notes is not None:
        yield Clause.NOTES, NOTES[part.notes]
    if part.recordings is not None:
        yield Clause.RECORDINGS, RECORDINGS[part.recordings]
    if part.at_end is not None:
        yield Clause.AT_END, AT_END[part.at_end]


def _off_limits(words: str) -> Sentence:
    if words:
        return _("Off limits for us: “%(words)s”", words=words)
    return _("We have named no topic that is off limits.")


def _may_be_told(words: str) -> Sentence:
    if words:
        return _("What may be told, and to whom: “%(words)s”", words=words)
    return _("Nothing is passed on to anybody else.")


def _duties(words: str) -> Sentence:
    if words:
        return _("What one of us would have to report, and to whom: “%(words)s”", words=words)
    return _("Neither of us has to report anything that we know of; if somebody is in danger, we get help first.")


def who_can_see(mode: Mode) -> tuple[tuple[Sentence, Sentence], ...]:
    """Rows of (who, what they can see) for one mode."""
    lead = {
        Mode.PRIVATE: _("nothing"),
        Mode.SHARED_ON_CONCERN: _("only the items that one of you chooses to show when reporting a concern"),
        Mode.SUPERVISED: _("what you write; each look is listed for you with name and time"),
    }[mode]
    return (
        (_("The two of you"), _("everything")),
        (_("Somebody who handles concerns or safeguarding"), lead),
        (
            _("A coordinator of your programme, if you join one"),
            _("numbers such as how often you met, never what you said or wrote"),
        ),
        (_("Those who run this installation"), _("that you have an account and when you meet; your words are sealed")),
    )


def ending(part: Ending) -> Iterator[Sentence]:
    yield _("Each of us can end this at any time, without a reason, and nobody is at fault.")
    if part.notice_days:
        yield ngettext(
            "Where we can, we say so %(number)s day before.",
            "Where we can, we say so %(number)s days before.",
            part.notice_days,
        )
    if part.last_meeting:
        yield _("We meet once more, to look back and to say goodbye.")
    if part.words:
        yield _("And: “%(words)s”", words=part.words)
