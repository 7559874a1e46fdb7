"""Accounts at rest: one row for each, read by every claim."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, or_, select, update
from sqlmodel import Session, col

from bakohumas_bot.domain.pauses import Pause, PauseKind, after_a_failed_trial
from bakohumas_bot.store.tables import AccountPauseRow

AHEAD = timedelta(minutes=1)  # hosts that share the rows may differ a little


@dataclass(frozen=True, kw_only=True)
class Change:
    """`news`: not more of the same trouble. `stood`: the trial that ended with it, because its account works again."""

    news: bool
    stood: Pause | None = None


def put(tx: Session, pause: Pause) -> Change:
    """A longer rest replaces a shorter one, and a block a limit.

    A limit stands the trial that it replaces: only a key that may publish is told to publish less.
    """
    row = tx.get(AccountPauseRow, pause.account, with_for_update=True)
    if row is None:
        tx.add(AccountPauseRow(**_columns(pause)))
        tx.flush()
        return Change(news=True)
    before = _pause(row)
    lasts = before.kind is PauseKind.BLOCKED or before.until > pause.since
    if not lasts or before.kind not in {pause.kind, PauseKind.BLOCKED}:
        same = lasts and (before.kind, pause.kind) == (PauseKind.ON_TRIAL, PauseKind.BLOCKED)
        later = after_a_failed_trial(before.since, pause.since)
        _set(row, replace(pause, since=before.since, until=later) if same else pause)
        tx.flush()
        stands = (before.kind, pause.kind) == (PauseKind.ON_TRIAL, PauseKind.LIMITED)
        return Change(news=not same, stood=before if stands else None)
    if before.kind is pause.kind:
        _set(row, replace(before, until=max(before.until, pause.until), detail=pause.detail))
        tx.flush()
    return Change(news=False)


def try_out(tx: Session, account: str, until: datetime) -> None:
    """A blocked account may publish again; at `until` it has worked so long that people are told."""
    query = update(AccountPauseRow).where(col(AccountPauseRow.account) == account)
    query = query.where(col(AccountPauseRow.kind) == PauseKind.BLOCKED.value)
    tx.execute(query.values(kind=PauseKind.ON_TRIAL.value, until=until))


def lift(tx: Session, pause: Pause) -> bool:
    """False where something else has come in its place meanwhile."""
    query = delete(AccountPauseRow).where(col(AccountPauseRow.account) == pause.account)
    done: Any = tx.execute(query.where(col(AccountPauseRow.kind) == pause.kind.value))
    return bool(done.rowcount)


def begin_no_later(tx: Session, now: datetime) -> None:
    """A rest that a clock which was ahead wrote lasts as long as it should, but begins now."""
    query = select(AccountPauseRow).where(col(AccountPauseRow.since) > now + AHEAD).with_for_update()
    for row in tx.execute(query).scalars():
        row.since, row.until = now, now + (row.until - row.since)


def to_probe(tx: Session, now: datetime) -> list[Pause]:
    """Blocked accounts whose access should be tried again, and those on trial that have stood it."""
    kinds = [PauseKind.BLOCKED.value, PauseKind.ON_TRIAL.value]
    query = select(AccountPauseRow).where(col(AccountPauseRow.kind).in_(kinds), col(AccountPauseRow.until) <= now)
    return [_pause(row) for row in tx.execute(query).scalars()]


def in_force(tx: Session, now: datetime) -> list[Pause]:
    """What holds an account back now."""
    kind = col(AccountPauseRow.kind)
    limited = and_(kind == PauseKind.LIMITED.value, col(AccountPauseRow.until) > now)
    query = select(AccountPauseRow).where(or_(kind == PauseKind.BLOCKED.value, limited))
    return [_pause(row) for row in tx.execute(query.order_by(col(AccountPauseRow.account))).scalars()]


def _set(row: AccountPauseRow, pause: Pause) -> None:
    for name, value in _columns(pause).items():
        setattr(row, name, value)


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
