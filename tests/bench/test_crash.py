"""Real workers are killed and paused; whatever happens to them, the far end's ledger shows each post once.

The short versions of `bakohumas bench crash` and `bakohumas bench pauses`. A failing seed can be replayed there.
"""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

import postgres
from bakohumas_bot.bench.crash import crash
from bakohumas_bot.bench.ending import Ending
from bakohumas_bot.bench.pace import BRIEF
from bakohumas_bot.bench.pauses import pauses

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize(("database", "workers", "kills"), [("sqlite", 1, 12), ("postgresql", 3, 9)])
def test_killed_workers_publish_each_post_once_and_lose_none(
    tmp_path: Path, database: str, workers: int, kills: int
) -> None:
    seed = secrets.randbelow(2**32)
    url = postgres.fresh_database() if database == "postgresql" else None
    done = crash(tmp_path, seed, kills, workers=workers, database=url, tempo=BRIEF)
    _all_is_well(done.ending, seed)
    assert done.kills >= kills


def test_a_worker_that_slept_past_its_lease_publishes_nothing_twice(tmp_path: Path) -> None:
    seed = secrets.randbelow(2**32)
    done = pauses(tmp_path, seed, 5, database=postgres.fresh_database(), tempo=BRIEF)
    _all_is_well(done.ending, seed)


def _all_is_well(ending: Ending, seed: int) -> None:
    assert ending.first.duplicates == (), f"seed {seed}"
    assert ending.first.lost == (), f"seed {seed}"
    assert ending.first.violations == (), f"seed {seed}"
    assert ending.first.broken == (), f"seed {seed}"
    assert ending.sound, f"seed {seed}: {ending.last}"
