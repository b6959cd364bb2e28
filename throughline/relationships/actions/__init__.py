"""What people do to a relationship: one verb a function."""

from throughline.relationships.actions.endings import (
    ask_for_deletion,
    destroy_again,
    destroy_relationship,
    end_relationship,
    reflect,
    withdraw_deletion,
)
from throughline.relationships.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    revoke_invitation,
    send_again,
)
from throughline.relationships.actions.leaving import (
    leave_everything,
    leave_relationship,
    tell_of_closing,
    tell_of_staying,
)
from throughline.relationships.actions.members import begin_relationship, join_relationship, set_mode
from throughline.relationships.actions.oversight import grant_oversight, record_looks, withdraw_oversight
from throughline.relationships.actions.pauses import accept_pause, close_pause, propose_pause

__all__ = [
    "accept_invitation",
    "accept_pause",
    "ask_for_deletion",
    "begin_relationship",
    "close_pause",
    "decline_invitation",
    "destroy_again",
    "destroy_relationship",
    "end_relationship",
    "grant_oversight",
    "invite",
    "join_relationship",
    "leave_everything",
    "leave_relationship",
    "propose_pause",
    "record_looks",
    "reflect",
    "revoke_invitation",
    "send_again",
    "set_mode",
    "tell_of_closing",
    "tell_of_staying",
    "withdraw_deletion",
    "withdraw_oversight",
]
