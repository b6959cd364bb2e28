"""An empty database for each server, as journeys have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.databases import Blank, BlankFile
from tests.journeys.mailbox import Mailbox


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    return BlankFile(tmp_path_factory.mktemp("blank"))


@pytest.fixture(scope="module")
def module_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    return tmp_path_factory.mktemp(request.module.__name__.rpartition(".")[2])


@pytest.fixture(scope="module")
def post() -> Iterator[Mailbox]:
    """A mail server for a module's servers."""
    with Mailbox() as box:
        yield box
