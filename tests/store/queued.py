"""Deliveries in a queue, without a desk: what a test of the queue itself needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.store import deliveries, queue
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.tables import DeliveryRow, PostRow

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def delivery(post: int, account: str = "x-1", **more: Any) -> Delivery:
    """Due now, unless `more` says otherwise."""
    due_at = more.pop("due_at", NOW)
    planned = Delivery(
        id=deliveries.delivery_id(post, 1, account),
        office="64.69",
        post=post,
        revision=1,
        digest="0" * 64,
        account=account,
        platform="x",
        state=State.SCHEDULED,
        due_at=due_at,
        next_at=due_at,
        late_after=due_at + 30 * MINUTE,
    )
    return replace(planned, **more)


def put(store: Store, *rows: Delivery) -> None:
    with store.writing() as tx:
        known = {one.post for one in rows}
        tx.execute(
            insert(PostRow),
            [{"id": post, "office": "64.69", "created_by": "sari", "created_at": NOW} for post in sorted(known)],
        )
        deliveries.plan(tx, [(one, f"x:{one.account}") for one in rows], actor="dewi", now=NOW)


def change(store: Store, post: int, **values: Any) -> None:
    """Behind the door's back."""
    with store.writing() as tx:
        tx.execute(update(DeliveryRow).where(col(DeliveryRow.post_id) == post).values(values))


def taken(store: Store, worker: str = "w", now: datetime = NOW, **wanted: Any) -> list[tuple[int, str]]:
    """What that worker gets: post and account, in order."""
    ahead = wanted.pop("ahead", timedelta())
    asked = queue.Wanted(**{"platform": "x", "limit": 9} | wanted)
    with store.writing() as tx:
        return [(d.post, d.account) for d in queue.claim(tx, asked, worker=worker, now=now, ahead=ahead)]
