"""The queue and the one door: every change of a delivery's state passes through `move`."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, CursorResult, or_, select, update
from sqlmodel import Session, col

from bakohumas_bot.domain.delivery import Delivery, Happening, State, step
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.store import record
from bakohumas_bot.store.tables import SENDING, UNTIDY, WAITING, DeliveryRow, PostRow


class LostRace(Exception):  # noqa: N818
    """Someone else moved the delivery first. Nothing was changed; read it again."""


def delivery_id(post: int, revision: int, account: str, round_: int = 0) -> str:
    """The same plan always has the same id, so that a double click cannot plan twice."""
    return str(uuid5(NAMESPACE_URL, f"bakohumas:{post}:{revision}:{account}:{round_}"))


def plan(tx: Session, delivery: Delivery, *, place: str, actor: str, now: datetime) -> None:
    """Puts a new delivery into the queue. The database refuses a second one for the same post and place."""
    tx.add(DeliveryRow(place=place, **_columns(delivery)))
    tx.flush()
    record.append(
        tx,
        office=_office(tx, delivery.post),
        actor=actor,
        kind="delivery.planned",
        now=now,
        post=delivery.post,
        delivery=delivery.id,
        account=delivery.account,
        digest=delivery.digest,
        due_at=delivery.due_at.isoformat(),
    )


def move(
    tx: Session,
    delivery: Delivery,
    happening: Happening,
    *,
    now: datetime,
    spec: PlatformSpec,
    actor: str,
    worker: str | None = None,
) -> Delivery:
    """The one door. Moves `delivery` as `domain.delivery.step` says, and writes the event with it.

    With `worker`, only while that worker still holds the lease. Raises `LostRace` when the row is no longer as
    `delivery` knows it, `UnlawfulMove` when the table of transitions does not allow the move.
    """
    after = step(delivery, happening, now, spec)
    values = _columns(after)
    values["version"] = delivery.version + 1
    if after.state is not State.SENDING:
        values |= {"leased_by": None, "leased_until": None}
    query = update(DeliveryRow).where(
        col(DeliveryRow.id) == delivery.id,
        col(DeliveryRow.version) == delivery.version,
        col(DeliveryRow.state) == delivery.state.value,
    )
    if worker is not None:
        query = query.where(col(DeliveryRow.leased_by) == worker)
    result = cast("CursorResult[Any]", tx.execute(query.values(**values)))
    if result.rowcount != 1:
        raise LostRace(delivery.id)
    record.append(
        tx,
        office=_office(tx, delivery.post),
        actor=actor,
        kind=f"delivery.{type(happening).__name__.lower()}",
        now=now,
        post=delivery.post,
        delivery=delivery.id,
        account=delivery.account,
        before=delivery.state.value,
        after=after.state.value,
        tries=after.tries,
        **_said(happening),
    )
    return get(tx, delivery.id)


def get(tx: Session, id_: str) -> Delivery:
    row = tx.get(DeliveryRow, id_, populate_existing=True)
    if row is None:
        raise LookupError(id_)
    return _delivery(row)


def of_post(tx: Session, post: int) -> list[Delivery]:
    """Every delivery of a post, cancelled ones too, in the order they were planned."""
    query = select(DeliveryRow).where(col(DeliveryRow.post_id) == post)
    rows = tx.execute(query.order_by(col(DeliveryRow.due_at), col(DeliveryRow.account))).scalars()
    return [_delivery(row) for row in rows]


def everything(tx: Session, limit: int = 1000) -> list[Delivery]:
    """Newest due time first."""
    query = select(DeliveryRow).order_by(col(DeliveryRow.due_at).desc(), col(DeliveryRow.id)).limit(limit)
    return [_delivery(row) for row in tx.execute(query).scalars()]


def claim(
    tx: Session, *, worker: str, now: datetime, ahead: timedelta, lease: timedelta, limit: int, busy: frozenset[str]
) -> list[Delivery]:
    """Takes what is due: to send, to look up, to read back; and what may be prepared `ahead` of its hour.

    Only lease columns are written, so a claim is given back freely. One row per account, oldest first: an account's
    posts go out in order. `busy` accounts are at work in this very process.
    """
    soon = _not_yet_prepared() & (col(DeliveryRow.next_at) <= now + ahead)
    due = or_(col(DeliveryRow.next_at) <= now, soon)
    query = (
        select(DeliveryRow)
        .where(
            WAITING,
            col(DeliveryRow.next_at) <= now + ahead,  # where the index may stop
            due,
            or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) < now),
            col(DeliveryRow.account).not_in(busy),
        )
        .order_by(col(DeliveryRow.next_at), col(DeliveryRow.post_id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    taken: dict[str, DeliveryRow] = {}
    for row in tx.execute(query).scalars():
        taken.setdefault(row.account, row)
    for row in taken.values():
        row.leased_by, row.leased_until = worker, now + lease
    tx.flush()
    return [_delivery(row) for row in taken.values()]


def release(tx: Session, delivery: Delivery, *, worker: str, prepared_at: datetime | None = None) -> bool:
    """Gives a claim back; with `prepared_at`, notes that its uploads lie ready. False: it was no longer held."""
    query = update(DeliveryRow).where(col(DeliveryRow.id) == delivery.id, col(DeliveryRow.leased_by) == worker)
    values: dict[str, Any] = {"leased_by": None, "leased_until": None}
    if prepared_at is not None:
        values |= {"prepared_at": prepared_at, "next_at": delivery.due_at}
    return cast("CursorResult[Any]", tx.execute(query.values(**values))).rowcount == 1


def to_tidy(tx: Session, limit: int = 50) -> list[Delivery]:
    """At rest, but what was uploaded for it may still lie hidden or hosted somewhere."""
    query = select(DeliveryRow).where(UNTIDY).order_by(col(DeliveryRow.due_at)).limit(limit)
    return [_delivery(row) for row in tx.execute(query).scalars()]


def left_uploads(tx: Session, delivery: Delivery, *, now: datetime) -> None:
    """It was cancelled while its uploads ran: they lie where nobody would look for them."""
    query = update(DeliveryRow).where(
        col(DeliveryRow.id) == delivery.id, col(DeliveryRow.state) == State.CANCELLED.value
    )
    tx.execute(query.values(prepared_at=now))


def tidied(tx: Session, delivery: Delivery) -> None:
    tx.execute(update(DeliveryRow).where(col(DeliveryRow.id) == delivery.id).values(prepared_at=None))


def in_flight(tx: Session) -> list[tuple[Delivery, str | None]]:
    """Every delivery whose one call may be under way, with the worker that wrote the intent."""
    query = select(DeliveryRow).where(SENDING)
    return [(_delivery(row), row.leased_by) for row in tx.execute(query).scalars()]


def free_leases(tx: Session, *, keep: str) -> None:
    """At the start of the only worker, every claim of an earlier one is void: the lock proves it is dead."""
    query = update(DeliveryRow).where(col(DeliveryRow.leased_by) != keep, col(DeliveryRow.state) != State.SENDING.value)
    tx.execute(query.values(leased_by=None, leased_until=None))


def next_due(tx: Session, ahead: timedelta, now: datetime) -> datetime | None:
    """When the worker must wake next, uploads ahead of time included; what is claimed already does not count."""
    first = (
        select(col(DeliveryRow.next_at))
        .where(WAITING, or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) < now))
        .order_by(col(DeliveryRow.next_at))
        .limit(1)
    )
    due = tx.execute(first).scalar()
    upload = tx.execute(first.where(_not_yet_prepared())).scalar()
    return min([at for at in (due, upload and upload - ahead) if at], default=None)


def _not_yet_prepared() -> ColumnElement[bool]:
    """After a failure its wait counts, not the head start."""
    return (
        (col(DeliveryRow.state) == State.SCHEDULED.value)
        & col(DeliveryRow.prepared_at).is_(None)
        & (col(DeliveryRow.failures) == 0)
    )


def _columns(delivery: Delivery) -> dict[str, Any]:
    values = {f.name: getattr(delivery, f.name) for f in fields(delivery)}
    values["post_id"] = values.pop("post")
    values["state"] = delivery.state.value
    return values


def _delivery(row: DeliveryRow) -> Delivery:
    values = {f.name: getattr(row, f.name) for f in fields(Delivery) if f.name not in {"post", "state"}}
    return Delivery(post=row.post_id, state=State(row.state), **values)


def _office(tx: Session, post: int) -> str:
    return str(tx.execute(select(col(PostRow.office)).where(col(PostRow.id) == post)).scalar_one())


def _said(happening: Happening) -> dict[str, Any]:
    """What the happening carries, as JSON for the record."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, datetime):
            return value.isoformat()
        if isinstance(value, timedelta):
            return value.total_seconds()
        return value

    return {"said": plain(asdict(happening))}
