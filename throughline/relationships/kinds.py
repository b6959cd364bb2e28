"""The mails that this room words, in templates/relationships/notices/."""

from __future__ import annotations

from throughline.notices.domain.kinds import NoticeKind, Values
from throughline.notices.domain.topics import Topic

WITH_A_PERSON = ["accepted", "declined", "pause_proposed", "pause_accepted", "pause_declined", "resumed", "ended"]
WITH_A_PERSON += ["closing", "staying"]


def about_closing(values: Values) -> NoticeKind:
    """Somebody may have got into the account: its mail does not wait for the morning."""
    return NoticeKind(
        "relationships.you_close",
        "relationships/notices/you_close.txt",
        agreed=True,
        topic=Topic.NECESSARY,
        urgent=True,
        values=values,
    )


TO_GO = NoticeKind("relationships.to_go", "relationships/notices/to_go.txt", agreed=True, topic=Topic.NECESSARY)


def notices(values: Values) -> list[NoticeKind]:
    """All are agreed: each answers something that its recipient began or takes part in. None is a nudge."""
    return [
        NoticeKind(
            "relationships.invitation",
            "relationships/notices/invitation.txt",
            agreed=True,
            topic=Topic.NECESSARY,
            urgent=True,
        ),
        *(
            NoticeKind(f"relationships.{name}", f"relationships/notices/{name}.txt", agreed=True, values=values)
            for name in WITH_A_PERSON
        ),
    ]
