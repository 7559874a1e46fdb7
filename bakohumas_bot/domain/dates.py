"""Finds dates in running Indonesian text, with the weekday printed beside them.

Text is cut into tokens (a weekday, a date, a day alone) and read as a story: weekdays wait for the dates right after
them, and a date without a year takes the year of the date it is joined to. Every repetition is bounded, so the time
is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bakohumas_bot.domain.almanac import (
    DAY_PATTERN,
    MONTH_PATTERN,
    SHORT_DAY_PATTERN,
    month_number,
    weekday_number,
)

Piece = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class DateSpan:
    """A date as printed, possible or not; `start` and `end` are code points and take in its weekday.

    `weekday` counts from Monday = 0; *malam Minggu* (`eve`) is Saturday. `numeric` tells 26/11/2026 from 26 November
    2026. The pieces say where each part is printed. `ends` marks the last date of a range whose first is the date
    before it; `lent` a year that is printed at the other end of that range.
    """

    start: int
    end: int
    weekday: int | None
    day: int
    month: int
    year: int | None
    numeric: bool = False
    eve: bool = False
    lent: bool = False
    ends: bool = False
    weekday_at: Piece | None = None
    day_at: Piece = (0, 0)
    month_at: Piece = (0, 0)
    year_at: Piece | None = None


_S = r"[ \t\r\n\u00a0*_]"  # spaces, and the marks of bold and italic
_UNTIL = rf"-|–|—|s\.{_S}?d\.?|s/d|sd\b|sampai{_S}dengan|sampai|hingga"
_JOIN = rf"{_S}{{0,3}}(?:{_UNTIL}|dan|&){_S}{{0,3}}"
_DAY = r"[0-9]{1,2}"
_FRESH = r"(?<![\w/])(?<![0-9][.,:-])"  # not the tail of a longer number, an address or a letter's number
_LAST = r"(?![\w/]|[.,-][0-9])"

_TOKENS = re.compile(
    rf"""
    (?P<weekdays> (?<!\w) (?:(?P<eve>malam){_S}{{1,3}})? (?P<w1>{DAY_PATTERN}|(?P<short>{SHORT_DAY_PATTERN})) (?!\w)
        (?: {_JOIN} (?P<w2>{DAY_PATTERN}) (?!\w) )? )
  | (?P<worded> (?<![\w/]) (?<![0-9][.,:]) (?P<d1>{_DAY}) (?:(?P<wjoin>{_JOIN}) (?P<d2>{_DAY}))?
        {_S}{{0,3}} (?:bulan{_S}{{1,3}})? (?P<month>{MONTH_PATTERN}) (?![^\W\d_])
        (?: (?: (?<=\W[a-z]{{3}}) \. )? {_S}{{0,3}} (?:tahun{_S}{{1,3}})? (?P<year>[0-9]{{4}}) (?![0-9]) )? )
  | (?P<spanned> {_FRESH} (?P<r1>{_DAY}) / (?P<rmonth>{_DAY}) (?: / (?P<ryear>[0-9]{{4}}|[0-9]{{2}}) )?
        (?P<rjoin>{_JOIN}) (?P<r2>{_DAY}) / (?P<rmonth2>{_DAY}) (?: / (?P<ryear2>[0-9]{{4}}|[0-9]{{2}}) )? {_LAST} )
  | (?P<slashed> {_FRESH} (?P<s1>{_DAY}) (?:(?P<sjoin>{_JOIN}) (?P<s2>{_DAY}))? / (?P<smonth>{_DAY})
        (?: / (?P<syear>[0-9]{{4}}|[0-9]{{2}}) )? {_LAST} )
  | (?P<dotted> {_FRESH} (?P<p1>{_DAY}) (?P<mark>[.-]) (?P<pmonth>{_DAY}) (?P=mark) (?P<pyear>[0-9]{{4}}) {_LAST} )
  | (?P<iso> {_FRESH} (?P<iyear>[0-9]{{4}}) - (?P<imonth>[0-9]{{2}}) - (?P<iday>[0-9]{{2}}) {_LAST} )
  | (?P<alone> {_FRESH} (?P<a1>{_DAY}) (?= \)? (?P<ajoin>{_JOIN}) (?:{DAY_PATTERN}) (?!\w) ) )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

