"""The record: append-only events, one chain of hashes per office, written with what they record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.store import bulk
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.tables import ChainHeadRow, EventRow

GENESIS = "0" * 64


@dataclass(frozen=True, kw_only=True)
class Broken:
    """The first place where a chain does not hold."""

    office: str
    number: int
    what: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """One act. `data` is whatever belongs to it, as JSON."""

    office: str
    actor: str
    kind: str
    at: datetime
    post: int | None = None
    delivery: str | None = None
    data: dict[str, Any]


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
    event = Event(office=office, actor=actor, kind=kind, at=now, post=post, delivery=delivery, data=data)
    append_all(tx, [event])


def append_all(tx: Session, events: Sequence[Event]) -> None:
    """Several acts of one transaction, in order."""
    tx.flush()
    heads = _lock_heads(tx, sorted({event.office for event in events}))
    rows: list[dict[str, Any]] = []
    for event in events:
        number, previous = heads[event.office]
        row: dict[str, Any] = {
            "office": event.office,
            "number": number + 1,
            "at": event.at,
            "actor": event.actor,
            "kind": event.kind,
            "post": event.post,
            "delivery": event.delivery,
            "data": canonical(event.data).decode(),
            "previous": previous,
        }
        row["hash"] = link(row)
        rows.append(row)
        heads[event.office] = (number + 1, row["hash"])
    bulk.insert(tx, _EVENTS, _WRITTEN, [tuple(row.values()) for row in rows])
    bulk.update(tx, _HEADS, _END, [(office, *head) for office, head in heads.items()])


_EVENTS = EventRow.__table__  # type: ignore[attr-defined]
_HEADS = ChainHeadRow.__table__  # type: ignore[attr-defined]
_WRITTEN = ("office", "number", "at", "actor", "kind", "post", "delivery", "data", "previous", "hash")
_END = ("office", "number", "hash")


def _lock_heads(tx: Session, offices: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The ends of these chains, held until the transaction ends; in one order, so that nobody waits in a ring."""
    heads = _heads(tx, offices)
    new = [office for office in offices if office not in heads]
    if not new:
        return heads
    first = [{"office": office, "number": 0, "hash": GENESIS} for office in new]
    tx.execute(insert(tx, ChainHeadRow).on_conflict_do_nothing(), first)  # another process may begin the same chain
    return _heads(tx, offices)


def _heads(tx: Session, offices: Sequence[str]) -> dict[str, tuple[int, str]]:
    return {office: (number, hash_) for office, number, hash_ in bulk.held(tx, _HEADS, _END, offices)}


_LINKED = ("office", "number", "actor", "kind", "post", "delivery", "data", "previous")


def link(row: Mapping[str, Any]) -> str:
    """The hash of one event: everything it says, and the hash of the one before."""
    said = {name: row[name] for name in _LINKED} | {"at": row["at"].isoformat()}
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
    if row.hash != link({name: getattr(row, name) for name in (*_LINKED, "at")}):
        return "changed"
    if row.previous != previous:
        return "reordered"
    return None
