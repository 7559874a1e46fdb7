"""The tempo of a rehearsal: every wait of the house shortened alike, so that their order to each other stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.lifecycle.worker import PACE, Pace
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Platform

_POLL = timedelta(milliseconds=25)


@dataclass(frozen=True, kw_only=True)
class Tempo:
    """`factor`: how long everything takes. `looks`: other moments to read back, for platforms that lag less.

    `patience`: seconds after which what is not at rest is stuck.
    """

    factor: float
    looks: tuple[timedelta, ...] = ()
    patience: float = 240.0

    def platforms(self) -> dict[str, Platform]:
        return {name: replace(platform, spec=self._spec(platform)) for name, platform in PLATFORMS.items()}

    def _spec(self, platform: Platform) -> PlatformSpec:
        spec = platform.spec.at_pace(self.factor)
        return replace(spec, read_back_waits=self.looks) if self.looks else spec

    def pace(self) -> Pace:
        return replace(
            PACE,
            ahead=PACE.ahead * self.factor,
            lease=PACE.lease * self.factor,
            margin=PACE.margin * self.factor,
            beat=PACE.beat * self.factor,
            sweep=PACE.sweep * self.factor,
            poll=max(PACE.poll * self.factor, _POLL),
        )


# A platform that falls silent costs 1.5 seconds, a lease lasts three, absence is proved after thirty.
QUICK = Tempo(factor=1 / 20)
# For tests: absence is proved after three. The sandbox's lists lag by one reading, whenever that is.
BRIEF = replace(QUICK, looks=tuple(timedelta(seconds=after) for after in (1, 2, 3)), patience=60.0)
