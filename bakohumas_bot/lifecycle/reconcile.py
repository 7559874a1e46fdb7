"""Reconcile: whatever was interrupted or unanswered is looked up on the platform before anything is sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from bakohumas_bot.domain.delivery import Delivery, Interrupted
from bakohumas_bot.domain.outcomes import CannotTell, Sighting
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.deliver import Claimed, conclude, job_for
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries

log = logging.getLogger("bakohumas.reconcile")


def reconcile(desk: Desk, claimed: Claimed) -> Delivery:
    """One look at the platform. What it proves decides; what it cannot tell is asked again later, then of a person."""
    return conclude(desk, claimed, claimed.delivery, look(desk, claimed))


def look(desk: Desk, claimed: Claimed) -> Sighting:
    """Reads the platform back; a failure to read is never an absence."""
    since = min(claimed.delivery.due_at, claimed.delivery.sent_at or claimed.delivery.due_at)
    try:
        return claimed.adapter.find(job_for(desk, claimed), since)
    except Exception as error:
        log.exception("reading back %s failed", claimed.delivery.id)
        return CannotTell(detail=f"Gangguan saat membaca kembali ({type(error).__name__}).")


def own_up_to_interrupted(desk: Desk, *, alive: Callable[[], Collection[str]]) -> int:
    """Every intent whose sender is not among `alive` may be public: it becomes UNCONFIRMED and will be looked up.

    `alive` names the deliveries that this process is sending. It is asked after the rows were read: whoever wrote an
    intent was at work before. Answers how many were found.
    """
    now = desk.now()
    count = 0
    with desk.store.writing() as tx:
        intended = [delivery for delivery, _ in deliveries.in_flight(tx)]
        at_work = alive()
        for delivery in intended:
            if delivery.id in at_work:
                continue
            happening = Interrupted("Proses berhenti sebelum jawaban platform tersimpan.")
            spec = desk.specs[delivery.platform]
            deliveries.move(tx, delivery, happening, now=now, spec=spec, actor="worker")
            reporting.tell(desk, tx, delivery.post, now)
            count += 1
    return count
