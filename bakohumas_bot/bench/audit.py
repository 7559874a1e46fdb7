"""What proving the record costs when a million events are in it, in the chains of several offices."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bakohumas_bot.bench.burst.figures import Line
from bakohumas_bot.bench.postgres import open_postgres
from bakohumas_bot.bench.queue import settle
from bakohumas_bot.store import audit, record
from bakohumas_bot.store.database import Store, open_store

OFFICES = 20
TARGET = 30.0  # seconds for a million
MILLION = 1_000_000
_AT_ONCE = 5_000  # events in a transaction
_TURNS = ("draft.created", "submitted", "decision.approve", "delivery.planned", "delivery.intent", "delivery.published")


def measure(database: str, events: int, tell: Callable[[str], None]) -> list[Line]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bakohumas-bench-")))
        url = f"sqlite:///{folder / 'meja.db'}"
        if database == "postgresql":
            url = stack.enter_context(open_postgres(fsync=True)).fresh()
        store = open_store(url)
        stack.callback(store.close)
        began = time.perf_counter()
        fill(store, events)
        built = time.perf_counter() - began
        tell(f"{events} events of {OFFICES} offices are on record ({built:.0f} s)")
        settle(store)
        took = _proven(store, events)
    return [
        Line(name="written", value=events / built, unit="events/s"),
        Line(name="audit verify", value=took, unit="s", target=TARGET * events / MILLION),
        Line(name="proven", value=events / took, unit="events/s"),
    ]


def fill(store: Store, events: int) -> None:
    """Through the one function that writes events, many of them in a transaction."""
    for first in range(0, events, _AT_ONCE):
        with store.writing() as tx:
            record.append_all(tx, list(_some(first, min(first + _AT_ONCE, events))))


def _some(first: int, last: int) -> Iterator[record.Event]:
    """As long as events are in an office: a post's, each with what belongs to it."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(first, last):
        post, turn = divmod(number, len(_TURNS))
        data = {"revision": 1, "digest": f"{post:064x}", "reason": None, "due_at": begin.isoformat()}
        yield record.Event(
            office=f"10.{post % OFFICES:02}",
            actor="sari",
            kind=_TURNS[turn],
            at=begin + timedelta(seconds=number),
            post=post + 1,
            delivery=f"{post + 1}-1-x-contoh" if _TURNS[turn].startswith("delivery") else None,
            data=data,
        )


def _proven(store: Store, events: int) -> float:
    began = time.perf_counter()
    with store.reading() as tx:
        count, broken = audit.verify(tx)
        unguarded = audit.missing_guards(tx)
    if (count, broken, unguarded) != (events, [], []):
        raise RuntimeError(f"{count} of {events} events were read, {len(broken)} faults, guards missing: {unguarded}")
    return time.perf_counter() - began
