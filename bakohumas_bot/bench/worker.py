"""A worker process of a rehearsal: the real worker over a real configuration, at another pace, by a clock of ours."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bakohumas_bot.app import App, open_app, set_up_logging
from bakohumas_bot.bench.pace import Tempo
from bakohumas_bot.lifecycle.worker import Worker
from bakohumas_bot.platforms.deadlines import set_pace

LOG = "worker.log"


def work(config: Path, tempo: Tempo, skew: Any = None) -> None:
    """Until SIGTERM, or until it is killed. `skew.value` is how many seconds its clock goes wrong, at any moment."""
    set_up_logging(file=config / LOG)
    logging.raiseExceptions = False  # a full disk takes the log, too
    set_pace(tempo.factor)
    now = (lambda: datetime.now(UTC) + timedelta(seconds=skew.value)) if skew is not None else lambda: datetime.now(UTC)
    app = open_rehearsal(config, tempo, now=now)
    _run(app, tempo)
    app.close()


def open_rehearsal(config: Path, tempo: Tempo, *, now: Callable[[], datetime]) -> App:
    """The desk of `config` with every wait of a delivery shortened; how long a call may take is the process's own."""
    return open_app(config, secrets=True, now=now, platforms=tempo.platforms())


def _run(app: App, tempo: Tempo) -> None:
    """The worker in a thread of its own: a signal may come at any moment, and only leaves a word here."""
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    worker = Worker(app.desk, tempo.pace())
    thread = threading.Thread(target=worker.run, name="worker")
    thread.start()
    while thread.is_alive() and not asked:
        thread.join(0.05)
    worker.stop()
    thread.join()
