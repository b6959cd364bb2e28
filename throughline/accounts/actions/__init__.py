"""What people do to their accounts: one verb a function."""

from throughline.accounts.actions.closing import close_account, erase_account, keep_account, remove_empty_shells
from throughline.accounts.actions.exports import ask_for_export, forget_old_exports, key_of, make_export, note_fetched
from throughline.accounts.actions.profile import (
    appoint_administrator,
    be_away,
    be_back,
    choose_zone_and_language,
    describe_yourself,
    dismiss_administrator,
    make_token,
    open_account,
    prefer_channels,
    remove_photo,
    revoke_token,
    set_rhythm,
    set_windows,
    show_photo,
    state_needs,
)

__all__ = [
    "appoint_administrator",
    "ask_for_export",
    "be_away",
    "be_back",
    "choose_zone_and_language",
    "close_account",
    "describe_yourself",
    "dismiss_administrator",
    "erase_account",
    "forget_old_exports",
    "keep_account",
    "key_of",
    "make_export",
    "make_token",
    "note_fetched",
    "open_account",
    "prefer_channels",
    "remove_empty_shells",
    "remove_photo",
    "revoke_token",
    "set_rhythm",
    "set_windows",
    "show_photo",
    "state_needs",
]
