from __future__ import annotations

import pytest

from tests.hostile.scene import Scene, make_scene


@pytest.fixture
def scene(pair, mentor, mentee, coordinator) -> Scene:
    return make_scene(pair, mentor, mentee, coordinator)
