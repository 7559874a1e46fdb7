"""Testify: what a sender was told while the others took over from it is still the truth about its attempt."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.delivery import Delivery, UnlawfulMove
from bakohumas_bot.domain.happenings import LateAnswer, summary
from bakohumas_bot.domain.outcomes import Outcome, Published
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.resting import let_rest
from bakohumas_bot.store import deliveries, door, posts, record

log = logging.getLogger("bakohumas.testify")


def testify(desk: Desk, sending: Delivery, outcome: Outcome) -> None:
    """Our delivery was taken over while we were silent: what the platform told us is still the truth about it."""
    now = desk.now()
    log.warning("a late answer for %s: %s", sending.id, summary(outcome))
    with desk.store.writing() as tx:
        posts.lock(tx, sending.post)
        let_rest(desk, tx, sending, outcome, now)
        standing = deliveries.get(tx, sending.id)
        if isinstance(outcome, Published) and standing.remote_id == outcome.receipt.remote_id:
            return  # it was stored after all: the database said no while it did what it was asked
        after = _believed(desk, tx, standing, LateAnswer(outcome), now) if standing.tries == sending.tries else None
        if after is not None:
            if standing.asks:
                reporting.answered(desk, tx, after, now)
            reporting.came_to_rest(desk, tx, after, now)
            return
        record.append(
            tx,
            office=sending.office,
            actor="worker",
            kind="delivery.contradicted",
            now=now,
            post=sending.post,
            delivery=sending.id,
            account=sending.account,
            said=summary(outcome),
        )
        if isinstance(outcome, Published):
            reporting.contradicted(desk, tx, standing, outcome.receipt, now)


def _believed(desk: Desk, tx: Session, standing: Delivery, answer: LateAnswer, now: datetime) -> Delivery | None:
    try:
        return door.move(tx, standing, answer, now=now, spec=desk.specs[standing.platform], actor="worker")
    except UnlawfulMove:
        return None
