"""Hold: a leader puts an approved post off; it stays approved, and goes out at no hour until one is given again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.approval import LEADERS
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import Moved, PutOff
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, pins, reporting
from bakohumas_bot.lifecycle.approve import NO_RIGHT, OWN
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import let_go
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import deliveries, door, posts, record

NOTHING_TO_HOLD = "Tidak ada penayangan konten ini yang masih dapat ditunda: sudah terbit, sedang terbit, atau batal."
HELD_ALREADY = "Konten ini sudah ditunda oleh {name}."
NOT_HELD = "Konten ini tidak sedang ditunda."
TOO_LATE = "Waktu tayangnya sudah lewat selama ditunda. Mohon tentukan waktu tayang baru."


def hold(desk: Desk, person: Person, post: int, reason: str) -> list[Delivery]:
    """Whatever of it is not on its way waits. Any leader of the office may; what is being sent is not stopped."""
    now = desk.now()
    if not reason.strip():
        raise Refused("Mohon tuliskan alasan penundaannya, supaya penyusun tahu apa yang ditunggu.")
    with desk.store.writing() as tx:
        row = posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        _require_leader(person, row.office)
        if row.held_by is not None:
            raise Refused(HELD_ALREADY.format(name=people.name(desk, row.held_by)))
        waiting = [d for d in deliveries.of_post(tx, post) if d.state is State.SCHEDULED]
        if not waiting:
            raise Refused(NOTHING_TO_HOLD)
        for delivery in waiting:
            spec = desk.specs[delivery.platform]
            door.move(tx, delivery, PutOff(reason), now=now, spec=spec, actor=person.id)
        posts.hold(tx, post, person=person.id, at=now, reason=reason)
        record.append(tx, office=row.office, actor=person.id, kind="held", now=now, post=post, reason=reason)
        reporting.changed(desk, tx, post, "held", by=person, now=now, reason=reason)
        return deliveries.of_post(tx, post)


def release(
    desk: Desk, person: Person, post: int, at: datetime | None = None, *, confirmed: Confirmation | None = None
) -> list[Delivery]:
    """It goes on at its old hour where that lies ahead, or at the new one. Never by who worked on it."""
    now = desk.now()
    with desk.store.writing() as tx:
        row = posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        _require_leader(person, row.office)
        if person.id in posts.hands(tx, post):
            raise Refused(OWN)
        if row.held_by is None:
            raise Refused(NOT_HELD)
        for delivery in deliveries.of_post(tx, post):
            if delivery.held:
                _let_go(desk, tx, delivery, at or delivery.due_at, person)
        pins.require(tx, person, confirmed)
        let_go(tx, post, by=person, now=now)
        reporting.changed(desk, tx, post, "released", by=person, now=now, due_at=_first_due(tx, post))
        return deliveries.of_post(tx, post)


def _let_go(desk: Desk, tx: Session, delivery: Delivery, at: datetime, person: Person) -> None:
    now = desk.now()
    if at < now.replace(second=0, microsecond=0):
        raise Refused(TOO_LATE)
    if delivery.expires_at is not None and at >= delivery.expires_at:
        raise Refused("Waktu itu melewati masa berlaku konten (berlaku_sampai).")
    happening = Moved(at, at + (delivery.late_after - delivery.due_at))
    door.move(tx, delivery, happening, now=now, spec=desk.specs[delivery.platform], actor=person.id)


def _first_due(tx: Session, post: int) -> datetime | None:
    return min((d.due_at for d in deliveries.of_post(tx, post) if d.state is State.SCHEDULED), default=None)


def _require_leader(person: Person, office: str) -> None:
    if not person.has(office, *LEADERS):
        raise Refused(NO_RIGHT)


@dataclass(frozen=True, kw_only=True)
class Held:
    """Who holds a post, since when and why."""

    by: str
    at: datetime
    reason: str


def held(tx: Session, post: int) -> Held | None:
    row = posts.held_row(tx, post)
    if row is None or row.held_by is None or row.held_at is None:
        return None
    return Held(by=row.held_by, at=row.held_at, reason=row.held_reason or "")
