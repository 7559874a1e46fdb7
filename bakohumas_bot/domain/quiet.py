"""Quiet hours: when no phone of an office rings for what can wait, and what cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bakohumas_bot.domain.posts import Kind

# What is wrong in public at this hour is not left there until the morning.
URGENT_KINDS = frozenset({Kind.KLARIFIKASI_HOAKS, Kind.RALAT})
SOON = timedelta(hours=2)
AFTER_WAKING = timedelta(hours=1)  # what goes out within it leaves nobody the time to decide in the morning


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """From `begins` until before `ends` on the office's clock; it may pass midnight."""

    begins: time
    ends: time


def quiet_until(quiet: Quiet | None, now: datetime, zone: ZoneInfo) -> datetime:
    """When a phone may ring: `now` itself outside the quiet hours, else their end."""
    if quiet is None:
        return now
    local = now.astimezone(zone)
    at = local.time()
    through_midnight = quiet.begins > quiet.ends
    inside = at >= quiet.begins or at < quiet.ends if through_midnight else quiet.begins <= at < quiet.ends
    if not inside:
        return now
    day = local.date() + timedelta(days=at >= quiet.ends)
    return datetime.combine(day, quiet.ends, tzinfo=zone).astimezone(UTC)


def cannot_wait(kind: Kind, hour: datetime | None, now: datetime, quiet: Quiet | None, zone: ZoneInfo) -> bool:
    """An urgent kind; or its hour comes within the next two, or soon after people wake."""
    if kind in URGENT_KINDS:
        return True
    if hour is None or hour < now:
        return False
    return hour <= max(now + SOON, quiet_until(quiet, now, zone) + AFTER_WAKING - timedelta(microseconds=1))


def after_waking_hours(quiet: Quiet | None, start: datetime, wait: timedelta, zone: ZoneInfo) -> datetime:
    """`wait` later by the hours in which people are awake: a night is no delay of anybody's."""
    at = quiet_until(quiet, start, zone)
    while quiet is not None:
        night = _next_night(quiet, at, zone)
        if at + wait < night:
            break
        wait -= night - at
        at = quiet_until(quiet, night, zone)
    return at + wait


def _next_night(quiet: Quiet, at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    tonight = datetime.combine(local.date(), quiet.begins, tzinfo=zone)
    return (tonight if tonight > local else tonight + timedelta(days=1)).astimezone(UTC)
