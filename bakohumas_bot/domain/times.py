"""One moment in Indonesian, written for people; what people write is read in `domain/when`."""

from __future__ import annotations

from datetime import datetime, tzinfo

from bakohumas_bot.domain.almanac import long_date, zone_label

__all__ = ["long_date", "long_time", "zone_label"]


def long_time(at: datetime, zone: tzinfo, *, pukul: bool = False) -> str:
    """`Kamis, 26 November 2026 09.00 WITA`; in running text with `, pukul` before the hour."""
    local = at.astimezone(zone)
    joint = ", pukul " if pukul else " "
    return f"{long_date(local.date())}{joint}{local:%H.%M} {zone_label(at, zone)}"


def in_both_zones(at: datetime, zone: tzinfo, other: tzinfo | None) -> str:
    """The office's time, and beside it the time in the zone that was meant, where that reads differently."""
    own = long_time(at, zone)
    theirs = long_time(at, other or zone)
    return own if own == theirs else f"{own} ({theirs})"
