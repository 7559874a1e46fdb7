"""Who is told what when a delivery comes to rest: one result card per post, whose later changes edit it."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bakohumas_bot.domain.approval import AUTHORS, LEADERS, leaders
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.outcomes import Receipt
from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.lifecycle.clockwatch import SETTLE, Jump, Turn
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, outbox, posts, record

_CLOCK = {
    Turn.AHEAD: "Jam mesin penayang ({host}) melompat maju sekitar {by}. Demi keamanan, tidak ada yang ditayangkan "
    "sampai jam itu pasti, paling lama {longest}. Mohon periksa sinkronisasi waktu (NTP) pada mesin tersebut.",
    Turn.RETURNED: "Jam mesin penayang ({host}) sudah kembali benar. Penayangan berjalan lagi.",
    Turn.ACCEPTED: "Jam mesin penayang ({host}) tetap pada waktu barunya, sehingga dianggap benar. Penayangan berjalan "
    "lagi; yang terlewat akan ditanyakan.",
    Turn.BEHIND: "Jam mesin penayang ({host}) mundur sekitar {by}. Tidak ada yang terbit dua kali, tetapi penayangan "
    "dapat terlambat. Mohon periksa sinkronisasi waktu (NTP) pada mesin tersebut.",
    Turn.APART: "Jam mesin penayang ({host}) berbeda sekitar {by} dari jam basis data. Demi keamanan, mesin itu tidak "
    "menayangkan apa pun sampai keduanya sama. Mohon periksa sinkronisasi waktu (NTP) pada kedua mesin.",
    Turn.AGREED: "Jam mesin penayang ({host}) sudah sama dengan jam basis data. Mesin itu menayangkan lagi.",
}
MUSTER = timedelta(seconds=10)  # what was missed together is told together


def came_to_rest(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """After every move: whoever must know, or be asked, learns it in the same transaction."""
    if delivery.asks and delivery.state is State.UNCONFIRMED:
        _ask_whether_public(desk, tx, delivery, now)
    if delivery.state is State.MISSED:
        _list_as_missed(desk, tx, delivery, now)
    if delivery.reportable:
        _tell_result(desk, tx, delivery.post, now)


def _tell_result(desk: Desk, tx: Session, post: int, now: datetime) -> None:
    """The result card once every delivery of the post is at rest, and again (as an edit) when it changes.

    Where all of it was missed, the one list of what was missed says so.
    """
    standing = [d for d in deliveries.of_post(tx, post) if d.state is not State.CANCELLED]
    if not all(d.reportable for d in standing) or all(d.state is State.MISSED for d in standing):
        return
    outbox.queue(
        tx,
        _audience(desk, tx, post),
        "result",
        now=now,
        post=post,
        revision=standing[0].revision,
        key=_as_it_stands(standing),
    )


def _ask_whether_public(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """A card with *Sudah terbit* and *Belum, kirim ulang* for each attempt that nobody but a person can judge."""
    _about_an_attempt(desk, tx, delivery, "unconfirmed", now)


def answered(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """Whether it is public is known now: every copy of the card that asked says so, and by whom."""
    _about_an_attempt(desk, tx, delivery, "answered", now)


def _about_an_attempt(desk: Desk, tx: Session, delivery: Delivery, kind: str, now: datetime) -> None:
    concerned = {p.id: p for p in _audience(desk, tx, delivery.post)}
    concerned |= {p.id: p for p in desk.directory.holders(delivery.office, Role.OPERATOR)}
    outbox.queue(
        tx,
        concerned.values(),
        kind,
        now=now,
        post=delivery.post,
        revision=delivery.revision,
        key=f"{delivery.id}:{delivery.version}",
        delivery=delivery.id,
    )


def _list_as_missed(desk: Desk, tx: Session, delivery: Delivery, now: datetime) -> None:
    """One list per person: composed when it is sent, it holds whatever was missed by then."""
    concerned = {p.id: p for p in _audience(desk, tx, delivery.post)}
    concerned |= {p.id: p for p in desk.directory.holders(delivery.office, *LEADERS)}
    waiting = [p for p in concerned.values() if not outbox.waits(tx, p.id, "missed")]
    outbox.queue(tx, waiting, "missed", now=now, after=MUSTER, key=f"{delivery.id}:{delivery.version}")


def decided_on_missed(desk: Desk, tx: Session, before: Iterable[Delivery], now: datetime) -> None:
    """What was missed is no longer: everyone's list of it is brought up to date."""
    missed = next((d for d in before if d.state is State.MISSED), None)
    if missed is None:
        return
    concerned = {p.id: p for p in _audience(desk, tx, missed.post)}
    concerned |= {p.id: p for p in desk.directory.holders(missed.office, *LEADERS)}
    outbox.queue(tx, concerned.values(), "missed_refresh", now=now, post=missed.post, key=now.isoformat())


