"""Watches the wall clock against the one that only runs forward, and against the database's that all hosts share.

Publishing too early cannot be undone; and by a clock ahead of the other hosts' a post is believed absent too soon.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

log = logging.getLogger("bakohumas.clock")

TOLERANCE = timedelta(seconds=60)
SETTLE = timedelta(minutes=10)  # longer than any two looks are apart: a jump must not bring the last one forward
SKEW = timedelta(seconds=2)  # well within the guard that every intent has before it is abandoned


class Turn(StrEnum):
    AHEAD = "ahead"  # it jumped forward: nothing is begun until it is sure
    RETURNED = "returned"  # it came back from such a jump
    ACCEPTED = "accepted"  # it has stood by its new time for a while
    BEHIND = "behind"  # it went back: everything is only later
    APART = "apart"  # it is not the database's: nothing is begun while that lasts
    AGREED = "agreed"  # it is again


@dataclass(frozen=True, kw_only=True)
class Jump:
    """What people should know of the clock. `by` is how far it went, whichever way."""

    turn: Turn
    by: timedelta


class ClockWatch:
    """After a jump forward nothing is begun until the clock has come back, or has stood by its new time for a while.

    A jump backward only makes things later, and no state depends on it; it is told, not held, and so is the jump that
    takes it back. A clock that is set right little by little is followed. `news` waits to be told.
    """

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float], skew: timedelta = SKEW) -> None:
        self._now, self._steady, self._skew = now, steady, skew
        self._lock = threading.Lock()
        self._offset = self._difference()
        self._before: float | None = None  # the offset before it went back
        self._jumped_at: float | None = None
        self._apart = False
        self.news: deque[Jump] = deque()

    def may_send(self) -> bool:
        """Asked by every round of the worker and by every sender."""
        with self._lock:
            return self._is_sure() and not self._apart

    def compare(self, theirs: datetime, before: datetime, after: datetime) -> None:
        """`theirs` was read from the database between the two moments of ours: that it took long is no difference."""
        by = max(before - theirs, theirs - after, timedelta())
        with self._lock:
            if (by > self._skew) != self._apart:
                self._apart = by > self._skew
                self._note(Turn.APART if self._apart else Turn.AGREED, by.total_seconds())

    def _is_sure(self) -> bool:
        difference = self._difference()
        ahead = difference - self._offset
        if ahead > TOLERANCE.total_seconds():
            if not self._is_set_right(difference):
                if self._jumped_at is None:
                    self._jumped_at = self._steady()
                    self._note(Turn.AHEAD, ahead)
                if self._steady() - self._jumped_at < SETTLE.total_seconds():
                    return False
                self._note(Turn.ACCEPTED, ahead)
            else:
                self._note(Turn.RETURNED, ahead)
            self._before = None
        elif self._jumped_at is not None:
            self._note(Turn.RETURNED, ahead)
        elif ahead < -TOLERANCE.total_seconds():
            self._note(Turn.BEHIND, ahead)
            self._before = self._offset if self._before is None else self._before
        self._offset, self._jumped_at = difference, None
        return True

    def _is_set_right(self, difference: float) -> bool:
        return self._before is not None and abs(difference - self._before) <= TOLERANCE.total_seconds()

    def _note(self, turn: Turn, seconds: float) -> None:
        log.warning("the clock: %s (%.0f s)", turn, seconds)
        self.news.append(Jump(turn=turn, by=timedelta(seconds=abs(round(seconds)))))

    def _difference(self) -> float:
        return self._now().timestamp() - self._steady()
