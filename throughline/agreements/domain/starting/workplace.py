"""Mentoring at work: somebody further along, outside the line of command."""

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
    "workplace",
    _("At work"),
    _("For two people in one organisation, or two that know each other through work. Neither is the other's manager."),
    {
        PartKind.OBJECTIVES: objectives(
            (
                _("Run one recurring piece of work without being checked on"),
                _(
                    "Three rounds in a row went out with nobody stepping in, and I could say what I would do "
                    "differently."
                ),
            ),
            (
                _("Say difficult things early instead of late"),
                _("Twice this half year I raised a problem in the week I noticed it, and we looked at how it went."),
            ),
        ),
        PartKind.CHANNELS: channels(("video", "voice", "phone"), ("message", "voice", "email")),
        PartKind.RESPONSES: responses(2, 2),
        PartKind.PREPARATION: preparation(
            (_("Three lines: what moved, what is stuck, what I want to talk about"), "mentee", 24),
            (_("Having read those three lines, and one question back"), "mentor", 2),
        ),
        PartKind.CONFIDENTIALITY: {
            "mode": "private",
            "notes": "own",
            "recordings": "never",
            "at_end": "kept",
            "off_limits": _(
                "Pay, ratings and promotion decisions. What colleagues have told either of us in confidence."
            ),
            "may_be_told": _(
                "That we meet and how often may be told to anybody. What we talk about is told to no manager, not "
                "even as praise, unless we have both said yes to those words."
            ),
        },
    },
    (
        Paragraph(
            _("Why the two of us"),
            _(
                "One of us has done this kind of work for longer, and remembers what nobody had explained. The "
                "other is in the middle of it now. We meet because both of us think more clearly when we have to "
                "say it aloud to somebody who is not part of the reporting line."
            ),
        ),
        Paragraph(
            _("When something is hard"),
            _(
                "Each of us may say: not today. Each of us may say: I disagree, and here is why. Advice is an "
                "offer; nobody has to report back on having followed it."
            ),
        ),
        Paragraph(
            _("What stays outside"),
            _(
                "Mentoring is no second performance review. If one of us ever gets a say over the other's pay or "
                "position, we tell each other at once and decide together whether to go on."
            ),
        ),
    ),
)
