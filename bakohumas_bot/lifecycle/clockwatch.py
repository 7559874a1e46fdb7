"""Watches the wall clock against the one that only runs forward: publishing too early cannot be undone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

log = logging.getLogger("bakohumas.clock")

TOLERANCE = timedelta(seconds=60)
SETTLE = timedelta(minutes=5)


class ClockWatch:
    """After a jump forward nothing is sent until the clock has come back, or has stood by its new time for a while.

    A jump backward only makes things later, and no state depends on it; it is told, not held.
    """

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float]) -> None:
        self._now, self._steady = now, steady
        self._lock = threading.Lock()
        self._offset = self._difference()
        self._jumped_at: float | None = None

    def may_send(self) -> bool:
        """Asked by every round of the worker and by every sender."""
        with self._lock:
            return self._is_sure()

    def _is_sure(self) -> bool:
        ahead = self._difference() - self._offset
        if ahead <= TOLERANCE.total_seconds():
            if ahead < -TOLERANCE.total_seconds():
                log.warning("the clock went back by %.0f s", -ahead)
            self._offset += min(0.0, ahead) if self._jumped_at is None else 0.0
            self._jumped_at = None
            return True
        if self._jumped_at is None:
            self._jumped_at = self._steady()
            log.error("the clock jumped forward by %.0f s: nothing is sent until it is sure", ahead)
        if self._steady() - self._jumped_at < SETTLE.total_seconds():
            return False
        log.warning("the clock stands by its new time: sending goes on")
        self._offset, self._jumped_at = self._difference(), None
        return True

    def _difference(self) -> float:
        return self._now().timestamp() - self._steady()
