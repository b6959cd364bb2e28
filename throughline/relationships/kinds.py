"""The mails that this room words, in templates/relationships/notices/."""

from __future__ import annotations

from throughline.notices.domain.kinds import NoticeKind, Values

WITH_A_PERSON = ["accepted", "declined", "pause_proposed", "pause_accepted", "pause_declined", "resumed", "ended"]


def notices(values: Values) -> list[NoticeKind]:
    """All are agreed: each answers something that its recipient began or takes part in. None is a nudge."""
    return [
        NoticeKind("relationships.invitation", "relationships/notices/invitation.txt", agreed=True, urgent=True),
        *(
            NoticeKind(f"relationships.{name}", f"relationships/notices/{name}.txt", agreed=True, values=values)
            for name in WITH_A_PERSON
        ),
    ]