def contradicted(desk: Desk, tx: Session, delivery: Delivery, receipt: Receipt, now: datetime) -> None:
    """An attempt that was given up turns out to be public after all: perhaps twice, so people must look at once."""
    concerned = {p.id: p for p in _audience(desk, tx, delivery.post)}
    concerned |= {p.id: p for p in desk.directory.holders(delivery.office, *LEADERS)}
    outbox.queue(
        tx,
        concerned.values(),
        "contradicted",
        now=now,
        post=delivery.post,
        revision=delivery.revision,
        key=f"{delivery.id}:{delivery.version}",
        delivery=delivery.id,
        url=receipt.url,
    )


def changed(
    desk: Desk,
    tx: Session,
    post: int,
    what: str,
    *,
    by: Person,
    now: datetime,
    reason: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Whoever worked on the post or was asked about it learns that it was `edited`, `moved` or `cancelled`."""
    revision = posts.latest(tx, post)
    concerned = {p.id: p for p in _audience(desk, tx, post)}
    if revision.submitted_at is not None:
        asked = leaders(desk.directory, revision.content.office, posts.hands(tx, post))
        concerned |= {p.id: p for p in asked}
    concerned.pop(by.id, None)
    outbox.queue(
        tx,
        concerned.values(),
        "changed",
        now=now,
        post=post,
        revision=revision.number,
        key=f"{what}:{now.isoformat()}",
        what=what,
        by=by.name,
        reason=reason,
        due_at=due_at.isoformat() if due_at else None,
    )


def account_rests(desk: Desk, tx: Session, delivery: Delivery, pause: Pause, now: datetime) -> None:
    """The account needs a person (expired token, locked): told once. A mere limit ends by itself."""
    if pause.kind is not PauseKind.BLOCKED:
        return
    concerned = {p.id: p for p in _audience(desk, tx, delivery.post)}
    concerned |= {p.id: p for p in desk.directory.holders(delivery.office, Role.ADMIN)}
    outbox.queue(
        tx,
        concerned.values(),
        "account",
        now=now,
        key=f"{pause.account}:{pause.since.isoformat()}",
        account=pause.account,
        detail=pause.detail,
    )


def account_works_again(desk: Desk, tx: Session, pause: Pause, now: datetime) -> None:
    """Everyone who was told that it rested, and the record."""
    account = desk.directory.accounts.get(pause.account)
    if account is None:
        return
    since, why = pause.since.isoformat(), pause.detail
    act = record.Event(
        office=account.office,
        actor="system",
        kind="account.works",
        at=now,
        data={"account": account.id, "since": since, "rested_for": why},
    )
    record.append_all(tx, [act])
    concerned = desk.directory.holders(account.office, *AUTHORS, Role.ADMIN)
    outbox.queue(
        tx, concerned, "account_back", now=now, key=f"{pause.account}:{pause.since.isoformat()}", account=pause.account
    )


def clock_jumped(desk: Desk, tx: Session, jump: Jump, now: datetime) -> None:
    """To those who look after the machines; where nobody does, to the operators."""
    host = socket.gethostname()
    everyone = desk.directory.people.values()
    admins = [p for p in everyone if any(role is Role.ADMIN for _, role in p.roles)]
    concerned = admins or [p for p in everyone if any(role is Role.OPERATOR for _, role in p.roles)]
    text = _CLOCK[jump.turn].format(host=host, by=_span(jump.by), longest=_span(SETTLE))
    outbox.queue(tx, concerned, "clock", now=now, key=f"{host}:{jump.turn}:{now.isoformat()}", text=text)


def _span(by: timedelta) -> str:
    if by < timedelta(minutes=1):
        return f"{max(1, by.seconds)} detik"
    minutes = max(1, round(by.total_seconds() / 60))
    return f"{minutes} menit" if minutes < 120 else f"{round(minutes / 60)} jam"


def frozen(desk: Desk, tx: Session, office: str, *, by: Person, reason: str, now: datetime) -> None:
    _tell_office(desk, tx, office, "frozen", now, by=by.name, reason=reason)


def unfreeze_asked(desk: Desk, tx: Session, office: str, *, by: Person, reason: str, now: datetime) -> None:
    _tell_office(desk, tx, office, "unfreeze_asked", now, by=by.name, reason=reason)


def unfrozen(desk: Desk, tx: Session, office: str, *, by: Person, held: int, now: datetime) -> None:
    _tell_office(desk, tx, office, "unfrozen", now, by=by.name, held=held)


def _tell_office(desk: Desk, tx: Session, office: str, kind: str, now: datetime, **data: Any) -> None:
    people = desk.directory.holders(office, *AUTHORS, Role.ADMIN)
    at = now.isoformat()
    outbox.queue(tx, people, kind, now=now, key=f"{office}:{at}", office=office, at=at, **data)


def _audience(desk: Desk, tx: Session, post: int) -> list[Person]:
    """Everyone whose hands were on it, and who approved it."""
    people = desk.directory.people
    return [people[id_] for id_ in sorted(posts.hands(tx, post) | posts.deciders(tx, post)) if id_ in people]


def _as_it_stands(standing: list[Delivery]) -> str:
    return ";".join(f"{d.account}={d.state}.{d.version}" for d in sorted(standing, key=lambda d: d.account))
