"""Reconcile: whatever was interrupted or unanswered is looked up on the platform before anything is sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import datetime

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.happenings import Interrupted
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.deliver import Claimed, conclude
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.look import look
from bakohumas_bot.store import deliveries, door, pauses, queue, workers
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
        intended, claimed = deliveries.in_flight(tx), queue.leased(tx)
        others, busy = member.others(tx, now), at_work()  # after the rows: whoever holds one had begun before
        living = {other.id for other in others if not other.dead and not other.silent}
        silent = {other.id for other in others if other.silent and not other.dead}
        queue.free(tx, {id_: holder for id_, holder in claimed.items() if holder not in living and id_ not in busy})
        queue.ask_no_later(tx, now)
        pauses.begin_no_later(tx, now)
        queue.look_no_later(tx, now + max(s.answer_deadline + s.read_back_waits[-1] for s in desk.specs.values()))
        moves = [
            _own_up(desk, delivery, dead=holder not in silent, now=now)
            for delivery, holder in intended
            if delivery.id not in busy and holder not in living
        ]
        found = door.move_all(tx, moves)
        for other in others:
            if other.dead:
                workers.ended(tx, other.id, now)
    return sum(isinstance(after, Delivery) for after in found)  # another worker may have been quicker


def _own_up(desk: Desk, delivery: Delivery, *, dead: bool, now: datetime) -> door.Move:
    """An intent whose sender is gone may be public: it becomes UNCONFIRMED and will be looked up."""
    return door.Move(
        delivery=delivery,
        happening=Interrupted(DIED if dead else FELL_SILENT, sender_is_dead=dead),
        now=now,
        spec=desk.specs[delivery.platform],
        actor="worker",
        then=lambda tx, after: reporting.came_to_rest(desk, tx, after, now),
    )
