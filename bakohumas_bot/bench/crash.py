"""Crash: workers are killed at random and at the worst moments while faults play; the far end's ledger is the judge."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bakohumas_bot.bench.blows import Blow, schedule
from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.disasters import Disaster, befall
from bakohumas_bot.bench.ending import Ending, end
from bakohumas_bot.bench.pace import QUICK, Tempo
from bakohumas_bot.bench.rehearsal import Rehearsal, open_stage, until

TEXT_ONLY = ("telegram_channel", "x", "facebook_page")
CROWD = 25  # deliveries that are due and unsent; past this the workers get a moment to catch up
PATIENCE = 3.0  # seconds to wait for a publishing call, or for the crowd to thin


@dataclass(frozen=True, kw_only=True)
class Crash:
    """`aimed`: kills that fell just as a publishing call had arrived."""

    kills: int
    aimed: int
    disasters: int
    ending: Ending
    seconds: float


def crash(
    folder: Path,
    seed: int,
    kills: int,
    *,
    workers: int = 1,
    database: str | None = None,
    disasters: Sequence[Disaster] = (),
    tempo: Tempo = QUICK,
) -> Crash:
    """In `folder`, which keeps the workers' log. `database`: an address, else the embedded one, for one worker."""
    with open_stage(folder, tempo, database) as stage:
        began, aimed = time.monotonic(), 0
        with Crew(config=stage.config, tempo=tempo, size=workers) as crew:
            for blow in schedule(seed, 10 * kills, workers):
                aimed += strike(stage, crew, blow)
                if crew.kills >= kills:
                    break
            killed = crew.kills
            for disaster in disasters:
                befall(stage, crew, disaster)
            ended = time.monotonic()
            ending = end(stage, crew)
        return Crash(kills=killed, aimed=aimed, disasters=len(disasters), ending=ending, seconds=ended - began)


def strike(stage: Rehearsal, crew: Crew, blow: Blow) -> bool:
    """One blow, and everyone is up again. True when it fell just as a publishing call had arrived."""
    hit = aim(stage, blow)
    crew.kill(blow.whom)
    crew.keep()
    until(lambda: stage.states()["scheduled"] <= CROWD, PATIENCE)
    return hit


def aim(stage: Rehearsal, blow: Blow) -> bool:
    """The posts and faults of a blow, and the wait for its moment. True when a publishing call has just arrived."""
    seen = stage.far_end.live_calls()
    for due_in in blow.posts:
        stage.approved(due_in=timedelta(seconds=due_in), accounts=accounts_for_next(stage))
    for fault in blow.faults:
        stage.far_end.play(fault)
    if not blow.aimed:
        time.sleep(blow.after)
        return False
    return stage.far_end.live_calls(than=seen, seconds=PATIENCE) > seen


def accounts_for_next(stage: Rehearsal) -> list[str]:
    """Every second post is text alone, and goes where text may go."""
    if len(stage.numbers) % 2:
        return list(stage.far_end.places)
    return [name for name in stage.far_end.places if stage.app.desk.account(name).platform in TEXT_ONLY]
