"""Freeze: when it answers, nothing more leaves, whoever holds it; lifting takes two people and pours nothing out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bakohumas_bot.domain.delivery import State
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.freeze import freeze, lift
from bakohumas_bot.lifecycle.schedule import reschedule, retry
from bakohumas_bot.lifecycle.worker import PACE
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.store import outbox, posts, record
from office import FACEBOOK, OFFICE, TELEGRAM, TestOffice, X
from postgres import on_both_databases, on_postgresql
from working import PATIENCE, another_host, at_work, until

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
WHY = "Ada kekeliruan pada jadwal."


def frozen(office: TestOffice) -> None:
    freeze(office.desk, office.person("sari"), OFFICE, WHY)


def lifted(office: TestOffice) -> int:
    """By two people; how many deliveries ask for a new time."""
    lift(office.desk, office.person("sari"), OFFICE, "Sudah diperbaiki.")
    return len(lift(office.desk, office.person("dewi"), OFFICE, "Benar.").held)


# --- nothing slips through ---


@on_both_databases
def test_a_sender_that_has_just_looked_looks_again_before_the_freeze_answers(office: TestOffice) -> None:
    """What it read a moment before the freeze is worth nothing any more when the person is told *dibekukan*."""
    assert not office.desk.freeze_watch.holds(OFFICE)
    frozen(office)
    assert office.desk.freeze_watch.holds(OFFICE)


def _between_claim_and_intent(office: TestOffice) -> None:
    (claimed,) = office.claimed()
    frozen(office)
    attend(office.desk, claimed, "w")


def _while_it_uploads(office: TestOffice) -> None:
    (claimed,) = office.claimed()
    with _after_prepare(office, lambda: frozen(office)):
        attend(office.desk, claimed, "w")


def _just_after_its_intent(office: TestOffice) -> None:
    """The watch has read long ago; the freeze is committed when the intent is on the disk already."""
    (claimed,) = office.claimed()
    with _before_the_guard_reads(office, lambda: frozen(office)):
        attend(office.desk, claimed, "w")
    assert office.deliveries(1)[X].tries == 1, "the intent was written"


@pytest.mark.parametrize("moment", [_between_claim_and_intent, _while_it_uploads, _just_after_its_intent])
def test_what_is_claimed_and_not_yet_sent_stays(office: TestOffice, moment: Callable[[TestOffice], None]) -> None:
    revision = office.approved(accounts=(X,), media=(office.picture(),))
    moment(office)
    assert office.public() == []
    assert office.states(revision.post) == {X: "scheduled"}
    office.go(MINUTE)
    assert office.public() == []
    office.go(HOUR)
    assert office.states(revision.post) == {X: "missed"}


def test_not_even_uploads_leave(office: TestOffice) -> None:
    office.approved(accounts=(X, FACEBOOK), media=(office.picture(),), publish_at=office.clock() + 5 * MINUTE)
    claimed = office.claimed(ahead=PACE.ahead)
    frozen(office)
    for delivery in claimed:
        attend(office.desk, delivery, "w")
    office.go(MINUTE)
    assert sum(office.sandbox.world.calls.values()) == 0


def test_when_nobody_can_tell_whether_it_is_frozen_nothing_is_sent(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    (claimed,) = office.claimed()
    with _before_the_guard_reads(office, _out_of_reach):
        attend(office.desk, claimed, "w")
    assert office.public() == []
    office.go(MINUTE)
    assert office.public() == ["x"]


def test_a_look_at_the_freeze_that_takes_long_makes_the_intent_too_old(office: TestOffice) -> None:
    """The clocks are asked last: what was asked before them may have waited for the database."""
    office.approved(accounts=(X,))
    (claimed,) = office.claimed()
    with _before_the_guard_reads(office, lambda: office.clock.forward(6 * SECOND)):
        attend(office.desk, claimed, "w")
    assert office.public() == []


# --- in every worker, in the middle of their work ---


def _many_posts(office: TestOffice) -> list[int]:
    accounts = [a.id for a in office.desk.directory.accounts.values() if a.enabled and a.platform in {"x", "telegram"}]
    accounts += [a.id for a in office.desk.directory.accounts.values() if a.platform == "facebook_page"]
    return [
        office.approved(f"Pengumuman {n}: layanan tetap buka.", accounts=(account,)).post
        for n, account in enumerate(accounts * 3)
    ]


def _published(office: TestOffice, posts: list[int]) -> list[str]:
    return sorted(state for post in posts for state in office.states(post).values())


def test_a_worker_in_full_swing_stops_and_keeps_what_it_was_told_meanwhile(wide_office: TestOffice) -> None:
    office = wide_office
    posts = _many_posts(office)
    for room in ("x", "graph"):
        office.fault(room, "slow", times=6, seconds=0.3)
    with at_work(office):
        until(lambda: office.sandbox.world.calls["x POST /2/tweets"] >= 2, "calls are under way")
        frozen(office)
        begun = _live_calls(office)
        until(lambda: "sending" not in _published(office, posts), "what was under way is answered and stored")
        assert _live_calls(office) == begun
    assert _published(office, posts).count("published") == len(office.public()) == begun
    assert 0 < begun < len(posts)
    assert set(_published(office, posts)) == {"published", "scheduled"}


@pytest.mark.parametrize("wide_office", ["postgresql"], indirect=True)
def test_two_workers_on_two_hosts_stop(wide_office: TestOffice) -> None:
    office = wide_office
    posts = _many_posts(office)
    for room in ("x", "graph"):
        office.fault(room, "slow", times=6, seconds=0.3)
    with another_host(office) as there, at_work(office), at_work(office, desk=there):
        until(lambda: office.sandbox.world.calls["x POST /2/tweets"] >= 2, "calls are under way")
        frozen(office)
        begun = _live_calls(office)
        until(lambda: "sending" not in _published(office, posts), "what was under way is answered and stored")
        assert _live_calls(office) == begun
    assert _published(office, posts).count("published") == len(office.public()) == begun


@on_postgresql
def test_an_intent_that_began_before_the_freeze_is_stopped_by_the_guard(office: TestOffice) -> None:
    """Its transaction read *not frozen*, then waited while the freeze was committed by another host."""
    revision = office.approved(accounts=(X,))
    (claimed,) = office.claimed()
    read, go_on = threading.Event(), threading.Event()

    def wait(*about: object) -> None:
        if _reads_freezes(about[2]) and threading.current_thread().name == "writer" and not read.is_set():
            read.set()
            go_on.wait(PATIENCE)

    event.listen(office.desk.store.engine, "after_cursor_execute", wait)
    sender = threading.Thread(target=attend, args=(office.desk, claimed, "w"))
    sender.start()
    assert read.wait(PATIENCE)
    with another_host(office) as there:
        freeze(there, there.person("sari"), OFFICE, WHY)
    go_on.set()
    sender.join(PATIENCE)
    assert office.deliveries(revision.post)[X].tries == 1
    assert office.public() == []


# --- approvals, other offices, lifting ---


def test_what_is_approved_during_a_freeze_waits_and_asks(office: TestOffice) -> None:
    frozen(office)
    revision = office.approved(accounts=(X, TELEGRAM))
    office.go(MINUTE)
    assert office.public() == []
    assert lifted(office) == 2
    office.go()
    assert office.public() == []
    assert set(office.states(revision.post).values()) == {"missed"}


def test_another_office_goes_on(wide_office: TestOffice) -> None:
    office, there = wide_office, "64.70"
    directory = office.desk.directory
    directory.offices[there] = replace(directory.offices[OFFICE], code=there)
    directory.accounts["x-0001"] = replace(directory.accounts["x-0001"], office=there)
    for id_ in ("sari", "dewi"):
        roles = directory.configured[id_].roles
        directory.configured[id_] = replace(directory.configured[id_], roles=roles | {(there, r) for _, r in roles})
    people.refresh(office.desk)
    here, elsewhere = office.approved(accounts=(X,)), office.approved("Lain.", office=there, accounts=("x-0001",))
    frozen(office)
    office.go()
    assert office.states(here.post) == {X: "scheduled"}
    assert office.states(elsewhere.post) == {"x-0001": "published"}


@pytest.mark.parametrize(
    ("second", "says"), [("sari", "orang kedua"), ("rahmat", "mengonfirmasi"), ("tono", "mencabut")]
)
def test_lifting_needs_a_second_person_and_that_a_leader(office: TestOffice, second: str, says: str) -> None:
    office.approved(accounts=(X,))
    frozen(office)
    assert not lift(office.desk, office.person("sari"), OFFICE, "Sudah diperbaiki.").done
    with pytest.raises(Refused, match=says):
        lift(office.desk, office.person(second), OFFICE, "Ya.")
    office.go()
    assert office.public() == []
    assert lift(office.desk, office.person("budi"), OFFICE, "Ya.").done


def test_lifting_pours_nothing_out_but_keeps_what_is_still_to_come(office: TestOffice) -> None:
    now = office.clock()
    held = [office.approved(f"Tertahan {n}.", accounts=(X,), publish_at=now + n * MINUTE).post for n in (1, 2, 3)]
    later = office.approved("Nanti.", accounts=(X,), publish_at=now + HOUR)
    frozen(office)
    office.go(10 * MINUTE)
    assert lifted(office) == 3
    office.go(MINUTE)
    assert office.public() == []
    assert [office.states(post)[X] for post in held] == ["missed"] * 3
    office.go(49 * MINUTE)
    assert office.states(later.post) == {X: "published"}
    retry(office.desk, office.person("dewi"), held[1])
    office.go()
    assert office.public() == ["x", "x"]


@on_postgresql
def test_who_lifts_and_a_worker_that_writes_never_wait_for_each_other(office: TestOffice) -> None:
    """The worker holds the delivery and comes to the office's record next; whoever lifts waits behind it."""
    revision = office.approved(accounts=(X,))
    frozen(office)
    lift(office.desk, office.person("sari"), OFFICE, "Sudah diperbaiki.")
    with ThreadPoolExecutor(1) as leader:
        with office.desk.store.writing() as tx:
            posts.lock(tx, revision.post)
            lifting = leader.submit(lift, office.desk, office.person("dewi"), OFFICE, "Benar.")
            until(lambda: _somebody_waits(office), "the leader waits for the delivery")
            record.append(tx, office=OFFICE, actor="worker", kind="delivery.toolate", now=office.clock())
        assert len(lifting.result().held) == 1
    assert office.states(revision.post) == {X: "missed"}


