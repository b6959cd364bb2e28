"""Mentoring through a change of career."""

from __future__ import annotations

from throughline.agreements.domain.sentences import _
from throughline.agreements.domain.starting.text import (
    Paragraph,
    StartingText,
    channels,
    objectives,
    preparation,
    responses,
)
from throughline.agreements.domain.terms import PartKind

TEXT = StartingText(
    "career-change",
    _("Changing careers"),
    _("For somebody who moves into another field, with somebody who knows it from inside."),
    {
        PartKind.OBJECTIVES: objectives(
            (
                _("Know whether this field is really for me before I give up the old one"),
                _(
                    "I have done the work itself for at least ten days, paid or not, and we have talked about each "
                    "of them."
                ),
            ),
            (
                _("Be able to show what I can do without a degree in it"),
                _(
                    "Two pieces of work are where an employer can see them, and somebody from the field has "
                    "criticised both."
                ),
            ),
            (
                _("Be known to people who hire"),
                _(
                    "Six people in the field know my name and what I look for, and three of them I found without "
                    "an introduction."
                ),
            ),
        ),
        PartKind.CHANNELS: channels(("video", "voice", "phone"), ("message", "voice", "email")),
        PartKind.RESPONSES: responses(2, 2),
        PartKind.PREPARATION: preparation(
            (
                _("What I tried since last time, what it taught me, and the next small step that I have in mind"),
                "mentee",
                24,
            ),
            (_("One person, text or opening that might help with that step"), "mentor", 24),
        ),
        PartKind.CONFIDENTIALITY: {
            "mode": "private",
            "notes": "own",
            "recordings": "never",
            "at_end": "erased",
            "off_limits": _("Secrets of the present employer. What the mentor's own company plans or pays."),
            "may_be_told": _(
                "The plan to leave is told to nobody who could know the present employer. The mentor passes on a "
                "name or a CV only after a yes to that one person."
            ),
        },
    },
    (
        Paragraph(
            _("Where I come from counts"),
            _(
                "Years in another trade are no gap to be explained away. We look together for what in them is rare "
                "in the new field, and put it first."
            ),
        ),
        Paragraph(
            _("Small bets"),
            _(
                "Between two meetings there is always one small step that costs little and teaches something: a "
                "conversation, a trial task, a course of a weekend. We judge it by what was learnt, not by whether "
                "it led anywhere."
            ),
        ),
        Paragraph(
            _("If the answer is no"),
            _(
                "To find out that it is not for me is a result. Then we say so, look at what it was worth, and end "
                "well or begin again with another aim."
            ),
        ),
    ),
)
