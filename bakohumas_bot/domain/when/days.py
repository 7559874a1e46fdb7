"""Which days the words can mean, counted from the office's today: the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bakohumas_bot.domain.almanac import DAYS, MONTHS, last_day, long_date, nearest_with_weekday, short_date
from bakohumas_bot.domain.when.said import Dated, Part, Said, Week, Weekday
from bakohumas_bot.errors import BadInput

DAY = timedelta(days=1)
FRIDAY = 4
# A date without its year that has gone by for longer than this is meant for next year; sooner, it is a mistake.
RECENTLY = timedelta(days=31)
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, kw_only=True)
class Days:
    """`known`: one day is named, if perhaps one of two; else a week or month, of which a day must be chosen.

    `sure`: it is one of these and no other. `odds`: the parts contradict each other, and these are the repairs.
    """

    dates: tuple[date, ...]
    sure: bool = True
    known: bool = True
    why: str = ""
    odds: str = ""


def find_days(said: Said, today: date) -> Days | None:
    """None where no day is said."""
    if said.event and said.event.endswith("jumat"):
        said = _on_friday(said)
    try:
        return _agreed(said, today, list(_claims(said, today)))
    except (OverflowError, ValueError):
        raise BadInput("Tanggal itu di luar jangkauan.") from None


def _on_friday(said: Said) -> Said:
    if said.weekday and said.weekday.number != FRIDAY:
        raise BadInput(f"Jumatan tidak sesuai dengan hari {DAYS[said.weekday.number]}.")
    return said if said.weekday else replace(said, weekday=Weekday(number=FRIDAY))


def _claims(said: Said, today: date) -> Iterator[Days]:
    """What each part says by itself."""
    if said.near:
        dates = tuple(today + n * DAY for n in said.near)
        yield Days(dates=dates, why="“Besok lusa” dapat berarti dua hari." if len(dates) > 1 else "")
    if said.dated:
        yield _dated(said.dated, said.months, today)
    elif said.months is not None:
        yield _month_ahead(said.months, today)
    if said.ahead and not (said.weekday and said.ahead[1] in {"minggu", "pekan"}):
        yield _ahead(*said.ahead, today)
    if said.part:
        yield _part(said.part, today)
    if said.week and not said.weekday:
        yield _week(said.week, today)


def _agreed(said: Said, today: date, claims: list[Days]) -> Days | None:
    if said.weekday and not claims:
        return _weekday(said.weekday, _week_said(said), today)
    if not claims:
        return Days(dates=(today,)) if said.later else None
    found = claims[0]
    for other in claims[1:]:
        shared = tuple(day for day in found.dates if day in other.dates)
        if not shared:
            return _at_odds((*found.dates, *other.dates), "Hari dan tanggalnya tidak sesuai satu sama lain.")
        found = Days(dates=shared, sure=found.sure or other.sure or len(shared) == 1)
    return _on(said.weekday, found) if said.weekday else found


def _at_odds(dates: tuple[date, ...], why: str) -> Days:
    return Days(dates=tuple(sorted(set(dates))), sure=False, known=False, odds=why)


def _on(weekday: Weekday, found: Days) -> Days:
    """A weekday beside a date must be that date's; for *malam Minggu 21/11*, Saturday's."""
    wanted = {(weekday.number - 1) % 7} if weekday.eve and not weekday.perhaps else {weekday.number}
    if weekday.eve:
        wanted |= {weekday.number} if weekday.perhaps else set()
    dates = tuple(day for day in found.dates if day.weekday() in wanted)
    if dates:
        return Days(dates=dates, sure=found.sure or len(dates) == 1, known=True, why=found.why)
    first = found.dates[0]
    repairs = tuple(nearest_with_weekday(first, number) for number in wanted)
    named = f"malam {DAYS[weekday.number]}" if weekday.eve else DAYS[weekday.number]
    why = (
        f"Hari tidak sesuai dengan tanggal: tertulis {named}, padahal {short_date(first)} hari {DAYS[first.weekday()]}."
    )
    return _at_odds((first, *repairs), why)


# --- Dates ---


def checked_date(year: int, month: int, day: int) -> date:
    """Or the reason why there is none, with its neighbours."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"Tahun {year} di luar jangkauan.")
    end = last_day(year, month)
    if 1 <= day <= end:
        return date(year, month, day)
    named = f"{MONTHS[month - 1]} {year}"
    last = date(year, month, end)
    raise BadInput(
        f"Tanggal {day} {named} tidak ada: {named} berakhir pada tanggal {end}."
        f" Terdekat: {long_date(last)}, atau {long_date(last + DAY)}."
    )


