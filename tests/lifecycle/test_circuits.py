"""A platform that is down is left alone and tried with one; one account's own trouble closes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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

NOW = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
UNREACHABLE = NotSent(detail="sambungan ditolak", unreachable=True)
SILENCE = Unknown(detail="tidak ada jawaban", unreachable=True)
WANTED = 64


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


def test_after_its_wait_one_is_let_through_while_nothing_else_is_under_way() -> None:
    circuits = struck("a", "b", "a", "b", "a")
    assert circuits.limit("x", NOW + FIRST, WANTED) == 1
    assert circuits.limit("x", NOW + FIRST, WANTED, at_work=1) == 0


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
