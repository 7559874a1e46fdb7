"""Who belongs to the desk beside the configuration: who came, who left, and who stands in for whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bakohumas_bot.domain.offices import Deputy, DeputyKind, Role
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.people_tables import DeputyRow, MemberRoleRow, MemberRow
from bakohumas_bot.store.tables import UNSENT, CardRow, OutboxRow, QuestionRow


@dataclass(frozen=True, kw_only=True)
class Member:
    """`left`: every right has ended, those from the configuration too."""

    person: str
    name: str
    telegram_id: int | None
    left: bool


@dataclass(frozen=True, kw_only=True)
class Deputyship:
    """A deputy with the number by which it is ended early."""

    id: int
    deputy: Deputy


def members(tx: Session) -> list[Member]:
    rows = tx.execute(select(MemberRow).order_by(col(MemberRow.person))).scalars()
    return [_member(row) for row in rows]


def member(tx: Session, person: str) -> Member | None:
    row = tx.get(MemberRow, person)
    return _member(row) if row else None


def bind(tx: Session, person: str, name: str, telegram_id: int, now: datetime) -> bool:
    """This Telegram id is this person's from now on; False where another one already is.

    Raises `IntegrityError` where the Telegram id is somebody else's.
    """
    _be_known(tx, person, name, now)
    free = col(MemberRow.telegram_id).is_(None) | (col(MemberRow.telegram_id) == telegram_id)
    bound = update(MemberRow).where(col(MemberRow.person) == person, col(MemberRow.left_at).is_(None), free)
    return tx.execute(bound.values(telegram_id=telegram_id).returning(col(MemberRow.person))).first() is not None


def leave(tx: Session, person: str, name: str, now: datetime) -> bool:
    """False for one who has left already. The Telegram id stays with whoever had it."""
    _be_known(tx, person, name, now)
    gone = update(MemberRow).where(col(MemberRow.person) == person, col(MemberRow.left_at).is_(None))
    return tx.execute(gone.values(left_at=now).returning(col(MemberRow.person))).first() is not None


def come_back(tx: Session, person: str) -> bool:
    """Without the Telegram id: who comes back is made sure of anew, by an invitation or the configuration."""
    back = update(MemberRow).where(col(MemberRow.person) == person, col(MemberRow.left_at).is_not(None))
    back = back.values(left_at=None, telegram_id=None)
    return tx.execute(back.returning(col(MemberRow.person))).first() is not None


def _be_known(tx: Session, person: str, name: str, now: datetime) -> None:
    new = insert(tx, MemberRow).values(person=person, name=name, telegram_id=None, joined_at=now, left_at=None)
    tx.execute(new.on_conflict_do_nothing(index_elements=["person"]))


def put_away(tx: Session, person: str, now: datetime) -> None:
    """Of one who left: open cards and the open question are void, and nothing more is sent."""
    tx.execute(
        update(CardRow).where(col(CardRow.person) == person, col(CardRow.closed_at).is_(None)).values(closed_at=now)
    )
    tx.execute(delete(QuestionRow).where(col(QuestionRow.person) == person))
    unsent = update(OutboxRow).where(UNSENT, col(OutboxRow.person) == person)
    tx.execute(unsent.values(next_at=None, error="sudah tidak bertugas"))


def given_roles(tx: Session) -> dict[str, set[tuple[str, Role]]]:
    """Of each person, the (office, role) pairs that were given here and not taken away."""
    given: dict[str, set[tuple[str, Role]]] = defaultdict(set)
    for row in tx.execute(select(MemberRoleRow).where(col(MemberRoleRow.ended_at).is_(None))).scalars():
        given[row.person].add((row.office, Role(row.role)))
    return given


def offices_ever(tx: Session, person: str) -> set[str]:
    """Where this person was given a role at any time."""
    rows = tx.execute(select(col(MemberRoleRow.office)).where(col(MemberRoleRow.person) == person))
    return {office for (office,) in rows}


def give(tx: Session, person: str, office: str, role: Role, *, by: str, now: datetime) -> None:
    """A role that is held already is not given twice."""
    new = insert(tx, MemberRoleRow).values(person=person, office=office, role=role.value, given_by=by, given_at=now)
    tx.execute(new.on_conflict_do_nothing())


def end_role(tx: Session, person: str, office: str, role: Role, now: datetime) -> bool:
    """False where it was not given here."""
    return bool(
        _end_roles(tx, now, col(MemberRoleRow.person) == person, col(MemberRoleRow.office) == office, _is(role))
    )


def end_roles(tx: Session, person: str, now: datetime) -> None:
    """Every role and every deputyship of this person."""
    _end_roles(tx, now, col(MemberRoleRow.person) == person)
    tx.execute(
        update(DeputyRow).where(col(DeputyRow.person) == person, col(DeputyRow.ended_at).is_(None)).values(ended_at=now)
    )


def _is(role: Role) -> object:
    return col(MemberRoleRow.role) == role.value


def _end_roles(tx: Session, now: datetime, *which: object) -> int:
    ended = update(MemberRoleRow).where(col(MemberRoleRow.ended_at).is_(None), *which)  # type: ignore[arg-type]
    return len(tx.execute(ended.values(ended_at=now).returning(col(MemberRoleRow.id))).all())


def deputies(tx: Session, now: datetime) -> list[Deputy]:
    """Those in force now."""
    return [one.deputy for one in deputyships(tx, now) if one.deputy.in_force(now)]


def deputyships(tx: Session, now: datetime) -> list[Deputyship]:
    """Those in force, and those that are still to begin."""
    query = select(DeputyRow).where(col(DeputyRow.ended_at).is_(None), col(DeputyRow.ends) > now)
    return [_deputyship(row) for row in tx.execute(query.order_by(col(DeputyRow.id))).scalars()]


def deputyship(tx: Session, id_: int) -> Deputyship | None:
    """One that has not been ended early."""
    row = tx.get(DeputyRow, id_)
    return _deputyship(row) if row and row.ended_at is None else None


def put_deputy(tx: Session, deputy: Deputy, *, by: str, now: datetime) -> int:
    row = DeputyRow(
        office=deputy.office,
        role=deputy.role.value,
        kind=deputy.kind.value,
        person=deputy.person,
        principal=deputy.principal,
        number=deputy.number,
        begins=deputy.begins,
        ends=deputy.ends,
        made_by=by,
        made_at=now,
    )
    tx.add(row)
    tx.flush()
    assert row.id is not None
    return row.id


def end_deputy(tx: Session, id_: int, now: datetime) -> bool:
    ended = update(DeputyRow).where(col(DeputyRow.id) == id_, col(DeputyRow.ended_at).is_(None))
    return tx.execute(ended.values(ended_at=now).returning(col(DeputyRow.id))).first() is not None


def _member(row: MemberRow) -> Member:
    return Member(person=row.person, name=row.name, telegram_id=row.telegram_id, left=row.left_at is not None)


def _deputyship(row: DeputyRow) -> Deputyship:
    assert row.id is not None
    deputy = Deputy(
        office=row.office,
        role=Role(row.role),
        kind=DeputyKind(row.kind),
        person=row.person,
        principal=row.principal,
        number=row.number,
        begins=row.begins,
        ends=row.ends,
    )
    return Deputyship(id=row.id, deputy=deputy)
