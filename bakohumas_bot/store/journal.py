"""A delivery's memory of the ids that servers issued, committed the moment each arrives."""

from __future__ import annotations

from sqlmodel import Session

from bakohumas_bot.store.database import Store
from bakohumas_bot.store.tables import AccountNoteRow, JournalRow


def note(tx: Session, delivery: str, key: str, value: str) -> None:
    """Writes one entry inside a transaction that is already open."""
    tx.merge(JournalRow(delivery_id=delivery, key=key, value=value))


class StoredJournal:
    """`platforms.base.Journal` over the database: `put` has committed when it returns."""

    def __init__(self, store: Store, delivery: str, account: str) -> None:
        self._store, self._delivery, self._account = store, delivery, account

    def get(self, key: str) -> str | None:
        with self._store.reading() as tx:
            row = tx.get(JournalRow, (self._delivery, key))
            return row.value if row else None

    def put(self, key: str, value: str) -> None:
        with self._store.writing() as tx:
            note(tx, self._delivery, key, value)

    def forget(self, key: str) -> None:
        with self._store.writing() as tx:
            row = tx.get(JournalRow, (self._delivery, key))
            if row:
                tx.delete(row)

    def account_get(self, key: str) -> str | None:
        with self._store.reading() as tx:
            row = tx.get(AccountNoteRow, (self._account, key))
            return row.value if row else None

    def account_put(self, key: str, value: str) -> None:
        with self._store.writing() as tx:
            tx.merge(AccountNoteRow(account=self._account, key=key, value=value))
