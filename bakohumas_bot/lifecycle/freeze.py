"""Freeze: nothing of an office leaves until two people have lifted it; what was due meanwhile asks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS, LEADERS
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.happenings import TooLate
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, pins, reporting
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import deliveries, door, freezes, record
from bakohumas_bot.store.tables import FreezeRow

WHO_FREEZES = (*AUTHORS, Role.ADMIN)
ASKED_ALREADY = "Pencabutan sudah diminta dan menunggu konfirmasi orang kedua."


@dataclass(frozen=True, kw_only=True)
class Lifting:
    """`done` False: one person has asked, another must confirm. `held`: what asks for a new time now."""

    done: bool
    held: tuple[Delivery, ...] = ()


def freeze(desk: Desk, person: Person, office: str, reason: str) -> None:
    """At once, by anyone who works here: stopping must be easy. When this returns, nothing more is begun by any worker.

    A call that is under way already cannot be taken back. Raises `Refused`.
    """
    now = desk.now()
    _require(person, office, "membekukan", *WHO_FREEZES)
    _require_reason(reason)
    try:
        with desk.store.writing() as tx:
            _require(people.as_of(desk, tx, person, now), office, "membekukan", *WHO_FREEZES)
            freezes.put(tx, office=office, person=person.id, reason=reason, now=now)
            record.append(tx, office=office, actor=person.id, kind="frozen", now=now, reason=reason)
            reporting.frozen(desk, tx, office, by=person, reason=reason, now=now)
    except IntegrityError:
        raise Refused(_already(desk, office)) from None
    freezes.wait_until_seen()


def lift(desk: Desk, person: Person, office: str, reason: str, *, confirmed: Confirmation | None = None) -> Lifting:
    """Asked by one person, done when a second one, a leader, says the same. Nothing that was held goes out unasked.

    The second voice is `confirmed` with a PIN by those who have one: raises `PinWanted`.
    """
    now = desk.now()
    with desk.store.writing() as tx:
        person = people.as_of(desk, tx, person, now)
        row = _liftable(desk, tx, person, office)
        _require_reason(reason)
        if row.asked_by is None:
            _ask(desk, tx, row, person, reason, now)
            return Lifting(done=False)
        pins.require(tx, person, confirmed)
        overdue = deliveries.overdue(tx, office, now)  # held before the record, as by a worker: nobody waits in a ring
        row.lifted_by, row.lifted_at = person.id, now
        tx.flush()
        record.append(
            tx, office=office, actor=person.id, kind="unfrozen", now=now, reason=reason, asked_by=row.asked_by
        )
        held = _hold_back(desk, tx, overdue, person, now)
        reporting.unfrozen(desk, tx, office, by=person, held=len(held), now=now)
        return Lifting(done=True, held=held)


def require_may_freeze(desk: Desk, person: Person, office: str) -> None:
    """For a question before the act: raises the same `Refused` that the act would."""
    _require(person, office, "membekukan", *WHO_FREEZES)
    with desk.store.reading() as tx:
        if office in freezes.in_force(tx):
            raise Refused(_already(desk, office))


def require_may_lift(desk: Desk, person: Person, office: str) -> None:
    """The same for lifting it."""
    with desk.store.writing() as tx:
        _liftable(desk, tx, person, office)


def _liftable(desk: Desk, tx: Session, person: Person, office: str) -> FreezeRow:
    """The freeze in force, where this person may ask to lift it, or confirm what another asked."""
    _require(person, office, "mencabut pembekuan", *WHO_FREEZES)
    row = freezes.of(tx, office)
    if row is None:
        raise Refused(f"Tidak ada pembekuan yang berlaku untuk {desk.office(office).name}.")
    if row.asked_by == person.id:
        raise Refused("Pencabutan pembekuan harus dikonfirmasi oleh orang kedua, bukan oleh yang memintanya.")
    if row.asked_by is not None:
        _require(person, office, "mengonfirmasi pencabutan pembekuan", *LEADERS)
    return row


def _already(desk: Desk, office: str) -> str:
    return f"Pembekuan untuk {desk.office(office).name} sudah berlaku."


def office_of(desk: Desk, person: Person, named: str | None) -> str:
    """Which office a person means; who works in several must say which. Raises `Refused`."""
    mine = [code for code in person.offices if code in desk.directory.offices and person.has(code, *WHO_FREEZES)]
    if named is not None:
        if named not in desk.directory.offices:
            raise Refused(f"Satker '{named}' tidak ada di konfigurasi.")
        return named
    if len(mine) == 1:
        return mine[0]
    if not mine:
        raise Refused("Peran Bapak/Ibu tidak berhak membekukan penayangan di satker mana pun.")
    listed = ", ".join(f"{code} ({desk.office(code).name})" for code in mine)
    raise Refused(f"Mohon sebutkan satkernya: {listed}.")


def office_and_reason(desk: Desk, person: Person, words: str) -> tuple[str, str]:
    """From `[SATKER] ALASAN`. Raises `Refused`."""
    first, _, rest = words.strip().partition(" ")
    if first in desk.directory.offices:
        return first, rest.strip()
    return office_of(desk, person, None), words.strip()


def _ask(desk: Desk, tx: Session, row: FreezeRow, person: Person, reason: str, now: datetime) -> None:  # noqa: PLR0917 - one act, all of it
    row.asked_by, row.asked_at, row.asked_reason = person.id, now, reason
    tx.flush()
    record.append(tx, office=row.office, actor=person.id, kind="unfreeze.asked", now=now, reason=reason)
    reporting.unfreeze_asked(desk, tx, row.office, by=person, reason=reason, now=now)


def _hold_back(
    desk: Desk, tx: Session, overdue: Sequence[Delivery], person: Person, now: datetime
) -> tuple[Delivery, ...]:
    """What came due during the freeze becomes *terlewat*: a leader chooses its new time."""
    moves = [
        door.Move(
            delivery=delivery,
            happening=TooLate(),
            now=now,
            spec=desk.specs[delivery.platform],
            actor=person.id,
            then=lambda tx, after: reporting.came_to_rest(desk, tx, after, now),
        )
        for delivery in overdue
    ]
    return tuple(after for after in door.move_all(tx, moves) if isinstance(after, Delivery))


def _require(person: Person, office: str, what: str, *roles: Role) -> None:
    if not person.has(office, *roles):
        raise Refused(f"Peran Bapak/Ibu tidak berhak {what} penayangan satker ini.")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Mohon tuliskan alasannya (--reason).")