def _somebody_waits(office: TestOffice) -> bool:
    with office.desk.store.reading() as tx:
        return bool(tx.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar())


@on_both_databases
def test_what_comes_back_to_the_queue_after_the_lifting_asks_too(office: TestOffice) -> None:
    """It was called before the freeze, the answer was lost, and only after the lifting it proves to be absent."""
    office.fault("x", "drop_before")
    revision = office.approved(accounts=(X,))
    office.go()
    assert office.states(revision.post) == {X: "unconfirmed"}
    frozen(office)
    office.clock.forward(2 * MINUTE)
    assert lifted(office) == 0
    for _ in range(6):
        office.go(4 * MINUTE)
    delivery = office.deliveries(revision.post)[X]
    assert (delivery.state, delivery.tries) == (State.MISSED, 1)
    assert office.public() == []
    assert _told(office, "missed") == ["budi", "dewi", "sari"]


def test_a_new_time_after_the_lifting_is_kept_though_nobody_types_seconds(office: TestOffice) -> None:
    office.clock.at = office.clock().replace(second=0)
    on_the_minute = office.clock() + MINUTE
    revision = office.approved(accounts=(X,), publish_at=on_the_minute)
    frozen(office)
    office.go(MINUTE + 20 * SECOND)
    lifted(office)
    office.clock.forward(20 * SECOND)
    reschedule(office.desk, office.person("dewi"), revision.post, on_the_minute)
    office.go()
    assert office.states(revision.post) == {X: "published"}


