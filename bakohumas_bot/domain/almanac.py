"""Names of days, months and zones as Indonesian offices write them, and the dates they stand for."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)

# Other spellings seen in offices' own texts; the first list is matched whole, case aside.
_OTHER_DAYS = {"jum'at": 4, "ahad": 6, "sen": 0, "sel": 1, "rab": 2, "kam": 3, "jum": 4, "sab": 5, "min": 6}
_OTHER_MONTHS = {
    "jan": 1,
    "feb": 2,
    "pebruari": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "agu": 8,
    "agt": 8,
    "ags": 8,
    "sep": 9,
    "sept": 9,
    "okt": 10,
    "nov": 11,
    "nop": 11,
    "nopember": 11,
    "des": 12,
}
WEEKDAYS = {name.casefold(): number for number, name in enumerate(DAYS)} | _OTHER_DAYS
MONTH_NUMBERS = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)} | _OTHER_MONTHS

# One city stands for each zone; no province is split and there is no daylight saving.
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}
_LABELS = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}

DAY_PATTERN = r"senin|selasa|rabu|kamis|jum['’‘`]?at|sabtu|minggu|ahad"
SHORT_DAY_PATTERN = r"(?:sen|sel|rab|kam|jum|sab|min)\b\.?"
MONTH_PATTERN = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))


def weekday_number(word: str) -> int:
    """Monday is 0, as in `date.weekday`."""
    plain = word.casefold().rstrip(".").replace("’", "'").replace("‘", "'").replace("`", "'")
    return WEEKDAYS[plain]


def month_number(word: str) -> int:
    return MONTH_NUMBERS[word.casefold().rstrip(".")]


def zone_label(at: datetime, zone: tzinfo) -> str:
    """WIB, WITA or WIT by offset, so that Asia/Pontianak reads WIB too; elsewhere the offset itself."""
    offset = at.astimezone(zone).utcoffset() or timedelta()
    return _LABELS.get(offset) or at.astimezone(zone).strftime("UTC%z")


def last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def long_date(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {short_date(day)}"


def short_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nearest_with_weekday(day: date, weekday: int) -> date:
    """The closest date that falls on `weekday`: at most three days away."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
