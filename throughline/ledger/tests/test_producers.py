"""Every room that makes facts is replayed when the ledger is rebuilt."""

from __future__ import annotations

from pathlib import Path

from throughline.ledger import actions

HOUSE = Path(__file__).parents[2]


def test_every_room_with_contacts_has_registered_them():
    assert {path.parent.name for path in HOUSE.glob("*/contacts.py")} == set(actions._producers)
