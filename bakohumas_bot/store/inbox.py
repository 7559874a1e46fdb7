"""Telegram updates: kept before they are confirmed, handled once, albums held until their last part has come."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.tables import UpdateRow

ALBUM_QUIET = timedelta(seconds=2)
MAX_FAILURES = 3


def keep(tx: Session, update_id: int, payload: str, album: str | None, now: datetime) -> bool:
    """True when the update is new; one that was delivered twice is kept once."""
    update = insert(tx, UpdateRow).values(
        update_id=update_id, payload=payload, album=album, received_at=now, failures=0
    )
    return tx.execute(update.on_conflict_do_nothing().returning(col(UpdateRow.update_id))).first() is not None


def offset(tx: Session) -> int | None:
    """What to ask Telegram for next: everything before it is on our disk."""
    newest = tx.execute(select(func.max(UpdateRow.update_id))).scalar()
    return None if newest is None else newest + 1


def ready(tx: Session, now: datetime, limit: int = 50) -> list[list[UpdateRow]]:
    """Unhandled updates in order of arrival; the parts of an album together, two seconds after the last one."""
    query = select(UpdateRow).where(col(UpdateRow.handled_at).is_(None)).order_by(col(UpdateRow.update_id))
    groups: dict[str, list[UpdateRow]] = {}
    for row in tx.execute(query.limit(limit)).scalars():
        groups.setdefault(row.album or f"update {row.update_id}", []).append(row)
    return [rows for rows in groups.values() if rows[0].album is None or now - rows[-1].received_at >= ALBUM_QUIET]


def handled(tx: Session, rows: list[UpdateRow], now: datetime) -> None:
    for row in rows:
        tx.get_one(UpdateRow, row.update_id).handled_at = now


def forget(tx: Session, update_id: int) -> None:
    """What it said is nobody's to read later: a PIN, or the secret of an invitation."""
    tx.get_one(UpdateRow, update_id).payload = json.dumps({"update_id": update_id})


def stumbled(tx: Session, rows: list[UpdateRow], now: datetime) -> bool:
    """Our own fault while handling: tried again, and set aside after three times. True when set aside."""
    for row in rows:
        kept = tx.get_one(UpdateRow, row.update_id)
        kept.failures += 1
        if kept.failures >= MAX_FAILURES:
            kept.handled_at = now
    return rows[0].failures + 1 >= MAX_FAILURES


def album(tx: Session, name: str) -> list[UpdateRow]:
    """Every part and every later edit of an album, handled or not, in order of arrival."""
    query = select(UpdateRow).where(col(UpdateRow.album) == name).order_by(col(UpdateRow.update_id))
    return list(tx.execute(query).scalars())


def kept(tx: Session, update_ids: list[int]) -> list[UpdateRow]:
    """Updates that came earlier, for an answer that was given later."""
    query = select(UpdateRow).where(col(UpdateRow.update_id).in_(update_ids)).order_by(col(UpdateRow.update_id))
    return list(tx.execute(query).scalars())
