"""A worker in its own threads, and waiting for what it does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bakohumas_bot.lifecycle.worker import Worker
from office import TestOffice

PATIENCE = 30.0  # seconds; nothing here takes one when all is well


def until(happened: Callable[[], object], what: str) -> None:
    """Looks often and waits no longer than needed."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, what
        threading.Event().wait(0.02)


@contextmanager
def at_work(office: TestOffice) -> Iterator[Worker]:
    worker = Worker(office.desk)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
