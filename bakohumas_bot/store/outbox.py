"""Messages of the desk that wait for Telegram: queued with the act that causes them, sent once, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from bakohumas_bot.domain.offices import Person
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.tables import UNSENT, OutboxRow

WAITS = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


@dataclass(frozen=True, kw_only=True)
class Message:
    id: int
    person: str
    kind: str
    post: int | None
    revision: int | None
    data: dict[str, Any]
    tries: int


def queue(
    tx: Session,
    people: Iterable[Person],
    kind: str,
    *,
    now: datetime,
    post: int | None = None,
    revision: int | None = None,
    key: str = "",
    after: timedelta = timedelta(),
    **data: Any,
) -> None:
    """One message per person, not before `after`. The same `key` for the same person and post is queued once, ever."""
    rows = [
        {
            "person": person.id,
            "kind": kind,
            "post_id": post,
            "revision": revision,
            "data": data,
            "key": _key(kind, post, revision, person.id, key),
            "created_at": now,
            "next_at": now + after,
            "tries": 0,
        }
        for person in people
    ]
    if rows:
        tx.execute(insert(tx, OutboxRow).on_conflict_do_nothing(index_elements=["key"]), rows)


def _key(kind: str, post: int | None, revision: int | None, person: str, key: str) -> str:
    return f"{kind}:{post}:{revision}:{person}:{key}"


def waiting(tx: Session, now: datetime, limit: int = 20) -> list[Message]:
    """Of each person the one message that may be sent now, oldest first, however many wait behind it.

    A person's later messages wait behind an earlier one that failed; one that was queued for later holds nothing up.
    """
    reached = or_(col(OutboxRow.tries) > 0, col(OutboxRow.next_at) <= now)
    first = select(func.min(col(OutboxRow.id))).where(UNSENT, reached).group_by(col(OutboxRow.person))
    query = select(OutboxRow).where(UNSENT, col(OutboxRow.id).in_(first), col(OutboxRow.next_at) <= now)
    return [_message(row) for row in tx.execute(query.order_by(col(OutboxRow.id)).limit(limit)).scalars()]


def queued_at(  # noqa: PLR0917 - what names a message
    tx: Session, kind: str, post: int, revision: int, person: str, key: str = ""
) -> datetime | None:
    """When this very message was queued, whatever became of it; None: never."""
    query = select(col(OutboxRow.created_at)).where(col(OutboxRow.key) == _key(kind, post, revision, person, key))
    return tx.execute(query).scalar_one_or_none()


def due_beside(tx: Session, message: Message, now: datetime) -> list[Message]:
    """The person's other messages of the same kind that may be sent now too, oldest first."""
    query = select(OutboxRow).where(
        UNSENT,
        col(OutboxRow.person) == message.person,
        col(OutboxRow.kind) == message.kind,
        col(OutboxRow.id) != message.id,
        col(OutboxRow.next_at) <= now,
    )
    return [_message(row) for row in tx.execute(query.order_by(col(OutboxRow.id))).scalars()]


def _message(row: OutboxRow) -> Message:
    assert row.id is not None
    return Message(
        id=row.id,
        person=row.person,
        kind=row.kind,
        post=row.post_id,
        revision=row.revision,
        data=row.data,
        tries=row.tries,
    )


def waits(tx: Session, person: str, kind: str) -> bool:
    """Is such a message to this person still unsent? It will be composed from the database as it is then."""
    query = select(col(OutboxRow.id)).where(UNSENT, col(OutboxRow.person) == person, col(OutboxRow.kind) == kind)
    return tx.execute(query.limit(1)).first() is not None


def sent(tx: Session, id_: int, now: datetime) -> None:
    row = tx.get_one(OutboxRow, id_)
    row.sent_at, row.next_at, row.error = now, None, None


def failed(tx: Session, id_: int, now: datetime, error: str, *, wait: timedelta | None = None) -> None:
    """Try again later: Telegram was unreachable or asked to wait."""
    row = tx.get_one(OutboxRow, id_)
    row.next_at = now + (wait or WAITS[min(row.tries, len(WAITS) - 1)])
    row.tries += 1
    row.error = error


def put_off(tx: Session, id_: int, until: datetime) -> None:
    """Not yet: it has not failed, and so holds nothing up behind it."""
    row = tx.get_one(OutboxRow, id_)
    row.next_at, row.tries = until, 0


def given_up(tx: Session, id_: int, error: str) -> None:
    """It can never arrive (the person blocked the bot, or never opened it)."""
    row = tx.get_one(OutboxRow, id_)
    row.next_at, row.error = None, error


def unsent(tx: Session) -> list[OutboxRow]:
    """For `doctor`: what still waits, and what was given up."""
    return list(tx.execute(select(OutboxRow).where(col(OutboxRow.sent_at).is_(None))).scalars())
