"""Mentoring in research: papers, proposals, and finding one's own question."""

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
    "research",
    _("In research"),
    _("For doctoral and early researchers with somebody who has been through it, beside the supervisor."),
    {
        PartKind.OBJECTIVES: objectives(
            (
                _("Bring one piece of work to the point at which strangers can judge it"),
                _(
                    "A complete draft is submitted, or posted where others read it, and both of us think that it "
                    "is honest."
                ),
            ),
            (
                _("Find out which question I want to be known for"),
                _("I can say it in two sentences, name three people who would care, and say what I stop doing for it."),
            ),
        ),
        PartKind.CHANNELS: channels(("video", "voice", "phone"), ("message", "email", "email")),
        PartKind.RESPONSES: responses(3, 3),
        PartKind.PREPARATION: preparation(
            (
                _("The pages to talk about, with a note on which comments would help and which would not yet"),
                "mentee",
                72,
            ),
            (_("Having read them once, with the two or three remarks that matter most"), "mentor", 4),
        ),
        PartKind.CONFIDENTIALITY: {
            "mode": "private",
            "notes": "shared",
            "recordings": "asked",
            "at_end": "kept",
            "off_limits": _("Manuscripts that one of us reviews. Hiring and grading in which one of us has a say."),
            "may_be_told": _(
                "Unpublished ideas and data belong to whoever brought them: they are used, cited and shown to "
                "others only after a yes in writing. That we meet may be told to supervisor and department."
            ),
        },
    },
    (
        Paragraph(
            _("What this is, and what the supervisor is for"),
            _(
                "The supervisor answers for the thesis. Here is room for what does not fit there: how to read a "
                "review that hurts, when to stop polishing, whether to stay. Where our advice and the supervisor's "
                "differ, we say so openly and the one whose work it is decides."
            ),
        ),
        Paragraph(
            _("Whose ideas these are"),
            _(
                "Talking about a draft makes nobody an author. If help grows into work on the text or the "
                "analysis, we talk about authorship before the next page is written, not when it is finished."
            ),
        ),
        Paragraph(
            _("Slow weeks"),
            _(
                "Experiments fail and reviews take months. We meet in those weeks too; coming with empty hands is "
                "a reason to come."
            ),
        ),
    ),
)
