"""Rows that travel together are stored to the letter as rows that travel alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy import event as event_of_engine
from sqlmodel import Session

from bakohumas_bot.store import bulk
from bakohumas_bot.store.database import Store, open_store
from bakohumas_bot.store.tables import ChainHeadRow, DeliveryRow, EventRow

EVENTS: Table = EventRow.__table__  # type: ignore[attr-defined]
HEADS: Table = ChainHeadRow.__table__  # type: ignore[attr-defined]
DELIVERIES: Table = DeliveryRow.__table__  # type: ignore[attr-defined]
NAMES = ("office", "number", "at", "actor", "kind", "post", "delivery", "data", "previous", "hash")
AT = datetime(2026, 11, 22, 9, 0, 0, 7, UTC)


def an_event(number: int, **other: Any) -> tuple[Any, ...]:
    usual: dict[str, Any] = {
        "office": "51.71",
        "number": number,
        "at": AT,
        "actor": "worker",
        "kind": "uji",
        "post": 1,
        "delivery": "d",
        "data": "{}",
        "previous": "0",
        "hash": f"h{number}",
    }
    return tuple((usual | other).values())


def as_it_lies(tx: Session, number: int) -> tuple[Any, ...]:
    """Untouched by the columns' types."""
    names = ", ".join(NAMES)
    row = tx.connection().exec_driver_sql(f"SELECT {names} FROM event WHERE number = {number}").one()
    return tuple(row)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"at": AT.replace(microsecond=0)},
        {"at": datetime(2026, 11, 22, 17, 0, tzinfo=timezone(timedelta(hours=8)))},
        {"post": None, "delivery": None},
        {"post": 2**31 - 1},
        {"actor": 'Bapak "I Gusti" \\ d\'Arta, \u2028 \U0001f5f3\ufe0f {}[]:%s ?1 :rows'},
        {"data": '{"kata": "\\u0000 \\" \\\\"}'},
        {"actor": ""},
    ],
    ids=["plain", "a full second", "another zone", "nothing", "a great number", "odd signs", "JSON in it", "empty"],
)
def test_a_row_lies_there_as_if_it_had_come_alone(store: Store, other: dict[str, Any]) -> None:
    alone = dict(zip(NAMES, an_event(1, **other), strict=True))
    with store.writing() as tx:
        tx.connection().execute(EVENTS.insert(), alone)
        bulk.insert(tx, EVENTS, NAMES, [an_event(2, **other | {"hash": "h1"})])
        one, two = as_it_lies(tx, 1), as_it_lies(tx, 2)
    assert two == (one[0], 2, *one[2:])


def test_a_sign_that_json_in_a_database_cannot_carry_is_shown_as_replaced(store: Store) -> None:
    with store.writing() as tx:
        bulk.insert(tx, EVENTS, NAMES, [an_event(1, actor="a\x00b", data='{"said": "\\u0000"}')])
        row = dict(zip(NAMES, as_it_lies(tx, 1), strict=True))
    assert (row["actor"], row["data"]) == ("a\ufffdb", '{"said": "\\u0000"}')


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with store.writing() as tx, pytest.raises(ValueError, match="timezone"):
        bulk.insert(tx, EVENTS, NAMES, [an_event(1, at=AT.replace(tzinfo=None))])


def test_rows_are_written_in_their_order(store: Store) -> None:
    numbers = [*range(50, 0, -1), *range(51, 101)]
    with store.writing() as tx:
        bulk.insert(tx, EVENTS, NAMES, [an_event(number) for number in numbers])
        assert list(tx.execute(select(EVENTS.c.number).order_by(EVENTS.c.id)).scalars()) == numbers


def test_only_the_rows_of_the_given_keys_change(store: Store) -> None:
    names = ("office", "number", "hash")
    with store.writing() as tx:
        bulk.insert(tx, HEADS, names, [(office, 1, "lama") for office in "abcd"])
        bulk.update(tx, HEADS, names, [("b", 2, "baru"), ("d", 3, "baru"), ("tidak ada", 9, "baru")])
        found = bulk.held(tx, HEADS, names, ["d", "a", "b", "tidak ada"])
        rows = sorted(tuple(row) for row in found)
        others = bulk.held(tx, HEADS, names, ["c"])
    assert rows == [("a", 1, "lama"), ("b", 2, "baru"), ("d", 3, "baru")]
    assert [tuple(row) for row in others] == [("c", 1, "lama")]


@pytest.mark.parametrize(
    ("table", "names"), [(HEADS, ("office", "number", "hash")), (DELIVERIES, ("id", "leased_by", "state", "version"))]
)
def test_a_change_finds_its_rows_by_their_key(tmp_path: Path, table: Table, names: tuple[str, ...]) -> None:
    """However many rows there are, none is walked over."""
    seen: list[str] = []
    store = open_store(f"sqlite:///{tmp_path / 'meja.db'}")
    event_of_engine.listen(store.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    with store.writing() as tx:
        bulk.update(tx, table, names, [("x", *([None] * (len(names) - 1)))])
        bulk.held(tx, table, names, ["x"])
        plans = [tx.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",)).all() for sql in seen[1:3]]
    store.close()
    for plan in plans:
        steps = [row[3] for row in plan if table.name in row[3]]
        assert [step.split(" USING")[0] for step in steps] == [f"SEARCH {table.name}"]