def test_whoever_works_here_may_freeze_and_must_say_why(office: TestOffice) -> None:
    with pytest.raises(Refused, match="alasannya"):
        freeze(office.desk, office.person("sari"), OFFICE, " ")
    with pytest.raises(Refused, match="tidak berhak"):
        freeze(office.desk, office.person("tono"), OFFICE, WHY)
    frozen(office)
    with pytest.raises(Refused, match="sudah berlaku"):
        freeze(office.desk, office.person("dewi"), OFFICE, WHY)
    assert "sari" in _told(office, "frozen")


# --- how it is done ---


@contextmanager
def _after_prepare(office: TestOffice, act: Callable[[], None]) -> Iterator[None]:
    adapter = office.desk.adapters[X]
    real = adapter.prepare

    def prepare(job: Job) -> None:
        real(job)
        act()

    adapter.prepare = prepare  # type: ignore[method-assign]
    yield
    adapter.prepare = real  # type: ignore[method-assign]


@contextmanager
def _before_the_guard_reads(office: TestOffice, act: Callable[[], None]) -> Iterator[None]:
    """Once: the intent is on the disk, what the watch had read is old, and its sender is about to read again."""
    engine, armed, acted = office.desk.store.engine, threading.Event(), threading.Event()

    def arm() -> None:
        office.desk.freeze_watch._read_at = float("-inf")
        armed.set()

    def before_reading(*about: object) -> None:
        guard = threading.current_thread() is threading.main_thread() and _reads_freezes(about[2])
        if armed.is_set() and guard and not acted.is_set():
            acted.set()
            act()

    event.listen(engine, "before_cursor_execute", before_reading)
    with _after_prepare(office, arm):
        yield
    event.remove(engine, "before_cursor_execute", before_reading)
    assert acted.is_set()


def _reads_freezes(statement: object) -> bool:
    return "FROM freeze" in str(statement).replace('"', "")  # PostgreSQL has the word for itself


def _out_of_reach() -> None:
    raise OperationalError("SELECT", {}, sqlite3.OperationalError("disk I/O error"))


def _live_calls(office: TestOffice) -> int:
    calls = office.sandbox.world.calls
    names = ("x POST /2/tweets", "graph POST /{page}/feed")
    return sum(calls[name] for name in names) + sum(n for name, n in calls.items() if name == "telegram sendMessage")


def _told(office: TestOffice, kind: str) -> list[str]:
    with office.desk.store.reading() as tx:
        return sorted({row.person for row in outbox.unsent(tx) if row.kind == kind})
