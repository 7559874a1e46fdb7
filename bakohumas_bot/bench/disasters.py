"""Disasters: the disk fills up, the database is locked or gone, the clock jumps; each in the middle of the work."""

from __future__ import annotations

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial

from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.postgres import Postgres
from bakohumas_bot.bench.rehearsal import Rehearsal
from bakohumas_bot.store.database import BUSY

Disaster = Callable[[Rehearsal, Crew], None]
LASTS = 3.0  # seconds
HOUR = timedelta(hours=1)
_AIM = 3.0


def on_sqlite() -> tuple[Disaster, ...]:
    return (disk_full, database_locked, *_CLOCKS)


def on_postgresql(server: Postgres, url: str) -> tuple[Disaster, ...]:
    return (partial(sessions_cut, server, url), partial(server_crash, server), *_CLOCKS)


def befall(stage: Rehearsal, crew: Crew, disaster: Disaster) -> None:
    """Just as a publishing call arrives, with more posts due while it lasts."""
    seen = stage.far_end.live_calls()
    stage.approved(due_in=timedelta(seconds=0.5))
    stage.approved(due_in=timedelta(seconds=1.5))
    stage.far_end.live_calls(than=seen, seconds=_AIM)
    disaster(stage, crew)
    crew.keep()


def disk_full(_: Rehearsal, crew: Crew) -> None:
    """No file of the workers may grow any more: what they write is refused by the kernel."""
    with _limited(crew, 4096):
        time.sleep(LASTS)


@contextmanager
def _limited(crew: Crew, size: int) -> Iterator[None]:
    processes = crew.processes()
    before = {process: resource.prlimit(process, resource.RLIMIT_FSIZE) for process in processes}
    for process, (_, most) in before.items():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        for process in set(crew.processes()) & set(before):
            resource.prlimit(process, resource.RLIMIT_FSIZE, before[process])


def database_locked(stage: Rehearsal, _: Crew) -> None:
    """Another process writes for longer than anybody waits."""
    database = stage.app.desk.store.engine.url.database
    assert database is not None
    with closing(sqlite3.connect(database, timeout=BUSY, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(BUSY + 1)
        other.execute("ROLLBACK")


def clock_jumps(by: timedelta, _: Rehearsal, crew: Crew) -> None:
    """The workers' clock goes wrong and is set right again; then they are started anew, as after a repair."""
    crew.skew.value = by.total_seconds()
    time.sleep(LASTS)
    crew.skew.value = 0.0
    time.sleep(LASTS / 3)
    crew.kill(range(crew.size))


def sessions_cut(server: Postgres, url: str, *_: object) -> None:
    """The network between workers and database drops every connection."""
    for _again in range(2):
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        server.run(f"{ours} AND pid <> pg_backend_pid()", url=url)
        time.sleep(LASTS / 3)


def server_crash(server: Postgres, *_: object) -> None:
    """The database server dies without a word, and is back a moment later."""
    server.stop("immediate")
    time.sleep(LASTS / 3)
    server.start()


_CLOCKS = (partial(clock_jumps, HOUR), partial(clock_jumps, -HOUR))
