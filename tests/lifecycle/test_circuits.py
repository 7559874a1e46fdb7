"""A platform that is down is left alone and tried with one; one account's own trouble closes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    NotSent,
    Outcome,
    Published,
    RateLimited,
    Receipt,
    Rejected,
    Unknown,
)
from bakohumas_bot.lifecycle.circuits import FIRST, LONGEST, Circuits
from office import TestOffice, X
from working import LIVELY, PATIENCE, at_work, until, worker_has_looked_again

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
UNREACHABLE = NotSent(detail="sambungan ditolak", unreachable=True)
SILENCE = Unknown(detail="tidak ada jawaban", unreachable=True)
WANTED = 64
OTHER_X = "x-0001"


def struck(*accounts: str, outcome: Outcome = UNREACHABLE, now: datetime = NOW) -> Circuits:
    circuits = Circuits()
    for account in accounts:
        circuits.note("x", account, outcome, now)
    return circuits


@pytest.mark.parametrize("outcome", [UNREACHABLE, SILENCE])
def test_five_in_a_row_that_reached_nobody_open_it_for_that_platform_alone(outcome: Outcome) -> None:
    assert struck("a", "b", "a", "b", outcome=outcome).limit("x", NOW, WANTED) == WANTED
    down = struck("a", "b", "a", "b", "a", outcome=outcome)
    assert down.limit("x", NOW, WANTED) == 0
    assert down.limit("telegram_channel", NOW, WANTED) == WANTED


def test_one_account_alone_never_opens_it() -> None:
    """Its own proxy or address is wrong: nobody else may wait for that."""
    assert struck(*["a"] * 50).limit("x", NOW, WANTED) == WANTED


@pytest.mark.parametrize(
    "answer",
    [
        Published(receipt=Receipt(remote_id="1")),
        Rejected(code="x", detail="ditolak"),
        RateLimited(detail="tunggu", wait=FIRST),
        AccountBlocked(detail="token"),
    ],
)
def test_any_answer_closes_it_a_refusal_too(answer: Outcome) -> None:
    circuits = struck("a", "b", "a", "b", "a")
    circuits.note("x", "a", answer, NOW)
    assert circuits.limit("x", NOW, WANTED) == WANTED


@pytest.mark.parametrize("odd", [NotSent(detail="berkas"), Unknown(detail="tanpa nomor")])
def test_a_trouble_of_our_own_says_nothing_of_the_platform(odd: Outcome) -> None:
    assert struck(*"ababababab", outcome=odd).limit("x", NOW, WANTED) == WANTED
    down = struck("a", "b", "a", "b", "a")
    down.note("x", "a", odd, NOW)
    assert down.limit("x", NOW, WANTED) == 0


def test_after_its_wait_one_is_let_through() -> None:
    assert struck("a", "b", "a", "b", "a").limit("x", NOW + FIRST, WANTED) == 1


def test_the_one_that_is_let_through_is_sent_although_others_are_being_read_back(wide_office: TestOffice) -> None:
    """A look that hangs, or is taken in its stead, says late whether the platform may be sent to again."""
    office = wide_office
    asked, answered = threading.Event(), threading.Event()
    interrupted = [office.approved("Terputus.", accounts=(account,)) for account in (X, OTHER_X)]
    office.fault("x", "drop_after", times=2)
    office.go()
    _hold_reading_back(office, asked, answered)
    with at_work(office, LIVELY):
        office.clock.forward(2 * timedelta(minutes=1))
        until(asked.is_set, "what may be public is read back")
        for n in range(5):
            office.desk.circuits.note("x", f"x-000{n}", UNREACHABLE, office.clock())
        due = office.approved("Sesudahnya.", accounts=("x-0002",))
        worker_has_looked_again(office)
        assert office.states(due.post) == {"x-0002": "scheduled"}
        office.clock.forward(FIRST)
        until(lambda: office.states(due.post) == {"x-0002": "published"}, "one is sent to try")
        answered.set()
        until(lambda: all("published" in office.states(one.post).values() for one in interrupted), "found")


def test_while_the_one_is_under_way_no_other_is_sent_and_looks_go_on(wide_office: TestOffice) -> None:
    office = wide_office
    called, answered = threading.Event(), threading.Event()
    interrupted = office.approved("Terputus.", accounts=(OTHER_X,))
    office.fault("x", "drop_after")
    office.go()
    office.clock.forward(timedelta(minutes=2))
    for n in range(5):
        office.desk.circuits.note("x", f"x-000{n}", UNREACHABLE, office.clock() - FIRST)
    due = [office.approved("Sesudahnya.", accounts=(account,)) for account in (X, "x-0002", "x-0003")]
    _hold_sending(office, called, answered)
    with at_work(office, LIVELY):
        until(called.is_set, "one is sent to try")
        until(lambda: office.states(interrupted.post) == {OTHER_X: "published"}, "a look is taken meanwhile")
        worker_has_looked_again(office)
        assert sum(state == "sending" for one in due for state in office.states(one.post).values()) == 1
        answered.set()
        until(lambda: all("published" in office.states(one.post).values() for one in due), "it is up again")


def _hold_reading_back(office: TestOffice, asked: threading.Event, answered: threading.Event) -> None:
    for account in (X, OTHER_X):
        adapter: Any = office.desk.adapters[account]
        adapter.find = _held(adapter.find, asked, answered)


def _hold_sending(office: TestOffice, called: threading.Event, answered: threading.Event) -> None:
    for account in (X, "x-0002", "x-0003"):
        adapter: Any = office.desk.adapters[account]
        adapter.go_live = _held(adapter.go_live, called, answered)


def _held(act: Callable[..., Any], begun: threading.Event, may_end: threading.Event) -> Callable[..., Any]:
    def hold(*given: Any) -> Any:
        begun.set()
        assert may_end.wait(PATIENCE)
        return act(*given)

    return hold


def test_each_failure_of_the_one_doubles_the_wait_up_to_two_minutes() -> None:
    circuits, now, waits = struck("a", "b", "a", "b", "a"), NOW, []
    for _ in range(6):
        before = now
        while circuits.limit("x", now, WANTED) == 0:
            now += timedelta(seconds=1)
        waits.append(now - before)
        circuits.note("x", "a", UNREACHABLE, now)
    assert waits == [FIRST, 2 * FIRST, 4 * FIRST, LONGEST, LONGEST, LONGEST]


def test_what_fails_late_while_it_is_open_does_not_double_the_wait() -> None:
    """Sixteen calls were under way when it opened."""
    circuits = struck("a", "b", "a", "b", "a")
    for _ in range(16):
        circuits.note("x", "a", SILENCE, NOW + FIRST / 2)
    assert circuits.limit("x", NOW + FIRST / 2 + FIRST, WANTED) == 1


def test_a_clock_that_goes_back_an_hour_does_not_close_it_for_an_hour() -> None:
    circuits = struck("a", "b", "a", "b", "a")
    assert circuits.limit("x", NOW - timedelta(hours=1), WANTED) == 1
