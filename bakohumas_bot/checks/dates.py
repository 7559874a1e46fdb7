"""Family F: the facts of the calendar. A weekday must fit its date, and a date must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import DAYS, MONTHS, last_day, long_date, nearest_with_weekday, short_date
from bakohumas_bot.domain.dates import DateSpan, find_dates
from bakohumas_bot.domain.findings import Finding, Override, Severity

_CALLED_A_DATE = re.compile(r"(?:tanggal|tgl\.?)\s{1,3}\Z", re.IGNORECASE)
_CALLED_A_NUMBER = re.compile(r"(?:nomor|no\.?)\s{0,3}:?\s{0,3}\Z", re.IGNORECASE)


def weekdays(checkup: Checkup) -> Iterator[Finding]:
    """A date without a year is taken as the nearest one, or of a year that the same text names."""
    for field, text in texts(checkup.content):
        dates = find_dates(text)
        named_years = {span.year for span in dates if span.year}
        for span in dates:
            if span.weekday is None or not _exists(span):
                continue
            printed = _as_date(span, (checkup.content.publish_at or checkup.now).astimezone(checkup.office.zone).date())
            if printed.weekday() == span.weekday or _fits_a_year(span, named_years):
                continue
            mild = span.year is None or told_as_wrong(checkup.content.kind, text, span.start)
            yield F01.finding(
                Place(field=field, start=span.start, end=span.end),
                severity=Severity.PERINGATAN if mild else None,
                says="tanpa_tahun" if span.year is None else "",
                date=short_date(printed),
                printed_day=DAYS[span.weekday],
                real_day=DAYS[printed.weekday()],
                by_date=long_date(printed),
                by_day=long_date(nearest_with_weekday(printed, span.weekday)),
            )


def impossible_dates(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for span in find_dates(text):
            if _exists(span) or not _surely_a_date(span, text):
                continue
            mild = told_as_wrong(checkup.content.kind, text, span.start)
            known_month = 1 <= span.month <= 12
            yield F02.finding(
                Place(field=field, start=span.start, end=span.end),
                severity=Severity.PERINGATAN if mild else None,
                says="" if known_month else "bulan",
                printed=text[span.start : span.end].strip(),
                month=_month_name(span) if known_month else span.month,
                last=_last(span) if known_month else 12,
            )


def _exists(span: DateSpan) -> bool:
    return 1 <= span.month <= 12 and 1 <= span.day <= _last(span) and (span.year is None or span.year >= 1)


def _last(span: DateSpan) -> int:
    return last_day(span.year or 2000, span.month)


def _month_name(span: DateSpan) -> str:
    name = MONTHS[span.month - 1]
    return f"{name} {span.year}" if span.year else name


def _surely_a_date(span: DateSpan, text: str) -> bool:
    """`Edisi 45 Mei 2021` and `Nomor 26/13/2026` count something else; 31 Juni can only be a date."""
    before = text[max(0, span.start - 12) : span.start]
    if span.weekday is not None or _CALLED_A_DATE.search(before):
        return True
    return 1 <= span.day <= 31 and 1 <= span.month <= 12 and not _CALLED_A_NUMBER.search(before)


def _as_date(span: DateSpan, today: date) -> date:
    if span.year is not None:
        return date(span.year, span.month, span.day)
    near = (_in_year(span, today.year + step) for step in (0, -1, 1, -2, 2, -3, 3))
    return min((day for day in near if day), key=lambda day: abs(day - today))


def _in_year(span: DateSpan, year: int) -> date | None:
    return date(year, span.month, span.day) if span.day <= last_day(year, span.month) else None


def _fits_a_year(span: DateSpan, years: set[int]) -> bool:
    if span.year is not None:
        return False
    days = (_in_year(span, year) for year in years)
    return any(day is not None and day.weekday() == span.weekday for day in days)


F01 = Rule(
    code="F01",
    name="HARI_TANGGAL",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=weekdays,
)
F02 = Rule(
    code="F02",
    name="TANGGAL_MUSTAHIL",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=impossible_dates,
)
RULES = (F01, F02)
