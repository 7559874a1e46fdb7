"""Tidy up: what was uploaded for a delivery and is needed no more is removed from where it lies hidden or hosted."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.lifecycle.deliver import job_for, take_up
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import deliveries

log = logging.getLogger("bakohumas.tidy")

AT_ONCE = 8


def tidy_up(desk: Desk) -> int:
    """Once per delivery, after it was read back or cancelled; best effort. Answers how many.

    Accounts side by side: one that hangs keeps no other waiting.
    """
    with desk.store.reading() as tx:
        rows = deliveries.to_tidy(tx)
    of_account: defaultdict[str, list[Delivery]] = defaultdict(list)
    for delivery in rows:
        of_account[delivery.account].append(delivery)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="tidy") as threads:
        list(threads.map(partial(_tidy_account, desk), of_account.values()))  # read, so that an error is raised
    return len(rows)


def _tidy_account(desk: Desk, rows: Sequence[Delivery]) -> None:
    for delivery in rows:
        _withdraw(desk, delivery)
        with desk.store.writing() as tx:
            deliveries.tidied(tx, delivery)


def _withdraw(desk: Desk, delivery: Delivery) -> None:
    try:
        claimed = take_up(desk, delivery, "tidy")
        claimed.adapter.withdraw(job_for(desk, claimed))
    except Exception:
        log.exception("tidying up after %s failed", delivery.id)
