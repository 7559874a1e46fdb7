"""Witnesses: heads of chains as they were told outside the database, and whether the chains still hold them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from bakohumas_bot.store.audit import hash_at
from bakohumas_bot.store.people_tables import WitnessRow
from bakohumas_bot.store.tables import ChainHeadRow, EventRow

_TOLD = re.compile(r"^\s*(?:(\S+T\S+)\s+)?([\w.@-]{1,64})\s+(\d{1,18})\s+([0-9a-f]{64})\s*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of one office's chain; `at` is when it was told, where that is known."""

    office: str
    number: int
    hash: str
    at: datetime | None = None

    def line(self) -> str:
        """As it stands in the chat, in the file beside the database, and in an export."""
        told = f"{self.office} {self.number} {self.hash}"
        return f"{self.at.isoformat()} {told}" if self.at else told


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A head that was witnessed and is not in the chain any more. `ends`: how far the chain reaches now."""

    head: Head
    ends: int

    @property
    def is_shorter(self) -> bool:
        return self.ends < self.head.number


@dataclass(frozen=True, kw_only=True)
class Restored:
    """An event that says: from here on this chain is that of a backup."""

    office: str
    number: int
    at: datetime
    taken_at: datetime


def heads(tx: Session) -> list[Head]:
    """The end of every chain as it is now."""
    rows = tx.execute(select(ChainHeadRow).where(col(ChainHeadRow.number) > 0).order_by(col(ChainHeadRow.office)))
    return [Head(office=row.office, number=row.number, hash=row.hash) for row in rows.scalars()]


def note(
    tx: Session, told: Iterable[Head], *, at: datetime, chat: int | None = None, message: int | None = None
) -> None:
    rows = [
        WitnessRow(office=h.office, number=h.number, hash=h.hash, at=at, chat_id=chat, message_id=message) for h in told
    ]
    tx.add_all(rows)
    tx.flush()


def told_since(tx: Session, chat: int, moment: datetime) -> set[str]:
    """The offices whose head that chat has heard since then."""
    query = select(col(WitnessRow.office)).where(col(WitnessRow.chat_id) == chat, col(WitnessRow.at) >= moment)
    return set(tx.execute(query).scalars())


def last_told(tx: Session, chat: int) -> datetime | None:
    last: datetime | None = tx.execute(select(func.max(WitnessRow.at)).where(col(WitnessRow.chat_id) == chat)).scalar()
    return last


def departures(tx: Session) -> list[Departure]:
    """Of all that the database itself remembers to have told."""
    there = (
        select(col(EventRow.id))
        .where(
            col(EventRow.office) == col(WitnessRow.office),
            col(EventRow.number) == col(WitnessRow.number),
            col(EventRow.hash) == col(WitnessRow.hash),
        )
        .exists()
    )
    rows = tx.execute(select(WitnessRow).where(~there).order_by(col(WitnessRow.id)).limit(1000)).scalars()
    return list(compare(tx, [Head(office=r.office, number=r.number, hash=r.hash, at=r.at) for r in rows]))


def holds_since(tx: Session, office: str, moment: datetime) -> bool:
    """A head of this office was told after that moment, and its chain still holds it."""
    query = select(WitnessRow).where(col(WitnessRow.office) == office, col(WitnessRow.at) > moment)
    return any(hash_at(tx, office, row.number) == row.hash for row in tx.execute(query).scalars())


def compare(tx: Session, told: Iterable[Head]) -> Iterator[Departure]:
    ends = {head.office: head.number for head in heads(tx)}
    for head in told:
        if head.number and hash_at(tx, head.office, head.number) != head.hash:
            yield Departure(head=head, ends=ends.get(head.office, 0))


def read(text: str) -> list[Head]:
    """Every head that a chat's message, the file beside the database or an export names."""
    return [
        Head(office=office, number=int(number), hash=hash_, at=_moment(at))
        for at, office, number, hash_ in _TOLD.findall(text)
    ]


def _moment(told: str) -> datetime | None:
    try:
        return datetime.fromisoformat(told) if told else None
    except ValueError:
        return None


def restored(tx: Session) -> list[Restored]:
    """Every time that a chain went on from a backup."""
    query = (
        select(EventRow).where(col(EventRow.kind) == "restored").order_by(col(EventRow.office), col(EventRow.number))
    )
    return [
        Restored(
            office=row.office,
            number=row.number,
            at=row.at,
            taken_at=datetime.fromisoformat(json.loads(row.data)["taken_at"]),
        )
        for row in tx.execute(query).scalars()
    ]
