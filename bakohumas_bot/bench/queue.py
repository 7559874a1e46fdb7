"""A long queue and a longer past: what a claim, an idle look and a plan cost among a million finished deliveries."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import bindparam, event, text
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

from bakohumas_bot.bench.burst.figures import Line
from bakohumas_bot.bench.postgres import open_postgres
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.store import deliveries, posts, queue
from bakohumas_bot.store.database import Store, open_store

PLATFORMS = ("x", "facebook_page", "instagram", "telegram_channel")
DUE = 3864
CLAIM = 100
AHEAD = timedelta(minutes=10)
_TIMES = 30
_AT_ONCE = 20_000
_CLAIM_WANTED = {"sqlite": 1.0, "postgresql": 5.0}  # ms

# One statement for both databases; a row at a time would take an hour.
_FILL = """
INSERT INTO delivery (id, office, post_id, revision, digest, account, platform, place, state, version, due_at, next_at,
  late_after, tries, failures, looks, unproven, sent_at, published_at, verified_at)
WITH RECURSIVE n(i) AS (SELECT CAST(:first AS integer) UNION ALL SELECT i + 1 FROM n WHERE i < :last)
SELECT :kind || i, '10.01', :post, 1, 'digest', 'account-' || (i % 3864),
  CASE i % 4 WHEN 0 THEN 'x' WHEN 1 THEN 'facebook_page' WHEN 2 THEN 'instagram' ELSE 'telegram_channel' END,
  :kind || i, :state, 1, :due_at, :next_at, :late_after, 0, 0, 0, :unproven, :done_at, :done_at, :done_at
FROM n
"""
_MOMENTS = ("due_at", "next_at", "late_after", "done_at")


@dataclass(frozen=True, kw_only=True)
class Sizes:
    pending: int
    past: int


def fill(store: Store, kind: str, count: int, state: State, due: Callable[[int], datetime]) -> None:
    """`count` deliveries of accounts that nobody serves; `due` says when the Nth thousand is due."""
    statement = text(_FILL).bindparams(*(bindparam(name, type_=UTCDateTime()) for name in _MOMENTS))
    with store.writing() as tx:
        post = posts.create(tx, office="10.01", person="sari", now=due(0))
    for first in range(0, count, _AT_ONCE):
        due_at = due(first // _AT_ONCE)
        waits = state is State.SCHEDULED
        values: dict[str, Any] = {
            "first": first,
            "last": min(first + _AT_ONCE, count) - 1,
            "kind": kind,
            "post": post,
            "state": state.value,
            "due_at": due_at,
            "next_at": due_at if waits else None,
            "late_after": due_at + timedelta(minutes=30),
            "unproven": False,
            "done_at": None if waits else due_at,
        }
        with store.writing() as tx:
            tx.connection().execute(statement, values)
    settle(store)


def settle(store: Store) -> None:
    """As after a night: the database knows how its tables look."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def measure(database: str, sizes: Sizes, tell: Callable[[str], None]) -> list[Line]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bakohumas-bench-")))
        url = f"sqlite:///{folder / 'meja.db'}"
        if database == "postgresql":
            url = stack.enter_context(open_postgres(fsync=True)).fresh()
        store = open_store(url)
        stack.callback(store.close)
        now = datetime.now(UTC)
        fill(store, "due-", DUE, State.SCHEDULED, lambda _: now)
        before = _looks(store, now)
        tell(f"{DUE} deliveries are due and nothing else is there")
        fill(store, "later-", sizes.pending - DUE, State.SCHEDULED, lambda n: now + timedelta(days=1 + n))
        fill(store, "done-", sizes.past, State.PUBLISHED, lambda n: now - timedelta(days=1 + n))
        tell(f"{sizes.pending} pending and {sizes.past} finished")
        after = _looks(store, now)
        planning = _plan(store, now)
    return [
        Line(name=f"claim of {CLAIM}, in the database", value=after[0], unit="ms", target=_CLAIM_WANTED[database]),
        Line(name="the same without a past", value=before[0], unit="ms"),
        Line(name=f"claim of {CLAIM}, with its rows read", value=after[1], unit="ms"),
        Line(name="the same without a past", value=before[1], unit="ms"),
        Line(name="claim that finds nothing", value=after[2], unit="ms"),
        Line(name="idle look at four platforms", value=after[3], unit="ms"),
        Line(name="the same without a past", value=before[3], unit="ms"),
        Line(name=f"planning {DUE} deliveries", value=planning, unit="s", target=1.0),
    ]