# What may stand between a weekday and its date: `Kamis pagi (`, `Selasa tanggal `, `Senin , `, a table's next cell.
_BESIDE = re.compile(
    rf"(?:{_S}{{1,3}}(?P<when>pagi|siang|sore|petang|malam|ini|besok|lusa|kemarin|lalu|depan|mendatang|tadi|nanti|esok"
    rf"|legi|pahing|pon|wage|kliwon)(?:{_S}{{1,3}}(?:tadi|nanti|ini|kemarin|lalu|mendatang|wib|wita|wit))?)?"
    rf"(?:{_S}{{0,3}},?{_S}{{1,3}}(?:pukul|jam|pkl\.?){_S}{{1,3}}[0-9]{{1,2}}(?:[.:][0-9]{{2}})?"
    rf"(?:{_S}{{0,3}}(?:wib|wita|wit))?)?"
    rf"{_S}{{0,16}}[,.:|/]?{_S}{{0,16}}(?:\(|\[)?{_S}{{0,2}}(?:(?:tanggal|tgl\.?){_S}{{0,3}}:?{_S}{{0,3}})?\(?{_S}{{0,2}}",
    re.IGNORECASE | re.ASCII,
)
_BEHIND = re.compile(
    rf"{_S}{{0,3}}\({_S}{{0,2}}(?:hari{_S}{{1,3}})?|{_S}{{0,3}},?{_S}{{1,3}}hari{_S}{{1,3}}", re.IGNORECASE
)
_BETWEEN = re.compile(rf"\)?(?P<join>{_JOIN})", re.IGNORECASE | re.ASCII)
_BOTH = re.compile(r"\bdan\b|&", re.IGNORECASE)

# "dua minggu (11-24/01/2027)" counts weeks, and so does "Minggu depan"; only a Minggu that stands alone is Sunday.
_COUNTS_WEEKS = re.compile(
    r"(?:\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|per|tiap|setiap|awal|akhir|pertengahan|selama"
    r"|dalam|[0-9]{1,2})|\))\s{1,3}\Z",
    re.IGNORECASE,
)
_RELATIVE = frozenset({"ini", "lalu", "depan", "mendatang"})
_REACH = 48


@lru_cache(maxsize=32)  # several rules read the same few texts
def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Every date of `text` in order. A date without a year is only found beside a weekday or a month's name."""
    return tuple(_with_years(text, _Story(text).read()))


def same_print(dates: Sequence[DateSpan]) -> list[list[DateSpan]]:
    """The dates grouped by the piece of text that prints them: a range under its weekdays is one piece."""
    groups: list[list[DateSpan]] = []
    for date in dates:
        if groups and (groups[-1][0].start, groups[-1][0].end) == (date.start, date.end):
            groups[-1].append(date)
        else:
            groups.append([date])
    return groups


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """Weekdays read, whose dates must follow at once. `days` is empty for a list of three and more."""

    days: tuple[int, ...]
    at: tuple[Piece, ...]
    start: int
    end: int
    eve: bool
    short: bool
    eats_weeks: bool


