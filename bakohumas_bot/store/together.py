"""Group commit: what many threads write at the same moment shares one transaction and one flush to the disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from sqlmodel import Session

from bakohumas_bot.errors import Unavailable

T = TypeVar("T")
R = TypeVar("R")
Act = Callable[[Session, Sequence[T]], Sequence[R | Exception]]


@dataclass(frozen=True)
class _Wish:
    act: Act[Any, Any]
    item: Any
    answer: Future[Any]


# Once several write at the same time, commits follow each other at this distance. On a quick disk there would be one
# for every two or three wishes, and beginning and ending a transaction costs more than what is written in it.
BREATH = 0.012


class Together:
    """One writer thread. Whatever waits when a commit ends goes into the next, so a group grows with the load alone.

    A wish that comes alone is committed at once.
    """

    def __init__(self, writing: Callable[[], AbstractContextManager[Session]]) -> None:
        self._writing = writing
        self._waiting: list[_Wish] = []
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._begun = float("-inf")
        self._crowded = False

    def soon(self, act: Act[T, R], item: T) -> Future[R]:
        """`act` on `item`, durable once this is answered: with what `act` says of it, or `Unavailable`."""
        answer: Future[R] = Future()
        with self._changed:
            if self._closed:
                raise RuntimeError("the store is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()
            self._waiting.append(_Wish(act, item, answer))
            self._changed.notify()
        return answer

    def close(self) -> None:
        """What waits is still written."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
            if self._crowded:
                time.sleep(max(0.0, self._begun + BREATH - time.monotonic()))
            with self._changed:
                wishes, self._waiting = self._waiting, []
            if not wishes:
                return
            self._begun, self._crowded = time.monotonic(), len(wishes) > 1
            for act, alike in groupby(sorted(wishes, key=lambda wish: id(wish.act)), key=lambda wish: wish.act):
                self._grant(act, list(alike))

    def _grant(self, act: Act[Any, Any], wishes: list[_Wish]) -> None:
        try:
            results = self._written(act, wishes)
        except Exception as error:  # noqa: BLE001 - carried to whoever waits
            if len(wishes) == 1 or isinstance(error, Unavailable):  # it is no wish's fault: asking again takes long
                for wish in wishes:
                    wish.answer.set_exception(error)
                return
            for wish in wishes:  # nothing was written: one bad wish must not spoil the others
                self._grant(act, [wish])
            return
        for wish, result in zip(wishes, results, strict=True):
            if isinstance(result, Exception):
                wish.answer.set_exception(result)
            else:
                wish.answer.set_result(result)

    def _written(self, act: Act[Any, Any], wishes: list[_Wish]) -> Sequence[Any]:
        with self._writing() as tx:
            results = act(tx, [wish.item for wish in wishes])
            if len(results) != len(wishes):
                raise ValueError(f"{len(results)} answers for {len(wishes)} wishes")
            return results
