"""Workers in their own threads, on one host or several, and waiting for what they do without sleeping blindly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from bakohumas_bot.app import open_app
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.worker import PACE, Pace, Worker
from office import TestOffice

PATIENCE = 30.0  # seconds; nothing here takes one when all is well
CALM = replace(PACE, skew=timedelta.max)  # the office's clock stands still while the database's runs
LIVELY = replace(
    CALM, beat=timedelta(milliseconds=100), poll=timedelta(milliseconds=20), sweep=timedelta(milliseconds=200)
)


def until(happened: Callable[[], object], what: str) -> None:
    """Looks often and waits no longer than needed."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, what
        threading.Event().wait(0.02)


def worker_has_looked_again(office: TestOffice, rounds: int = 50) -> None:
    """Every round of a worker asks for the time; what it would have begun by then, it has begun."""
    before = office.clock.asked
    until(lambda: office.clock.asked >= before + rounds, "the worker looks at its queue")


@contextmanager
def at_work(office: TestOffice, pace: Pace = CALM, desk: Desk | None = None) -> Iterator[Worker]:
    worker = Worker(desk or office.desk, pace)
    thread = threading.Thread(target=worker.run, name="main")
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@contextmanager
def another_host(office: TestOffice) -> Iterator[Desk]:
    """The same office on another host that shares its PostgreSQL: everything but the database is its own."""
    app = open_app(office.folder / "config", secrets=True, now=office.clock, steady=office.clock.seconds)
    try:
        yield app.desk
    finally:
        app.close()
