"""F03: a range runs forward, and lasts as long as the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bakohumas_bot.checks.announcements import F04
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import last_day
from bakohumas_bot.domain.dates import DateSpan, find_dates
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.months import MonthRange, find_month_ranges
from bakohumas_bot.domain.numerals import NUMERAL_PATTERN, like, numeral
from bakohumas_bot.domain.passages import Passage, sentences

_DURATION = re.compile(
    rf"(?P<lead>\b(?:selama|berlangsung|berdurasi|dalam\s{{1,2}}waktu|sepanjang)\s{{1,3}}(?:kurang\s{{1,2}}lebih\s{{1,2}})?)?"
    rf"(?<![\w.,/])(?P<count>[0-9]{{1,3}}|{NUMERAL_PATTERN})(?:\s?\(\s?(?P<again>[0-9]{{1,3}}|{NUMERAL_PATTERN})\s?\))?"
    r"\s{1,3}(?P<unit>hari|minggu|pekan|bulan)\b(?:(?P<working>\s{1,2}kerja\b)|(?P<calendar>\s{1,2}kalender\b))?"
    r"(?!\s{1,3}(?:sebelum|setelah|sesudah|sejak|lagi|lalu|menjelang|ke\s?depan|kemudian|pertama|terakhir|berikut|jelang"
    r"|mendatang|depan|sekali|ini|itu\s{1,2}sebelum))",
    re.IGNORECASE,
)
# `tiga hari, 23–25 November` and `23–25 November (tiga hari)` need no *selama*.
_TOUCHING = re.compile(
    r"[\s,(:–—-]{0,4}(?:(?:penuh|berturut-turut|yakni|yaitu|mulai|dari|pada|tanggal|tgl\.?|sejak|hari)[\s,:]{1,3}){0,4}\(?",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:tiap|setiap|masing-masing|per|gelombang|angkatan|batch|sesi|kelompok|bergantian|bergiliran|secara\s{1,2}bertahap"
    r"|antara\s{1,2}lain|di\s{1,2}antaranya|paling\s{1,2}(?:lama|lambat|singkat)|selambat|kurang\s{1,2}dari"
    r"|lebih\s{1,2}dari|sekitar|hampir|minimal|maksimal|kurang\s{1,2}lebih)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:\A|\n)[ \t*_]{0,4}(?:[A-Z][\w.-]{1,24}\s{0,2}){1,4}(?:,|\()\s{0,2}\Z")
_YEARS = re.compile(
    r"\b(?:periode|masa\s{1,2}(?:jabatan|bakti)|tahun|kurun)\s{1,3}(?P<first>(?:19|20)[0-9]{2})\s{0,2}(?:-|–|—|s\.d\.|s/d"
    r"|sampai(?:\s{1,2}dengan)?|hingga)\s{0,2}(?P<last>(?:19|20)[0-9]{2})(?![\w/.-])",
    re.IGNORECASE,
)
_TOO_LONG = timedelta(days=300)


@dataclass(frozen=True, kw_only=True)
class _Period:
    first: DateSpan
    last: DateSpan
    begins: date
    ends: date

    @property
    def start(self) -> int:
        return self.first.start

    @property
    def end(self) -> int:
        return self.last.end

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days + 1


def ranges(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        periods = [period for period in _periods(text, checkup.today) if not _opens_a_report(text, period)]
        milder = [
            (p.start, Severity.SARAN if told_as_wrong(checkup.content.kind, text, p.start) else None) for p in periods
        ]
        gravity = dict(milder)
        for period in periods:
            if period.days < 1 or (period.first.lent and timedelta(days=period.days) > _TOO_LONG):
                yield _reversed(field, text, period, gravity[period.start])
        forward = [period for period in periods if period.days > 1]
        yield from _durations(field, text, forward, find_month_ranges(text), gravity)
        for years in _YEARS.finditer(text):
            if years["first"] > years["last"]:
                yield _reversed_years(field, years)


def _periods(text: str, today: date) -> Iterator[_Period]:
    dates = find_dates(text)
    for first, last in pairwise(dates):
        if not last.ends or first.ends:
            continue
        begins, ends = _day(first, today), _day(last, today)
        if begins and ends:
            if first.year is None and first.month > last.month:
                ends = _day(last, today.replace(year=today.year + 1, day=1)) or ends
            yield _Period(first=first, last=last, begins=begins, ends=ends)


def _day(span: DateSpan, today: date) -> date | None:
    year = span.year or today.year
    if not (1 <= span.month <= 12 and 1 <= year <= 9999 and 1 <= span.day <= last_day(year, span.month)):
        return None
    return date(year, span.month, span.day)


def _opens_a_report(text: str, period: _Period) -> bool:
    """`Pamekasan, 17 Juli 2025 – Senin, 14 Juli 2025, KPU ...`: the dash of a dateline joins nothing."""
    if period.first.start == period.last.start:
        return False
    return _DATELINE.search(text, max(0, period.start - 100), period.start) is not None


def _reversed(field: str, text: str, period: _Period, severity: Severity | None) -> Finding:
    first, last = period.first, period.last
    if first.start == last.start:
        a, b = (first.day_at, last.day_at) if first.month_at == last.month_at else (_whole(first), _whole(last))
    else:
        a, b = (first.start, first.end), (last.start, last.end)
    lent = first.year_at is None and last.year_at is not None and first.month_at != last.month_at
    swapped = (
        text[period.start : a[0]] + text[slice(*b)] + text[a[1] : b[0]] + text[slice(*a)] + text[b[1] : period.end]
    )
    weekdays = first.start == last.start and first.weekday is not None
    repairs = () if lent or weekdays else (Repair(label=" ".join(swapped.split()), text=swapped),)
    return F03.finding(
        Place(field=field, start=period.start, end=period.end),
        severity=severity,
        says="terbalik",
        repairs=repairs,
        printed=" ".join(text[period.start : period.end].split()),
    )


def _whole(span: DateSpan) -> tuple[int, int]:
    return span.day_at[0], (span.year_at or span.month_at)[1]


def _reversed_years(field: str, years: re.Match[str]) -> Finding:
    start, end = years.start("first"), years.end("last")
    middle = years.string[years.end("first") : years.start("last")]
    swapped = years["last"] + middle + years["first"]
    return F03.finding(
        Place(field=field, start=start, end=end),
        says="terbalik",
        repairs=(Repair(label=swapped, text=swapped),),
        printed=years.string[start:end],
    )


def _durations(
    field: str, text: str, periods: list[_Period], months: list[MonthRange], gravity: dict[int, Severity | None]
) -> Iterator[Finding]:
    if not periods and not months:
        return
    for sentence in sentences(text):
        inside = [period for period in periods if sentence.start <= period.start < sentence.end]
        spans = [spell for spell in months if sentence.start <= spell.start < sentence.end]
        if len(inside) + len(spans) != 1 or _APART.search(sentence.text.replace("kurang lebih", "")):
            continue
        told = list(_DURATION.finditer(sentence.text))
        if len(told) != 1:
            continue
        found = inside[0] if inside else spans[0]
        if _belong(sentence, told[0], found) and not _agree(told[0], found):
            yield _wrong_length(field, sentence, told[0], found, gravity.get(found.start))


def _belong(sentence: Passage, told: re.Match[str], found: _Period | MonthRange) -> bool:
    start, end = found.start - sentence.start, found.end - sentence.start
    gap = sentence.text[told.end() : start] if told.end() <= start else sentence.text[end : told.start()]
    if _TOUCHING.fullmatch(gap):
        return True
    return told["lead"] is not None and len(gap) <= 90 and ";" not in gap


def _agree(told: re.Match[str], found: _Period | MonthRange) -> bool:
    count, unit = numeral(told["count"]), told["unit"].casefold()
    if isinstance(found, MonthRange):
        return unit != "bulan" or count == found.months
    if unit == "bulan":
        return abs(found.days - 30.44 * count) <= 4
    if unit in {"minggu", "pekan"}:
        return 7 * count - 3 <= found.days <= 7 * count + 1
    working = sum((found.begins + timedelta(days=step)).weekday() < 5 for step in range(min(found.days, 400)))
    if told["working"]:
        return working - 5 <= count <= working
    if told["calendar"]:
        return count == found.days
    return count in {found.days, working} or found.days > 400


def _wrong_length(
    field: str, sentence: Passage, told: re.Match[str], found: _Period | MonthRange, severity: Severity | None
) -> Finding:
    unit = told["unit"].casefold()
    real = found.months if isinstance(found, MonthRange) else found.days
    named = "bulan" if isinstance(found, MonthRange) else "hari"
    repairs: tuple[Repair, ...] = ()
    if unit == named and not told["working"]:
        mended = like(real, told["count"])
        if told["again"]:
            again = str(real) if told["again"].isdigit() else like(real, "satu")
            mended = sentence.text[told.start("count") : told.end("again") + 1].replace(told["again"], again, 1)
            mended = like(real, told["count"]) + mended[len(told["count"]) :]
        text = sentence.text[told.start() : told.start("count")] + mended
        text += sentence.text[told.end("again") + 1 if told["again"] else told.end("count") : told.end()]
        repairs = (Repair(label=" ".join(text.split()), text=text),)
    return F03.finding(
        Place(field=field, start=sentence.start + told.start(), end=sentence.start + told.end()),
        severity=severity,
        says="lama",
        repairs=repairs,
        printed=" ".join(told[0].split()),
        period=" ".join(sentence.text[found.start - sentence.start : found.end - sentence.start].split()),
        real=f"{real} {named}",
    )


F03 = Rule(
    code="F03",
    name="RENTANG",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=ranges,
    about="Rentang tanggal yang terbalik, dan lama kegiatan (“selama tiga hari”) yang tidak sama dengan rentangnya.",
)
RULES = (F03, F04)
