"""Tidy up: what was uploaded for a delivery and is needed no more is removed from where it lies hidden or hosted."""

from __future__ import annotations

import logging

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.lifecycle.deliver import job_for, take_up
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries

log = logging.getLogger("bakohumas.tidy")


def tidy_up(desk: Desk) -> int:
    """Once per delivery, after it was read back or cancelled; best effort. Answers how many."""
    with desk.store.reading() as tx:
        rows = deliveries.to_tidy(tx)
    for delivery in rows:
        _withdraw(desk, delivery)
        with desk.store.writing() as tx:
            deliveries.tidied(tx, delivery)
    return len(rows)


def _withdraw(desk: Desk, delivery: Delivery) -> None:
    try:
        claimed = take_up(desk, delivery, "tidy")
        claimed.adapter.withdraw(job_for(desk, claimed))
    except Exception:
        log.exception("tidying up after %s failed", delivery.id)
