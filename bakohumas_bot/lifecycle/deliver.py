"""Deliver: what is due, approved and unchanged goes out, once.

The order is the promise: uploads first (repeatable), then the durable intent, then the one call, then what it answered.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.happenings import Happening, Intent, NotTheApproved, PutOff, TooLate, summary
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    NotSent,
    Outcome,
    Unknown,
)
from bakohumas_bot.errors import DeskError, Unavailable
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.approved import Approved
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.resting import let_rest
from bakohumas_bot.lifecycle.testify import testify
from bakohumas_bot.lifecycle.unserved import Unserved
from bakohumas_bot.platforms.base import Adapter, Job, Stopped
from bakohumas_bot.store import door, posts, queue
from bakohumas_bot.store.journal import StoredJournal

log = logging.getLogger("bakohumas.deliver")

UPLOADS_HOLD = timedelta(hours=1)  # what lies ready this long is trusted to lie there still
_NO_ROOM = "Platform sedang lambat menjawab; pengiriman dibatalkan dan diulang."
_NOT_APPROVED = "Versi ini tidak (lagi) disetujui."


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a platform said, on its way to the disk; `stored` is told when it lies there.

    `keep` is the slow way: it waits, also for a database that is away, and gives evidence where a race was lost.
    """

    move: door.Move
    stored: Callable[[Delivery], object]
    keep: Callable[[], None]


def wait_for_it(answer: Answer) -> None:
    answer.keep()


