"""The topic "person": hints to a person's own open pages. Rooms below publish to "person:<id>".

{"type": "calls"}: somebody came into a call or left it. The page asks for its part again; nothing else is said here.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from throughline.foundation.live.topics import Topic


class PersonTopic(Topic):
    """Everybody may hear what is meant for themselves."""

    kind: ClassVar[str] = "person"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return person_id == subject_id