class _Story:
    """Reads the tokens one after the other, keeping the dates told so far and what still waits for its date."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.dates: list[DateSpan] = []
        self.waiting: _Waiting | None = None
        self.second: _Waiting | None = None  # two weekdays before a range whose ends are two tokens
        self.alone: DateSpan | None = None

    def read(self) -> list[DateSpan]:
        for token in _TOKENS.finditer(self.text):
            if token["weekdays"]:
                self._weekdays(token)
            else:
                self._date(token)
        return self.dates

    def _weekdays(self, token: re.Match[str]) -> None:
        if self._behind(token):
            return
        waiting = self.waiting
        listed = waiting is not None and self.text[waiting.end : token.start()].strip() == ","
        self.waiting, self.second = _waiting(token, listed=listed), None

    def _behind(self, token: re.Match[str]) -> bool:
        """`26 November 2026 (Kamis)`."""
        last = self.dates[-1] if self.dates else None
        if last is None or last.weekday is not None or token["w2"] or token["short"] or token.start() - last.end > 12:
            return False
        gap = _BEHIND.fullmatch(self.text, last.end, token.start())
        if gap is None or ("(" in gap[0]) != (self.text[token.end() : token.end() + 1] == ")"):
            return False
        day = (weekday_number(token["w1"]) - bool(token["eve"])) % 7
        self.dates[-1] = replace(
            last, end=token.end() + ("(" in gap[0]), weekday=day, eve=bool(token["eve"]), weekday_at=token.span("w1")
        )
        self.waiting = None
        return True

    def _date(self, token: re.Match[str]) -> None:
        waiting, self.waiting = self.waiting, None
        beside = waiting is not None and _beside(self.text, waiting, token)
        dates = _printed(token)
        if beside and waiting:
            dates = _marry(waiting, dates, closed=self._closing(waiting, token))
        elif token["slashed"] and len(token["syear"] or "") != 4:
            dates = []  # 9/2022, 1/2: a number of something, unless a weekday stands beside it
        elif token["spanned"] and len(token["ryear2"] or "") != 4:
            dates = []
        if self.second and dates and not beside:
            self._marry_the_second(token, dates)
            return
        self.second = waiting if beside and waiting and len(waiting.days) == 2 and len(dates) == 1 else None
        if token["alone"]:
            self.alone = dates[0] if beside and dates else None
            return
        if self.alone and beside:
            first = replace(
                self.alone, month=dates[-1].month, year=dates[-1].year, lent=True, month_at=dates[-1].month_at
            )
            self.dates.append(first)
            dates = [replace(dates[0], ends=not _BOTH.search(self.text, first.day_at[1], dates[0].start)), *dates[1:]]
        self.alone = None
        self.dates += dates

    def _closing(self, waiting: _Waiting, token: re.Match[str]) -> int:
        """The end of what is printed, with the bracket that a `Kamis (` has opened."""
        opened = "(" in self.text[waiting.end : token.start()]
        return token.end() + (opened and self.text[token.end() : token.end() + 1] == ")")

    def _marry_the_second(self, token: re.Match[str], dates: list[DateSpan]) -> None:
        """`Senin–Selasa, 30 November–1 Desember 2026`."""
        waiting, self.second, self.alone = self.second, None, None
        first = self.dates[-1]
        if waiting and len(dates) == 1 and _BETWEEN.fullmatch(self.text, first.end, token.start()):
            closed = self._closing(waiting, token)
            both = _marry(waiting, [first, dates[0]], closed=closed)
            self.dates[-1] = both[0]
            dates = both[1:]
        self.dates += dates


def _waiting(token: re.Match[str], *, listed: bool) -> _Waiting:
    words = [name for name in ("w1", "w2") if token[name]]
    back = 1 if token["eve"] else 0
    return _Waiting(
        days=() if listed else tuple((weekday_number(token[name]) - back) % 7 for name in words),
        at=tuple(token.span(name) for name in words),
        start=token.start(),
        end=token.end(),
        eve=bool(token["eve"]),
        short=bool(token["short"]),
        eats_weeks=token["w1"].casefold() == "minggu" and not token["eve"] and len(words) == 1,
    )


def _beside(text: str, waiting: _Waiting, token: re.Match[str]) -> bool:
    at = token.start()
    if at - waiting.end > _REACH:
        return False
    gap = _BESIDE.fullmatch(text, waiting.end, at)
    if gap is None or (waiting.short and not (token["worded"] or token["syear"] or token["pyear"] or token["iso"])):
        return False
    if not waiting.eats_weeks:
        return True
    relative = (gap["when"] or "").casefold() in _RELATIVE
    return not relative and not _COUNTS_WEEKS.search(text[max(0, waiting.start - 16) : waiting.start])


# Of each form of a date: the groups of its day, month and year, twice for a range, and of what joins the two.
_FORMS = {
    "worded": (("d1", "month", "year"), ("d2", "month", "year"), "wjoin"),
    "spanned": (("r1", "rmonth", "ryear"), ("r2", "rmonth2", "ryear2"), "rjoin"),
    "slashed": (("s1", "smonth", "syear"), ("s2", "smonth", "syear"), "sjoin"),
    "dotted": (("p1", "pmonth", "pyear"), None, None),
    "iso": (("iday", "imonth", "iyear"), None, None),
    "alone": (("a1", None, None), None, None),
}


def _printed(token: re.Match[str]) -> list[DateSpan]:
    """The dates of one token; of a range both ends, each with the span of the whole."""
    form = token.lastgroup if token.lastgroup in _FORMS else next(name for name in _FORMS if token[name])
    first, second, join = _FORMS[form]
    dates = [_one(token, first, numeric=form != "worded")]
    if second and token[second[0]]:
        ends = not _BOTH.search(token[join or 0])
        dates.append(replace(_one(token, second, numeric=form != "worded"), ends=ends))
    return dates


def _one(token: re.Match[str], groups: tuple[str, str | None, str | None], *, numeric: bool) -> DateSpan:
    day, month, year = groups
    digits = token[year] if year else None
    return DateSpan(
        start=token.start(),
        end=token.end(),
        weekday=None,
        day=int(token[day]),
        month=_month(token[month]) if month else 0,
        year=int(digits) + (2000 if len(digits) == 2 else 0) if digits else None,
        numeric=numeric,
        day_at=token.span(day),
        month_at=token.span(month) if month else (0, 0),
        year_at=token.span(year) if year and digits else None,
    )


def _month(printed: str) -> int:
    return int(printed) if printed.isdigit() else month_number(printed)


def _marry(waiting: _Waiting, dates: list[DateSpan], *, closed: int) -> list[DateSpan]:
    """One weekday belongs to the first date; two belong to two. Two weekdays before one date say nothing certain."""
    wide = [replace(date, start=waiting.start, end=closed) for date in dates]
    if len(waiting.days) != 1 and len(waiting.days) != len(wide):
        return wide
    married = [
        replace(date, weekday=day, weekday_at=at, eve=waiting.eve)
        for date, day, at in zip(wide, waiting.days, waiting.at, strict=False)
    ]
    return married + wide[len(married) :]


def _with_years(text: str, dates: list[DateSpan]) -> list[DateSpan]:
    """`Senin, 28 Februari – Rabu, 2 Maret 2022`: one end of a range takes the year of the other."""
    told = list(dates)
    for at in range(len(told) - 2, -1, -1):
        first, last = told[at : at + 2]
        join = _joint(text, first, last)
        if join and first.start != last.start:
            told[at + 1] = last = replace(last, ends=not _BOTH.search(join))
        if join is not None and last.year and first.year is None:
            told[at] = replace(first, year=last.year - _new_year_between(first, last), lent=True)
    for at in range(1, len(told)):
        first, last = told[at - 1 : at + 1]
        if first.year and not first.lent and last.year is None and _joint(text, first, last) is not None:
            told[at] = replace(last, year=first.year + _new_year_between(first, last), lent=True)
    return told


def _new_year_between(first: DateSpan, last: DateSpan) -> bool:
    return first.month > last.month


def _joint(text: str, date: DateSpan, following: DateSpan) -> str | None:
    """What joins two dates, if nothing else stands between them."""
    if date.start == following.start:
        return ""
    if following.start - date.end > 32:
        return None
    between = _BETWEEN.fullmatch(text, date.end, following.start)
    return between["join"] if between else None
