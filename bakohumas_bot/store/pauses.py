"""Accounts at rest: one row for each, read by every claim."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select
from sqlmodel import Session, col

from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.store.tables import AccountPauseRow


def put(tx: Session, pause: Pause) -> bool:
    """A longer rest replaces a shorter one, and a block a limit. True when the account was not at rest before."""
    before = tx.get(AccountPauseRow, pause.account, with_for_update=True)
    if before is None:
        tx.add(AccountPauseRow(**_columns(pause)))
        tx.flush()
        return True
    still = before.until > pause.since or before.kind == PauseKind.BLOCKED
    if before.kind == pause.kind and still:
        before.until, before.detail = max(before.until, pause.until), pause.detail
    elif pause.kind is PauseKind.BLOCKED or not still:
        for name, value in _columns(pause).items():
            setattr(before, name, value)
    tx.flush()
    return not still


def lift(tx: Session, account: str) -> None:
    tx.execute(delete(AccountPauseRow).where(col(AccountPauseRow.account) == account))


def to_probe(tx: Session, now: datetime) -> list[Pause]:
    """Blocked accounts whose access should be tried again."""
    query = select(AccountPauseRow).where(
        col(AccountPauseRow.kind) == PauseKind.BLOCKED.value, col(AccountPauseRow.until) <= now
    )
    return [_pause(row) for row in tx.execute(query).scalars()]


def in_force(tx: Session, now: datetime) -> list[Pause]:
    blocked = col(AccountPauseRow.kind) == PauseKind.BLOCKED.value
    query = select(AccountPauseRow).where(or_(blocked, col(AccountPauseRow.until) > now))
    return [_pause(row) for row in tx.execute(query.order_by(col(AccountPauseRow.account))).scalars()]


def _columns(pause: Pause) -> dict[str, Any]:
    return {
        "account": pause.account,
        "kind": pause.kind.value,
        "since": pause.since,
        "until": pause.until,
        "detail": pause.detail,
    }


def _pause(row: AccountPauseRow) -> Pause:
    return Pause(account=row.account, kind=PauseKind(row.kind), since=row.since, until=row.until, detail=row.detail)
