"""What `doctor` asks of the database: who works, what is left lying, which messages never arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlmodel import Session, col

from bakohumas_bot.store.tables import QUEUED, UNSENT, DeliveryRow, OutboxRow, WorkerRow
from bakohumas_bot.store.workers import moment

LATELY = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Unsent:
    """`stuck` counts what waits long or failed, and what was given up lately; `reason` is the newest one's."""

    waiting: int
    stuck: int
    reason: str | None


def clock(tx: Session) -> datetime | None:
    """The database's own, where it has one."""
    if tx.get_bind().dialect.name != "postgresql":
        return None
    at: datetime = tx.execute(text("SELECT clock_timestamp()")).scalar_one()
    return at


def living_workers(tx: Session, now: datetime) -> Sequence[WorkerRow]:
    """Those whose lease runs, oldest first."""
    alive = (col(WorkerRow.ended_at).is_(None), col(WorkerRow.alive_until) >= moment(tx, now))
    return tx.execute(select(WorkerRow).where(*alive).order_by(col(WorkerRow.number))).scalars().all()


def overdue(tx: Session, at: datetime) -> int:
    """How many deliveries were due before `at` and nobody has taken up."""
    query = select(func.count()).select_from(DeliveryRow)
    return int(tx.execute(query.where(QUEUED, col(DeliveryRow.due_at) < at)).scalar_one())


def outbox(tx: Session, now: datetime, patience: timedelta) -> Unsent:
    waiting = list(tx.execute(select(OutboxRow).where(UNSENT).order_by(col(OutboxRow.id)).limit(1000)).scalars())
    late = [row for row in waiting if row.tries > 0 or (row.next_at and row.next_at < now - patience)]
    given_up = list(
        tx.execute(
            select(OutboxRow)
            .where(
                col(OutboxRow.sent_at).is_(None),
                col(OutboxRow.next_at).is_(None),
                col(OutboxRow.created_at) >= now - LATELY,
            )
            .order_by(col(OutboxRow.id))
        ).scalars()
    )
    stuck = [*given_up, *late]
    reason = next((row.error for row in reversed(stuck) if row.error), None)
    return Unsent(waiting=len(waiting), stuck=len(stuck), reason=reason)
