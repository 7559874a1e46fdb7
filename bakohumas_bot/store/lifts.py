"""Who has lifted which *blok* of a revision: only what the record says too, for its chain shows what was slipped in."""

from __future__ import annotations

import json

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bakohumas_bot.domain.lifting import Lift, Spot
from bakohumas_bot.store.rule_tables import LiftRow
from bakohumas_bot.store.tables import EventRow

RECORDED = "overridden"

_LIFTS = LiftRow.__table__.c  # type: ignore[attr-defined]
_OF_REVISION = (
    select(_LIFTS.code, _LIFTS.spots, _LIFTS.person, _LIFTS.reason, _LIFTS.lifted_at, _LIFTS.deputy)
    .where(_LIFTS.post_id == bindparam("post"), _LIFTS.revision == bindparam("number"))
    .order_by(_LIFTS.id)
)
_EVENTS = EventRow.__table__.c  # type: ignore[attr-defined]
_SAID = select(_EVENTS.actor, _EVENTS.data).where(_EVENTS.post == bindparam("post"), _EVENTS.kind == RECORDED)


def of_revision(tx: Session, post: int, number: int) -> tuple[Lift, ...]:
    """Oldest first."""
    rows = tx.execute(_OF_REVISION, {"post": post, "number": number}).all()
    recorded = _recorded(tx, post, number) if rows else []
    return tuple(
        Lift(
            code=row.code,
            spots=frozenset(Spot(field=field, start=start, end=end) for field, start, end in row.spots),
            person=row.person,
            reason=row.reason,
            at=row.lifted_at,
            deputy=row.deputy,
        )
        for row in rows
        if _word(row.code, row.person, row.reason, row.spots) in recorded
    )


def _recorded(tx: Session, post: int, number: int) -> list[str]:
    said = [(row.actor, json.loads(row.data)) for row in tx.execute(_SAID, {"post": post})]
    here = [(actor, data) for actor, data in said if data["revision"] == number]
    return [_word(data["code"], actor, data["reason"], data["spots"]) for actor, data in here]


def _word(code: str, person: str, reason: str, spots: list[list[str | int | None]]) -> str:
    return json.dumps([code, person, reason, sorted(spots, key=str)])


def add(tx: Session, post: int, number: int, lift: Lift) -> None:
    spots = sorted(([spot.field, spot.start, spot.end] for spot in lift.spots), key=str)
    tx.add(
        LiftRow(
            post_id=post,
            revision=number,
            code=lift.code,
            spots=spots,
            person=lift.person,
            reason=lift.reason,
            lifted_at=lift.at,
            deputy=lift.deputy,
        )
    )
    tx.flush()
