from __future__ import annotations

from collections.abc import Iterator

import pytest

from throughline.coediting import actions
from throughline.coediting.actions import open_document
from throughline.coediting.reconcile import reconciler
from throughline.coediting.writer import writer


@pytest.fixture(autouse=True)
def _own_threads() -> Iterator[None]:
    actions._announced.clear()
    yield
    reconciler.end()
    writer.end()


@pytest.fixture
def document(transactional_db, pair):
    return open_document(pair.pk, "tests.Page:1")
