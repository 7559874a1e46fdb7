"""The senders: threads that each platform has for itself, and may borrow from those that have nothing to do."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

log = logging.getLogger("bakohumas.senders")

Act = Callable[[], None]


PROMPT = 1.0  # seconds; where a call takes longer, nobody gets ready beside it
PATIENCE = 2.0  # seconds that an intent may wait for its call: well within the guard


class Senders:
    """`own` for every platform whatever the others do: one that hangs, with all it has borrowed, delays no other.

    What the others do not use of `together` may be borrowed, so that a platform whose calls take longer than the
    others' is not the last to finish by far. Where a platform answers promptly, a few more acts get ready, their intent
    included, while the others call: no call waits for the disk. Of calls there are never more than said.
    """

    def __init__(self, *, own: int, together: int, steady: Callable[[], float] = time.monotonic) -> None:
        self._own, self._together, self._steady = own, together, steady
        self._spare = own // 2
        self._lock = threading.Lock()
        self._waiting: defaultdict[str, deque[Act]] = defaultdict(deque)
        self._busy: Counter[str] = Counter()  # acts, whatever they do
        self._calls: defaultdict[str, dict[int, float]] = defaultdict(dict)  # since when, by thread; oldest first
        self._free: defaultdict[str, threading.Condition] = defaultdict(lambda: threading.Condition(self._lock))
        self._threads = ThreadPoolExecutor(together * 3, thread_name_prefix="sender")

    def submit(self, platform: str, act: Act) -> None:
        """Begun now, or when a sender is free; in the order of asking."""
        with self._lock:
            self._waiting[platform].append(act)
            begun = self._next([platform])
        if begun is not None:
            self._threads.submit(self._work, *begun)

    def room(self, platform: str) -> int:
        """How many of its acts may go on at once now."""
        with self._lock:
            others = self._busy.total() - self._busy[platform]
        return max(self._own, self._together - others)

    @contextmanager
    def call(self, platform: str) -> Iterator[bool]:
        """Around the one call. False where none may begin in time: then it must not be made."""
        me = threading.get_ident()
        with self._lock:
            mine = self._free[platform].wait_for(lambda: self._may_call(platform), PATIENCE)
            if mine:
                self._calls[platform][me] = self._steady()
        try:
            yield mine
        finally:
            with self._lock:
                if self._calls[platform].pop(me, None) is not None:
                    for free in self._free.values():
                        free.notify()

    def close(self) -> None:
        """What is under way is finished; what waits is not begun."""
        with self._lock:
            self._waiting.clear()
        self._threads.shutdown(wait=True)

    def _work(self, platform: str, act: Act) -> None:
        """One thread goes on to the next act, its own platform's or another's: nothing is handed over in between."""
        begun: tuple[str, Act] | None = (platform, act)
        while begun is not None:
            platform, act = begun
            try:
                act()
            except Exception:
                log.exception("an act of %s failed", platform)
            with self._lock:
                self._busy[platform] -= 1
                begun = self._next(self._waiting)

    def _next(self, platforms: Collection[str]) -> tuple[str, Act] | None:
        """Who has fewest at work comes first."""
        waiting = [p for p in platforms if self._waiting[p] and self._may_begin(p)]
        if not waiting:
            return None
        platform = min(waiting, key=self._busy.__getitem__)
        self._busy[platform] += 1
        return platform, self._waiting[platform].popleft()

    def _may_begin(self, platform: str) -> bool:
        ahead = self._spare if self._answers_promptly(platform) else 0
        return self._busy[platform] < self._own + ahead or self._busy.total() < self._together + ahead

    def _answers_promptly(self, platform: str) -> bool:
        oldest = next(iter(self._calls[platform].values()), None)
        return oldest is not None and self._steady() - oldest < PROMPT

    def _may_call(self, platform: str) -> bool:
        return len(self._calls[platform]) < self._own or sum(map(len, self._calls.values())) < self._together
