"""Who works: a lease that is renewed, a lock that proves life, and the difference between the silent and the dead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

import postgres
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store, open_store
from bakohumas_bot.store.only_worker import AlreadyRunning
from bakohumas_bot.store.tables import WorkerRow
from bakohumas_bot.store.workers import Expelled, Membership, Other, ended, membership
from working import until

LEASE, OVER = timedelta(seconds=60), timedelta(seconds=-1)  # `OVER`: a lease that has run out as it is given


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def on_server() -> Iterator[Store]:
    url = postgres.fresh_database()
    store = open_store(url)
    try:
        yield store
    finally:
        store.close()
        postgres.server().drop(url)


@pytest.fixture
def server() -> Iterator[Store]:
    with on_server() as store:
        yield store


def seen_by(member: Membership, store: Store) -> list[Other]:
    with store.reading() as tx:
        return member.others(tx, now())


def cut_off(store: Store, member: Membership) -> None:
    """The network, an idle limit or an administrator ends the session that proves its life."""
    with store.reading() as tx:
        query = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :number"
        tx.execute(text(query), {"number": member.number})


def test_who_lives_and_beats_is_neither_dead_nor_silent(server: Store) -> None:
    with membership(server, now, LEASE) as one, membership(server, now, LEASE) as other:
        assert not one.alone
        assert seen_by(one, server) == [Other(id=other.id, number=other.number, dead=False, silent=False)]


def test_who_is_past_its_lease_is_silent_and_not_dead(server: Store) -> None:
    """Paused, or cut off from nothing but its own thread: it may wake and send."""
    with membership(server, now, LEASE) as one, membership(server, now, OVER):
        (other,) = seen_by(one, server)
        assert (other.dead, other.silent) == (False, True)


def test_a_beat_renews_the_lease_by_the_clock_of_the_database(server: Store) -> None:
    with membership(server, now, LEASE) as one, membership(server, now, OVER) as other:
        other.beat(datetime(2001, 1, 1, tzinfo=UTC), LEASE)
        assert not seen_by(one, server)[0].silent


def test_whose_session_is_gone_is_dead_and_learns_it_itself(server: Store) -> None:
    with membership(server, now, LEASE) as one, ExitStack() as life:
        other = life.enter_context(membership(server, now, LEASE))
        cut_off(server, other)
        assert seen_by(one, server)[0].dead
        assert seen_by(one, server)[0].dead, "to look is not to take its place"
        with pytest.raises(Expelled):
            other.beat(now(), LEASE)


def test_whose_session_is_gone_learns_it_though_it_looked_for_the_others_first(server: Store) -> None:
    """The sweep may find out before the beat does; the beat must still end the membership, for a new start."""
    with membership(server, now, LEASE) as one, membership(server, now, LEASE):
        cut_off(server, one)
        for _ in range(2):
            with pytest.raises(Unavailable):
                seen_by(one, server)
        with pytest.raises(Expelled):
            one.beat(now(), LEASE)


def test_who_was_taken_for_dead_by_the_others_learns_it_too(server: Store) -> None:
    with membership(server, now, LEASE) as one, membership(server, now, LEASE) as other:
        with server.writing() as tx:
            ended(tx, other.id, now())
        assert seen_by(one, server) == []
        with pytest.raises(Expelled):
            other.beat(now(), LEASE)


def test_who_says_goodbye_is_no_longer_there_and_leaves_no_lock(server: Store) -> None:
    with membership(server, now, LEASE) as one:
        with membership(server, now, LEASE) as other:
            number = other.number
        assert seen_by(one, server) == []
        with server.reading() as tx:
            locks = tx.execute(text("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")).scalars().all()
        assert locks == [one.number]
        assert number not in locks


def test_a_start_that_is_interrupted_anywhere_looks_dead_and_not_alive(server: Store) -> None:
    """Its row is seen only once its lock is held."""
    with membership(server, now, LEASE) as one, server.writing() as tx:
        tx.add(WorkerRow(id="half", host="h", pid=1, started_at=now(), alive_until=now() + LEASE))
        tx.flush()
        assert seen_by(one, server) == []
    with membership(server, now, LEASE) as two:
        assert {other.id: other.dead for other in seen_by(two, server)}["half"]


def test_on_an_embedded_database_there_is_one_and_all_before_it_are_dead(tmp_path: object) -> None:
    store = open_store(f"sqlite:///{tmp_path}/b.db")
    with store.writing() as tx:  # left behind by a kill
        tx.add(WorkerRow(id="killed", host="h", pid=1, started_at=now(), alive_until=now() + LEASE))
    with membership(store, now, LEASE) as one:
        assert one.alone
        (other,) = seen_by(one, store)
        assert (other.id, other.dead) == ("killed", True)
        one.beat(now(), LEASE)
        with pytest.raises(AlreadyRunning), membership(store, now, LEASE):
            pass
    with membership(store, now, LEASE), store.reading() as tx:
        rows = tx.execute(select(WorkerRow)).scalars().all()
        assert sorted(row.ended_at is None for row in rows) == [False, True, True]
    store.close()


def test_a_process_that_sleeps_in_the_middle_of_a_batch_holds_nobody_up(server: Store) -> None:
    """The server takes such a session for a busy one: its limit for idle transactions does not strike it."""
    with (
        membership(server, now, LEASE) as member,
        membership(server, now, LEASE) as sleeper,
        server.engine.connect() as idle,
        server.engine.connect() as asleep,
    ):
        idle.execute(text("SELECT 1"))
        half = asleep.connection.driver_connection.pgconn  # type: ignore[union-attr]
        half.enter_pipeline_mode()
        half.send_query_params(b"UPDATE worker SET host = 'x' WHERE number = %d" % sleeper.number, None)
        half.send_flush_request()
        half.flush()
        until(lambda: _locked(server, sleeper), "the half batch holds its row")
        assert member.end_what_stalls() == 0
        assert member.end_what_stalls(timedelta()) == 1
        until(lambda: not _locked(server, sleeper), "its row is free")
        assert idle.execute(text("SELECT 1")).scalar() == 1
        asleep.invalidate()


def _locked(store: Store, member: Membership) -> bool:
    query = "SELECT 1 FROM worker WHERE number = :number FOR UPDATE SKIP LOCKED"
    with store.writing() as tx:
        return tx.execute(text(query), {"number": member.number}).scalar() is None