def _dated(said: Dated, months: int | None, today: date) -> Days:
    ahead = said.months if said.months is not None else months
    if ahead is not None and said.month is None:
        first = _months_on(today, ahead)
        return Days(dates=(checked_date(first.year, first.month, said.day),))
    if said.month is None:
        return _day_of_some_month(said.day, today)
    if not 1 <= said.month <= 12:
        raise BadInput(f"Bulan {said.month} tidak ada. Urutannya tanggal, bulan, tahun.")
    if said.year is not None:
        return Days(dates=(checked_date(said.year, said.month, said.day),))
    return _in_the_year_that_comes(said.month, said.day, today)


def _in_the_year_that_comes(month: int, day: int, today: date) -> Days:
    if (month, day) == (2, 29):
        return _leap_day(today)
    this_year = checked_date(today.year, month, day)
    if this_year >= today - RECENTLY:
        return Days(dates=(this_year,))
    why = f"{short_date(this_year)} sudah lewat, maka dibaca tahun {today.year + 1}."
    return Days(dates=(checked_date(today.year + 1, month, day),), why=why)


def _leap_day(today: date) -> Days:
    year = next(year for year in range(today.year, today.year + 9) if last_day(year, 2) == 29)
    if year == today.year:
        return Days(dates=(date(year, 2, 29),))
    raise BadInput(f"Tanggal 29 Februari {today.year} tidak ada; yang berikutnya {long_date(date(year, 2, 29))}.")


def _day_of_some_month(day: int, today: date) -> Days:
    if not 1 <= day <= 31:
        raise BadInput(f"Tanggal {day} tidak ada.")
    first, passed = today.replace(day=1), False
    while day > last_day(first.year, first.month) or first.replace(day=day) < today:
        first, passed = _months_on(first, 1), True
    why = f"Tanggal {day} bulan ini sudah lewat atau tidak ada." if passed else ""
    return Days(dates=(first.replace(day=day),), sure=not passed, why=why)


def _months_on(day: date, count: int) -> date:
    """The first of the month that many months away."""
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _month_ahead(count: int, today: date) -> Days:
    first = _months_on(today, count)
    end = last_day(first.year, first.month)
    dates = tuple(first.replace(day=day) for day in (1, 15, end))
    return Days(dates=_ahead_of(dates, today), known=False)


def _ahead(count: int, unit: str, today: date) -> Days:
    if unit in {"hari", "minggu", "pekan"}:
        return Days(dates=(today + count * DAY * (1 if unit == "hari" else 7),))
    first = _months_on(today, count * (1 if unit == "bulan" else 12))
    if first.year > LAST_YEAR:
        raise BadInput(f"Tahun {first.year} di luar jangkauan.")
    day = first.replace(day=min(today.day, last_day(first.year, first.month)))
    return Days(dates=(day,), sure=False, why="Tanggalnya belum disebutkan dengan pasti.")


def _part(part: Part, today: date) -> Days:
    if part.of == "pekan":
        return _part_of_week(part, today)
    ahead = part.ahead or 0
    first = _months_on(today, ahead)
    if part.of == "tahun":
        year = today.year + (1 if part.which == "awal" and part.ahead is None else ahead)
        first = date(year, {"awal": 1, "pertengahan": 6, "akhir": 12}[part.which], 1)
    elif part.month:
        first = date(part.year or today.year, part.month, 1)
    dates = _part_of_month(part.which, first)
    if part.ahead is None and part.year is None and dates[-1] < today:
        dates = _part_of_month(part.which, _months_on(first, 12 if part.month or part.of == "tahun" else 1))
    return Days(dates=_ahead_of(dates, today), known=False)


