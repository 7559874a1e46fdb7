"""The record: append-only events, one chain of hashes per office, written with what they record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.store.tables import ChainHeadRow, EventRow

GENESIS = "0" * 64


@dataclass(frozen=True, kw_only=True)
class Broken:
    """The first place where a chain does not hold."""

    office: str
    number: int
    what: str


def append(
    tx: Session,
    *,
    office: str,
    actor: str,
    kind: str,
    now: datetime,
    post: int | None = None,
    delivery: str | None = None,
    **data: Any,
) -> None:
    """Writes one event at the end of the office's chain, inside the transaction of the act itself."""
    head = tx.execute(
        select(ChainHeadRow).where(col(ChainHeadRow.office) == office).with_for_update()
    ).scalar_one_or_none()
    if head is None:
        head = ChainHeadRow(office=office, number=0, hash=GENESIS)
        tx.add(head)
    row = EventRow(
        office=office,
        number=head.number + 1,
        at=now,
        actor=actor,
        kind=kind,
        post=post,
        delivery=delivery,
        data=canonical(data).decode(),
        previous=head.hash,
        hash="",
    )
    row.hash = link(row)
    tx.add(row)
    head.number, head.hash = row.number, row.hash
    tx.flush()


def link(row: EventRow) -> str:
    """The hash of one event: everything it says, and the hash of the one before."""
    said = {
        "office": row.office,
        "number": row.number,
        "at": row.at.isoformat(),
        "actor": row.actor,
        "kind": row.kind,
        "post": row.post,
        "delivery": row.delivery,
        "data": row.data,
        "previous": row.previous,
    }
    return hashlib.sha256(canonical(said)).hexdigest()


def verify(tx: Session) -> tuple[int, list[Broken]]:
    """How many events were read, and where each broken chain first breaks."""
    heads = {head.office: head for head in tx.execute(select(ChainHeadRow)).scalars()}
    seen: dict[str, tuple[int, str]] = {}
    broken: dict[str, Broken] = {}
    count = 0
    for row in _in_order(tx):
        count += 1
        number, previous = seen.get(row.office, (0, GENESIS))
        what = _fault(row, number + 1, previous)
        if what and row.office not in broken:
            broken[row.office] = Broken(office=row.office, number=row.number, what=what)
        seen[row.office] = (row.number, row.hash)
    for office, head in heads.items():
        if office not in broken and seen.get(office, (0, GENESIS)) != (head.number, head.hash):
            broken[office] = Broken(office=office, number=head.number, what="removed")
    for office, (number, _) in seen.items():
        if office not in heads and office not in broken:
            broken[office] = Broken(office=office, number=number, what="removed")
    return count, list(broken.values())


def history(tx: Session, post: int) -> list[EventRow]:
    """Every event of one post, oldest first."""
    return list(tx.execute(select(EventRow).where(col(EventRow.post) == post).order_by(col(EventRow.id))).scalars())


def data_of(row: EventRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(row.data)
    return data


def _in_order(tx: Session) -> Iterator[EventRow]:
    query = select(EventRow).order_by(col(EventRow.office), col(EventRow.number), col(EventRow.id))
    yield from tx.execute(query.execution_options(yield_per=1000)).scalars()


def _fault(row: EventRow, expected: int, previous: str) -> str | None:
    if row.number > expected:
        return "removed"
    if row.number < expected:
        return "inserted"
    if row.hash != link(row):
        return "changed"
    if row.previous != previous:
        return "reordered"
    return None
