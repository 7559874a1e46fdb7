"""Approve: leaders say yes, not yet or no to one exact revision; the last yes that is needed fills the queue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.checks.checklist import Tick, checklist
from bakohumas_bot.domain.approval import LEADERS, Decision, Verdict, leaders
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people, pins, reporting
from bakohumas_bot.lifecycle.check import require_destinations
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import let_go, withdraw
from bakohumas_bot.lifecycle.pins import Confirmation
from bakohumas_bot.lifecycle.policy import Outlook, outlook
from bakohumas_bot.store import deliveries, outbox, posts, record, restorations

OUTDATED = "Isi telah berubah atau kartu ini sudah tidak berlaku. Silakan buka kartu terbaru."
OWN = "Konsep sendiri tidak dapat disetujui oleh penyusun, penyunting, atau pengajunya."
NO_RIGHT = "Maaf, Bapak/Ibu belum memiliki kewenangan untuk tindakan ini."
NOT_YET = "Konten ini masih menunggu persetujuan {waits} terlebih dahulu."
SAID_ALREADY = "Bapak/Ibu sudah menyetujui versi ini. Persetujuan lain yang masih ditunggu: {waits}."
MIN_DIGEST = 8


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a leader asks for. `publish_at`: a new hour chosen with the approval. `urgent`: out on this voice alone.

    `field`: which part of it is to be mended, by its name in a content file.
    """

    verdict: Verdict
    reason: str | None = None
    publish_at: datetime | None = None
    urgent: bool = False
    field: str | None = None


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
    urgent: bool = False,
    field: str | None = None,
    confirmed: Confirmation | None = None,
) -> Decision:
    """Records the decision; the last voice needed plans one delivery per account. Raises `Refused`, changing nothing.

    A yes to what is sensitive, and an urgent one, is `confirmed` with a PIN by those who have one: `PinWanted`.
    `digest` is at least the first eight characters of what the leader saw; with `revision`, the hour and everything
    else that is not public must be what was seen too. `publish_at` is a new time that the leader chooses with the
    approval, needed when the planned one has passed. `urgent` needs a reason, and is confirmed by the others later.
    """
    wish = Wish(verdict=verdict, reason=(reason or "").strip() or None, publish_at=publish_at, urgent=urgent)
    wish = replace(wish, field=field if verdict is Verdict.REVISE else None)
    now = desk.now()
    with desk.store.writing() as tx:
        closed = posts.lock(tx, post).closed_at is not None
        newest = posts.latest(tx, post)
        before = outlook(desk, tx, newest)
        person = people.as_of(desk, tx, person, now)
        _require_right(tx, person, newest, before, wish)
        _require_open(desk, newest, before, closed=closed)
        if len(digest) < MIN_DIGEST or not newest.digest.startswith(digest.lower()):
            raise Refused(OUTDATED)
        if revision not in {None, newest.number}:
            raise Refused(OUTDATED)
        _require_reasons(wish, before)
        decision = _decision(person, newest, before, wish, now)
        if verdict is Verdict.APPROVE:
            pins.require(tx, person, confirmed, before, urgent=urgent)
        posts.decide(tx, decision)
        _write_down(tx, newest, decision, wish.field)
        _follow(desk, tx, newest, before, decision)
        _tell(desk, tx, newest, decision, wish.field)
        return decision


def require_may_decide(desk: Desk, person: Person, post: int, wish: Wish) -> None:
    """For a question before the decision itself: raises the same `Refused` that the decision would."""
    with desk.store.reading() as tx:
        revision = posts.latest(tx, post)
        now = outlook(desk, tx, revision)
        person = people.as_of(desk, tx, person, desk.now())
        _require_right(tx, person, revision, now, wish)
        _require_open(desk, revision, now, closed=posts.get(tx, post).closed_at is not None)


def _require_right(tx: Session, person: Person, revision: Revision, before: Outlook, wish: Wish) -> None:
    """Each in turn where the policy has an order; only in a hurry may the last come first."""
    office = revision.content.office
    if not person.has(office, *LEADERS):
        raise Refused(NO_RIGHT)
    if person.id in posts.hands(tx, revision.post):
        raise Refused(OWN)
    waits = labels.voices(before.standing.next)
    if any(one.person == person.id for one in before.approvals) and before.standing.missing:
        raise Refused(SAID_ALREADY.format(waits=waits))
    asked = {role for step in before.requirement.steps for role in step.roles}
    if not person.has(office, *asked):
        raise Refused(NO_RIGHT)
    soonest = {role for step in before.standing.next for role in step.roles}
    in_turn = not soonest or person.has(office, *soonest) or (wish.urgent and before.requirement.urgent)
    if wish.verdict is Verdict.APPROVE and not in_turn:
        raise Refused(NOT_YET.format(waits=waits))


def _require_open(desk: Desk, revision: Revision, before: Outlook, *, closed: bool) -> None:
    against = next((one for one in before.decisions if one.verdict is not Verdict.APPROVE), None)
    settled = against or (before.approvals[-1] if before.approvals and before.standing.complete else None)
    if settled is not None:
        raise Refused(f"Konsep ini sudah diputuskan oleh {people.name(desk, settled.person)}.")
    if closed:
        raise Refused("Konten ini sudah dibatalkan.")
    if revision.submitted_at is None:
        raise Refused(OUTDATED)


