"""The queue: what is due on a platform is claimed, looked at by one worker alone, and given back freely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import TextClause, TextualSelect, bindparam, or_, select, text, update
from sqlmodel import Session, col
from sqlmodel.sql.sqltypes import UTCDateTime

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.store.deliveries import COLUMNS, FIELDS, read
from bakohumas_bot.store.tables import LEASED, DeliveryRow

_SELECT = ", ".join(f"d.{name}" for name in FIELDS)

# What may go out: nothing frozen, no account at rest, and the posts of one account in order, one at a time.
_FREE = """
  :sending
  AND NOT EXISTS (SELECT 1 FROM "freeze" AS f WHERE f.office = d.office AND f.lifted_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM account_pause AS p
    WHERE p.account = d.account AND (p.kind = 'blocked' OR (p.kind = 'limited' AND p.until > :now)))
  AND (d.due_at > :now OR (
    NOT EXISTS (SELECT 1 FROM delivery AS e WHERE e.account = d.account AND e.state = 'scheduled'
      AND e.next_at IS NOT NULL AND (e.due_at, e.post_id) < (d.due_at, d.post_id))
    AND NOT EXISTS (SELECT 1 FROM delivery AS b WHERE b.account = d.account AND b.leased_by IS NOT NULL
      AND b.state IN ('scheduled', 'sending') AND b.due_at <= :now)))
"""

# The state and next_at conditions are the words of the partial index; late rows pass whatever holds the others back.
_DUE = f"""
SELECT {_SELECT} FROM delivery AS d
WHERE d.state IN ('scheduled', 'unconfirmed') AND d.next_at IS NOT NULL
  AND d.platform = :platform AND d.next_at <= :soon AND d.leased_by IS NULL
  AND (d.next_at <= :now
    OR (d.state = 'scheduled' AND d.prepared_at IS NULL AND d.failures = 0 AND d.look_since IS NULL))
  AND (d.state = 'unconfirmed' OR d.late_after < :now OR d.expires_at <= :now OR ({_FREE}))
ORDER BY d.next_at, d.post_id LIMIT :limit
"""  # noqa: S608 - our own words only

_UNSEEN = f"""
SELECT {_SELECT} FROM delivery AS d
WHERE d.state = 'published' AND d.next_at IS NOT NULL
  AND d.platform = :platform AND d.next_at <= :now AND d.leased_by IS NULL
ORDER BY d.next_at, d.post_id LIMIT :limit
"""  # noqa: S608 - our own words only

_LOCKED = " FOR UPDATE OF d SKIP LOCKED"
_TIMES = tuple(bindparam(name, type_=UTCDateTime()) for name in ("now", "soon"))


def _statement(sql: str, dialect: str) -> TextClause:
    statement = text(sql + (_LOCKED if dialect == "postgresql" else ""))
    return statement.bindparams(*(time for time in _TIMES if f":{time.key}" in sql))


_STATEMENTS = {
    (dialect, unseen): _statement(_UNSEEN if unseen else _DUE, dialect).columns(*COLUMNS)
    for dialect in ("sqlite", "postgresql")
    for unseen in (False, True)
}


_ROWS = DeliveryRow.__table__  # type: ignore[attr-defined]
_LEASE = (
    update(_ROWS).where(_ROWS.c.id.in_(bindparam("ids", expanding=True))).values(leased_by=bindparam("new_leased_by"))
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a worker would take from one platform. `sending` False: only what is late, or waits to be read back."""

    platform: str
    limit: int
    sending: bool = True
    unseen: bool = True


def claim(tx: Session, wanted: Wanted, *, worker: str, now: datetime, ahead: timedelta) -> list[Delivery]:
    """Takes what is due: to send, to look up, to read back; and what may be prepared `ahead` of its hour.

    Only the lease is written, so a claim is given back freely. What waits to go out comes before what waits to be
    seen. Oldest first.
    """
    dialect = tx.get_bind().dialect.name
    values = {"platform": wanted.platform, "now": now, "limit": wanted.limit}
    due = values | {"soon": now + ahead, "sending": wanted.sending}
    connection = tx.connection()
    taken = read(connection.execute(_STATEMENTS[dialect, False], due))
    if not taken and wanted.unseen:
        taken = read(connection.execute(_STATEMENTS[dialect, True], values))
    if taken:
        connection.execute(_LEASE, {"ids": [d.id for d in taken], "new_leased_by": worker})
    return taken


