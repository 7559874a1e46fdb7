"""Approve: a leader says yes, not yet or no to one exact revision, and a yes puts its deliveries into the queue."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.approval import APPROVERS, Decision, Verdict, approvers, may_approve
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.check import require_destinations
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, outbox, posts, record, restorations

OUTDATED = "Isi telah berubah atau kartu ini sudah tidak berlaku. Silakan buka kartu terbaru."
OWN = "Konsep sendiri tidak dapat disetujui oleh penyusun, penyunting, atau pengajunya."
NO_RIGHT = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini."
MIN_DIGEST = 8


def decide(
    desk: Desk,
    person: Person,
    post: int,
    verdict: Verdict,
    *,
    digest: str,
    revision: int | None = None,
    reason: str | None = None,
    publish_at: datetime | None = None,
) -> Decision:
    """Records the decision; approval plans one delivery per account. Raises `Refused` and changes nothing otherwise.

    `digest` is at least the first eight characters of what the leader saw; with `revision`, the hour and everything
    else that is not public must be what was seen too. `publish_at` is a new time that the leader chooses with the
    approval, needed when the planned one has passed.
    """
    now = desk.now()
    with desk.store.writing() as tx:
        closed = posts.lock(tx, post).closed_at is not None
        newest = posts.latest(tx, post)
        _require_right(tx, person, newest)
        _require_undecided(desk, tx, newest, closed=closed)
        if len(digest) < MIN_DIGEST or not newest.digest.startswith(digest.lower()):
            raise Refused(OUTDATED)
        if revision not in {None, newest.number}:
            raise Refused(OUTDATED)
        if verdict is not Verdict.APPROVE and not (reason or "").strip():
            raise Refused("Mohon tuliskan alasannya, supaya penyusun tahu apa yang perlu diperbaiki.")
        decision = Decision(
            post=post,
            revision=newest.number,
            digest=newest.digest,
            person=person.id,
            verdict=verdict,
            reason=reason,
            decided_at=now,
            due_at=_due(newest, publish_at, now) if verdict is Verdict.APPROVE else None,
        )
        posts.decide(tx, decision)
        _write_down(tx, newest, decision)
        if verdict is Verdict.APPROVE:
            _plan(desk, tx, newest, decision)
        _tell(desk, tx, newest, decision)
        return decision


def require_may_decide(desk: Desk, person: Person, post: int) -> None:
    """For a question before the decision itself: raises the same `Refused` that the decision would."""
    with desk.store.reading() as tx:
        revision = posts.latest(tx, post)
        _require_right(tx, person, revision)
        _require_undecided(desk, tx, revision, closed=posts.get(tx, post).closed_at is not None)


def _require_right(tx: Session, person: Person, revision: Revision) -> None:
    if not person.has(revision.content.office, *APPROVERS):
        raise Refused(NO_RIGHT)
    if not may_approve(person, revision.content.office, posts.hands(tx, revision.post)):
        raise Refused(OWN)


def _require_undecided(desk: Desk, tx: Session, revision: Revision, *, closed: bool) -> None:
    earlier = posts.decision_on(tx, revision.post, revision.number)
    if earlier is not None:
        name = desk.directory.people[earlier.person].name if earlier.person in desk.directory.people else earlier.person
        raise Refused(f"Konsep ini sudah diputuskan oleh {name}.")
    if closed:
        raise Refused("Konten ini sudah dibatalkan.")
    if revision.submitted_at is None:
        raise Refused(OUTDATED)


def _due(revision: Revision, chosen: datetime | None, now: datetime) -> datetime:
    due = chosen or revision.content.publish_at or now
    if due < now.replace(second=0, microsecond=0):  # the running minute still counts: "now" was read a moment ago
        raise Refused(
            "Waktu tayang yang direncanakan sudah lewat. Silakan setujui dengan waktu baru, atau kembalikan konsep ini."
        )
    if revision.content.expires_at is not None and due >= revision.content.expires_at:
        raise Refused(
            "Waktu tayang itu melewati masa berlaku konten (berlaku_sampai). Silakan setujui dengan waktu yang lebih "
            "awal, atau kembalikan konsep ini."
        )
    return due


def _write_down(tx: Session, revision: Revision, decision: Decision) -> None:
    record.append(
        tx,
        office=revision.content.office,
        actor=decision.person,
        kind=f"decision.{decision.verdict}",
        now=decision.decided_at,
        post=decision.post,
        revision=decision.revision,
        digest=decision.digest,
        reason=decision.reason,
        due_at=decision.due_at.isoformat() if decision.due_at else None,
    )


def _plan(desk: Desk, tx: Session, revision: Revision, decision: Decision) -> None:
    assert decision.due_at is not None
    require_destinations(desk, revision.content.accounts)
    accounts = revision.content.accounts
    look_since = restorations.look_since(tx, accounts, posts.get(tx, revision.post).created_at)
    planned = [_delivery(desk, revision, decision.due_at, name, look_since.get(name)) for name in accounts]
    deliveries.plan(tx, planned, actor=decision.person, now=decision.decided_at)


def _delivery(
    desk: Desk, revision: Revision, due_at: datetime, name: str, look_since: datetime | None
) -> tuple[Delivery, str]:
    """With its place: whichever adapter serves a handle, a post reaches it once.

    `look_since`: the machine from whose backup we come may have got a yes to it too, and have published it.
    """
    account = desk.account(name)
    delivery = Delivery(
        id=deliveries.delivery_id(revision.post, revision.number, name),
        office=revision.content.office,
        post=revision.post,
        revision=revision.number,
        digest=revision.digest,
        account=name,
        platform=account.platform,
        state=State.SCHEDULED,
        due_at=due_at,
        next_at=due_at,
        late_after=due_at + account.lateness,
        expires_at=revision.content.expires_at,
        look_since=look_since,
    )
    return delivery, account.place(desk.spec_of(name).family)


def _tell(desk: Desk, tx: Session, revision: Revision, decision: Decision) -> None:
    """The author learns it; the other leaders' cards say who decided."""
    now = decision.decided_at
    hands = posts.hands(tx, revision.post)
    authors = [p for p in desk.directory.people.values() if p.id in hands]
    outbox.queue(tx, authors, "decided", now=now, post=revision.post, revision=revision.number)
    others = [p for p in approvers(desk.directory, revision.content.office, hands) if p.id != decision.person]
    outbox.queue(tx, others, "settled", now=now, post=revision.post, revision=revision.number)
