"""Schedule: move, cancel, or try again what was planned; each only by those who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS, LEADERS, may_lead
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import Moved, TriedAgain
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, pins, reporting
from bakohumas_bot.lifecycle.approve import NO_RIGHT, OWN
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import NOT_AN_AUTHOR, let_go, revise, withdraw
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.store import deliveries, door, posts, record

HELD = "Konten ini sedang ditunda pimpinan ({reason}). Mohon lanjutkan dahulu."
PAST = "Waktu tersebut sudah lewat. Silakan pilih waktu yang akan datang."


def reschedule(
    desk: Desk, person: Person, post: int, at: datetime, *, confirmed: Confirmation | None = None
) -> list[Delivery]:
    """A new time. Before approval it is part of the draft; afterwards only an entitled leader may choose it.

    It lets go what was held, and so asks for the PIN that `hold.release` asks for.
    """
    now = desk.now()
    if at < now.replace(second=0, microsecond=0):  # nobody types seconds
        raise Refused(PAST)
    with desk.store.reading() as tx:
        planned = [d for d in deliveries.of_post(tx, post) if d.state is not State.CANCELLED]
    if not planned:
        revise(desk, person, post, lambda content: replace(content, publish_at=at))
        return []
    with desk.store.writing() as tx:
        posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        revision = posts.latest(tx, post)
        _require_leader(tx, person, revision)
        before = deliveries.of_post(tx, post)
        moved = [_move_to(desk, tx, d, at=at, person=person, now=now) for d in before]
        done = [d for d in moved if d is not None]
        if not done:
            raise Refused("Tidak ada penayangan yang masih dapat dijadwalkan ulang untuk konten ini.")
        if posts.held(tx, post) is not None:
            pins.require(tx, person, confirmed)
        let_go(tx, post, by=person, now=now)
        reporting.changed(desk, tx, post, "moved", by=person, now=now, due_at=at)
        reporting.decided_on_missed(desk, tx, before, now)
        return done


def cancel(desk: Desk, person: Person, post: int, reason: str | None = None) -> list[Delivery]:
    """What is not yet sent will not be sent; a post without deliveries is closed. What is public stays (takedown)."""
    now = desk.now()
    with desk.store.writing() as tx:
        row = posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        revision = posts.latest(tx, post)
        if not person.has(revision.content.office, *AUTHORS):
            raise Refused(NOT_AN_AUTHOR)
        if row.closed_at is not None:
            raise Refused("Konten ini sudah dibatalkan.")
        standing = [d for d in deliveries.of_post(tx, post) if d.state is not State.CANCELLED]
        open_ = [d for d in standing if d.state in {State.SCHEDULED, State.MISSED, State.FAILED}]
        if standing and not open_:
            raise Refused("Semua penayangan konten ini sudah berjalan atau terbit, sehingga tidak dapat dibatalkan.")
        for delivery in open_:
            withdraw(desk, tx, delivery, reason or "", by=person, now=now)
        let_go(tx, post, by=person, now=now)
        if len(open_) == len(standing):
            posts.close(tx, post, now)
        record.append(
            tx,
            office=revision.content.office,
            actor=person.id,
            kind="cancelled",
            now=now,
            post=post,
            reason=reason,
            deliveries=[d.id for d in open_],
        )
        reporting.changed(desk, tx, post, "cancelled", by=person, now=now, reason=reason)
        reporting.decided_on_missed(desk, tx, open_, now)
        return deliveries.of_post(tx, post)


def retry(desk: Desk, person: Person, post: int, reason: str | None = None) -> list[Delivery]:
    """Failed and missed deliveries go out now. Past the approved window only an entitled leader may say so."""
    now = desk.now()
    with desk.store.writing() as tx:
        posts.lock(tx, post)
        person = people.as_of(desk, tx, person, now)
        revision = posts.latest(tx, post)
        if not person.has(revision.content.office, *AUTHORS):
            raise Refused(NOT_AN_AUTHOR)
        if (reason_held := posts.held(tx, post)) is not None:
            raise Refused(HELD.format(reason=reason_held))
        again = [d for d in deliveries.of_post(tx, post) if d.state in {State.FAILED, State.MISSED}]
        if not again:
            raise Refused("Tidak ada penayangan yang gagal atau terlewat pada konten ini.")
        new_window = any(d.state is State.MISSED or d.too_late(now) for d in again)
        if new_window:
            _require_leader(tx, person, revision)
        for delivery in again:
            _require_valid(delivery, now)
            happening = TriedAgain(now, now + _lateness(desk, delivery) if new_window else delivery.late_after)
            spec = desk.specs[delivery.platform]
            door.move(tx, delivery, happening, now=now, spec=spec, actor=person.id)
        record.append(
            tx, office=revision.content.office, actor=person.id, kind="retried", now=now, post=post, reason=reason
        )
        reporting.decided_on_missed(desk, tx, again, now)
        return deliveries.of_post(tx, post)


def _move_to(
    desk: Desk, tx: Session, delivery: Delivery, *, at: datetime, person: Person, now: datetime
) -> Delivery | None:
    late_after = at + _lateness(desk, delivery)
    spec = desk.specs[delivery.platform]
    _require_valid(delivery, at)
    if delivery.state is State.SCHEDULED:
        return door.move(tx, delivery, Moved(at, late_after), now=now, spec=spec, actor=person.id)
    if delivery.state in {State.MISSED, State.FAILED}:
        return door.move(tx, delivery, TriedAgain(at, late_after), now=now, spec=spec, actor=person.id)
    return None


def _lateness(desk: Desk, delivery: Delivery) -> timedelta:
    """As planned; the account itself may be gone from the configuration by now."""
    account = desk.directory.accounts.get(delivery.account)
    return account.lateness if account else delivery.late_after - delivery.due_at


def _require_valid(delivery: Delivery, at: datetime) -> None:
    if delivery.expires_at is not None and at >= delivery.expires_at:
        raise Refused("Waktu itu melewati masa berlaku konten (berlaku_sampai).")


def _require_leader(tx: Session, person: Person, revision: Revision) -> None:
    if not person.has(revision.content.office, *LEADERS):
        raise Refused(f"{NO_RIGHT} Waktu tayang yang sudah disetujui hanya dapat diubah oleh pimpinan.")
    if not may_lead(person, revision.content.office, posts.hands(tx, revision.post)):
        raise Refused(OWN)
