"""From one machine to another: what a restored database says must be void, looked up first, or told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.errors import Refused
from bakohumas_bot.store.deliveries import COLUMNS, read
from bakohumas_bot.store.tables import (
    UNHANDLED,
    UNSENT,
    ChainHeadRow,
    DeliveryRow,
    JournalRow,
    OutboxRow,
    PostRow,
    UpdateRow,
    WorkerRow,
)
from bakohumas_bot.store.workers import moment

GOING_ON = (State.SCHEDULED, State.SENDING, State.UNCONFIRMED)
TO_DECIDE = (State.MISSED, State.FAILED)
_AT_ONCE = 500


def require_nobody_at_work(tx: Session, now: datetime) -> None:
    """Raises `Refused` while a worker lives on this database; an embedded one has its lock besides."""
    living = col(WorkerRow.ended_at).is_(None) & (col(WorkerRow.alive_until) > moment(tx, now))
    if tx.execute(select(col(WorkerRow.id)).where(living).limit(1)).first():
        raise Refused("Ada proses penayang (worker) yang berjalan pada basis data tujuan. Mohon hentikan dahulu.")


def unsettled(tx: Session) -> Iterator[list[Delivery]]:
    """Every delivery that may have gone on where the backup was taken, some hundred at a time."""
    states = [state.value for state in (*GOING_ON, *TO_DECIDE)]
    last = ""
    while True:
        query = select(*COLUMNS).where(col(DeliveryRow.state).in_(states), col(DeliveryRow.id) > last)
        found = read(tx.execute(query.order_by(col(DeliveryRow.id)).limit(_AT_ONCE)))
        if not found:
            return
        yield found
        last = found[-1].id


def forget_attempts(tx: Session, *, keep: Collection[str]) -> None:
    """Ids of uploads and posts: of the attempts before the backup, which were perhaps not the last."""
    theirs = select(col(DeliveryRow.id)).where(col(DeliveryRow.look_since).is_not(None))
    tx.execute(delete(JournalRow).where(col(JournalRow.delivery_id).in_(theirs), col(JournalRow.key).not_in(keep)))


def silence(tx: Session) -> int:
    """Messages of the desk that were still waiting: they may have arrived long ago. Answers how many."""
    done: Any = tx.execute(update(OutboxRow).where(UNSENT).values(next_at=None, error=None))
    return int(done.rowcount)


def set_aside(tx: Session, now: datetime) -> int:
    """Messages to the desk that it had not handled yet: the old machine has. Answers how many."""
    done: Any = tx.execute(update(UpdateRow).where(UNHANDLED).values(handled_at=now))
    return int(done.rowcount)


def counts(tx: Session) -> dict[str, dict[str, int]]:
    """By office: posts, deliveries, and how many of these go on by themselves or wait for a person."""
    found: dict[str, dict[str, int]] = {office: {} for office in tx.execute(select(col(ChainHeadRow.office))).scalars()}
    for office, number in tx.execute(select(col(PostRow.office), func.count()).group_by(col(PostRow.office))):
        found.setdefault(office, {})["posts"] = number
    by_state = select(col(DeliveryRow.office), col(DeliveryRow.state), func.count())
    for office, state, number in tx.execute(by_state.group_by(col(DeliveryRow.office), col(DeliveryRow.state))):
        share = defaultdict(int, found.setdefault(office, {}))
        share["deliveries"] += number
        share["to_look_up"] += number if state in GOING_ON else 0
        share["to_decide"] += number if state in TO_DECIDE else 0
        found[office] = dict(share)
    return dict(sorted(found.items()))


def accounts(tx: Session) -> set[str]:
    """Every account that was ever published on."""
    return set(tx.execute(select(col(DeliveryRow.account)).distinct()).scalars())


def accounts_in_use(tx: Session) -> list[str]:
    """The accounts of what goes on."""
    states = [state.value for state in GOING_ON]
    query = select(col(DeliveryRow.account)).where(col(DeliveryRow.state).in_(states)).distinct()
    return sorted(tx.execute(query).scalars())
