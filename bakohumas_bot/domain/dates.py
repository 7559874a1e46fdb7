"""Finds dates in running Indonesian text, with the weekday printed beside them.

Text is cut into tokens (a weekday, a date, a day alone) and read as a story: weekdays wait for the dates right after
them, and a date without a year takes the year of the date it is joined to. Every repetition is bounded, so the time
is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bakohumas_bot.domain.almanac import (
    DAY_PATTERN,
    MONTH_PATTERN,
    SHORT_DAY_PATTERN,
    month_number,
    weekday_number,
)


@dataclass(frozen=True, kw_only=True)
class DateSpan:
    """A date as printed, possible or not; `start` and `end` are code points and take in its weekday.

    `weekday` counts from Monday = 0; *malam Minggu* is Saturday. `numeric` tells 26/11/2026 from 26 November 2026.
    """

    start: int
    end: int
    weekday: int | None
    day: int
    month: int
    year: int | None
    numeric: bool = False


_S = r"[ \t\r\n\u00a0*_]"  # spaces, and the marks of bold and italic
_JOIN = rf"{_S}{{0,3}}(?:-|–|—|s\.{_S}?d\.?|s/d|sd\b|sampai{_S}dengan|sampai|hingga|dan|&){_S}{{0,3}}"
_DAY = r"[0-9]{1,2}"
_FRESH = r"(?<![\w/])(?<![0-9][.,:-])"  # not the tail of a longer number, an address or a letter's number

_TOKENS = re.compile(
    rf"""
    (?P<weekdays> (?<!\w) (?:(?P<eve>malam){_S}{{1,3}})? (?P<w1>{DAY_PATTERN}|{SHORT_DAY_PATTERN}) (?!\w)
        (?: {_JOIN} (?P<w2>{DAY_PATTERN}) (?!\w) )? )
  | (?P<worded> (?<![\w/]) (?<![0-9][.,:]) (?P<d1>{_DAY}) (?:{_JOIN} (?P<d2>{_DAY}))?
        {_S}{{0,3}} (?P<month>{MONTH_PATTERN}) (?![^\W\d_])
        (?: (?: (?<=\W[a-z]{{3}}) \. )? {_S}{{0,3}} (?P<year>[0-9]{{4}}) (?![0-9]) )? )
  | (?P<slashed> {_FRESH} (?P<s1>{_DAY}) (?:{_JOIN} (?P<s2>{_DAY}))? / (?P<smonth>{_DAY})
        (?: / (?P<syear>[0-9]{{4}}|[0-9]{{2}}) )? (?![\w/]|[.,-][0-9]) )
  | (?P<dotted> {_FRESH} (?P<p1>{_DAY}) (?P<mark>[.-]) (?P<pmonth>{_DAY}) (?P=mark) (?P<pyear>[0-9]{{4}})
        (?![\w/]|[.,-][0-9]) )
  | (?P<alone> {_FRESH} (?P<a1>{_DAY}) (?= {_JOIN} (?:{DAY_PATTERN}) (?!\w) ) )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)

# What may stand between a weekday and its date: `Kamis pagi (`, `Selasa tanggal `, `Senin , `.
_BESIDE = re.compile(
    rf"(?:{_S}{{1,3}}(?P<when>pagi|siang|sore|petang|malam|ini|besok|lusa|kemarin|lalu|depan|mendatang"
    r"|legi|pahing|pon|wage|kliwon))?"
    rf"{_S}{{0,3}}[,.:]?{_S}{{0,3}}(?:\(|\[)?{_S}{{0,2}}(?:(?:tanggal|tgl\.?){_S}{{0,3}}:?{_S}{{0,3}})?\(?{_S}{{0,2}}",
    re.IGNORECASE | re.ASCII,
)
_BETWEEN = re.compile(rf"\)?{_JOIN}", re.IGNORECASE | re.ASCII)

# "dua minggu (11-24/01/2027)" counts weeks, and so does "Minggu depan"; only a Minggu that stands alone is Sunday.
_COUNTS_WEEKS = re.compile(
    r"(?:\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|beberapa|per|tiap|setiap|awal|akhir|pertengahan|selama"
    r"|dalam|[0-9]{1,2})|\))\s{1,3}\Z",
    re.IGNORECASE,
)
_RELATIVE = frozenset({"ini", "lalu", "depan", "mendatang"})


