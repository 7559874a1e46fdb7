"""A delivery's memory of the ids that servers issued, committed the moment each arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.store.database import Store
from bakohumas_bot.store.inserting import insert
from bakohumas_bot.store.tables import AccountNoteRow, JournalRow


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """`value` None: forgotten."""

    delivery: str
    key: str
    value: str | None


@dataclass(frozen=True, kw_only=True)
class _Note:
    account: str
    key: str
    value: str


def _write(tx: Session, entries: Sequence[_Entry]) -> Sequence[None]:
    for entry in entries:
        if entry.value is not None:
            one = insert(tx, JournalRow).values(delivery_id=entry.delivery, key=entry.key, value=entry.value)
            tx.execute(one.on_conflict_do_update(index_elements=["delivery_id", "key"], set_={"value": entry.value}))
            continue
        one_line = (col(JournalRow.delivery_id) == entry.delivery) & (col(JournalRow.key) == entry.key)
        tx.execute(delete(JournalRow).where(one_line))
    return [None] * len(entries)


def _write_notes(tx: Session, notes: Sequence[_Note]) -> Sequence[None]:
    for note in notes:
        one = insert(tx, AccountNoteRow).values(account=note.account, key=note.key, value=note.value)
        tx.execute(one.on_conflict_do_update(index_elements=["account", "key"], set_={"value": note.value}))
    return [None] * len(notes)


class StoredJournal:
    """`platforms.base.Journal` over the database: `put` has committed when it returns.

    A delivery is held by one worker, so its entries are read once. `remote_id` is the delivery's own.
    """

    def __init__(self, store: Store, delivery: Delivery) -> None:
        self._store, self._delivery = store, delivery
        self._entries: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        return self._read().get(key)

    def put(self, key: str, value: str) -> None:
        entries = self._read()
        if entries.get(key) == value:
            return
        self._store.together(_write, _Entry(delivery=self._delivery.id, key=key, value=value))
        entries[key] = value

    def forget(self, key: str) -> None:
        if self._read().pop(key, None) is not None:
            self._store.together(_write, _Entry(delivery=self._delivery.id, key=key, value=None))

    def account_get(self, key: str) -> str | None:
        with self._store.reading() as tx:
            row = tx.get(AccountNoteRow, (self._delivery.account, key))
            return row.value if row else None

    def account_put(self, key: str, value: str) -> None:
        self._store.together(_write_notes, _Note(account=self._delivery.account, key=key, value=value))

    def _read(self) -> dict[str, str]:
        if self._entries is None:
            query = select(col(JournalRow.key), col(JournalRow.value))
            with self._store.reading() as tx:
                rows = tx.execute(query.where(col(JournalRow.delivery_id) == self._delivery.id)).all()
            known = {"remote_id": self._delivery.remote_id} if self._delivery.remote_id else {}
            self._entries = known | dict(rows)
        return self._entries