def _looks(store: Store, now: datetime) -> tuple[float, float, float, float]:
    """Medians in ms: the claim's statements alone, the claim as the worker makes it, an empty one, the idle look."""
    spoken: list[tuple[str, Any]] = []

    def note(*about: Any) -> None:
        spoken.append((about[2], about[3]))

    event.listen(store.engine, "before_cursor_execute", note)
    _rolled_back(store, lambda tx: _claim(tx, now))
    event.remove(store.engine, "before_cursor_execute", note)
    statements = [(sql, values) for sql, values in spoken if "delivery" in sql]
    bare = [_rolled_back(store, lambda tx: _spoken_again(tx, statements)) for _ in range(_TIMES)]
    whole = [_rolled_back(store, lambda tx: _claim(tx, now)) for _ in range(_TIMES)]
    empty = [_rolled_back(store, lambda tx: _claim(tx, now, "nowhere", 0)) for _ in range(_TIMES)]
    idle = [_rolled_back(store, lambda tx: queue.heads(tx, PLATFORMS, AHEAD)) for _ in range(_TIMES)]
    return median(bare), median(whole), median(empty), median(idle)


def _claim(tx: Session, now: datetime, platform: str = "x", expected: int = CLAIM) -> None:
    claimed = queue.claim(tx, queue.Wanted(platform=platform, limit=CLAIM), worker="bench", now=now, ahead=AHEAD)
    if len(claimed) != expected:
        raise RuntimeError(f"{len(claimed)} claimed instead of {expected}")


def _spoken_again(tx: Session, statements: list[tuple[str, Any]]) -> None:
    """The very statements of a claim on the bare driver, every row fetched."""
    cursor = tx.connection().connection.cursor()
    for sql, values in statements:
        cursor.execute(sql, values)
        if cursor.description:
            cursor.fetchall()


class _Enough(Exception):  # noqa: N818
    """Ends a transaction without a trace."""


def _rolled_back(store: Store, act: Callable[[Session], object]) -> float:
    """What `act` took, in ms. Nothing of it stays."""
    took = 0.0
    with suppress(_Enough), store.writing() as tx:
        began = time.perf_counter()
        act(tx)
        took = 1000 * (time.perf_counter() - began)
        raise _Enough
    return took


def _plan(store: Store, now: datetime) -> float:
    """Seconds for the nation's deliveries of one hour, commit included."""
    with store.writing() as tx:
        post = posts.create(tx, office="10.01", person="sari", now=now)
    planned = [(_delivery(post, number, now), f"place-{number}") for number in range(DUE)]
    began = time.perf_counter()
    with store.writing() as tx:
        deliveries.plan(tx, planned, actor="bench", now=now)
    return time.perf_counter() - began


def _delivery(post: int, number: int, now: datetime) -> Delivery:
    due_at = now + timedelta(hours=1)
    return Delivery(
        id=deliveries.delivery_id(post, 1, f"account-{number}"),
        office=f"office-{number % 552}",
        post=post,
        revision=1,
        digest="digest",
        account=f"account-{number}",
        platform=PLATFORMS[number % len(PLATFORMS)],
        state=State.SCHEDULED,
        due_at=due_at,
        next_at=due_at,
        late_after=due_at + timedelta(minutes=30),
    )
