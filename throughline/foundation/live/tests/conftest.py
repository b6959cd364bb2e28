from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from throughline.foundation.live import topics
from throughline.foundation.live.tests.demo import Board
from throughline.foundation.live.tests.sockets import session_of


@pytest.fixture
def board(transactional_db: None, mentor, mentee) -> Iterator[Board]:
    board = Board()
    board.members = {mentor.pk, mentee.pk}
    topics.register_topic(board)
    yield board
    del topics._topics["board"]


@pytest.fixture
def topic() -> str:
    return f"board:{uuid4()}"


@pytest.fixture
def key(transactional_db: None, mentor) -> str:
    """The mentor's session."""
    return session_of(mentor)


@pytest.fixture
def other_key(transactional_db: None, mentee) -> str:
    """The mentee's session."""
    return session_of(mentee)