def find_dates(text: str) -> list[DateSpan]:
    """Every date of `text` in order. A date without a year is only found beside a weekday or a month's name."""
    return _with_years(text, list(_dated(text)))


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """Weekdays read, whose dates must follow at once. `days` is empty for a list of three and more."""

    days: tuple[int, ...]
    start: int
    end: int
    eats_weeks: bool


def _dated(text: str) -> Iterator[DateSpan]:
    waiting: _Waiting | None = None
    alone: DateSpan | None = None
    for token in _TOKENS.finditer(text):
        beside = _beside(text, waiting, token.start()) if waiting else None
        if token["weekdays"]:
            listed = waiting is not None and text[waiting.end : token.start()].strip() == ","
            waiting = _weekdays(token, listed=listed)
            continue
        dates = _printed(token)
        if beside and waiting:
            dates = _marry(waiting, dates)
        elif token["slashed"] and len(token["syear"] or "") != 4:
            dates = []  # 9/2022, 1/2: a number of something, unless a weekday stands beside it
        waiting = None
        if token["alone"]:
            alone = dates[0] if beside else None
            continue
        if alone and beside:
            yield replace(alone, month=dates[-1].month, year=dates[-1].year)
        alone = None
        yield from dates


def _weekdays(token: re.Match[str], *, listed: bool) -> _Waiting:
    words = [token["w1"], *([token["w2"]] if token["w2"] else [])]
    back = 1 if token["eve"] else 0
    return _Waiting(
        days=() if listed else tuple((weekday_number(word) - back) % 7 for word in words),
        start=token.start(),
        end=token.end(),
        eats_weeks=words[-1].casefold() == "minggu" and not token["eve"] and len(words) == 1,
    )


def _beside(text: str, waiting: _Waiting, at: int) -> bool:
    if at - waiting.end > 32:
        return False
    gap = _BESIDE.fullmatch(text, waiting.end, at)
    if gap is None:
        return False
    if not waiting.eats_weeks:
        return True
    relative = (gap["when"] or "").casefold() in _RELATIVE
    return not relative and not _COUNTS_WEEKS.search(text[max(0, waiting.start - 16) : waiting.start])


def _printed(token: re.Match[str]) -> list[DateSpan]:
    """The dates of one token; of a range both ends, each with the span of the whole."""
    if token["worded"]:
        days, month, year = (token["d1"], token["d2"]), month_number(token["month"]), token["year"]
    elif token["slashed"]:
        days, month, year = (token["s1"], token["s2"]), int(token["smonth"]), token["syear"]
    elif token["dotted"]:
        days, month, year = (token["p1"], None), int(token["pmonth"]), token["pyear"]
    else:
        days, month, year = (token["a1"], None), 0, None
    return [
        DateSpan(
            start=token.start(),
            end=token.end(),
            weekday=None,
            day=int(day),
            month=month,
            year=_year(year),
            numeric=not token["worded"],
        )
        for day in days
        if day
    ]


def _year(digits: str | None) -> int | None:
    return None if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def _marry(waiting: _Waiting, dates: list[DateSpan]) -> list[DateSpan]:
    """One weekday belongs to the first date; two belong to two. Two weekdays before one date say nothing certain."""
    wide = [replace(date, start=waiting.start) for date in dates]
    if len(waiting.days) == 1:
        return [replace(wide[0], weekday=waiting.days[0]), *wide[1:]]
    if len(wide) == len(waiting.days):
        return [replace(date, weekday=day) for date, day in zip(wide, waiting.days, strict=True)]
    return wide


def _with_years(text: str, dates: list[DateSpan]) -> list[DateSpan]:
    """`Senin, 28 Februari – Rabu, 2 Maret 2022`: the first takes the year of the one it is joined to."""
    lent: list[DateSpan] = []
    for date in reversed(dates):
        following = lent[-1] if lent else None
        lent.append(replace(date, year=following.year) if following and _joined(text, date, following) else date)
    return lent[::-1]


def _joined(text: str, date: DateSpan, following: DateSpan) -> bool:
    if date.year is not None or following.start - date.end > 32:
        return False
    return date.start == following.start or _BETWEEN.fullmatch(text, date.end, following.start) is not None
