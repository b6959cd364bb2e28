"""`throughline administrator EMAIL`: how an installation gets its first administrator, and any other."""

from __future__ import annotations

import sys

USAGE = """throughline administrator EMAIL            let this person see /checkup and the administration
throughline administrator EMAIL --remove   let them no longer

Who has no account yet gets one, with a link that chooses its password. An administrator sees who exists and how the
installation runs; what people write to each other stays closed to them.
"""


def administrator(arguments: list[str]) -> int:
    """Prints what was done, with the link if there is one. Returns 2 when it was not understood."""
    emails = [word for word in arguments if not word.startswith("-")]
    if len(emails) != 1 or set(arguments) - {*emails, "--remove"}:
        sys.stderr.write(USAGE)
        return 2
    from throughline.config.serve import configured, make_ready

    configured()
    make_ready()
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(emails[0])
    except ValidationError:
        sys.stderr.write(f"{emails[0]} is no address of e-mail.\n")
        return 2
    return _remove(emails[0]) if "--remove" in arguments else _appoint(emails[0])


def _appoint(email: str) -> int:
    from throughline.accounts.actions import appoint_administrator
    from throughline.accounts.queries import link_to_choose_a_password
    from throughline.foundation.environment import ENV

    person = appoint_administrator(email=email)
    sys.stdout.write(f"{person.email} is an administrator: {ENV.base_url}/checkup/ shows how this installation runs.\n")
    if not person.has_usable_password():
        link = ENV.origin + link_to_choose_a_password(person)
        sys.stdout.write(f"They choose a password here, within three days and once:\n{link}\n")
    return 0


def _remove(email: str) -> int:
    from throughline.accounts.actions import dismiss_administrator

    if dismiss_administrator(email=email):
        sys.stdout.write(f"{email} is no administrator any more. Their account stays.\n")
        return 0
    sys.stderr.write(f"Nobody with the address {email} is an administrator.\n")
    return 1
