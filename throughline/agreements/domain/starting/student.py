"""Mentoring for students: finding a way through studies, and out of them into something."""

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
    "student",
    _("As a student"),
    _("For somebody at school or university, with somebody who has work to tell of."),
    {
        PartKind.OBJECTIVES: objectives(
            (
                _("Find out which kinds of work would suit me, and which would not"),
                _("I have talked with five people about their working week, and can say why two kinds are out."),
            ),
            (
                _("Get through this term without losing sleep over it"),
                _("My plan for the term stands by its second week, and we changed it together when it slipped."),
            ),
        ),
        PartKind.CHANNELS: channels(("video", "voice", "phone"), ("message", "voice", "email")),
        PartKind.RESPONSES: responses(2, 3),
        PartKind.PREPARATION: preparation(
            (_("One thing that went well, one that did not, and one question"), "mentee", 24),
        ),
        PartKind.CONFIDENTIALITY: {
            "mode": "shared-on-concern",
            "duties": _(
                "Whoever works for the school or university says here what they would have to report, and to whom."
            ),
            "notes": "own",
            "recordings": "never",
            "at_end": "erased",
            "off_limits": _("Marks are told only if the student brings them up. Money, family and health likewise."),
            "may_be_told": _(
                "That we meet may be told to the school or university. If one of us fears that somebody is in "
                "danger, we say it to each other first wherever that is safe, and then to those who can help."
            ),
        },
    },
    (
        Paragraph(
            _("Why we do this"),
            _(
                "Much of what helps in studying and in finding work is never taught; one hears it from somebody or "
                "finds out late. One of us has found some of it out. The other asks whatever there is to ask; no "
                "question is too small, and “I do not know either” is a good answer."
            ),
        ),
        Paragraph(
            _("Who decides"),
            _(
                "The student decides: about subjects, applications, and what is talked about next. The mentor "
                "asks, tells what it was like, makes introductions where both want them, and writes no assignments."
            ),
        ),
        Paragraph(
            _("Exams and holidays"),
            _("In exam weeks we keep the appointment and make it short. We tell each other of holidays a month ahead."),
        ),
    ),
)
