"""Deliver: what is due, approved and unchanged goes out, once.

The order is the promise: uploads first (repeatable), then the durable intent, then the one call, then what it answered.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import (
    GUARD,
    Delivery,
    Happening,
    Intent,
    NotTheApproved,
    State,
    TooLate,
)
from bakohumas_bot.domain.digest import digest_of
from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.outcomes import AccountBlocked, CannotTell, NotSent, Outcome, Sighting, Unknown
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.errors import DeskError
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.check import recheck, rendering_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.platforms.base import Adapter, Job, Stopped
from bakohumas_bot.store import deliveries, posts
from bakohumas_bot.store.journal import StoredJournal, note

log = logging.getLogger("bakohumas.deliver")

# The clock that also runs while the machine sleeps: a sender that wakes late must know it.
_awake_or_not: Callable[[], float] = (
    (lambda: time.clock_gettime(time.CLOCK_BOOTTIME)) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic
)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A delivery that `worker` holds, with the approved revision and the adapter that serves its account."""

    delivery: Delivery
    revision: Revision
    adapter: Adapter
    worker: str


def take_up(desk: Desk, delivery: Delivery, worker: str) -> Claimed:
    """The approved revision, and the adapter that serves the account; an account that is gone stays unserved."""
    adapter = desk.adapters.get(delivery.account) or Unserved()
    with desk.store.reading() as tx:
        revision = posts.revision(tx, delivery.post, delivery.revision)
    return Claimed(delivery=delivery, revision=revision, adapter=adapter, worker=worker)


class Unserved:
    """Stands for an account that was removed or switched off after approval: nothing leaves, and people are told.

    Its deliveries wait until the lateness limit and then ask, as after any outage.
    """

    _REASON = "Kanal ini tidak aktif lagi di konfigurasi. Aktifkan kembali, atau batalkan penayangannya."

    def prepare(self, job: Job) -> None:  # noqa: ARG002
        raise Stopped(AccountBlocked(detail=self._REASON))

    def go_live(self, job: Job) -> Outcome:  # noqa: ARG002
        return AccountBlocked(detail=self._REASON)

    def find(self, job: Job, since: datetime) -> Sighting:  # noqa: ARG002
        return CannotTell(detail=self._REASON)

    def withdraw(self, job: Job) -> None:
        """Nothing can be reached."""

    def check_access(self) -> str:
        raise Stopped(AccountBlocked(detail=self._REASON))


def prepare_ahead(desk: Desk, claimed: Claimed) -> Delivery:
    """Uploads minutes before the hour, so that the due second carries only the small live call."""
    stopped = _make_ready(desk, claimed)
    if stopped is not None:
        return conclude(desk, claimed, claimed.delivery, stopped)
    with desk.store.writing() as tx:
        if not deliveries.release(tx, claimed.delivery, worker=claimed.worker, prepared_at=desk.now()):
            raise deliveries.LostRace(claimed.delivery.id)
        return deliveries.get(tx, claimed.delivery.id)


def deliver(desk: Desk, claimed: Claimed) -> Delivery:
    """The whole way of one due delivery, from the claim to what the platform said."""
    delivery = claimed.delivery
    if delivery.too_late(desk.now()):
        return conclude(desk, claimed, delivery, TooLate())
    stopped = _make_ready(desk, claimed)
    if stopped is not None:
        return conclude(desk, claimed, delivery, stopped)
    if delivery.too_late(desk.now()):  # uploads may have taken long
        return conclude(desk, claimed, delivery, TooLate())
    job = job_for(desk, claimed)
    intended_at = _awake_or_not()
    sending = conclude(desk, claimed, delivery, Intent())
    outcome = _send_once(claimed.adapter, job, lambda: _still_fresh(desk, sending, intended_at))
    return conclude(desk, claimed, sending, outcome)


