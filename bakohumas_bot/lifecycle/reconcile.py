"""Reconcile: whatever was interrupted or unanswered is looked up on the platform before anything is sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.happenings import Interrupted
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.deliver import Claimed, conclude, look
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries, door, queue, workers
from bakohumas_bot.store.workers import Membership

log = logging.getLogger("bakohumas.reconcile")

DIED = "Proses berhenti sebelum jawaban platform tersimpan."
FELL_SILENT = "Proses lain yang sedang mengirim tidak lagi memberi kabar."


def reconcile(desk: Desk, claimed: Claimed) -> None:
    """One look at the platform. What it proves decides; what it cannot tell is asked again later, then of a person."""
    conclude(desk, claimed, claimed.delivery, look(desk, claimed))


def recover(desk: Desk, member: Membership, *, at_work: Callable[[], Collection[str]]) -> int:
    """Takes over from the dead and the silent, and owns up to intents of ours that no thread is behind any more.

    `at_work` names the deliveries that this process attends to. Answers how many intents were found.
    """
    now = desk.now()
    with desk.store.writing() as tx:
        others = member.others(tx, now)
        intended = deliveries.in_flight(tx)
        busy = at_work()  # after the rows were read: whoever wrote an intent was at work before
        living = {other.id for other in others if not other.dead and not other.silent}
        silent = {other.id for other in others if other.silent and not other.dead}
        queue.free(tx, living=living, at_work=busy)
        found = [(d, holder) for d, holder in intended if d.id not in busy and holder not in living]
        for delivery, holder in found:
            _own_up(desk, tx, delivery, dead=holder not in silent, now=now)
        for other in others:
            if other.dead:
                workers.ended(tx, other.id, now)
    return len(found)


def _own_up(desk: Desk, tx: Session, delivery: Delivery, *, dead: bool, now: datetime) -> None:
    """An intent whose sender is gone may be public: it becomes UNCONFIRMED and will be looked up."""
    happening = Interrupted(DIED if dead else FELL_SILENT, sender_is_dead=dead)
    spec = desk.specs[delivery.platform]
    after = door.move(tx, delivery, happening, now=now, spec=spec, actor="worker")
    reporting.came_to_rest(desk, tx, after, now)
