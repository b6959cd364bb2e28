"""Our sentences for what went wrong with somebody's calendar: what happened, and what helps."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentence_for(trouble: str) -> str:
    """ "" when there is none."""
    return {
        "": "",
        "private": _("This address leads into a private network. We look there only if this site allows it."),
        "address": _("This is no address of the web."),
        "port": _("We do not ask servers on this port."),
        "redirected": _("The server sent us on and on. Please use the address at which the calendar really is."),
        "downgraded": _("The server sent us from a safe address to one that is not. We did not follow."),
        "unknown": _("There is no server of this name just now."),
        "unreachable": _("The server cannot be reached just now. We try again by ourselves."),
        "certificate": _("The server could not prove who it is (its certificate), so we told it nothing."),
        "slow": _("The server was too slow. We try again by ourselves."),
        "large": _("This calendar is larger than we read. A calendar with fewer years in it works."),
        "broken": _("The server did not answer as a web server does. We try again by ourselves."),
        "status": _("The server had a problem of its own. We try again by ourselves."),
        "gone": _("The server says that there is no such calendar, or that we may not see it. Was its address reset?"),
        "nothing": _("What is at this address is no calendar. Did you copy the address in iCal format?"),
        "unreadable": _("This calendar takes too long to read, so nothing of it is used."),
        "login": _("The server did not take this name and password. Many ask for an app password here."),
        "no calendar": _("We are signed in, but there is no calendar that we may write into."),
    }.get(trouble, _("It could not be read. We try again by ourselves."))  # fmt: skip


def sentences_of(left_out: Mapping[str, int]) -> list[str]:
    """What of a calendar is not among the busy times, or was guessed."""
    said = {
        "broken": ngettext(
            "One entry could not be understood and is left out.",
            "%(n)d entries could not be understood and are left out.",
            left_out.get("broken", 0),
        ),
        "backwards": ngettext(
            "One entry ends before it begins and is left out.",
            "%(n)d entries end before they begin and are left out.",
            left_out.get("backwards", 0),
        ),
        "often": ngettext(
            "One entry repeats every hour or more often and is left out.",
            "%(n)d entries repeat every hour or more often and are left out.",
            left_out.get("often", 0),
        ),
        "slow": ngettext(
            "One entry repeats in a way that takes too long to work out, and is left out.",
            "%(n)d entries repeat in a way that takes too long to work out, and are left out.",
            left_out.get("slow", 0),
        ),
        "many": _("There is more in it than we read; the rest is left out."),
        "zone": _("Some times name a time zone that nobody knows; we read them in yours."),
        "letters": _("Its letters are in no encoding that it names. Times are read all the same."),
    }
    return [words % {"n": left_out[why]} for why, words in said.items() if left_out.get(why)]
