"""The worker itself, in its threads and as a process of its own: what it does unwatched, and when it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bakohumas_bot.lifecycle.schedule import cancel
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.service import Parts
from office import FACEBOOK, INSTAGRAM, TELEGRAM, TestOffice, X
from postgres import on_both_databases, on_sqlite
from working import PATIENCE, at_work, until

MINUTE = timedelta(minutes=1)


@on_both_databases
def test_it_uploads_ahead_and_publishes_at_the_hour(office: TestOffice) -> None:
    media = (office.picture(),)
    revision = office.approved(accounts=(X, FACEBOOK), media=media, publish_at=office.clock() + MINUTE * 5)
    with at_work(office):
        until(lambda: all(d.prepared_at for d in office.deliveries(revision.post).values()), "uploaded ahead")
        assert office.public() == []
        office.clock.forward(MINUTE * 5)
        until(lambda: set(office.states(revision.post).values()) == {"published"}, "published at the hour")
        office.clock.forward(MINUTE)
        until(lambda: all(d.verified_at for d in office.deliveries(revision.post).values()), "read back")
    assert sorted(office.public()) == ["facebook", "x"]


@pytest.mark.parametrize("account", [X, FACEBOOK, INSTAGRAM])
def test_pictures_that_go_out_at_once_go_out_with_the_first_intent(office: TestOffice, account: str) -> None:
    """What was uploaded a moment ago, under the same claim, is known to the call."""
    revision = office.approved(accounts=(account,), media=(office.picture(),))
    with at_work(office):
        until(lambda: office.deliveries(revision.post)[account].tries, "an intent")
        until(lambda: office.states(revision.post)[account] != "sending", "an answer")
    assert office.states(revision.post)[account] == "published"
    assert office.deliveries(revision.post)[account].tries == 1


def test_a_platform_that_hangs_holds_no_other(office: TestOffice) -> None:
    held, reached = threading.Event(), threading.Event()
    real = office.desk.adapters[TELEGRAM].prepare

    def hang(job: Job) -> None:
        reached.set()
        held.wait(PATIENCE)
        real(job)

    office.desk.adapters[TELEGRAM].prepare = hang  # type: ignore[method-assign]
    revision = office.approved(accounts=(TELEGRAM, X))
    with at_work(office):
        assert reached.wait(PATIENCE)
        until(lambda: office.states(revision.post)[X] == "published", "X does not wait for Telegram")
        assert office.states(revision.post)[TELEGRAM] == "scheduled"
        held.set()
        until(lambda: office.states(revision.post)[TELEGRAM] == "published", "Telegram follows")


def test_told_to_stop_while_sending_it_finishes_and_begins_nothing_new(office: TestOffice) -> None:
    """SIGTERM in the middle of the call: the answer is waited for and kept."""
    reached, told = threading.Event(), threading.Event()
    real = office.desk.adapters[X].go_live

    def while_told_to_stop(job: Job) -> object:
        reached.set()
        told.wait(PATIENCE)
        return real(job)

    office.desk.adapters[X].go_live = while_told_to_stop  # type: ignore[method-assign, assignment]
    first, second = office.approved(accounts=(X,)), office.approved("Kantor tutup pada hari libur.", accounts=(X,))
    with at_work(office) as worker:
        assert reached.wait(PATIENCE)
        worker.stop()
        told.set()
    assert [office.states(revision.post)[X] for revision in (first, second)] == ["published", "scheduled"]
    assert office.public() == ["x"]
    office.go()
    assert office.public() == ["x", "x"]


def test_a_post_cancelled_by_another_process_is_left_alone(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,), publish_at=office.clock() + MINUTE * 5)
    with at_work(office):
        until(lambda: office.deliveries(revision.post)[X].prepared_at, "prepared")
        cancel(office.desk, office.person("sari"), revision.post)
        office.clock.forward(MINUTE * 6)
        later = office.approved("Kantor tutup pada hari libur.", accounts=(X,))
        until(lambda: office.states(later.post)[X] == "published", "the worker goes on")
    assert office.states(revision.post) == {X: "cancelled"}
    assert len(office.public()) == 1


@contextmanager
def worker_process(office: TestOffice) -> Iterator[subprocess.Popen[str]]:
    program = "from bakohumas_bot.cli import main; main()"
    words = ["--config", str(office.folder / "config"), "worker"]
    process = subprocess.Popen([sys.executable, "-c", program, *words], stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@on_both_databases
@pytest.mark.parametrize(("platform", "account", "mode"), [("x", X, "timeout_after"), ("graph", FACEBOOK, "slow")])
def test_killed_between_intent_and_answer_it_is_public_exactly_once(
    office: TestOffice, platform: str, account: str, mode: str
) -> None:
    """SIGKILL while the platform holds its answer; the next worker looks before it sends."""
    office.fault(platform, mode, seconds=1)
    revision = office.approved(accounts=(account,))
    with worker_process(office) as process:
        until(lambda: not office.sandbox.world.faults, "the call has arrived, its answer is held")
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    assert office.states(revision.post) == {account: "sending"}
    until(office.public, "the platform goes on with what it was asked")
    with worker_process(office) as process:
        until(lambda: office.states(revision.post) == {account: "unconfirmed"}, "it may be public: looked up first")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    office.clock.at = datetime.now(UTC)  # the two went by the machine's own clock, however slow the machine
    office.go(MINUTE)
    assert office.states(revision.post) == {account: "published"}
    office.go(MINUTE * 60)
    assert len(office.public()) == 1


@on_sqlite
def test_a_second_worker_says_why_it_does_not_start(office: TestOffice) -> None:
    with at_work(office), worker_process(office) as second:
        _, said = second.communicate(timeout=PATIENCE)
    assert second.returncode == 2
    assert "Sudah ada proses penayang" in said
    assert "Traceback" not in said


def test_a_signal_in_the_moment_before_waiting_is_not_a_deadlock(office: TestOffice) -> None:
    """Handlers run in the main thread, also while it holds the lock inside what it waits for."""
    parts = Parts(office.app, ())

    def interrupted() -> None:
        with parts._over._cond:  # type: ignore[attr-defined]
            parts.ask_to_stop(signal.SIGTERM)
        parts.wait()

    thread = threading.Thread(target=interrupted, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()
