"""The hour of the pictures. Imported before the house, so that the pretend platforms read the same clock as it does."""
# ruff: noqa: INP001 - scripts that run from their own folder

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import Any

MORNING = datetime(2026, 11, 23, 1, 12, tzinfo=UTC)  # Monday 09.12 WITA
PUBLICATION = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # Tuesday 09.00 WITA


class Clock:
    """The machine's clock, moved; it runs on from there."""

    def __init__(self, start: datetime) -> None:
        self._real, self._shift = time.time, 0.0
        self.move_to(start)

    def move_to(self, moment: datetime) -> None:
        self._shift = moment.timestamp() - self._real()

    def seconds(self) -> float:
        return self._real() + self._shift

    def now(self, zone: Any = UTC) -> datetime:
        return datetime.fromtimestamp(self.seconds(), zone)

    def tell_the_sandbox(self) -> None:
        """Its `datetime.now` too; the house itself is handed `now`."""
        shown = type("Shown", (datetime,), {"now": staticmethod(self.now)})
        for name, module in sys.modules.items():
            if name.startswith("bakohumas_bot.sandbox") and hasattr(module, "datetime"):
                module.datetime = shown  # type: ignore[attr-defined]


CLOCK = Clock(MORNING)
time.time = CLOCK.seconds