def _part_of_month(which: str, first: date) -> tuple[date, ...]:
    end = last_day(first.year, first.month)
    days = {"awal": (1, 2, 3), "pertengahan": (14, 15, 16), "akhir": (end - 2, end - 1, end)}[which]
    return tuple(first.replace(day=day) for day in days)


def _part_of_week(part: Part, today: date) -> Days:
    monday = _monday(today, part.ahead or 0)
    days = {"awal": (0, 1), "pertengahan": (2, 3), "akhir": (5, 6)}[part.which]
    dates = tuple(monday + n * DAY for n in days)
    if part.ahead is None and dates[-1] < today:
        dates = tuple(day + 7 * DAY for day in dates)
    return Days(dates=_ahead_of(dates, today), known=False)


def _ahead_of(dates: tuple[date, ...], today: date) -> tuple[date, ...]:
    """Those to come; all of them where none is, so that it can be said what has passed."""
    return tuple(day for day in dates if day >= today) or dates


# --- Weeks and weekdays ---


def _monday(today: date, weeks: int) -> date:
    return today + (7 * weeks - today.weekday()) * DAY


def _week(week: Week, today: date) -> Days:
    monday = _monday(today, week.ahead)
    dates = [monday + n * DAY for n in range(7 if week.or_sunday else 5)]
    if week.or_sunday and week.ahead == 1:
        dates.insert(0, today + ((6 - today.weekday()) or 7) * DAY)
    why = "“Minggu” dapat berarti pekan atau hari Minggu." if week.or_sunday else ""
    return Days(dates=_ahead_of(tuple(sorted(set(dates))), today), known=False, why=why)


def _week_said(said: Said) -> Week | None:
    if said.ahead:
        return Week(ahead=said.ahead[0])
    return said.week


def _weekday(weekday: Weekday, week: Week | None, today: date) -> Days:
    number = (weekday.number - 1) % 7 if weekday.eve else weekday.number
    found = _in_week(number, week.ahead, today) if week else _coming(number, weekday, today)
    if not weekday.perhaps:
        return found
    why = f"“Malam {DAYS[weekday.number]}” dapat berarti malam sebelumnya."
    return Days(dates=(found.dates[0], found.dates[0] + DAY), sure=False, why=why)


def _in_week(number: int, ahead: int, today: date) -> Days:
    day = _monday(today, ahead) + number * DAY
    if ahead < 1 or 6 not in {number, today.weekday()}:
        return Days(dates=(day,))
    other = day + 7 * DAY if today.weekday() == 6 else day - 7 * DAY
    return Days(dates=(day, other), sure=False, why="Pekan dapat dihitung mulai Senin atau mulai Minggu.")


def _coming(number: int, weekday: Weekday, today: date) -> Days:
    next_one = today + ((number - today.weekday()) % 7) * DAY
    name = DAYS[number]
    if weekday.coming == "lalu":
        return Days(dates=(next_one - 7 * DAY,))
    if weekday.coming == "ini":
        passed = number < today.weekday()
        return Days(dates=(next_one,), sure=not passed, why=f"{name} pekan ini sudah lewat." if passed else "")
    if weekday.coming == "depan":
        return _next(number, today)
    if next_one == today and not weekday.eve:
        return Days(dates=(today, today + 7 * DAY), why=f"Hari ini juga {name}.")
    return Days(dates=(next_one,))


def _next(number: int, today: date) -> Days:
    """*Jumat depan*, said on a Thursday: tomorrow, or in the week to come."""
    soon = today + ((number - today.weekday()) % 7) * DAY
    in_next_week = _monday(today, 1) + number * DAY
    if soon == today:
        return Days(dates=(in_next_week, today), sure=False, why=f"Hari ini {DAYS[number]}.")
    if soon != in_next_week:
        return Days(dates=(in_next_week, soon), sure=False, why=f"“{DAYS[number]} depan” dapat berarti dua tanggal.")
    if soon == today + DAY:
        return Days(dates=(soon, soon + 7 * DAY), sure=False, why=f"Besok sudah {DAYS[number]}.")
    return Days(dates=(soon,))
