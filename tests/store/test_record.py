"""The record cannot be altered: the database refuses, and what is done behind its back is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bakohumas_bot.store import record
from bakohumas_bot.store.database import Store, open_store

_ALL_BUT_ACTOR = "office, number, at, 'lain', kind, post, delivery, data, previous, hash"
NOW = datetime(2026, 11, 26, 1, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/bakohumas.db")
    with opened.writing() as tx:
        for number in range(4):
            for office in ("64.69", "64"):
                record.append(tx, office=office, actor="sari", kind="draft.created", now=NOW, post=number, isi="é")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE event SET actor = 'lain'",
        "DELETE FROM event WHERE id = 1",
        f"INSERT OR REPLACE INTO event SELECT id, {_ALL_BUT_ACTOR} FROM event WHERE id = 1",
        f"INSERT OR REPLACE INTO event SELECT 99, {_ALL_BUT_ACTOR} FROM event WHERE id = 1",
    ],
)
def test_the_database_itself_refuses_to_change_an_event(store: Store, act: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), store.writing() as tx:
        tx.execute(text(act))


def test_an_untouched_record_is_proven_whole(store: Store) -> None:
    with store.reading() as tx:
        assert record.verify(tx) == (8, [])


@pytest.mark.parametrize(
    ("act", "number", "what"),
    [
        ("UPDATE event SET actor = 'lain' WHERE office = '64' AND number = 2", 2, "changed"),
        ("UPDATE event SET data = '{}' WHERE office = '64' AND number = 3", 3, "changed"),
        ("UPDATE event SET at = '2026-11-27 00:00:00' WHERE office = '64' AND number = 1", 1, "changed"),
        ("DELETE FROM event WHERE office = '64' AND number = 2", 3, "removed"),
        ("DELETE FROM event WHERE office = '64' AND number = 4", 4, "removed"),
        ("DELETE FROM event WHERE office = '64'", 4, "removed"),
        ("UPDATE event SET number = 9 - number WHERE office = '64' AND number IN (4)", 5, "removed"),
    ],
)
def test_what_is_done_behind_its_back_is_found_and_named(store: Store, act: str, number: int, what: str) -> None:
    path = str(store.engine.url.database)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER event_no_update")
        raw.execute("DROP TRIGGER event_no_delete")
        raw.execute(act)
    raw.close()
    with store.reading() as tx:
        _, broken = record.verify(tx)
    assert [(b.office, b.number, b.what) for b in broken] == [("64", number, what)]


def test_an_event_belongs_to_the_transaction_of_its_act(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as tx:
        record.append(tx, office="64", actor="sari", kind="submitted", now=NOW)
        1 / 0  # noqa: B018 - the act itself fails
    with store.reading() as tx:
        assert record.verify(tx) == (8, [])
