"""The record: append-only events, one chain of hashes per office, written with what they record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
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


def hold(tx: Session, office: str) -> None:
    """For an act that holds other rows before it is written down: whoever comes by the door holds this end first."""
    _lock_heads(tx, [office])


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


def history(tx: Session, post: int) -> list[EventRow]:
    """Every event of one post, oldest first."""
    return list(tx.execute(select(EventRow).where(col(EventRow.post) == post).order_by(col(EventRow.id))).scalars())


def last_of_kind(tx: Session, office: str, kind: str) -> EventRow | None:
    """The newest event of this kind in an office's chain."""
    query = select(EventRow).where(col(EventRow.office) == office, col(EventRow.kind) == kind)
    row: EventRow | None = tx.execute(query.order_by(col(EventRow.number).desc()).limit(1)).scalar()
    return row


def data_of(row: EventRow) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(row.data)
    return data
