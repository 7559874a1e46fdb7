"""Pauses: a worker is stopped for longer than its lease, another takes over, and the first wakes and goes on."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bakohumas_bot.bench.blows import Blow, schedule
from bakohumas_bot.bench.crash import accounts_for_next, aim
from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.ending import Ending, end
from bakohumas_bot.bench.pace import QUICK, Tempo
from bakohumas_bot.bench.rehearsal import Rehearsal, open_stage

WORKERS = 2
LONGER = (1.2, 1.8)  # times the lease


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """`aimed`: pauses that began just as a publishing call had arrived."""

    pauses: int
    aimed: int
    ending: Ending
    seconds: float


def pauses(folder: Path, seed: int, count: int, *, database: str, tempo: Tempo = QUICK) -> Pauses:
    random = Random(seed)  # noqa: S311 - a schedule, no secret
    with open_stage(folder, tempo, database) as stage:
        began, aimed = time.monotonic(), 0
        with Crew(config=stage.config, tempo=tempo, size=WORKERS) as crew:
            for blow in schedule(seed, count, WORKERS):
                aimed += _pause(stage, crew, blow, tempo.pace().lease * random.uniform(*LONGER))
            ended = time.monotonic()
            ending = end(stage, crew)
        return Pauses(pauses=count, aimed=aimed, ending=ending, seconds=ended - began)


def _pause(stage: Rehearsal, crew: Crew, blow: Blow, length: timedelta) -> bool:
    """One sleeps, the other takes over; new posts come due meanwhile."""
    hit = aim(stage, blow)
    crew.pause(blow.whom[0])
    stage.approved(accounts=accounts_for_next(stage))
    time.sleep(length.total_seconds())
    crew.resume(blow.whom)
    crew.keep()
    return hit
