"""How we reach people, and the outbox."""

from throughline.notices.views.devices import add_device, add_hook, public_key, remove
from throughline.notices.views.outbox import show_outbox
from throughline.notices.views.reach import arrives, disturb, reach, rest, stop, wishes

__all__ = [
    "add_device",
    "add_hook",
    "arrives",
    "disturb",
    "public_key",
    "reach",
    "remove",
    "rest",
    "show_outbox",
    "stop",
    "wishes",
]