def departs_from_approved(desk: Desk, claimed: Claimed) -> str | None:
    """Why this must not go out, or None: the digest is recomputed from the very bytes, and the rules run again."""
    delivery, revision = claimed.delivery, claimed.revision
    with desk.store.reading() as tx:
        decision = posts.decision_on(tx, delivery.post, delivery.revision)
        newest = posts.latest(tx, delivery.post).number
    if decision is None or decision.verdict is not Verdict.APPROVE or newest != delivery.revision:
        return "Versi ini tidak (lagi) disetujui."
    rendered = rendering_of(desk, revision)
    if delivery.account not in rendered:
        return "Kanal ini tidak ada lagi di konfigurasi."
    if not digest_of(rendered) == revision.digest == delivery.digest == decision.digest:
        return "Isi yang akan terbit tidak sama dengan yang disetujui. Mohon ajukan kembali."
    try:
        for media in rendered[delivery.account].media:
            desk.blobs.verify(media.sha256)
    except DeskError as error:
        return str(error)
    blocks = [f for f in recheck(desk, revision, desk.now()) if f.severity is Severity.BLOK]
    return f"Aturan {blocks[0].code} kini menghalangi: {blocks[0].message}" if blocks else None


def job_for(desk: Desk, claimed: Claimed) -> Job:
    delivery = claimed.delivery
    return Job(
        delivery=delivery.id,
        rendered=rendering_of(desk, claimed.revision)[delivery.account],
        journal=StoredJournal(desk.store, delivery.id, delivery.account),
        blob=desk.blobs.path,
    )


def conclude(desk: Desk, claimed: Claimed, delivery: Delivery, happening: Happening) -> Delivery:
    """Through the one door, with the receipt and the people's news in the same transaction."""
    now = desk.now()
    spec = desk.specs[delivery.platform]
    with desk.store.writing() as tx:
        after = deliveries.move(tx, delivery, happening, now=now, spec=spec, actor="worker", worker=claimed.worker)
        if isinstance(happening, AccountBlocked):
            reporting.account_blocked(desk, tx, after, now)
        if after.state is State.PUBLISHED and after.remote_id is not None:
            note(tx, after.id, "remote_id", after.remote_id)
        reporting.tell(desk, tx, delivery.post, now)
    log.info("post %s %s: %s -> %s (%s)", after.post, after.account, delivery.state, after.state, _short(happening))
    return after


def _make_ready(desk: Desk, claimed: Claimed) -> Happening | None:
    """Still the approved, and uploaded; or what stops it. Nothing is public yet: a fault of our own is tried again."""
    try:
        if (departure := departs_from_approved(desk, claimed)) is not None:
            return NotTheApproved(departure)
        claimed.adapter.prepare(job_for(desk, claimed))
    except Stopped as stopped:
        return stopped.outcome
    except DeskError as error:  # says itself what is missing, and a person can mend it
        return NotSent(detail=str(error))
    except Exception as error:
        log.exception("preparing %s failed", claimed.delivery.id)
        return NotSent(detail=f"Gangguan saat menyiapkan unggahan ({type(error).__name__}).")
    return None


def _send_once(adapter: Adapter, job: Job, still_fresh: Callable[[], bool]) -> Outcome:
    """The one call. Whatever goes wrong inside it after this line may have happened to the public."""
    if not still_fresh():
        return NotSent(detail="Proses sempat terhenti sesudah niat kirim ditulis; pengiriman dibatalkan dan diulang.")
    try:
        return adapter.go_live(job)
    except Exception as error:
        log.exception("sending %s failed", job.delivery)
        return Unknown(detail=f"Gangguan tak terduga saat mengirim ({type(error).__name__}).")


def _still_fresh(desk: Desk, sending: Delivery, intended_at: float) -> bool:
    """A sender that slept after its intent abandons: someone may have read the platform back meanwhile."""
    assert sending.sent_at is not None
    slept = _awake_or_not() - intended_at
    return slept < GUARD.total_seconds() and abs(desk.now() - sending.sent_at) < GUARD


def _short(happening: Happening) -> str:
    detail = getattr(happening, "detail", "")
    return f"{type(happening).__name__}{': ' + detail if detail else ''}"
