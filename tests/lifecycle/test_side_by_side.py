"""Accounts and platforms side by side: what befalls one delays and colours no other; each keeps its own order."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bakohumas_bot.domain.outcomes import NotSent, Outcome
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.deliver import How
from bakohumas_bot.platforms.base import Adapter, Job, Stopped
from bakohumas_bot.store import outbox
from office import FACEBOOK, TELEGRAM, TestOffice, X
from postgres import on_both_databases
from working import CALM, LIVELY, PATIENCE, another_host, at_work, until

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
OTHER_X = "x-0001"
_UNREACHABLE = NotSent(detail="sambungan ditolak", unreachable=True)
on_both = pytest.mark.parametrize("wide_office", ["sqlite", "postgresql"], indirect=True)


def told(office: TestOffice) -> set[str]:
    with office.desk.store.reading() as tx:
        return {row.kind for row in outbox.unsent(tx)}


# --- limits, to the second, of one account ---


@on_both
def test_a_limited_account_waits_to_the_second_and_another_does_not_wait_at_all(wide_office: TestOffice) -> None:
    office = wide_office
    office.fault("x", "rate_limited", seconds=300)
    limited = office.approved("Pertama.", accounts=(X,))
    office.go()
    assert office.states(limited.post) == {X: "scheduled"}
    second, other = office.approved("Kedua.", accounts=(X,)), office.approved("Lain.", accounts=(OTHER_X,))
    office.go()
    assert office.states(other.post) == {OTHER_X: "published"}
    until_ = office.deliveries(limited.post)[X].next_at
    assert until_ is not None
    office.clock.at = until_ - SECOND
    office.go()
    assert [office.states(post.post)[X] for post in (limited, second)] == ["scheduled"] * 2
    office.clock.at = until_
    office.go()
    assert [office.states(post.post)[X] for post in (limited, second)] == ["published"] * 2
    assert "account" not in told(office), "a mere limit ends by itself"


def test_the_limit_of_a_success_holds_what_comes_next(wide_office: TestOffice) -> None:
    """X says with a post that it was the last of this window."""
    office = wide_office
    office.sandbox.platforms["x"].rates.limits["POST /2/tweets"] = 1
    first, second = (office.approved(f"Nomor {n}.", accounts=(X,)) for n in (1, 2))
    other = office.approved("Lain.", accounts=(OTHER_X,))
    office.go()
    assert [office.states(post.post)[X] for post in (first, second)] == ["published", "scheduled"]
    assert office.states(other.post) == {OTHER_X: "published"}
    assert office.sandbox.world.calls["x POST /2/tweets"] == 2, "the third was not even tried"


# --- one account failing, one platform down ---


def test_one_account_failing_colours_no_other(wide_office: TestOffice) -> None:
    office = wide_office
    office.fault("x", "rejected")
    one = office.approved("Satu.", accounts=(X, OTHER_X, TELEGRAM, FACEBOOK))
    office.go()
    states = office.states(one.post)
    assert sorted(states.values()) == ["failed", "published", "published", "published"]
    assert sorted(d.error is not None for d in office.deliveries(one.post).values()) == [False, False, False, True]


@on_both
def test_a_platform_that_is_down_delays_no_other_and_is_tried_with_one(wide_office: TestOffice) -> None:
    office = wide_office
    on_x = [office.approved(f"Untuk {name}.", accounts=(name,)) for name in (X, OTHER_X, "x-0002", "x-0003")]
    on_x.append(office.approved("Satu lagi.", accounts=(X,)))
    office.fault("x", "drop_before", times=99)
    office.go()
    assert office.desk.circuits.limit("x", office.clock(), 64) == 0
    assert office.desk.circuits.limit("x", office.clock() + 15 * SECOND, 64) == 1
    other = office.approved("Lain.", accounts=(TELEGRAM, FACEBOOK))
    office.go()
    assert set(office.states(other.post).values()) == {"published"}
    assert {state for post in on_x for state in office.states(post.post).values()} == {"unconfirmed"}


def test_while_its_circuit_is_open_a_platform_is_called_by_nobody_and_then_by_one(wide_office: TestOffice) -> None:
    office = wide_office
    for n in range(5):
        office.desk.circuits.note("x", f"x-000{n}", _UNREACHABLE, office.clock())
    posts = [office.approved("Serentak.", accounts=(account,)) for account in (X, OTHER_X, "x-0002")]
    other = office.approved("Lain.", accounts=(TELEGRAM,))
    with at_work(office, LIVELY):
        until(lambda: office.states(other.post) == {TELEGRAM: "published"}, "the other platform goes on")
        assert office.sandbox.world.calls["x POST /2/tweets"] == 0
        office.fault("x", "slow", seconds=0.2)
        office.clock.forward(15 * SECOND)
        until(lambda: office.sandbox.world.calls["x POST /2/tweets"] == 1, "one is let through")
        until(lambda: len(office.public()) == 4, "it answers, and all follow")
    assert all("published" in office.states(post.post).values() for post in posts)


def test_what_an_open_circuit_holds_too_long_is_missed_and_asks(wide_office: TestOffice) -> None:
    office = wide_office
    revision = office.approved("Serentak.", accounts=(X,))
    with at_work(office, LIVELY):
        until(lambda: office.public() == ["x"], "warm")
        for n in range(5):
            office.desk.circuits.note("x", f"x-000{n}", _UNREACHABLE, office.clock() + timedelta(hours=1))
        late = office.approved("Terlambat.", accounts=(X,), publish_at=office.clock() + MINUTE)
        office.clock.forward(timedelta(hours=1))
        until(lambda: office.states(late.post) == {X: "missed"}, "asked although the circuit is open")
    assert office.states(revision.post) == {X: "published"}


# --- the order of one account ---


@on_both_databases
def test_a_post_that_waits_to_be_tried_again_is_not_overtaken(office: TestOffice) -> None:
    first, second = (office.approved(f"Nomor {n}.", accounts=(X,)) for n in (1, 2))
    with _prepare_fails_once(office):
        office.go()
    assert [office.states(post.post)[X] for post in (first, second)] == ["scheduled", "scheduled"]
    office.go(4 * SECOND)
    assert office.public() == []
    office.go(SECOND)
    assert [entry.text for entry in office.sandbox.world.ledger] == ["Nomor 1.", "Nomor 2."]


@on_both_databases
def test_what_came_due_while_it_waited_for_its_uploads_still_waits_for_its_turn(office: TestOffice) -> None:
    """It was claimed before its hour, when nobody asked whose turn it is."""
    hour = office.clock() + 5 * MINUTE
    first, second = (office.approved(f"Nomor {n}.", accounts=(X,), publish_at=hour) for n in (1, 2))
    claims = {delivery.post: delivery for delivery in office.claimed("w", ahead=10 * MINUTE)}
    office.clock.forward(5 * MINUTE)
    attend(office.desk, claims[second.post], "w", How(ahead=True))
    assert office.public() == []
    assert office.deliveries(second.post)[X].prepared_at is not None
    attend(office.desk, claims[first.post], "w", How(ahead=True))
    office.go()
    office.go()
    assert [entry.text for entry in office.sandbox.world.ledger] == ["Nomor 1.", "Nomor 2."]


@on_both_databases
def test_one_that_may_be_public_holds_nothing_up(office: TestOffice) -> None:
    office.fault("x", "drop_after")
    first, second = (office.approved(f"Nomor {n}.", accounts=(X,)) for n in (1, 2))
    office.go()
    assert [office.states(post.post)[X] for post in (first, second)] == ["unconfirmed", "published"]


@pytest.mark.parametrize("wide_office", ["postgresql"], indirect=True)
def test_two_workers_never_publish_on_one_account_at_once(wide_office: TestOffice) -> None:
    office = wide_office
    posts = [office.approved(f"Nomor {n}.", accounts=(X,)) for n in range(8)]
    pace = replace(CALM, poll=LIVELY.poll, beat=LIVELY.beat, senders=4)
    with another_host(office) as there, _counted(office.desk.adapters[X], there.adapters[X]) as most:
        office.fault("x", "slow", times=4, seconds=0.1)
        with at_work(office, pace), at_work(office, pace, there):
            until(lambda: len(office.public()) == len(posts), "all of it is out")
    assert most == [1]
    assert [entry.text for entry in office.sandbox.world.ledger] == [f"Nomor {n}." for n in range(8)]


@on_both_databases
def test_reading_back_many_posts_of_one_account_goes_side_by_side(office: TestOffice) -> None:
    """Eight that may be public: a barrier that only all of them together can pass."""
    together = threading.Barrier(8)
    revisions = []
    for n in range(8):
        office.fault("x", "drop_after")
        revisions.append(office.approved(f"Nomor {n}.", accounts=(X,)))
        office.go()
    office.clock.forward(MINUTE)
    claimed = office.claimed()
    assert len(claimed) == 8
    adapter = office.desk.adapters[X]
    real = adapter.find

    def find(job: Job, since: object) -> object:
        together.wait(PATIENCE)
        return real(job, since)  # type: ignore[arg-type]

    adapter.find = find  # type: ignore[method-assign, assignment]
    threads = [threading.Thread(target=attend, args=(office.desk, one, "w")) for one in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert {office.states(revision.post)[X] for revision in revisions} == {"published"}
    assert len(office.public()) == 8


# --- how it is done ---


@contextmanager
def _prepare_fails_once(office: TestOffice) -> Iterator[None]:
    adapter = office.desk.adapters[X]
    real, failed = adapter.prepare, threading.Event()

    def prepare(job: Job) -> None:
        if not failed.is_set():
            failed.set()
            raise Stopped(NotSent(detail="sekali ini gagal"))
        real(job)

    adapter.prepare = prepare  # type: ignore[method-assign]
    yield
    adapter.prepare = real  # type: ignore[method-assign]


@contextmanager
def _counted(*adapters: Adapter) -> Iterator[list[int]]:
    """How many live calls of these adapters were under way at once, at most."""
    lock, now, most = threading.Lock(), [0], [0]

    def counting(real: Callable[[Job], Outcome]) -> Callable[[Job], Outcome]:
        def go_live(job: Job) -> Outcome:
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            try:
                return real(job)
            finally:
                with lock:
                    now[0] -= 1

        return go_live

    for adapter in adapters:
        adapter.go_live = counting(adapter.go_live)  # type: ignore[method-assign]
    yield most