@dataclass(frozen=True, kw_only=True)
class How:
    """How a worker goes about a claim.

    `may_send` is its own doubt: False once its lease may have run out, or its clock has jumped; `clock_is_sure` is the
    second alone. `noted` is the journal, where it was read with the claim. `ahead`: claimed before its hour, when
    nobody asked what must go out before it, so only its uploads are made, however long it waited for its turn.
    `hand_over` takes what the call came to: the sender need not wait for the disk before its next one. `call` is held
    around the one call; where it says False there is no room for it, and none is made.
    """

    may_send: Callable[[], bool] = lambda: True
    clock_is_sure: Callable[[], bool] = lambda: True
    noted: Mapping[str, str] | None = None
    ahead: bool = False
    hand_over: Callable[[Answer], None] = wait_for_it
    call: Callable[[str], AbstractContextManager[bool]] = lambda _: nullcontext(enter_result=True)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A delivery that `worker` holds, the adapter that serves its account, and one journal from upload to call."""

    delivery: Delivery
    adapter: Adapter
    journal: StoredJournal
    worker: str
    how: How


def take_up(desk: Desk, delivery: Delivery, worker: str, how: How | None = None) -> Claimed:
    """With the adapter that serves the account; an account that is gone stays unserved."""
    adapter = desk.adapters.get(delivery.account) or opened_anew(desk, delivery.account) or Unserved()
    how = how or How()
    journal = StoredJournal(desk.store, delivery, how.noted)
    return Claimed(delivery=delivery, adapter=adapter, journal=journal, worker=worker, how=how)


def opened_anew(desk: Desk, account: str) -> Adapter | None:
    """An adapter whose access was refused is thrown away; this one has the secret as it is now."""
    adapter = desk.reopen(account)
    if adapter is not None:
        desk.adapters[account] = adapter
    return adapter


def prepare_ahead(desk: Desk, claimed: Claimed) -> None:
    """Uploads minutes before the hour, so that the due second carries only the small live call."""
    stopped = _make_ready(desk, claimed)
    if stopped is not None:
        conclude(desk, claimed, claimed.delivery, stopped)
        return
    ready = queue.Release(delivery=claimed.delivery, worker=claimed.worker, prepared_at=desk.now())
    if not desk.store.together(queue.release, ready):
        raise door.LostRace(claimed.delivery.id)


def deliver(desk: Desk, claimed: Claimed) -> None:
    """The whole way of one due delivery, from the claim to what the platform said."""
    delivery = claimed.delivery
    if delivery.too_late(desk.now()):
        _call_late(desk, claimed)
        return
    stopped = _make_ready(desk, claimed)
    if stopped is None and delivery.too_late(desk.now()):  # uploads may have taken long
        _call_late(desk, claimed)
        return
    if stopped is not None:
        conclude(desk, claimed, delivery, stopped)
        return
    job = job_for(desk, claimed)
    if job.rendered.media:
        job.journal.get("")  # read now: after the intent nothing may wait for the database
    intended_at = desk.steady()
    sending = _intend(desk, claimed)
    if sending is None:
        return
    with claimed.how.call(delivery.platform) as room:
        why_not = partial(_may_go, desk, claimed, sending, intended_at) if room else _no_room
        outcome = _send_once(claimed.adapter, job, why_not)
    move = _move(desk, claimed, sending, outcome)
    keep = partial(_write_down, desk, claimed, sending, outcome)
    claimed.how.hand_over(Answer(move=move, stored=partial(_concluded, desk, move), keep=keep))


def _call_late(desk: Desk, claimed: Claimed) -> None:
    """By a clock that is sure, asked after it was read: one that jumped since the claim calls nothing late."""
    if claimed.how.clock_is_sure():  # not whether our lease holds: the door asks that
        conclude(desk, claimed, claimed.delivery, TooLate())
    else:
        desk.store.together(queue.release, queue.Release(delivery=claimed.delivery, worker=claimed.worker))


def departs_from_approved(desk: Desk, claimed: Claimed) -> str | None:
    """Why this must not go out, or None: the digest is recomputed from what is about to go, and the rules run again."""
    delivery = claimed.delivery
    approved = approved_for(desk, delivery)
    if delivery.account not in approved.rendered:
        return "Kanal ini tidak ada lagi di konfigurasi."
    if not approved.digest == approved.revision.digest == delivery.digest:
        return "Isi yang akan terbit tidak sama dengan yang disetujui. Mohon ajukan kembali."
    return approved.obstacle


def approved_for(desk: Desk, delivery: Delivery) -> Approved:
    moment = max(desk.now(), delivery.due_at)
    return desk.remembered.of(desk, delivery.post, delivery.revision, moment)


def job_for(desk: Desk, claimed: Claimed) -> Job:
    """What the adapter gets. Whoever opens a blob gets bytes that were hashed at that moment."""
    delivery = claimed.delivery
    return Job(
        delivery=delivery.id,
        rendered=approved_for(desk, delivery).rendered[delivery.account],
        journal=claimed.journal,
        blob=desk.blobs.verify,
    )


def conclude(desk: Desk, claimed: Claimed, delivery: Delivery, happening: Happening) -> Delivery:
    """Through the one door, with the account's rest and the people's news in the same transaction."""
    one = _move(desk, claimed, delivery, happening)
    return _concluded(desk, one, desk.store.together(door.move_all, one))


def _move(desk: Desk, claimed: Claimed, delivery: Delivery, happening: Happening) -> door.Move:
    now = desk.now()
    if isinstance(happening, AccountBlocked):
        desk.adapters.pop(delivery.account, None)

    def then(tx: Session, after: Delivery) -> None:
        if isinstance(happening, Outcome):
            let_rest(desk, tx, after, happening, now)
        reporting.came_to_rest(desk, tx, after, now)

    return door.Move(
        delivery=delivery,
        happening=happening,
        now=now,
        spec=desk.specs[delivery.platform],
        actor="worker",
        worker=claimed.worker,
        then=then,
    )


def _concluded(desk: Desk, one: door.Move, after: Delivery) -> Delivery:
    said, before = one.happening, one.delivery.state
    if isinstance(said, Outcome):
        desk.circuits.note(after.platform, after.account, said, one.now)
    level = logging.DEBUG if isinstance(said, Intent) else logging.INFO  # its outcome follows, and the record has both
    log.log(level, "post %s %s: %s -> %s (%s)", after.post, after.account, before, after.state, summary(said))
    return after


def _make_ready(desk: Desk, claimed: Claimed) -> Happening | None:
    """Still the approved, and uploaded; or what stops it. Nothing is public yet: a fault of our own is tried again.

    While the office is frozen not even uploads leave: raises `door.HeldBack`.
    """
    if desk.freeze_watch.holds(claimed.delivery.office):
        raise door.HeldBack(door.Hold.FROZEN)
    try:
        if (departure := departs_from_approved(desk, claimed)) is not None:
            return NotTheApproved(departure)
        if _lies_ready(claimed.delivery, desk.now()):
            return None
        if not _is_approved(desk, claimed.delivery):
            return _not_approved(desk, claimed.delivery)
        if (damage := _damaged(desk, claimed.delivery)) is not None:
            return NotTheApproved(damage)
        claimed.adapter.prepare(job_for(desk, claimed))
    except Stopped as stopped:
        stop: Happening | None = stopped.outcome
    except DeskError as error:  # says itself what is missing, and a person can mend it
        stop = NotSent(detail=str(error))
    except Exception as error:
        log.exception("preparing %s failed", claimed.delivery.id)
        stop = NotSent(detail=f"Gangguan saat menyiapkan unggahan ({type(error).__name__}).")
    else:
        stop = None
    return stop


def _lies_ready(delivery: Delivery, now: datetime) -> bool:
    """Prepared by an earlier claim. After a failure nothing is taken for granted."""
    ready = delivery.prepared_at
    return ready is not None and delivery.failures == 0 and now - ready < UPLOADS_HOLD


def _is_approved(desk: Desk, delivery: Delivery) -> bool:
    """The door asks again, in the very transaction of the intent."""
    with desk.store.reading() as tx:
        return (delivery.post, delivery.revision, delivery.digest) in posts.approved(tx, {delivery.post})


def _not_approved(desk: Desk, delivery: Delivery) -> Happening:
    """What came back to the queue while a leader holds its post waits with it; anything else fails."""
    with desk.store.reading() as tx:
        held = posts.held(tx, delivery.post)
    return NotTheApproved(_NOT_APPROVED) if held is None else PutOff(held)


def _damaged(desk: Desk, delivery: Delivery) -> str | None:
    try:
        for media in approved_for(desk, delivery).rendered[delivery.account].media:
            desk.blobs.verify(media.sha256)
    except DeskError as error:
        return str(error)
    return None


def _intend(desk: Desk, claimed: Claimed) -> Delivery | None:
    """The durable intent, or None: a freeze has held it past its hour, or it is no longer approved."""
    try:
        return conclude(desk, claimed, claimed.delivery, Intent())
    except door.HeldBack as held:
        if held.by is door.Hold.FROZEN:
            raise
        thawed = held.by is door.Hold.THAWED
        conclude(desk, claimed, claimed.delivery, TooLate() if thawed else _not_approved(desk, claimed.delivery))
        return None


def _send_once(adapter: Adapter, job: Job, why_not: Callable[[], str | None]) -> Outcome:
    """The one call. Whatever goes wrong inside it may have happened to the public; before it, nothing has."""
    try:
        reason = why_not()
    except DeskError as error:  # nobody can tell whether a freeze is in force
        return NotSent(detail=str(error))
    if reason is not None:
        return NotSent(detail=reason, wait=timedelta())
    try:
        return adapter.go_live(job)
    except Exception as error:
        log.exception("sending %s failed", job.delivery)
        return Unknown(detail=f"Gangguan tak terduga saat mengirim ({type(error).__name__}).")


def _no_room() -> str:
    return _NO_ROOM


def _may_go(desk: Desk, claimed: Claimed, sending: Delivery, intended_at: float) -> str | None:
    """The last look before the first byte. A sender that slept after its intent abandons: others may have acted.

    The look at the freeze is also the proof that the database still knows us: a machine that stood still with its
    clocks finds its connection cut.
    """
    if desk.freeze_watch.holds(sending.office, anew=True):
        return "Pembekuan berlaku; pengiriman dibatalkan."
    if not claimed.how.may_send():
        return "Proses penayang ini tidak lagi berhak mengirim; pengiriman dibatalkan dan diulang."
    assert sending.sent_at is not None
    slept, guard = desk.steady() - intended_at, desk.specs[sending.platform].guard
    if slept >= guard.total_seconds() or abs(desk.now() - sending.sent_at) >= guard:  # last: the others may take time
        return "Proses sempat terhenti sesudah niat kirim ditulis; pengiriman dibatalkan dan diulang."
    return None


def _write_down(desk: Desk, claimed: Claimed, sending: Delivery, outcome: Outcome) -> None:
    """What the platform said must not be lost: a disk that is full or a database that is away is waited for."""
    for wait in (0.5, 1, 2, 4, 8, 15, 30):
        try:
            _keep(desk, claimed, sending, outcome)
        except Unavailable as error:
            log.error("the answer for %s could not be stored yet: %s", sending.id, error)  # noqa: TRY400
            if desk.closing.wait(wait):
                return
        else:
            return


def _keep(desk: Desk, claimed: Claimed, sending: Delivery, outcome: Outcome) -> None:
    try:
        conclude(desk, claimed, sending, outcome)
    except door.LostRace:
        testify(desk, sending, outcome)
