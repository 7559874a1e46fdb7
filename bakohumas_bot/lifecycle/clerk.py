"""The clerk: what the platforms answered goes to the disk while the senders are at their next call."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.errors import DeskError
from bakohumas_bot.lifecycle.attend import or_give_back
from bakohumas_bot.lifecycle.deliver import Answer
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import door

log = logging.getLogger("bakohumas.clerk")

_Moved = tuple[Delivery, str, Answer, Future[Delivery]]


class Clerk:
    """One thread tells of what lies on the disk; `slow` others keep what could not be stored at once.

    `done` is told of each delivery whose answer is stored, or given up.
    """

    def __init__(self, desk: Desk, done: Callable[[Delivery], object], *, slow: int) -> None:
        self._desk, self._done = desk, done
        self._moved: SimpleQueue[_Moved | None] = SimpleQueue()  # a pool's own hand-over costs more than the work here
        self._unwritten = 0
        self._all_written = threading.Condition()
        self._scribes = ThreadPoolExecutor(slow, thread_name_prefix="scribe")
        self._thread: threading.Thread | None = None

    def write(self, delivery: Delivery, worker: str, answer: Answer) -> None:
        """Soon; the sender is free for its next call."""
        with self._all_written:
            self._unwritten += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="clerk", daemon=True)
                self._thread.start()
        moved = self._desk.store.soon(door.move_all, answer.move)
        moved.add_done_callback(lambda _: self._moved.put((delivery, worker, answer, moved)))

    def close(self) -> None:
        """Waits until every answer is stored, or given up."""
        with self._all_written:
            self._all_written.wait_for(lambda: self._unwritten == 0)
        if self._thread is not None:
            self._moved.put(None)
            self._thread.join()
        self._scribes.shutdown(wait=True)

    def _run(self) -> None:
        while (one := self._moved.get()) is not None:
            self._file(*one)
            with self._all_written:
                self._unwritten -= 1
                if not self._unwritten:
                    self._all_written.notify_all()

    def _file(self, delivery: Delivery, worker: str, answer: Answer, moved: Future[Delivery]) -> None:
        try:
            answer.stored(moved.result())
        except Exception:  # noqa: BLE001 - said by the slow way, which meets it again or mends it
            self._scribes.submit(self._keep, delivery, worker, answer)
        else:
            self._done(delivery)

    def _keep(self, delivery: Delivery, worker: str, answer: Answer) -> None:
        """The slow way, for a database that is away, and for a race that was lost."""
        try:
            or_give_back(self._desk, delivery, worker, answer.keep)
        except DeskError as error:
            log.error("the answer for %s is not stored: %s", delivery.id, error)  # noqa: TRY400
        except Exception:
            log.exception("storing the answer for %s failed", delivery.id)
        finally:
            self._done(delivery)
