"""Every platform opened on a sandbox of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import proving
import provisions
from bakohumas_bot.sandbox import SANDBOXES
from bakohumas_bot.sandbox.core import Sandbox
from noticeboard import Papan
from proving import Bench
from provisions import EVERY, FileServer, Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return provisions.stocked(tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def file_server(shelf: Shelf) -> Iterator[FileServer]:
    with provisions.file_server(shelf) as files:
        yield files


@pytest.fixture
def pretend() -> Iterator[Sandbox]:
    with Sandbox({**SANDBOXES, Papan.name: Papan}) as sandbox:
        yield sandbox


@pytest.fixture
def hurried() -> Iterator[None]:
    with proving.hurrying():
        yield


@pytest.fixture
def bench(name: str, pretend: Sandbox, shelf: Shelf, file_server: FileServer, tmp_path: Path) -> Bench:
    """The platform that the test's parameter names."""
    return Bench(EVERY[name], pretend, shelf.files, shelf.blob, file_server, tmp_path)
