"""The headers by which mail programs put our mails together and know that no person wrote them."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings

from throughline.foundation.environment import ENV
from throughline.notices.domain.addresses import place_of
from throughline.notices.domain.kinds import NoticeKind
from throughline.notices.domain.natures import OURS
from throughline.notices.domain.topics import CHOSEN
from throughline.notices.models import Notice
from throughline.notices.stopping import stop_address


def headers_of(notice: Notice, kind: NoticeKind) -> dict[str, str]:
    """One notice has one Message-ID however often it is sent: a mail that goes twice is shown once."""
    headers = {
        OURS: str(notice.pk),
        "Message-ID": _name_of(notice),
        "X-Auto-Response-Suppress": "DR, RN, NRN, AutoReply",
    }
    if notice.recipient_id and kind.topic in CHOSEN:
        headers["List-Unsubscribe"] = f"<{stop_address(notice.recipient_id, kind.topic)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if not kind.answer:  # else a mailbox may say that its person is away
        headers["Auto-Submitted"] = "auto-generated"
    if not kind.thread or notice.relationship_id is None:
        return headers
    root = f"{kind.thread}.{notice.relationship_id}"
    same = Notice.objects.filter(kind=notice.kind, recipient=notice.recipient_id, sent_at__isnull=False)
    before = same.filter(relationship_id=notice.relationship_id).order_by("-sent_at").first()
    first = f"<{root}@{domain()}>"
    headers["References"] = f"{first} {_name_of(before)}" if before else first
    headers["In-Reply-To"] = _name_of(before) if before else first
    headers["List-Id"] = f"<{root}.{domain()}>"
    return headers


def domain() -> str:
    """Of our Message-IDs: where answers arrive, else that of the sender."""
    here = place_of(ENV.inbound_domain)
    return here.domain if here else parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _name_of(notice: Notice) -> str:
    return f"<notice.{notice.pk}@{domain()}>"
