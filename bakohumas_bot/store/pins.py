"""PINs: the salted slow hash of each, and how often in a row somebody was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from bakohumas_bot.store.people_tables import PinRow

MOST_WRONG = 5


@dataclass(frozen=True, kw_only=True)
class Pin:
    person: str
    hash: str
    wrong: int
    locked: bool

    @property
    def used_up(self) -> bool:
        return self.locked or self.wrong >= MOST_WRONG


def get(tx: Session, person: str) -> Pin | None:
    row = tx.get(PinRow, person)
    if row is None:
        return None
    return Pin(person=row.person, hash=row.hash, wrong=row.wrong, locked=row.locked_at is not None)


def put(tx: Session, person: str, hash_: str, now: datetime) -> None:
    tx.merge(PinRow(person=person, hash=hash_, wrong=0, set_at=now, locked_at=None))


def take_try(tx: Session, person: str) -> bool:
    """Counted as wrong before it is looked at: tries side by side are no more than five either."""
    left = update(PinRow).where(
        col(PinRow.person) == person, col(PinRow.locked_at).is_(None), col(PinRow.wrong) < MOST_WRONG
    )
    return tx.execute(left.values(wrong=col(PinRow.wrong) + 1).returning(col(PinRow.person))).first() is not None


def right(tx: Session, person: str) -> None:
    tx.execute(update(PinRow).where(col(PinRow.person) == person).values(wrong=0))


def lock(tx: Session, person: str, now: datetime) -> None:
    tx.execute(update(PinRow).where(col(PinRow.person) == person).values(locked_at=now))


def unlock(tx: Session, person: str) -> bool:
    """False where it was not locked."""
    used_up = update(PinRow).where(col(PinRow.person) == person, col(PinRow.wrong) >= MOST_WRONG)
    return tx.execute(used_up.values(wrong=0, locked_at=None).returning(col(PinRow.person))).first() is not None


def remove(tx: Session, person: str) -> bool:
    row = tx.get(PinRow, person)
    if row is not None:
        tx.delete(row)
    return row is not None
