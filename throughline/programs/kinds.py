"""The mails that this room words, in templates/programs/notices/."""

from __future__ import annotations

from throughline.notices.domain.kinds import NoticeKind, Values


def notices(values: Values) -> list[NoticeKind]:
    return [
        NoticeKind(f"programs.{name}", f"programs/notices/{name}.txt", agreed=True, values=values)
        for name in ("proposed", "turned_down", "joined", "left")
    ]
