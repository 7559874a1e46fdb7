"""Times as the desk writes them, and the names of days, months and zones."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bakohumas_bot.domain.almanac import (
    DAYS,
    MONTH_NUMBERS,
    WEEKDAYS,
    month_number,
    nearest_with_weekday,
    weekday_number,
)
from bakohumas_bot.domain.times import in_both_zones, long_date, long_time, zone_label

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 19, 10, 30, tzinfo=WITA)  # Kamis


@pytest.mark.parametrize(
    ("zone", "label"),
    [
        ("Asia/Jakarta", "WIB"),
        ("Asia/Pontianak", "WIB"),
        ("Asia/Makassar", "WITA"),
        ("Asia/Jayapura", "WIT"),
        ("Europe/Paris", "UTC+0100"),
    ],
)
def test_a_zone_is_named_by_its_offset(zone: str, label: str) -> None:
    assert zone_label(NOW, ZoneInfo(zone)) == label


def test_a_moment_is_written_with_weekday_date_and_zone() -> None:
    assert long_time(NOW, WITA) == "Kamis, 19 November 2026 10.30 WITA"
    assert long_time(NOW, WITA, pukul=True) == "Kamis, 19 November 2026, pukul 10.30 WITA"
    assert long_time(NOW, ZoneInfo("Asia/Jayapura")) == "Kamis, 19 November 2026 11.30 WIT"
    assert long_date(NOW.date()) == "Kamis, 19 November 2026"


def test_another_zone_is_shown_beside_the_offices_own() -> None:
    wib = ZoneInfo("Asia/Jakarta")
    both = "Kamis, 19 November 2026 10.30 WITA (Kamis, 19 November 2026 09.30 WIB)"
    assert in_both_zones(NOW, WITA, wib) == both
    assert in_both_zones(NOW, WITA, None) == in_both_zones(NOW, WITA, WITA) == long_time(NOW, WITA)
    assert in_both_zones(NOW, wib, ZoneInfo("Asia/Pontianak")) == long_time(NOW, wib)


def test_every_spelling_of_a_day_or_month_has_its_number() -> None:
    assert {weekday_number(word) for word in WEEKDAYS} == set(range(7))
    assert {month_number(word) for word in MONTH_NUMBERS} == set(range(1, 13))
    assert weekday_number("Jum`at") == weekday_number("JUMAT") == DAYS.index("Jumat")
    assert month_number("Agt.") == month_number("Ags") == month_number("Agu") == 8


def test_the_nearest_date_with_a_weekday_is_at_most_three_days_away() -> None:
    for weekday in range(7):
        found = nearest_with_weekday(NOW.date(), weekday)
        assert found.weekday() == weekday
        assert abs((found - NOW.date()).days) <= 3
