"""One moment in Indonesian: written for people, and read from what people write.

Reading is a table of forms (`FORMS`), tried in order; a new form is a new row. A form that is recognised but cannot
be meant (31 Juni, a weekday that disagrees) raises its own sentence; what no row knows gets the general one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bakohumas_bot.domain.almanac import (
    DAY_PATTERN,
    DAYS,
    MONTH_PATTERN,
    MONTHS,
    SHORT_DAY_PATTERN,
    ZONES,
    last_day,
    long_date,
    month_number,
    nearest_with_weekday,
    weekday_number,
    zone_label,
)
from bakohumas_bot.errors import BadInput

__all__ = ["long_date", "long_time", "must_be_future", "read_time", "zone_label"]

MAX_LENGTH = 80
EXAMPLES = "Contoh: besok 09.00, atau 26 November 2026 09.00 WITA."


def long_time(at: datetime, zone: ZoneInfo, *, pukul: bool = False) -> str:
    """`Kamis, 26 November 2026 09.00 WITA`; in running text with `, pukul` before the hour."""
    local = at.astimezone(zone)
    joint = ", pukul " if pukul else " "
    return f"{long_date(local.date())}{joint}{local:%H.%M} {zone_label(at, zone)}"


def must_be_future(at: datetime, *, now: datetime, zone: ZoneInfo) -> datetime:
    """Refuse a time that has passed. The running minute still counts: nobody types seconds."""
    if at < now.replace(second=0, microsecond=0):
        raise BadInput(
            f"Waktu tersebut sudah lewat: {long_time(at, zone)}. Sekarang {long_time(now, zone)}."
            " Mohon tuliskan waktu yang akan datang."
        )
    return at


def read_time(text: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment `text` names, aware, in the office's zone. *Besok* is counted in that zone, not the server's."""
    plain = " ".join(text.replace("’", "'").split())
    if len(plain) > MAX_LENGTH or not plain:
        raise _not_understood(plain)
    frame = _Frame(now=now.astimezone(zone), zone=zone)
    for pattern, meaning in FORMS:
        if match := pattern.fullmatch(plain):
            return meaning(match, frame).astimezone(zone)
    raise _not_understood(plain)


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """What relative words are measured against."""

    now: datetime
    zone: ZoneInfo


def _not_understood(plain: str) -> BadInput:
    shown = plain if len(plain) <= MAX_LENGTH else plain[:MAX_LENGTH] + "…"
    return BadInput(f"Waktu “{shown}” belum dapat dipahami. {EXAMPLES}")


# --- Parts that forms share ---

_CLOCK = r"(?:(?:pukul|jam|pkl\.?) )?(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})"
_ZONE = r"(?: ?(?P<zone>wita|wib|wit))?"  # WITA before WIT
_GAP = r" ?,? ?"
_WEEKDAY = rf"(?:(?:hari )?(?P<weekday>{DAY_PATTERN}|{SHORT_DAY_PATTERN}){_GAP}(?:(?:tanggal|tgl\.?) )?)?"
_NAMED_DATE = rf"(?:(?:tanggal|tgl\.?) )?(?P<day>[0-9]{{1,2}}) (?P<month>{MONTH_PATTERN})\.?(?: (?P<year>[0-9]{{4}}))?"
_NUMBERED_DATE = r"(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<number>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}))?"
_NEAR_DAY = r"(?P<near>hari ini|besok|lusa)"
_NEAR_DAYS = {"hari ini": 0, "besok": 1, "lusa": 2}
_ISO_DATE = r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})-(?P<day>[0-9]{2})"
_ISO_CLOCK = r"(?P<hour>[0-9]{2})[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,6})?)?"
_OFFSET = r"(?P<offset>z|(?P<sign>[+-])(?P<ahead>[0-9]{2}):?(?P<minutes>[0-9]{2}))?"


def _now(_match: re.Match[str], frame: _Frame) -> datetime:
    return frame.now


def _in_a_while(match: re.Match[str], frame: _Frame) -> datetime:
    unit = timedelta(minutes=1) if match["unit"].casefold() == "menit" else timedelta(hours=1)
    return frame.now + int(match["count"]) * unit


def _near_day(match: re.Match[str], frame: _Frame) -> datetime:
    day = frame.now.date() + timedelta(days=_NEAR_DAYS[match["near"].casefold()])
    return _moment(day, match, frame)


def _full_date(match: re.Match[str], frame: _Frame) -> datetime:
    return _moment(_date(match), match, frame)


