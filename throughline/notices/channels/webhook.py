"""Webhooks: into Slack, into Teams, or to a program of somebody's own, which can prove that it was us."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

from throughline.foundation import clock
from throughline.foundation.outside import OutsideError, fetch
from throughline.notices.channels.ring import AwayError, GoneError, News

SECONDS = 20


def _slack(news: News) -> dict[str, Any]:
    plain = news.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": f"{plain}\n<{news.link}>", "unfurl_links": False}


def _teams(news: News) -> dict[str, Any]:
    plain = "".join(f"\\{sign}" if sign in "\\*_[]()#`>" else sign for sign in news.title)
    body = [{"type": "TextBlock", "text": plain, "wrap": True}]
    card = {
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": "Throughline", "url": news.link}],
    }
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def _plain(news: News) -> dict[str, Any]:
    return {
        "id": str(news.notice_id),
        "kind": news.kind,
        "title": news.title,
        "link": news.link,
        "at": news.at.isoformat(),
    }


SHAPES: dict[str, Callable[[News], dict[str, Any]]] = {"slack": _slack, "teams": _teams, "plain": _plain}


def signature(secret: str, at: int, body: bytes) -> str:
    """As `Throughline-Signature` carries it: HMAC-SHA256 over the time, a full stop and the body."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
    return f"t={at},v1={mac}"


class Webhook:
    """target: address, shape and secret."""

    def send(self, target: Mapping[str, str], news: News) -> None:
        body = json.dumps(SHAPES[target["shape"]](news)).encode()
        headers = {"Content-Type": "application/json"}
        if target["shape"] == "plain":
            headers["Throughline-Signature"] = signature(target["secret"], int(clock.now().timestamp()), body)
        try:
            answer = fetch(target["address"], method="POST", headers=headers, body=body, limit=10_000, seconds=SECONDS)
        except OutsideError as error:
            raise AwayError(error.why) from error
        if answer.status in (404, 410):
            raise GoneError
        if answer.status >= 300:
            raise AwayError(str(answer.status))
