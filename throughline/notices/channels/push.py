"""Web push: to a browser by the service of its maker, which cannot read what passes through it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from throughline.foundation import clock
from throughline.foundation.encryption.installation import key_for
from throughline.foundation.environment import ENV
from throughline.foundation.outside import OutsideError, fetch
from throughline.notices.channels.ring import AwayError, GoneError, News
from throughline.notices.domain.pushing import (
    CURVE,
    from_text,
    introduced,
    private_key,
    public_bytes,
    sealed_for,
    to_text,
)

GOOD_FOR = timedelta(hours=12)
KEPT = timedelta(days=1)  # by the service, while the device is off
SECONDS = 20


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    """Follows from the installation's key, so that every process and every restored backup has the same."""
    return private_key(key_for("web push"))


def public_key() -> str:
    return to_text(public_bytes(_key()))


class Push:
    """target: endpoint, p256dh and auth, as the browser made them."""

    def send(self, target: Mapping[str, str], news: News) -> None:
        words = json.dumps({"title": news.title, "url": news.link, "tag": str(news.notice_id)}).encode()
        try:
            body = sealed_for(
                words,
                browser=from_text(target["p256dh"]),
                secret=from_text(target["auth"]),
                own=ec.generate_private_key(CURVE),
                salt=secrets.token_bytes(16),
            )
        except ValueError as error:
            raise GoneError from error
        contact = ENV.origin if ENV.origin.startswith("https:") else "mailto:throughline@localhost.localdomain"
        until = int((clock.now() + GOOD_FOR).timestamp())
        headers = {
            "Authorization": introduced(target["endpoint"], key=_key(), contact=contact, until=until),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT.total_seconds())),
            "Urgency": "high" if news.urgent else "normal",
        }
        try:
            answer = fetch(target["endpoint"], method="POST", headers=headers, body=body, limit=10_000, seconds=SECONDS)
        except OutsideError as error:
            raise AwayError(error.why) from error
        if answer.status in (404, 410):
            raise GoneError
        if answer.status >= 300:
            raise AwayError(str(answer.status))
