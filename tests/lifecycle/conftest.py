"""An office with many accounts on every platform, for what one account must not do to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from bakohumas_bot.sandbox import open_sandbox
from office import Clock, TestOffice, on_a_machine

MANY = 4


@pytest.fixture(params=["sqlite"])
def wide_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestOffice]:
    """Four accounts on each platform, on the database that the test names."""
    url = postgres.fresh_database() if request.param == "postgresql" else None
    with open_sandbox(accounts=MANY) as sandbox, on_a_machine(tmp_path, sandbox, Clock(), url) as opened:
        yield opened
        assert sandbox.world.violations == []
    if url is not None:
        postgres.server().drop(url)
