"""How long this process waits for a platform: one set of figures, at which every adapter looks for every call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """`connect` and `answer` bound a call that carries no file; `upload` is what a large file may take beyond them."""

    connect: timedelta
    answer: timedelta
    upload: timedelta

    @property
    def call(self) -> timedelta:
        """By then a call without a file has ended, whatever the far end does."""
        return self.connect + self.answer


USUAL = Deadlines(  # `call` is PlatformSpec.answer_deadline: reading back begins after it
    connect=timedelta(seconds=5), answer=timedelta(seconds=25), upload=timedelta(seconds=120)
)
_in_force = USUAL


def deadlines() -> Deadlines:
    return _in_force


def set_pace(factor: float) -> Deadlines:
    """From now on this process waits `factor` times as long as usual: 1/30 lets a lost answer cost a second."""
    global _in_force  # noqa: PLW0603 - one pace per process is the point
    _in_force = Deadlines(connect=USUAL.connect * factor, answer=USUAL.answer * factor, upload=USUAL.upload * factor)
    return _in_force
