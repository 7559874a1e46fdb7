"""What only many threads, or a database that says no in the wrong moment, can do to the worker."""

from __future__ import annotations

import logging
import sqlite3
import threading
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bakohumas_bot.domain.happenings import Intent, Interrupted
from bakohumas_bot.domain.outcomes import NotSent, Outcome
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.reconcile import recover
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.store import door
from bakohumas_bot.store.workers import Other, membership
from office import TestOffice, X
from working import LIVELY, PATIENCE, another_host, at_work, until

BRISK = replace(LIVELY, sweep=timedelta(milliseconds=50), beat=timedelta(milliseconds=50))
on_postgresql = pytest.mark.parametrize("office", ["postgresql"], indirect=True)


def test_a_claim_that_was_stored_though_the_database_said_no_is_taken_up_again(office: TestOffice) -> None:
    """Its answer was lost, not its work: nobody is at work on what it claimed, until the sweep notices."""
    lies = [True]

    def deny(connection: Any) -> None:
        claimed = "SELECT count(*) FROM delivery WHERE leased_by IS NOT NULL"
        if lies and threading.current_thread().name == "main" and connection.exec_driver_sql(claimed).scalar():
            lies.pop()
            connection.connection.driver_connection.execute("COMMIT")
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))

    event.listen(office.desk.store.engine, "commit", deny)
    revision = office.approved(accounts=(X,))
    with at_work(office, BRISK):
        until(lambda: office.states(revision.post) == {X: "published"}, "published all the same")
    assert not lies
    assert len(office.public()) == 1


def test_a_delivery_claimed_anew_before_its_first_thread_is_done_counts_as_at_work(office: TestOffice) -> None:
    """The first attempt sent nothing and is stored; before its thread has ended, a second one sends."""
    stored, sending, swept = threading.Event(), threading.Event(), threading.Event()
    real = office.desk.adapters[X].go_live

    def slow(record: logging.LogRecord) -> bool:
        """The thread whose first attempt was just stored comes no further."""
        if "NotSent" in record.getMessage() and not stored.is_set():
            stored.set()
            sending.wait(PATIENCE)
        return True

    def go_live(job: Job) -> Outcome:
        if not stored.is_set():
            return NotSent(detail="belum", wait=timedelta())
        sending.set()
        swept.wait(PATIENCE)
        return real(job)

    office.desk.adapters[X].go_live = go_live  # type: ignore[method-assign]
    revision = office.approved(accounts=(X,))
    log = logging.getLogger("bakohumas.deliver")
    log.addFilter(slow)
    log.setLevel(logging.INFO)
    try:
        with at_work(office, BRISK) as worker:
            assert sending.wait(PATIENCE)
            until(lambda: len(worker._at_work) == 1, "the first thread has ended")
            worker._sweep()
            assert office.states(revision.post) == {X: "sending"}
            swept.set()
            until(lambda: office.states(revision.post) == {X: "published"}, "published by the second")
    finally:
        log.removeFilter(slow)
        log.setLevel(logging.NOTSET)


@on_postgresql
def test_a_worker_that_lost_the_proof_of_its_life_sends_nothing_that_it_claimed_before(office: TestOffice) -> None:
    """The others may have taken it for dead meanwhile; as a new member it claims anew and sends."""
    held, reached = threading.Event(), threading.Event()
    real = office.desk.adapters[X].prepare

    def hang(job: Job) -> None:
        reached.set()
        held.wait(PATIENCE)
        real(job)

    office.desk.adapters[X].prepare = hang  # type: ignore[method-assign]
    revision = office.approved(accounts=(X,))
    with at_work(office, BRISK) as worker:
        assert reached.wait(PATIENCE)
        before = worker._member
        _cut_the_guardian_session(office)
        until(lambda: worker._member not in {None, before}, "a new membership")
        held.set()
        until(lambda: office.states(revision.post) == {X: "published"}, "sent under the new membership")
    assert office.deliveries(revision.post)[X].tries == 2
    assert len(office.public()) == 1


def _cut_the_guardian_session(office: TestOffice) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with office.desk.store.writing() as tx:
        tx.execute(text(cut))


@on_postgresql
def test_a_start_that_failed_keeps_no_proof_of_life(office: TestOffice) -> None:
    with suppress(Unavailable), membership(office.desk.store, office.clock, BRISK.lease):
        raise Unavailable("the database is busy")
    with office.desk.store.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).scalar() == 0


@on_postgresql
def test_a_claim_that_is_made_while_another_thread_sweeps_is_kept(office: TestOffice) -> None:
    """Who is at work was asked just before it: what was not claimed then is none of the sweep's business."""
    office.approved(accounts=(X,))
    with membership(office.desk.store, office.clock, BRISK.lease) as we:

        def nobody_yet() -> frozenset[str]:
            assert len(office.claimed(we.id)) == 1
            return frozenset()

        recover(office.desk, we, at_work=nobody_yet)
        assert office.claimed("another") == []


@on_postgresql
def test_a_worker_that_begins_while_another_one_sweeps_is_no_stranger(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It joins, claims and writes its intent after the sweep has read who works."""
    revision = office.approved(accounts=(X,))
    with (
        another_host(office) as there,
        membership(office.desk.store, office.clock, BRISK.lease) as we,
        ExitStack() as on,
    ):
        real = we.others

        def then_one_more(tx: Session, now: datetime) -> list[Other]:
            found = real(tx, now)
            they = on.enter_context(membership(there.store, office.clock, BRISK.lease))
            (claimed,) = office.claimed(they.id)
            with there.store.writing() as theirs:
                door.move(theirs, claimed, Intent(), now=now, spec=there.specs["x"], actor="worker", worker=they.id)
            return found

        monkeypatch.setattr(we, "others", then_one_more)
        assert recover(office.desk, we, at_work=frozenset) == 0
        assert office.states(revision.post) == {X: "sending"}


def test_an_answer_that_comes_late_is_kept_though_the_database_says_no_at_first(office: TestOffice) -> None:
    """Its delivery was taken over while it was silent, and the database is busy just when it speaks."""
    revision = office.approved(accounts=(X,))
    real, busy = office.desk.adapters[X].go_live, [False]

    def slowly(job: Job) -> Outcome:
        outcome, sending = real(job), office.deliveries(revision.post)[X]
        with office.desk.store.writing() as tx:
            silent = Interrupted("diam", sender_is_dead=False)
            door.move(tx, sending, silent, now=office.clock(), spec=office.desk.specs["x"], actor="worker")
        busy.append(True)
        return outcome

    def deny(*call: Any) -> None:
        if busy[-1] and "FROM post" in call[2]:
            busy.append(False)
            raise OperationalError(call[2], {}, sqlite3.OperationalError("database is locked"))

    office.desk.adapters[X].go_live = slowly  # type: ignore[method-assign]
    event.listen(office.desk.store.engine, "before_cursor_execute", deny)
    (claimed,) = office.claimed("w")
    attend(office.desk, claimed, "w")
    assert busy == [False, True, False]
    assert office.states(revision.post) == {X: "published"}
