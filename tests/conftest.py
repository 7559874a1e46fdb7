"""What every test may ask for: an office on the sandbox whose pretend platforms noticed no departure; a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from office import TestOffice, open_office

DATABASES = ("sqlite", "postgresql")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    """Fails at the end when an adapter departed from a platform's official description."""
    with open_office(tmp_path) as opened:
        yield opened
        assert opened.sandbox.world.violations == []


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind that an office may choose."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bakohumas.db"
        return
    url = postgres.fresh_database()
    yield url
    postgres.server().drop(url)
