"""Resting: what a platform's answer to one delivery means for everything else of the same account."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.outcomes import Outcome
from bakohumas_bot.domain.pauses import pause_after
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import pauses


def let_rest(desk: Desk, tx: Session, delivery: Delivery, outcome: Outcome, now: datetime) -> None:
    """Holds the account back where the platform said so, and tells the people what is news about it."""
    rest = pause_after(delivery.account, outcome, now)
    if rest is None:
        return
    change = pauses.put(tx, rest)
    if change.stood is not None:
        reporting.account_works_again(desk, tx, change.stood, now)
    if change.news:
        reporting.account_rests(desk, tx, delivery, rest, now)
