"""The record cannot be altered: the database itself refuses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bakohumas_bot.store import audit, record
from bakohumas_bot.store.database import Store

NOW = datetime(2026, 11, 26, 1, 0, 0, 123456, tzinfo=UTC)

_FORGED = "office, number, at, 'lain', kind, post, delivery, data, previous, hash FROM event WHERE id = 1"
_NAMED = "INSERT INTO event (id, office, number, at, actor, kind, post, delivery, data, previous, hash)"
ACTS = {
    "changed": ("UPDATE event SET actor = 'lain'",) * 2,
    "removed": ("DELETE FROM event WHERE id = 1",) * 2,
    "emptied": ("DELETE FROM event", "TRUNCATE event"),
    "replaced": (
        f"INSERT OR REPLACE INTO event SELECT id, {_FORGED}",
        f"{_NAMED} SELECT id, {_FORGED} ON CONFLICT (id) DO UPDATE SET actor = 'lain'",
    ),
    "replaced by its number": (
        f"INSERT OR REPLACE INTO event SELECT 99, {_FORGED}",
        f"{_NAMED} SELECT 99, {_FORGED} ON CONFLICT (office, number) DO UPDATE SET actor = 'lain'",
    ),
}


def here(store: Store) -> int:
    return 1 if store.engine.dialect.name == "postgresql" else 0


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing() as tx:
        for number in range(4):
            for office in ("64.69", "64"):
                record.append(tx, office=office, actor="sari", kind="draft.created", now=NOW, post=number, isi="é")
    return store


@pytest.mark.parametrize("act", ACTS)
def test_the_database_itself_refuses_to_change_an_event(store: Store, act: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as tx:
        tx.execute(text(ACTS[act][here(store)]))
    with store.reading() as tx:
        assert audit.verify(tx) == (8, [])


def test_an_untouched_record_is_proven_whole(store: Store) -> None:
    with store.reading() as tx:
        assert audit.verify(tx) == (8, [])


def test_an_event_belongs_to_the_transaction_of_its_act(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        record.append(tx, office="64", actor="sari", kind="submitted", now=NOW)
        1 / 0  # noqa: B018 - the act itself fails
    with store.reading() as tx:
        assert audit.verify(tx) == (8, [])
