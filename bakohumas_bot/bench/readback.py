"""Reading back: how soon after a kill what became public unanswered is found, and whom a silent platform delays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import select
from sqlmodel import col

from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.ending import settle
from bakohumas_bot.bench.pace import BRIEF
from bakohumas_bot.bench.rehearsal import Rehearsal, open_stage, until
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.sandbox.core import Fault
from bakohumas_bot.store.tables import EventRow

PLATFORMS = ("telegram_channel", "x", "facebook_page", "instagram")
POSTS = 16  # on four accounts: 64 deliveries
SILENT = "x"
# The first look comes when the last of them has been sent, however slow the machine is.
TEMPO = replace(BRIEF, looks=tuple(timedelta(seconds=after) for after in (10, 12, 14)))
LATENCY = 0.25  # seconds that each answer takes
ROUNDS = 3
PATIENCE = 120.0


@dataclass(frozen=True, kw_only=True)
class Readback:
    """`waits`: seconds from the moment a platform's wait allowed a look to the find, after a kill.

    `alone` and `beside`: seconds until the last of the others was found, without and with a platform that is silent.
    """

    waits: tuple[float, ...]
    alone: tuple[float, ...]
    beside: tuple[float, ...]

    @property
    def delay(self) -> float:
        """By which share the silent platform delays the others."""
        return median(self.beside) / median(self.alone) - 1


def readback(folder: Path, rounds: int = ROUNDS) -> Readback:
    with open_stage(folder, TEMPO) as stage:
        for path in ("x/lag", "instagram/lag"):
            stage.far_end.control(path, {"reads": 0})
        stage.far_end.control("graph/settings", {"unseen_reads": 0})
        crew = Crew(config=stage.config, tempo=TEMPO, size=1)
        with crew:
            waits = _found_after(_round(stage, crew), stage)
            stage.far_end.control("latency", {"seconds": LATENCY})
            alone, beside = [], []
            for _ in range(rounds):
                alone.append(max(_found_after(_others(_round(stage, crew)), stage)))
                beside.append(max(_found_after(_others(_round(stage, crew, silent=SILENT)), stage)))
        return Readback(waits=tuple(waits), alone=tuple(alone), beside=tuple(beside))


def _round(stage: Rehearsal, crew: Crew, silent: str | None = None) -> list[Delivery]:
    """All go out, nobody answers, the worker dies, a new one reads back. Answers them as they waited for it."""
    accounts = [name for name in stage.far_end.places if stage.app.desk.account(name).platform in PLATFORMS]
    stage.far_end.control("latency", {"seconds": 0})
    for platform in ("telegram", "x", "graph"):
        fault = Fault(platform=platform, operation="live", mode="garbage_after", times=2 * POSTS)
        stage.far_end.play(fault)
    first = len(stage.numbers)
    for _ in range(POSTS):
        stage.approved(due_in=timedelta(seconds=1), accounts=accounts)
    ours = set(list(stage.numbers)[first:])

    def unconfirmed() -> list[Delivery]:
        rows = [row for row in stage.deliveries() if row.post in ours]
        return [row for row in rows if row.state is State.UNCONFIRMED and row.looks == 0]

    if not until(lambda: len(unconfirmed()) == POSTS * len(accounts), PATIENCE, look=0.02):
        raise TimeoutError(f"only {len(unconfirmed())} calls were left unanswered")
    waiting = unconfirmed()
    stage.far_end.play_no_more()
    if silent is not None:
        stage.far_end.play(Fault(platform=silent, operation="*", mode="timeout_after", times=10**6, seconds=PATIENCE))
    stage.far_end.control("latency", {"seconds": LATENCY})
    crew.kill([0])
    crew.keep()
    expected = {row.id for row in (_others(waiting) if silent else waiting)}
    found = lambda: expected <= {row.id for row in stage.deliveries() if row.state is State.PUBLISHED}  # noqa: E731
    if not until(found, PATIENCE, look=0.02):
        raise TimeoutError("what became public was not found")
    stage.far_end.play_no_more()
    settle(stage, crew)
    return waiting


def _others(rows: Iterable[Delivery]) -> list[Delivery]:
    return [row for row in rows if row.platform != SILENT]


def _found_after(rows: Iterable[Delivery], stage: Rehearsal) -> list[float]:
    """How long after the moment at which each could be looked for."""
    query = select(col(EventRow.delivery), col(EventRow.at)).where(col(EventRow.kind) == "delivery.found")
    with stage.app.desk.store.reading() as tx:
        found = {row.delivery: row.at for row in tx.execute(query)}
    return [(found[row.id] - row.next_at).total_seconds() for row in rows if row.next_at is not None]
