"""The pace of a rehearsal: every wait of the house shortened alike, so that their order to each other stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bakohumas_bot.lifecycle.worker import PACE, Pace
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Platform

QUICK = 1 / 20  # a platform that falls silent costs 1.5 seconds, a lease lasts three, absence is proved after thirty
_POLL = timedelta(milliseconds=25)


def platforms_at(factor: float) -> dict[str, Platform]:
    return {name: replace(platform, spec=platform.spec.at_pace(factor)) for name, platform in PLATFORMS.items()}


def pace_at(factor: float) -> Pace:
    return replace(
        PACE,
        ahead=PACE.ahead * factor,
        lease=PACE.lease * factor,
        margin=PACE.margin * factor,
        beat=PACE.beat * factor,
        sweep=PACE.sweep * factor,
        poll=max(PACE.poll * factor, _POLL),
    )