def _require_reasons(wish: Wish, before: Outlook) -> None:
    if wish.verdict is not Verdict.APPROVE and not wish.reason:
        raise Refused("Mohon tuliskan alasannya, supaya penyusun tahu apa yang perlu diperbaiki.")
    if not wish.urgent:
        return
    if not before.requirement.urgent:
        raise Refused("Konten ini tidak dapat disetujui secara mendesak: semua persetujuan diperlukan lebih dahulu.")
    if not wish.reason:
        raise Refused("Mohon tuliskan alasan mendesaknya. Alasan itu tercatat dan dibaca oleh pemberi konfirmasi.")


def _decision(person: Person, revision: Revision, before: Outlook, wish: Wish, now: datetime) -> Decision:
    office = revision.content.office
    roles = person.roles_in(office)
    asked = {role for step in before.requirement.steps for role in step.roles}
    acting = next((d for d in person.acting if d.office == office and d.role in asked), None)
    approves = wish.verdict is Verdict.APPROVE
    return Decision(
        post=revision.post,
        revision=revision.number,
        digest=revision.digest,
        person=person.id,
        verdict=wish.verdict,
        reason=wish.reason,
        decided_at=now,
        due_at=_due(revision, wish.publish_at, before, now) if approves else None,
        roles=roles,
        deputy=people.in_place_of(acting) if acting else None,
        urgent=approves and wish.urgent and len(before.standing.missing) > 1,
        ticks=tuple(tick.code for tick in asked_to_tick(revision)) if approves else (),
    )


def asked_to_tick(revision: Revision) -> tuple[Tick, ...]:
    """What a yes to this version says was made sure of."""
    return checklist(revision.content, frozenset(finding.code for finding in revision.findings))


def _due(revision: Revision, chosen: datetime | None, before: Outlook, now: datetime) -> datetime:
    """The hour that a leader chose holds for those who are asked after; "at once" is when the last one says yes.

    Who confirms what is let out already gives no hour.
    """
    if before.standing.public:
        return next((one.due_at for one in reversed(before.approvals) if one.due_at), now)
    earlier = next((one.due_at for one in reversed(before.approvals) if one.due_at and one.due_at > now), None)
    due = chosen or earlier or revision.content.publish_at or now
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


def _write_down(tx: Session, revision: Revision, decision: Decision, field: str | None) -> None:
    named = {"field": field} if field else {}
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
        roles=sorted(decision.roles),
        deputy=decision.deputy,
        urgent=decision.urgent,
        ticks=list(decision.ticks),
        **named,
    )


def _follow(desk: Desk, tx: Session, revision: Revision, before: Outlook, decision: Decision) -> None:
    """What the voice brings about: the deliveries, the next card, or the end of what an urgent voice had let out."""
    if decision.verdict is not Verdict.APPROVE:
        if before.standing.public:
            _take_back(desk, tx, revision, decision)
        return
    after = outlook(desk, tx, revision)
    if after.standing.public:
        posts.mark_approved(tx, revision.post, revision.number, decision.decided_at, len(after.approvals))
    if after.standing.public and not before.standing.public:
        _plan(desk, tx, revision, decision)
    asked_before = {person.id for person in before.people}
    asked_now = [person for person in after.people if person.id not in asked_before]
    now = decision.decided_at
    outbox.queue(tx, asked_now, "approval", now=now, post=revision.post, revision=revision.number)


def _take_back(desk: Desk, tx: Session, revision: Revision, decision: Decision) -> None:
    """An urgent voice let it out, and another will not confirm it: what is not public yet stays inside."""
    person = desk.person(decision.person)
    posts.take_approval_back(tx, revision.post, revision.number)
    let_go(tx, revision.post, by=person, now=decision.decided_at)
    for delivery in deliveries.of_post(tx, revision.post):
        if delivery.state in {State.SCHEDULED, State.MISSED, State.FAILED}:
            withdraw(desk, tx, delivery, decision.reason or "", by=person, now=decision.decided_at)
    now = decision.decided_at
    reporting.changed(desk, tx, revision.post, "not_confirmed", by=person, now=now, reason=decision.reason)


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


def _tell(desk: Desk, tx: Session, revision: Revision, decision: Decision, field: str | None) -> None:
    """The author learns each voice; the leaders' cards say who has spoken, and who is still asked."""
    now = decision.decided_at
    hands = posts.hands(tx, revision.post)
    post, number, key = revision.post, revision.number, f"{revision.number}:{decision.person}"
    authors = [p for p in desk.directory.people.values() if p.id in hands]
    outbox.queue(tx, authors, "decided", now=now, post=post, revision=number, key=key, by=decision.person, field=field)
    asked = leaders(desk.directory, revision.content.office, hands)
    outbox.queue(tx, asked, "settled", now=now, post=post, revision=number, key=key)
