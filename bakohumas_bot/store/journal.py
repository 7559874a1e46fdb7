"""A delivery's memory of the ids that servers issued, committed the moment each arrives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select
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
    for entry in sorted(entries, key=lambda entry: entry.delivery):  # as the deliveries themselves are locked
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


_ROWS = JournalRow.__table__  # type: ignore[attr-defined]
_KNOWN = select(_ROWS.c.delivery_id, _ROWS.c.key, _ROWS.c.value).where(
    _ROWS.c.delivery_id.in_(bindparam("ids", expanding=True))
)


def noted(tx: Session, deliveries: Sequence[Delivery]) -> dict[str, dict[str, str]]:
    """What is known of each, read at once: a transaction for every one of them would cost more than its live call."""
    found: dict[str, dict[str, str]] = {one.id: {} for one in deliveries}
    for id_, key, value in tx.connection().execute(_KNOWN, {"ids": list(found)}):
        found[id_][key] = value
    return found


class StoredJournal:
    """`platforms.base.Journal` over the database: `put` has committed when it returns.

    A delivery is held by one worker, so its entries are read once: here, or with the claim (`entries`). `remote_id` is
    the delivery's own.
    """

    def __init__(self, store: Store, delivery: Delivery, entries: Mapping[str, str] | None = None) -> None:
        self._store, self._delivery = store, delivery
        self._entries = None if entries is None else self._with_own(entries)

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
            with self._store.reading() as tx:
                self._entries = self._with_own(noted(tx, [self._delivery])[self._delivery.id])
        return self._entries

    def _with_own(self, entries: Mapping[str, str]) -> dict[str, str]:
        known = {"remote_id": self._delivery.remote_id} if self._delivery.remote_id else {}
        return known | dict(entries)
