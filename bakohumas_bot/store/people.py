"""Who belongs to the desk beside the configuration: who came, who left, and who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bakohumas_bot.domain.offices import Deputy, DeputyKind, Role
from bakohumas_bot.store.people_tables import DeputyRow, MemberRoleRow, MemberRow


@dataclass(frozen=True, kw_only=True)
class Member:
    """`left`: every right has ended, those from the configuration too."""

    person: str
    name: str
    telegram_id: int | None
    left: bool


def members(tx: Session) -> list[Member]:
    rows = tx.execute(select(MemberRow).order_by(col(MemberRow.person))).scalars()
    return [Member(person=r.person, name=r.name, telegram_id=r.telegram_id, left=r.left_at is not None) for r in rows]


def given_roles(tx: Session) -> dict[str, set[tuple[str, Role]]]:
    """Of each person, the (office, role) pairs that were given here and not taken away."""
    given: dict[str, set[tuple[str, Role]]] = defaultdict(set)
    for row in tx.execute(select(MemberRoleRow).where(col(MemberRoleRow.ended_at).is_(None))).scalars():
        given[row.person].add((row.office, Role(row.role)))
    return given


def deputies(tx: Session, now: datetime) -> list[Deputy]:
    """Those in force now."""
    query = select(DeputyRow).where(
        col(DeputyRow.ended_at).is_(None), col(DeputyRow.begins) <= now, col(DeputyRow.ends) > now
    )
    return [_deputy(row) for row in tx.execute(query.order_by(col(DeputyRow.id))).scalars()]


def _deputy(row: DeputyRow) -> Deputy:
    return Deputy(
        office=row.office,
        role=Role(row.role),
        kind=DeputyKind(row.kind),
        person=row.person,
        principal=row.principal,
        number=row.number,
        begins=row.begins,
        ends=row.ends,
    )
