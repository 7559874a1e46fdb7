"""A disk that is full, a database that is locked, cut off or crashes, a clock that jumps: in the middle of the work."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from bakohumas_bot.bench.crash import crash
from bakohumas_bot.bench.disasters import on_postgresql, on_sqlite
from bakohumas_bot.bench.pace import BRIEF
from bakohumas_bot.bench.postgres import open_postgres

pytestmark = pytest.mark.timeout(300)


def test_full_disk_locked_database_and_jumping_clock_end_well(tmp_path: Path) -> None:
    seed = secrets.randbelow(2**32)
    done = crash(tmp_path, seed, 1, disasters=on_sqlite(), tempo=BRIEF)
    assert done.ending.sound, f"seed {seed}: {done.ending}"


def test_cut_sessions_and_a_crashed_server_end_well(tmp_path: Path) -> None:
    seed = secrets.randbelow(2**32)
    with open_postgres() as server:  # of its own: it is crashed
        url = server.fresh()
        done = crash(tmp_path, seed, 1, workers=2, database=url, disasters=on_postgresql(server, url)[:2], tempo=BRIEF)
    assert done.ending.sound, f"seed {seed}: {done.ending}"
