"""The cost of the queue: a claim among a hundred thousand waiting and a million past deliveries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import insert, text

from bakohumas_bot.store import queue
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.tables import DeliveryRow, PostRow

PLATFORMS = ("x", "facebook_page", "instagram", "telegram_channel")
DUE = 3_864
AHEAD = timedelta()
CLAIM = 100
_BATCH = 10_000


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds, median and worst; `claimed` is how many rows each claim took."""

    claim: float
    claim_worst: float
    idle: float
    heads: float
    claimed: int


def fill(store: Store, *, pending: int, past: int, now: datetime) -> None:
    """Rows as the desk leaves them: most are history, a few are due this second, the rest wait for later days."""
    with store.writing() as tx:
        tx.execute(insert(PostRow), [{"id": 1, "office": "1", "created_by": "a", "created_at": now}])
    rows = _rows(pending, past, now)
    while batch := [row for _, row in zip(range(_BATCH), rows, strict=False)]:
        with store.writing() as tx:
            tx.execute(insert(DeliveryRow), batch)
    with store.writing() as tx:
        tx.execute(text("ANALYZE"))


def _rows(pending: int, past: int, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(past + pending):
        waits = n >= past
        late = now - timedelta(minutes=1)
        due = (late if n - past < DUE else now + timedelta(minutes=n)) if waits else now - timedelta(minutes=n + 60)
        yield {
            "id": f"{n:036}",
            "office": "1",
            "post_id": 1,
            "revision": 1,
            "digest": "0" * 64,
            "account": f"kanal-{n}",
            "platform": PLATFORMS[n % len(PLATFORMS)],
            "place": f"tempat-{n}",
            "state": "scheduled" if waits else "published",
            "due_at": due,
            "next_at": due if waits else None,
            "late_after": due + timedelta(minutes=30),
            "prepared_at": late if due == late else None,
        }


def measure(store: Store, *, now: datetime, rounds: int = 9) -> Cost:
    """Each claim is given back, so that the next one finds the same queue. The commit is not counted, the work is."""
    wanted = queue.Wanted(platform="x", limit=CLAIM)
    nothing = queue.Wanted(platform="tidak-ada", limit=CLAIM)
    claims, idle, heads, claimed = [], [], [], 0
    for _ in range(rounds):
        with store.writing() as tx:
            spot = tx.begin_nested()
            begun = time.perf_counter()
            claimed = len(queue.claim(tx, wanted, worker="w", now=now, ahead=AHEAD))
            claims.append(time.perf_counter() - begun)
            spot.rollback()
        with store.writing() as tx:
            begun = time.perf_counter()
            queue.claim(tx, nothing, worker="w", now=now, ahead=AHEAD)
            idle.append(time.perf_counter() - begun)
        with store.reading() as tx:
            begun = time.perf_counter()
            queue.heads(tx, list(PLATFORMS), AHEAD)
            heads.append(time.perf_counter() - begun)
    ms = [median(times) * 1000 for times in (claims, idle, heads)]
    return Cost(claim=ms[0], claim_worst=max(claims) * 1000, idle=ms[1], heads=ms[2], claimed=claimed)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
