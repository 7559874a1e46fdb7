"""Each platform has its own senders, and may borrow those that have nothing to do."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bakohumas_bot.lifecycle.senders import PROMPT, Senders
from working import PATIENCE, until

OWN, TOGETHER = 2, 6


class Calls:
    """Calls that hang until they are answered."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._answer = threading.Semaphore(0)

    def to(self, platform: str) -> None:
        self.begun.append(platform)
        self._answer.acquire()

    def answer(self, count: int) -> None:
        self._answer.release(count)


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def senders(calls: Calls) -> Iterator[Senders]:
    senders = Senders(own=OWN, together=TOGETHER)
    yield senders
    calls.answer(100)
    senders.close()


def ask(senders: Senders, calls: Calls, platform: str, count: int) -> None:
    for _ in range(count):
        senders.submit(platform, lambda: calls.to(platform))


def test_a_platform_alone_has_all_of_them(senders: Senders, calls: Calls) -> None:
    ask(senders, calls, "x", 10)
    until(lambda: len(calls.begun) == TOGETHER, "as many as there are")
    assert senders.room("x") == TOGETHER
    assert senders.room("facebook_page") == OWN


def test_a_platform_that_hangs_with_all_it_borrowed_holds_up_no_other(senders: Senders, calls: Calls) -> None:
    ask(senders, calls, "x", 10)
    until(lambda: len(calls.begun) == TOGETHER, "it hangs")
    ask(senders, calls, "facebook_page", 3)
    until(lambda: calls.begun.count("facebook_page") == OWN, "the other has its own")


def test_what_is_free_goes_to_whoever_has_fewest(senders: Senders, calls: Calls) -> None:
    ask(senders, calls, "x", 10)
    ask(senders, calls, "facebook_page", 10)
    until(lambda: len(calls.begun) == TOGETHER + OWN, "all hang")
    calls.answer(TOGETHER + OWN)
    until(lambda: len(calls.begun) >= 2 * TOGETHER + OWN, "and the next ones")
    assert calls.begun[TOGETHER + OWN :].count("facebook_page") >= OWN


def test_a_call_that_fails_is_not_the_end_of_the_next(senders: Senders, calls: Calls) -> None:
    def fail() -> None:
        raise RuntimeError("on purpose")

    for _ in range(TOGETHER):
        senders.submit("x", fail)
    ask(senders, calls, "x", TOGETHER)
    until(lambda: len(calls.begun) == TOGETHER, "all of them begin")


def test_at_the_end_what_was_begun_is_finished_and_what_waited_is_not_begun(calls: Calls) -> None:
    senders = Senders(own=1, together=1)
    ask(senders, calls, "x", 3)
    until(lambda: calls.begun, "one has begun")
    closing = threading.Thread(target=senders.close)
    closing.start()
    until(lambda: not senders._waiting["x"], "the others are dropped")
    calls.answer(3)
    closing.join()
    assert calls.begun == ["x"]


class Clock:
    """A steady clock that stands still."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


def test_beside_prompt_calls_a_few_more_get_ready_and_never_more_call(calls: Calls) -> None:
    """No call waits for the disk on which the next one's intent is written."""
    senders, ready = Senders(own=OWN, together=OWN, steady=Clock()), threading.Semaphore(0)

    def act() -> None:
        ready.release()
        with senders.call("x") as room:
            assert room
            calls.to("x")

    for _ in range(5):
        senders.submit("x", act)
    until(lambda: len(calls.begun) == OWN, "as many call as may")
    senders.submit("x", act)
    for _ in range(OWN + OWN // 2):
        assert ready.acquire(timeout=PATIENCE), "one more is ready"
    assert len(calls.begun) == OWN
    calls.answer(1)
    until(lambda: len(calls.begun) == OWN + 1, "and calls the moment one is done")
    calls.answer(100)
    senders.close()


def test_beside_calls_that_hang_nobody_gets_ready(calls: Calls) -> None:
    """Its intent would only wait, and be abandoned."""
    clock = Clock()
    senders, ready = Senders(own=OWN, together=OWN, steady=clock), []

    def act() -> None:
        ready.append(1)
        with senders.call("x"):
            calls.to("x")

    for _ in range(OWN):
        senders.submit("x", act)
    until(lambda: len(calls.begun) == OWN, "they hang")
    clock.at += PROMPT
    for _ in range(3):
        senders.submit("x", act)
    assert len(ready) == OWN
    calls.answer(100)
    senders.close()


def test_a_call_for_which_there_is_no_room_is_not_made(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bakohumas_bot.lifecycle.senders.PATIENCE", 0.05)
    senders = Senders(own=1, together=1)

    def hang() -> None:
        with senders.call("x"):
            calls.to("x")

    senders.submit("x", hang)
    until(lambda: calls.begun, "one hangs")
    with senders.call("x") as room:
        assert not room
    with senders.call("facebook_page") as room:
        assert room, "and nobody else waits for it"
    calls.answer(100)
    senders.close()
