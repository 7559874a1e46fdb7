"""Whatever a superuser does to the record behind the database's back is found, and named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from bakohumas_bot.domain.digest import canonical
from bakohumas_bot.store import audit, record
from bakohumas_bot.store.audit import Row
from bakohumas_bot.store.database import Store

NOW = datetime(2026, 11, 26, 1, 0, 0, 123456, tzinfo=UTC)
MINE = "office = '64'"
UNGUARDED = {
    "sqlite": ("DROP TRIGGER event_no_update", "DROP TRIGGER event_no_delete", "DROP TRIGGER event_no_replace"),
    "postgresql": ("DROP TRIGGER event_append_only ON event",),
}


@pytest.fixture
def store(store: Store) -> Store:
    """Nine events of one office among those of another; every other one falls on a full second."""
    with store.writing() as tx:
        for number in range(9):
            at = NOW + timedelta(minutes=number, microseconds=-123456 * (number % 2))
            for office in ("64.69", "64"):
                record.append(tx, office=office, actor="sari", kind="draft.created", now=at, post=number, isi="é\n\0")
    return store


def unguarded(tx: Session) -> Session:
    for statement in UNGUARDED[tx.get_bind().dialect.name]:
        tx.execute(text(statement))
    return tx


def rehash(tx: Session, number: int) -> None:
    """As a forger does who knows how a hash is made."""
    (row,) = audit.rows(tx, f"WHERE {MINE} AND number = :number", {"number": number})
    forged = {"hash": audit.hash_of(row), "number": number}
    tx.execute(text(f"UPDATE event SET hash = :hash WHERE {MINE} AND number = :number"), forged)


def renumber(tx: Session, first: int, by: int) -> None:
    """Everything from `first` on, by way of numbers that nobody has."""
    tx.execute(text(f"UPDATE event SET number = number + 1000 WHERE {MINE} AND number >= {first}"))
    tx.execute(text(f"UPDATE event SET number = number - 1000 + {by} WHERE {MINE} AND number >= 1000"))


def sql(*statements: str) -> Callable[[Session], None]:
    def act(tx: Session) -> None:
        for statement in statements:
            tx.execute(text(statement))

    return act


def rewritten(tx: Session, number: int = 5) -> None:
    sql(f"UPDATE event SET actor = 'lain' WHERE {MINE} AND number = {number}")(tx)
    rehash(tx, number)


def put_in(tx: Session, *, fitting: bool) -> None:
    """A tenth event between the third and the fourth."""
    renumber(tx, 4, 1)
    sql(
        "INSERT INTO event (office, number, at, actor, kind, post, delivery, data, previous, hash) "
        f"SELECT office, 4, at, 'lain', kind, post, delivery, data, hash, hash FROM event WHERE {MINE} AND number = 3"
    )(tx)
    if fitting:
        rehash(tx, 4)


def cut_out(tx: Session) -> None:
    sql(f"DELETE FROM event WHERE {MINE} AND number = 4")(tx)
    renumber(tx, 5, -1)


def cut_out_and_head(tx: Session) -> None:
    cut_out(tx)
    sql(f"UPDATE chain_head SET number = 8 WHERE {MINE}")(tx)


def swapped(tx: Session) -> None:
    sql(
        f"UPDATE event SET number = 100 WHERE {MINE} AND number = 4",
        f"UPDATE event SET number = 4 WHERE {MINE} AND number = 6",
        f"UPDATE event SET number = 6 WHERE {MINE} AND number = 100",
    )(tx)


def appended(tx: Session) -> None:
    sql(
        "INSERT INTO event (office, number, at, actor, kind, post, delivery, data, previous, hash) "
        f"SELECT office, 10, at, 'lain', kind, post, delivery, data, hash, hash FROM event WHERE {MINE} AND number = 9"
    )(tx)
    rehash(tx, 10)


def changed(column: str, value: str, number: int = 4) -> Callable[[Session], None]:
    return sql(f"UPDATE event SET {column} = {value} WHERE {MINE} AND number = {number}")


ACTS: dict[str, tuple[Callable[[Session], None], list[tuple[int, int, str]]]] = {
    "another actor": (changed("actor", "'lain'"), [(4, 4, "changed")]),
    "another office's word": (changed("kind", "'frozen'"), [(4, 4, "changed")]),
    "emptied": (changed("data", "'{}'"), [(4, 4, "changed")]),
    "another hour": (changed("at", "'2026-11-27 00:00:00.000000'"), [(4, 4, "changed")]),
    "another post": (changed("post", "NULL"), [(4, 4, "changed")]),
    "another delivery": (changed("delivery", "'x'"), [(4, 4, "changed")]),
    "another link": (changed("previous", "hash"), [(4, 4, "changed")]),
    "another hash": (changed("hash", "previous"), [(4, 4, "changed")]),
    "the first": (changed("actor", "'lain'", 1), [(1, 1, "changed")]),
    "the newest": (changed("actor", "'lain'", 9), [(9, 9, "changed")]),
    "all": (sql(f"UPDATE event SET actor = 'lain' WHERE {MINE}"), [(1, 9, "changed")]),
    "two": (
        sql(f"UPDATE event SET actor = 'lain' WHERE {MINE} AND number IN (2, 7)"),
        [(2, 2, "changed"), (7, 7, "changed")],
    ),
    "rewritten with its hash": (rewritten, [(5, 5, "changed")]),
    "the newest with its hash": (lambda tx: rewritten(tx, 9), [(9, 9, "changed")]),
    "removed": (sql(f"DELETE FROM event WHERE {MINE} AND number = 4"), [(4, 4, "removed")]),
    "several removed": (sql(f"DELETE FROM event WHERE {MINE} AND number IN (4, 5, 6)"), [(4, 6, "removed")]),
    "the first removed": (sql(f"DELETE FROM event WHERE {MINE} AND number = 1"), [(1, 1, "removed")]),
    "the end removed": (sql(f"DELETE FROM event WHERE {MINE} AND number > 7"), [(8, 9, "removed")]),
    "the whole chain removed": (sql(f"DELETE FROM event WHERE {MINE}"), [(1, 9, "removed")]),
    "removed and closed up": (cut_out, [(4, 4, "removed")]),
    "removed and closed up, head too": (cut_out_and_head, [(4, 4, "removed")]),
    "put in": (lambda tx: put_in(tx, fitting=False), [(4, 4, "inserted")]),
    "put in with its hash": (lambda tx: put_in(tx, fitting=True), [(4, 4, "inserted")]),
    "put at the end": (appended, [(10, 10, "inserted")]),
    "swapped": (swapped, [(4, 4, "reordered"), (6, 6, "reordered")]),
    "neighbours swapped": (
        sql(
            f"UPDATE event SET number = 100 WHERE {MINE} AND number = 4",
            f"UPDATE event SET number = 4 WHERE {MINE} AND number = 5",
            f"UPDATE event SET number = 5 WHERE {MINE} AND number = 100",
        ),
        [(4, 5, "reordered")],
    ),
    "the head lost": (sql(f"DELETE FROM chain_head WHERE {MINE}"), [(9, 9, "removed")]),
    "the head turned back": (
        sql(
            f"UPDATE chain_head SET hash = (SELECT hash FROM event WHERE {MINE} AND number = 8) WHERE {MINE}",
            f"UPDATE chain_head SET number = 8 WHERE {MINE}",
        ),
        [(9, 9, "inserted")],
    ),
}


def test_an_untouched_record_is_proven_whole(store: Store) -> None:
    with store.reading() as tx:
        assert audit.verify(tx) == (18, [])
        assert audit.missing_guards(tx) == []


@pytest.mark.parametrize("act", ACTS)
def test_what_a_superuser_does_is_found_and_named(store: Store, act: str) -> None:
    do, found = ACTS[act]
    with store.writing() as tx:
        do(unguarded(tx))
    with store.reading() as tx:
        _, broken = audit.verify(tx)
    assert {b.office for b in broken} == {"64"}
    assert [(b.number, b.last, b.what) for b in broken] == found


def test_a_fault_says_when_its_event_happened(store: Store) -> None:
    with store.writing() as tx:
        changed("actor", "'lain'")(unguarded(tx))
    with store.reading() as tx:
        _, (broken,) = audit.verify(tx)
    assert broken.at == "2026-11-26T01:03:00+00:00"


@pytest.mark.parametrize("number", range(3))
def test_a_guard_that_was_taken_away_is_missed(store: Store, number: int) -> None:
    with store.writing() as tx:
        statements = UNGUARDED[tx.get_bind().dialect.name]
        tx.execute(text(statements[number % len(statements)]))
    with store.reading() as tx:
        assert len(audit.missing_guards(tx)) == 1


SHAM = {
    "sqlite": "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END",
    "postgresql": "CREATE TRIGGER event_append_only BEFORE UPDATE ON event "
    "FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()",
}


def test_a_guard_that_only_has_the_name_of_one_is_missed(store: Store) -> None:
    with store.writing() as tx:
        kind = tx.get_bind().dialect.name
        tx.execute(text(UNGUARDED[kind][0]))
        tx.execute(text(SHAM[kind]))
    with store.reading() as tx:
        assert len(audit.missing_guards(tx)) == 1


def test_a_guard_that_sleeps_is_missed(store: Store) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite's triggers cannot be switched off")
    with store.writing() as tx:
        tx.execute(text("ALTER TABLE event DISABLE TRIGGER event_append_only"))
    with store.reading() as tx:
        assert audit.missing_guards(tx) == ["event_append_only"]


_WORDS = st.text(st.characters(codec="utf-8"))


@given(
    row=st.builds(
        Row,
        office=_WORDS,
        number=st.integers(),
        at=_WORDS,
        actor=_WORDS,
        kind=_WORDS,
        post=st.none() | st.integers(),
        delivery=st.none() | _WORDS,
        data=_WORDS,
        previous=_WORDS,
        hash=_WORDS,
    )
)
def test_what_is_proven_is_spelled_as_what_is_written(row: Row) -> None:
    whole = {name: value for name, value in row._asdict().items() if name != "hash"}
    assert audit.said(row) == canonical(whole)
    assert audit.hash_of(row) == hashlib.sha256(canonical(whole)).hexdigest()
