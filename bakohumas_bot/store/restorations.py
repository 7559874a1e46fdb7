"""Which accounts were restored from a backup of when: what is older than that backup is looked up before it is sent.

Kept among the notes of the accounts, and so part of every later backup too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlmodel import Session, col

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.tables import AccountNoteRow, DeliveryRow

_KEY = "restored:"


def note(tx: Session, accounts: Iterable[str], *, taken_at: datetime, now: datetime) -> None:
    for account in accounts:
        one = insert(tx, AccountNoteRow).values(
            account=account, key=f"{_KEY}{taken_at.isoformat()}", value=now.isoformat()
        )
        tx.execute(one.on_conflict_do_nothing())


def look_since(tx: Session, accounts: Iterable[str], written_at: datetime) -> dict[str, datetime]:
    """Since when another machine may have published a post of `written_at`, for each account where it may.

    A later backup of a restored office knows as little of that time as the first: the earliest one counts.
    """
    query = select(col(AccountNoteRow.account), col(AccountNoteRow.key)).where(
        col(AccountNoteRow.account).in_(list(accounts)), col(AccountNoteRow.key).startswith(_KEY)
    )
    earliest: dict[str, datetime] = {}
    for account, key in tx.execute(query):
        taken_at = datetime.fromisoformat(key.removeprefix(_KEY))
        if taken_at >= written_at:
            earliest[account] = min(taken_at, earliest.get(account, taken_at))
    return earliest


def known_as(tx: Session, delivery: Delivery, remote_id: str, url: str | None) -> int | None:
    """The other post of which this public one is already known to be, if any."""
    query = select(col(DeliveryRow.post_id)).where(
        col(DeliveryRow.account) == delivery.account,
        col(DeliveryRow.id) != delivery.id,
        or_(col(DeliveryRow.remote_id) == remote_id, col(DeliveryRow.url) == (url or "")),
    )
    return tx.execute(query.limit(1)).scalar()
