"""The pair of these tests, in time for what they let happen."""

from __future__ import annotations

import pytest

from throughline.meetings.tests.scenes import begin


@pytest.fixture
def pair(mentor, mentee):
    return begin(mentor, mentee)
