"""The ways besides mail. A new one is a file in this folder and a line here."""

from throughline.notices.channels.push import Push
from throughline.notices.channels.ring import Ring
from throughline.notices.channels.webhook import Webhook
from throughline.notices.domain.topics import Way

RINGS: dict[Way, Ring] = {Way.PUSH: Push(), Way.WEBHOOK: Webhook()}
