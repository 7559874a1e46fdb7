"""Deliveries as they stand in the database: planned, read, and tidied up after. What moves a state is `store.door`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.store import record
from bakohumas_bot.store.record import Event
from bakohumas_bot.store.tables import ASKING, MISSED, SENDING, UNTIDY, DeliveryRow

# A delivery's fields under the names of their columns, in one order for every statement.
FIELDS = tuple("post_id" if f.name == "post" else f.name for f in fields(Delivery))
COLUMNS = tuple(DeliveryRow.__table__.c[name] for name in FIELDS)  # type: ignore[attr-defined]
_ROWS = DeliveryRow.__table__.c  # type: ignore[attr-defined]
_OF_POST = select(*COLUMNS).where(_ROWS.post_id == bindparam("post")).order_by(_ROWS.due_at, _ROWS.account)
_STATE = FIELDS.index("state")
_NAMES = tuple(f.name for f in fields(Delivery))


def delivery_id(post: int, revision: int, account: str, round_: int = 0) -> str:
    """The same plan always has the same id, so that a double click cannot plan twice."""
    return str(uuid5(NAMESPACE_URL, f"bakohumas:{post}:{revision}:{account}:{round_}"))


def plan(tx: Session, planned: Sequence[tuple[Delivery, str]], *, actor: str, now: datetime) -> None:
    """Puts new deliveries, each with its place, into the queue.

    The database refuses a second one for the same post and place.
    """
    if not planned:
        return
    tx.execute(insert(DeliveryRow), [columns(delivery) | {"place": place} for delivery, place in planned])
    record.append_all(
        tx,
        [
            Event(
                office=delivery.office,
                actor=actor,
                kind="delivery.planned",
                at=now,
                post=delivery.post,
                delivery=delivery.id,
                data={"account": delivery.account, "digest": delivery.digest, "due_at": delivery.due_at.isoformat()},
            )
            for delivery, _ in planned
        ],
    )


def get(tx: Session, id_: str) -> Delivery:
    row = tx.execute(select(*COLUMNS).where(col(DeliveryRow.id) == id_)).first()
    if row is None:
        raise LookupError(id_)
    return delivery_of(row)


def of_post(tx: Session, post: int) -> list[Delivery]:
    """Every delivery of a post, cancelled ones too, in the order they were planned."""
    return read(tx.execute(_OF_POST, {"post": post}))


def everything(tx: Session, limit: int = 1000) -> list[Delivery]:
    """Newest due time first."""
    query = select(*COLUMNS).order_by(col(DeliveryRow.due_at).desc(), col(DeliveryRow.id)).limit(limit)
    return read(tx.execute(query))


def missed(tx: Session, offices: Iterable[str]) -> list[Delivery]:
    """What waits for a person because its hour has passed, oldest first."""
    query = select(*COLUMNS).where(MISSED, col(DeliveryRow.office).in_(list(offices)))
    return read(tx.execute(query.order_by(col(DeliveryRow.due_at), col(DeliveryRow.post_id))))


def asking(tx: Session, offices: Iterable[str]) -> list[Delivery]:
    """What may be public and only a person can tell, oldest first."""
    query = select(*COLUMNS).where(ASKING, col(DeliveryRow.office).in_(list(offices)))
    return read(tx.execute(query.order_by(col(DeliveryRow.sent_at), col(DeliveryRow.post_id))))


def overdue(tx: Session, office: str, now: datetime) -> list[Delivery]:
    """Scheduled for a moment that has passed: what a freeze held back."""
    query = select(*COLUMNS).where(
        col(DeliveryRow.state) == State.SCHEDULED.value,
        col(DeliveryRow.office) == office,
        col(DeliveryRow.due_at) <= now,
    )
    return read(tx.execute(query.order_by(col(DeliveryRow.id)).with_for_update()))


def in_flight(tx: Session) -> list[tuple[Delivery, str | None]]:
    """Every delivery whose one call may be under way, with the worker that wrote the intent."""
    query = select(*COLUMNS, col(DeliveryRow.leased_by)).where(SENDING)
    rows = [(delivery_of(row[:-1]), row[-1]) for row in tx.execute(query)]
    return sorted(rows, key=lambda row: row[0].id)  # the order in which rows are locked; the index has another


def to_tidy(tx: Session, limit: int = 50) -> list[Delivery]:
    """At rest, but what was uploaded for it may still lie hidden or hosted somewhere."""
    return read(tx.execute(select(*COLUMNS).where(UNTIDY).order_by(col(DeliveryRow.due_at)).limit(limit)))


def left_uploads(tx: Session, delivery: Delivery, *, now: datetime) -> None:
    """It was cancelled while its uploads ran: they lie where nobody would look for them."""
    query = update(DeliveryRow).where(
        col(DeliveryRow.id) == delivery.id, col(DeliveryRow.state) == State.CANCELLED.value
    )
    tx.execute(query.values(prepared_at=now))


def tidied(tx: Session, delivery: Delivery) -> None:
    tx.execute(update(DeliveryRow).where(col(DeliveryRow.id) == delivery.id).values(prepared_at=None))


def columns(delivery: Delivery) -> dict[str, Any]:
    values = {column: getattr(delivery, name) for column, name in zip(FIELDS, _NAMES, strict=True)}
    values["state"] = delivery.state.value
    return values


def changes(before: Delivery, after: Delivery) -> dict[str, Any]:
    """The columns in which the two differ, in one order."""
    old, new = vars(before), vars(after)
    changed = {c: new[name] for c, name in zip(FIELDS, _NAMES, strict=True) if new[name] != old[name]}
    if "state" in changed:
        changed["state"] = after.state.value
    return changed


def delivery_of(row: Sequence[Any]) -> Delivery:
    """From the values of COLUMNS."""
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = State(row[_STATE])
    return Delivery(**values)


def read(rows: Iterable[Sequence[Any]]) -> list[Delivery]:
    return [delivery_of(row) for row in rows]
