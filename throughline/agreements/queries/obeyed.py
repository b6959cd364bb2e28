"""What signing one part makes happen, and what it leaves to the two people, from the one registry."""

from __future__ import annotations

from dataclasses import dataclass

from throughline.agreements.domain.obeyed import NAMES, claims_for, unobeyed
from throughline.agreements.domain.sentences import listed
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.queries.wording import say_value


@dataclass(frozen=True)
class Doing:
    """does: sentences. not_yet: the terms that nothing obeys, as one phrase; "" when everything does something.

    nothing: no term of this part is obeyed.
    """

    does: tuple[str, ...]
    not_yet: str

    @property
    def nothing(self) -> bool:
        return not self.does


def doing_of(kind: PartKind) -> Doing:
    left = unobeyed(kind)
    words = say_value(listed([NAMES[term] for term in left])) if left else ""
    return Doing(tuple(str(claim.does) for claim in claims_for(kind)), words)
