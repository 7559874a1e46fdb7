"""Tidying up goes on side by side: what hangs at one account keeps no other's uploads lying about."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from bakohumas_bot.lifecycle.schedule import cancel
from bakohumas_bot.lifecycle.tidy import tidy_up
from bakohumas_bot.platforms.base import Job
from office import FACEBOOK, TELEGRAM, TestOffice, X
from working import PATIENCE

ACCOUNTS = (X, TELEGRAM, FACEBOOK)
HOUR = timedelta(hours=1)


def test_accounts_are_tidied_side_by_side_and_the_posts_of_one_in_turn(office: TestOffice) -> None:
    for number in (1, 2):
        post = office.approved(f"Nomor {number}.", accounts=ACCOUNTS, publish_at=office.clock() + HOUR).post
        _uploaded(office, post)
        cancel(office.desk, office.person("dewi"), post)
    together, begun = threading.Barrier(len(ACCOUNTS)), []

    def withdraw(job: Job) -> None:
        begun.append(job.delivery)
        together.wait(PATIENCE)  # passed only by three at once, and by each account twice

    for account in ACCOUNTS:
        adapter: Any = office.desk.adapters[account]
        adapter.withdraw = withdraw
    assert tidy_up(office.desk) == 6
    assert tidy_up(office.desk) == 0
    assert len(set(begun[:3]) | set(begun[3:])) == 6
    posts = [
        {delivery.post for delivery in office.deliveries(number).values() if delivery.id in begun[:3]}
        for number in (1, 2)
    ]
    assert posts == [{1}, set()]


def _uploaded(office: TestOffice, post: int) -> None:
    from sqlalchemy import update
    from sqlmodel import col

    from bakohumas_bot.store.tables import DeliveryRow

    with office.desk.store.writing() as tx:
        tx.execute(update(DeliveryRow).where(col(DeliveryRow.post_id) == post).values(prepared_at=office.clock()))
