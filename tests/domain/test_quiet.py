"""No phone rings at night for what can wait; what cannot wait rings."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.quiet import Quiet, after_waking_hours, cannot_wait, quiet_until

WITA, WIT = ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
NIGHT = Quiet(begins=time(21), ends=time(6))
NOON = Quiet(begins=time(12), ends=time(13))


def at(clock: str, day: int = 24, zone: ZoneInfo = WITA) -> datetime:
    hour, minute = clock.split(".")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "rings"),
    [
        (at("20.59"), at("20.59")),
        (at("21.00"), at("06.00", 25)),
        (at("23.59"), at("06.00", 25)),
        (at("00.00"), at("06.00")),
        (at("05.59"), at("06.00")),
        (at("06.00"), at("06.00")),
        (at("12.30"), at("12.30")),
    ],
)
def test_the_night_ends_at_six(now: datetime, rings: datetime) -> None:
    assert quiet_until(NIGHT, now.astimezone(UTC), WITA) == rings


def test_every_office_sleeps_by_its_own_clock() -> None:
    nine_in_makassar = at("20.30")
    assert quiet_until(NIGHT, nine_in_makassar, WITA) == nine_in_makassar
    assert quiet_until(NIGHT, nine_in_makassar, WIT) == at("06.00", 25, WIT)


@pytest.mark.parametrize(("now", "rings"), [("11.59", "11.59"), ("12.00", "13.00"), ("13.00", "13.00")])
def test_quiet_hours_may_lie_within_a_day(now: str, rings: str) -> None:
    assert quiet_until(NOON, at(now), WITA) == at(rings)


def test_an_office_without_quiet_hours_hears_everything_at_once() -> None:
    assert quiet_until(None, at("03.00"), WITA) == at("03.00")


@pytest.mark.parametrize(
    ("kind", "hour", "now", "rings"),
    [
        (Kind.PENGUMUMAN, None, at("22.00"), False),
        (Kind.KLARIFIKASI_HOAKS, None, at("22.00"), True),
        (Kind.RALAT, at("12.00", 25), at("22.00"), True),
        (Kind.PENGUMUMAN, at("06.59", 25), at("22.00"), True),
        (Kind.PENGUMUMAN, at("07.00", 25), at("22.00"), False),
        (Kind.PENGUMUMAN, at("07.00", 25), at("05.00", 25), True),  # within two hours
        (Kind.PENGUMUMAN, at("23.30"), at("21.30"), True),
        (Kind.PENGUMUMAN, at("20.00"), at("21.30"), False),  # that hour has passed: the night makes it no worse
    ],
)
def test_what_rings_at_night(kind: Kind, hour: datetime | None, now: datetime, rings: bool) -> None:
    assert cannot_wait(kind, hour, now, NIGHT, WITA) is rings


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (at("09.00"), 4, at("13.00")),
        (at("17.00"), 4, at("06.00", 25)),  # to the last minute of the evening: the next one is in the morning
        (at("20.00"), 4, at("09.00", 25)),
        (at("23.00"), 4, at("10.00", 25)),
        (at("09.00"), 27, at("12.00", 25) + timedelta(hours=9)),
    ],
)
def test_a_night_is_no_delay_of_anybody(start: datetime, hours: int, end: datetime) -> None:
    found = after_waking_hours(NIGHT, start, timedelta(hours=hours), WITA)
    assert quiet_until(NIGHT, found, WITA) == quiet_until(NIGHT, end, WITA)


@given(
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=366)),
    st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=5)),
    st.times(),
    st.times(),
)
def test_waiting_never_ends_before_its_time_nor_at_night(
    later: timedelta, wait: timedelta, begins: time, ends: time
) -> None:
    begins, ends = begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    if begins == ends or (begins > ends and begins.hour - ends.hour < 4):  # hardly ever awake: not an office's night
        return
    quiet, moment = Quiet(begins=begins, ends=ends), at("09.00").astimezone(UTC) + later
    end = after_waking_hours(quiet, moment, wait, WITA)
    assert end >= moment + wait
    assert quiet_until(quiet, end, WITA) == end
