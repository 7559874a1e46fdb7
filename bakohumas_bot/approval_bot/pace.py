"""How fast a person of the office is served: beyond it messages wait, and presses are not taken; a freeze always is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from telegram import Message, Update

MINUTE = timedelta(minutes=1)
MESSAGES, PRESSES = 30, 60  # a minute: what nobody reaches who reads what they tap
KEPT = 300  # messages of one person that wait; what comes on top is told not to be taken
_FREEZE = "/bekukan"


class Fate(StrEnum):
    SERVE = "serve"
    WAIT = "wait"
    DROP = "drop"


@dataclass
class Window:
    """At most `most` in any minute, for each person apart."""

    most: int
    _taken: dict[int, deque[datetime]] = field(default_factory=dict)

    def take(self, person: int, at: datetime) -> timedelta:
        """Zero: there is room, and it is taken. Else how long until there is."""
        recent = self._taken.setdefault(person, deque())
        while recent and not timedelta() <= at - recent[0] < MINUTE:  # before it: the clock was set back
            recent.popleft()
        if len(recent) < self.most:
            recent.append(at)
            return timedelta()
        return MINUTE - (at - recent[0])


@dataclass
class Pace:
    """Losing it in a restart costs nobody anything: who is too fast is slowed a little later."""

    messages: Window = field(default_factory=lambda: Window(MESSAGES))
    presses: Window = field(default_factory=lambda: Window(PRESSES))
    slowed: dict[int, datetime] = field(default_factory=dict)

    def waits(self, person: int, now: datetime) -> bool:
        return self.slowed.get(person, now) > now

    def judge(self, person: int, subject: object, *, came: datetime, now: datetime) -> Fate:
        """A press counts when it came, a message when it is served: those that waited go on at the same pace."""
        if isinstance(subject, Update) and subject.callback_query is not None:
            return Fate.DROP if self.presses.take(person, came) else Fate.SERVE
        if is_urgent(subject):
            return Fate.SERVE
        wait = self.messages.take(person, now)
        if wait:
            self.slowed[person] = now + wait
        return Fate.WAIT if wait else Fate.SERVE


def is_urgent(subject: object) -> bool:
    """Stopping all publishing waits behind nothing."""
    message = subject.message if isinstance(subject, Update) else None
    return isinstance(message, Message) and (message.text or "").casefold().startswith(_FREEZE)