def _iso(match: re.Match[str], frame: _Frame) -> datetime:
    moment = _moment(_date(match), match, frame)
    if not match["offset"]:
        return moment
    return moment.replace(tzinfo=UTC) - _ahead(match)


def _ahead(match: re.Match[str]) -> timedelta:
    if match["offset"] in "Zz":
        return timedelta()
    ahead = timedelta(hours=int(match["ahead"]), minutes=int(match["minutes"]))
    if ahead > timedelta(hours=14):
        raise BadInput(f"Selisih waktu {match['offset']} tidak ada. {EXAMPLES}")
    return -ahead if match["sign"] == "-" else ahead


def _no_clock(match: re.Match[str], _frame: _Frame) -> datetime:
    if "day" in match.re.groupindex:
        _date(match)
    raise BadInput(f"Jam belum disebutkan pada “{match.string}”. Mohon tambahkan jam dan menit. {EXAMPLES}")


def _no_day(match: re.Match[str], _frame: _Frame) -> datetime:
    raise BadInput(f"Hari belum disebutkan pada “{match.string}”. Contoh: hari ini 16.00, atau besok 09.00.")


def _date(match: re.Match[str]) -> date:
    groups = match.groupdict()
    month = month_number(groups["month"]) if groups.get("month") else int(groups["number"])
    day, year = int(groups["day"]), int(groups["year"]) if groups["year"] else None
    if not 1 <= month <= 12:
        raise BadInput(f"Bulan {month} tidak ada. Urutannya tanggal, bulan, tahun. {EXAMPLES}")
    if year is not None and not 2000 <= year <= 2099:
        raise BadInput(f"Tahun {year} di luar jangkauan. {EXAMPLES}")
    end = last_day(year or 2000, month)
    if not 1 <= day <= end:
        named = f"{MONTHS[month - 1]} {year}" if year else MONTHS[month - 1]
        raise BadInput(f"Tanggal {day} {named} tidak ada: {named} berakhir pada tanggal {end}. {EXAMPLES}")
    if year is None:
        raise BadInput(f"Tahun belum disebutkan pada “{match.string}”. {EXAMPLES}")
    found = date(year, month, day)
    if groups.get("weekday"):
        _must_agree(found, weekday_number(groups["weekday"]))
    return found


def _must_agree(day: date, weekday: int) -> None:
    if day.weekday() == weekday:
        return
    other = long_date(nearest_with_weekday(day, weekday))
    raise BadInput(
        f"Hari tidak sesuai dengan tanggal: yang tertulis {DAYS[weekday]}, padahal tanggal itu hari"
        f" {DAYS[day.weekday()]}. Mohon pilih “{long_date(day)}” atau “{other}”."
    )


def _moment(day: date, match: re.Match[str], frame: _Frame) -> datetime:
    groups = match.groupdict()
    hour, minute, second = int(groups["hour"]), int(groups["minute"]), int(groups.get("second") or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise BadInput(f"Jam {hour:02}.{minute:02} tidak ada: gunakan 00.00 sampai 23.59. {EXAMPLES}")
    zone = ZONES[groups["zone"].upper()] if groups.get("zone") else frame.zone
    return datetime.combine(day, time(hour, minute, second), tzinfo=zone)


Meaning = Callable[[re.Match[str], _Frame], datetime]

FORMS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(form, re.IGNORECASE | re.ASCII), meaning)
    for form, meaning in (
        (r"sekarang", _now),
        (r"(?P<count>[0-9]{1,4}) ?(?P<unit>menit|jam) lagi", _in_a_while),
        (rf"{_NEAR_DAY}{_GAP}{_CLOCK}{_ZONE}", _near_day),
        (rf"{_WEEKDAY}{_NAMED_DATE}{_GAP}{_CLOCK}{_ZONE}", _full_date),
        (rf"{_WEEKDAY}{_NUMBERED_DATE}{_GAP}{_CLOCK}{_ZONE}", _full_date),
        (rf"{_ISO_DATE}[t ]{_ISO_CLOCK}{_OFFSET}", _iso),
        (rf"{_ISO_DATE} {_ISO_CLOCK}{_ZONE}", _full_date),
        (rf"{_CLOCK}{_ZONE}", _no_day),
        (_NEAR_DAY, _no_clock),
        (rf"{_WEEKDAY}{_NAMED_DATE}", _no_clock),
        (rf"{_WEEKDAY}{_NUMBERED_DATE}", _no_clock),
        (_ISO_DATE, _no_clock),
    )
)