@dataclass(frozen=True, kw_only=True)
class Release:
    """`prepared_at`: its uploads lie ready, and it waits for its hour."""

    delivery: Delivery
    worker: str
    prepared_at: datetime | None = None


def release(tx: Session, given: Sequence[Release]) -> list[bool | Exception]:
    """Gives claims back. False where it was no longer held."""
    results: list[bool | Exception] = []
    for one in given:
        query = update(DeliveryRow).where(
            col(DeliveryRow.id) == one.delivery.id,
            col(DeliveryRow.leased_by) == one.worker,
            col(DeliveryRow.state) != State.SENDING.value,
        )
        values: dict[str, Any] = {"leased_by": None}
        if one.prepared_at is not None:
            values |= {"prepared_at": one.prepared_at, "next_at": one.delivery.due_at}
        done: Any = tx.execute(query.values(**values), execution_options={"synchronize_session": False})
        results.append(done.rowcount == 1)
    return results


def leased(tx: Session) -> dict[str, str]:
    """Every claim that is not an intent: the delivery, and who holds it."""
    query = select(_ROWS.c.id, _ROWS.c.leased_by).where(LEASED, _ROWS.c.state != State.SENDING.value)
    return {id_: holder for id_, holder in tx.connection().execute(query)}  # noqa: C416 - a row is no pair to `dict`


def free(tx: Session, claims: Mapping[str, str]) -> None:
    """Voids these claims, unless they have changed hands or become intents. In the order in which rows are locked."""
    query = update(_ROWS).where(
        _ROWS.c.id == bindparam("row_id"),
        _ROWS.c.leased_by == bindparam("holder"),
        _ROWS.c.state != State.SENDING.value,
    )
    if claims:
        rows = [{"row_id": id_, "holder": claims[id_]} for id_ in sorted(claims)]
        tx.connection().execute(query.values(leased_by=None), rows)


def ask_no_later(tx: Session, now: datetime) -> None:
    """What is late is seen to, whatever hour a clock that was ahead had set for its next try."""
    late = or_(col(DeliveryRow.late_after) < now, col(DeliveryRow.expires_at) <= now)
    waits = (col(DeliveryRow.state) == State.SCHEDULED.value, col(DeliveryRow.look_since).is_(None))
    query = update(DeliveryRow).where(*waits, col(DeliveryRow.next_at) > now, late)
    tx.execute(query.values(next_at=now), execution_options={"synchronize_session": False})


def look_no_later(tx: Session, at: datetime) -> None:
    """No look waits longer than any platform asks for: a later one was reckoned by a clock that was ahead."""
    query = update(DeliveryRow).where(col(DeliveryRow.state) == State.UNCONFIRMED.value, col(DeliveryRow.next_at) > at)
    tx.execute(query.values(next_at=at), execution_options={"synchronize_session": False})


_HEAD = """
SELECT :platform_{n} AS platform,
  (SELECT next_at FROM delivery WHERE state IN ('scheduled', 'unconfirmed') AND next_at IS NOT NULL
    AND platform = :platform_{n} AND leased_by IS NULL ORDER BY next_at LIMIT 1) AS due,
  (SELECT next_at FROM delivery WHERE state IN ('scheduled', 'unconfirmed') AND next_at IS NOT NULL
    AND platform = :platform_{n} AND leased_by IS NULL AND state = 'scheduled' AND prepared_at IS NULL
    AND failures = 0 AND look_since IS NULL ORDER BY next_at LIMIT 1) AS upload,
  (SELECT next_at FROM delivery WHERE state = 'published' AND next_at IS NOT NULL
    AND platform = :platform_{n} AND leased_by IS NULL ORDER BY next_at LIMIT 1) AS unseen
"""


@cache
def _heads(count: int) -> TextualSelect:
    sql = " UNION ALL ".join(_HEAD.format(n=n) for n in range(count))
    return text(sql).columns(due=UTCDateTime(), upload=UTCDateTime(), unseen=UTCDateTime())


def heads(tx: Session, platforms: Sequence[str], ahead: timedelta) -> dict[str, datetime]:
    """When each platform's next work begins, uploads ahead of time included; what is claimed does not count."""
    if not platforms:
        return {}
    values = {f"platform_{n}": platform for n, platform in enumerate(platforms)}
    begins: dict[str, datetime] = {}
    for platform, due, upload, unseen in tx.connection().execute(_heads(len(platforms)), values):
        moments = [at for at in (due, upload and upload - ahead, unseen) if at]
        if moments:
            begins[platform] = min(moments)
    return begins
