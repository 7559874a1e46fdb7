"""The long-running parts (bot, worker, web) in one process: started together, stopped together by a signal."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from bakohumas_bot.app import App
from bakohumas_bot.errors import BadConfiguration

log = logging.getLogger("bakohumas.service")

LOOK_UP = 0.25  # seconds until a signal is noticed


class Parts:
    """Each part runs in a thread of its own; the first that fails stops them all and is raised by `wait`."""

    def __init__(self, app: App, names: Iterable[str]) -> None:
        makers = {"bot": _bot, "worker": _worker, "web": _web}
        self._parts = {name: makers[name](app) for name in names}
        self._threads: list[threading.Thread] = []
        self._over = threading.Event()
        self._asked = False
        self._failure: BaseException | None = None

    def start(self) -> None:
        for name, (run, _) in self._parts.items():
            thread = threading.Thread(target=self._run, args=(name, run), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def wait(self) -> None:
        while not self._asked and not self._over.wait(LOOK_UP):
            pass
        self.stop()
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """What is under way is finished first."""
        self._over.set()
        for _, stop in self._parts.values():
            stop()
        for thread in self._threads:
            thread.join(timeout=60)

    def ask_to_stop(self, *_: object) -> None:
        """A signal may come while this very thread holds the lock inside `_over`: it only leaves a word."""
        self._asked = True

    def _run(self, name: str, run: Callable[[], None]) -> None:
        log.info("%s berjalan", name)
        try:
            run()
        except BaseException as error:  # noqa: BLE001 - carried to the main thread, which raises it
            self._failure = self._failure or error
        finally:
            self._over.set()


def serve(app: App, names: Iterable[str]) -> None:
    """Until SIGTERM or SIGINT, or until one part fails."""
    parts = Parts(app, names)
    for number in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError):  # not the main thread
            signal.signal(number, parts.ask_to_stop)
    parts.start()
    parts.wait()


Part = tuple[Callable[[], None], Callable[[], None]]


def _worker(app: App) -> Part:
    from bakohumas_bot.lifecycle.worker import Worker

    worker = Worker(app.desk)
    return worker.run, worker.stop


def _web(app: App) -> Part:
    from bakohumas_bot.web.site import WebServer, site

    desk = app.desk
    server = WebServer(site(desk.store, desk.blobs, app.media_key, desk.now), app.configuration.listen)
    return server.run, server.stop


def _bot(app: App) -> Part:
    from bakohumas_bot.approval_bot import run

    if app.configuration.telegram is None:
        raise BadConfiguration(["[telegram] belum diisi: bot memerlukan token dari BotFather."])
    stop = threading.Event()
    return lambda: run(app, stop), stop.set
