"""A circuit per platform: after several calls in a row that reached nobody, the platform is left alone for a while.

One account alone never opens it: what only that account meets (its proxy, its address) is its own trouble, and its
delivery waits longer with every failure anyway. Each worker judges by what it met itself; nothing of this is stored,
because nothing is lost by forgetting it.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bakohumas_bot.domain.outcomes import NotSent, Outcome, Unknown

log = logging.getLogger("bakohumas.circuits")

STRIKES, ACCOUNTS = 5, 2
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=2)


@dataclass
class _Circuit:
    strikes: int = 0
    struck: set[str] = field(default_factory=set)  # the accounts
    wait: timedelta = FIRST
    until: datetime | None = None


class Circuits:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._of: dict[str, _Circuit] = {}

    def note(self, platform: str, account: str, outcome: Outcome, now: datetime) -> None:
        """Any answer closes the circuit, a refusal too; silence counts against the platform."""
        with self._lock:
            circuit = self._of.setdefault(platform, _Circuit())
            if not (isinstance(outcome, NotSent | Unknown) and outcome.unreachable):
                if not isinstance(outcome, NotSent | Unknown):
                    self._of[platform] = _Circuit()
                return
            circuit.strikes += 1
            circuit.struck.add(account)
            if circuit.strikes < STRIKES or len(circuit.struck) < ACCOUNTS:
                return
            if circuit.until is not None and now >= circuit.until:
                circuit.wait = min(2 * circuit.wait, LONGEST)
            circuit.until = now + circuit.wait
        log.warning("%s cannot be reached: left alone until %s", platform, circuit.until)

    def limit(self, platform: str, now: datetime, wanted: int) -> int:
        """How many may be sent there now: all, none while it is open, one to try at a time when its wait is over."""
        with self._lock:
            circuit = self._of.get(platform)
            if circuit is None or circuit.until is None:
                return wanted
            waits = now < circuit.until <= now + LONGEST  # a clock that went back must not close a platform for hours
            return 0 if waits else min(1, wanted)
