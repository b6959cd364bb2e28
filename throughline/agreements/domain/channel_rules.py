"""What signed terms say of telling people: the rule that `notices` keeps for each of them."""

from __future__ import annotations

from throughline.agreements.domain.terms import Mode, Terms
from throughline.notices.domain.rules import Rule, rule_of


def channel_rule(terms: Terms) -> Rule:
    """What is supervised stays where it can be looked at: it never travels in a mail."""
    quick = terms.channels.quick
    return rule_of(quick.preferred, quick.fallback, bodies=terms.confidentiality.mode is not Mode.SUPERVISED)
