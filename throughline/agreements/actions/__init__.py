"""What people do to an agreement: write it, and sign it. One idea a file."""

from __future__ import annotations

from throughline.agreements.actions.beginning import begin_part_with, begin_with
from throughline.agreements.actions.drafting import MovedOnError, open_words, save_part
from throughline.agreements.actions.fields import Written, fill_in, settle, take, write_fields, write_part
from throughline.agreements.actions.papers import NotInForceError, forget_papers_of, make_paper, renew_signing_key
from throughline.agreements.actions.preparing import (
    ShownAlreadyError,
    draft_from,
    keep_answer,
    show_answers,
    words_from,
)
from throughline.agreements.actions.proposing import (
    ClosedError,
    NothingNewError,
    StaleError,
    UnfitError,
    agree_to_change,
    decline_change,
    propose_change,
    withdraw_change,
)
from throughline.agreements.actions.reviewing import (
    NotShownError,
    confirm_agreement,
    plan_missing_review,
    tell_of_review,
)
from throughline.agreements.actions.signing import (
    NotAcknowledgedError,
    NotSignedError,
    Signed,
    sign_agreement,
    write_channel_rules_down,
    write_modes_down,
)

__all__ = [
    "ClosedError",
    "MovedOnError",
    "NotAcknowledgedError",
    "NotInForceError",
    "NotShownError",
    "NotSignedError",
    "NothingNewError",
    "ShownAlreadyError",
    "Signed",
    "StaleError",
    "UnfitError",
    "Written",
    "agree_to_change",
    "begin_part_with",
    "begin_with",
    "confirm_agreement",
    "decline_change",
    "draft_from",
    "fill_in",
    "forget_papers_of",
    "keep_answer",
    "make_paper",
    "open_words",
    "plan_missing_review",
    "propose_change",
    "renew_signing_key",
    "save_part",
    "settle",
    "show_answers",
    "sign_agreement",
    "take",
    "tell_of_review",
    "withdraw_change",
    "words_from",
    "write_channel_rules_down",
    "write_fields",
    "write_modes_down",
    "write_part",
]
