"""The senders: threads that each platform has for itself, and may borrow from those that have nothing to do."""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger("bakohumas.senders")

Act = Callable[[], None]


class Senders:
    """`own` for every platform whatever the others do: one that hangs, with all it has borrowed, delays no other.

    What the others do not use of `together` may be borrowed, so that a platform whose calls take longer than the
    others' is not the last to finish by far.
    """

    def __init__(self, *, own: int, together: int) -> None:
        self._own, self._together = own, together
        self._lock = threading.Lock()
        self._waiting: defaultdict[str, deque[Act]] = defaultdict(deque)
        self._busy: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(together * 2, thread_name_prefix="sender")

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
        return self._busy[platform] < self._own or self._busy.total() < self._together
