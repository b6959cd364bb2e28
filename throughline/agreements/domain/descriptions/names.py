"""What values, parts and people are called in sentences and forms."""

from __future__ import annotations

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.sentences import _
from throughline.agreements.domain.terms import Cadence, PartKind, Unit, Who

WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
)  # fmt: skip
WEEKS = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
CHANNELS = {
    Channel.VIDEO: _("video"),
    Channel.VOICE: _("voice"),
    Channel.MESSAGE: _("messages here"),
    Channel.EMAIL: _("e-mail"),
    Channel.PHONE: _("phone"),
    Channel.IN_PERSON: _("meeting in person"),
}
BY_CHANNEL = {
    Channel.VIDEO: _("by a video call"),
    Channel.VOICE: _("by a voice call"),
    Channel.MESSAGE: _("with a message here"),
    Channel.EMAIL: _("by e-mail"),
    Channel.PHONE: _("by phone"),
    Channel.IN_PERSON: _("in person"),
}
CADENCES = {
    Cadence.WEEKLY: _("every week"),
    Cadence.FORTNIGHTLY: _("every second week"),
    Cadence.MONTHLY: _("once a month"),
}
UNITS = {Unit.HOURS: _("working hours"), Unit.DAYS: _("working days")}
WHO = {Who.MENTOR: _("The mentor"), Who.MENTEE: _("The mentee"), Who.BOTH: _("Everybody")}
REACHING_OUT = {
    Who.MENTOR: _("The mentor"),
    Who.MENTEE: _("The mentee"),
    Who.BOTH: _("Whoever thinks of it first"),
}

TITLES = {
    PartKind.OBJECTIVES: _("What we want to reach"),
    PartKind.SCHEDULE: _("When we meet"),
    PartKind.CHANNELS: _("How we reach each other"),
    PartKind.RESPONSES: _("How soon we answer"),
    PartKind.PREPARATION: _("How we prepare"),
    PartKind.CONFIDENTIALITY: _("What stays between us"),
    PartKind.RECONNECTION: _("If we lose touch"),
    PartKind.ENDING: _("How we end"),
    PartKind.REVIEW: _("When we look at this again"),
}
PROMPTS = {
    PartKind.OBJECTIVES: _("What should be different in half a year, and how will you both see it?"),
    PartKind.SCHEDULE: _("One fixed time that both of you protect. The meetings then plan themselves."),
    PartKind.CHANNELS: _("Video or voice, and what you do on the day it fails."),
    PartKind.RESPONSES: _("So that nobody wonders whether a message was lost."),
    PartKind.PREPARATION: _("A little before each meeting, by one of you or both."),
    PartKind.CONFIDENTIALITY: _("Who can read what, what is off limits, and what may be told."),
    PartKind.RECONNECTION: _("Silence happens. Say now who breaks it, and it will not be awkward then."),
    PartKind.ENDING: _("Every mentoring ends. Agree that nobody has to explain, and nobody is at fault."),
    PartKind.REVIEW: _("Thirty days after the first meeting, unless you say otherwise."),
}
WORDS_TITLE = _("In our own words")
