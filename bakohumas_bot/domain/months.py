"""Finds ranges of whole months: `Maret – Juni 2021`, `Januari sampai dengan Juni`, `November 2026–Januari 2027`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bakohumas_bot.domain.almanac import MONTH_PATTERN, month_number


@dataclass(frozen=True, kw_only=True)
class MonthRange:
    """`year` is that of the last month, where one is told."""

    start: int
    end: int
    first: int
    last: int
    year: int | None

    @property
    def months(self) -> int:
        return (self.last - self.first) % 12 + 1


_S = r"[ \t\r\n\u00a0*_]"
_RANGE = re.compile(
    rf"(?<![0-9]\s)(?<![0-9]\s\s)(?<!\w)(?P<first>{MONTH_PATTERN})\b\.?(?:{_S}{{1,3}}(?P<year>[0-9]{{4}}))?"
    rf"{_S}{{0,3}}(?:-|–|—|s\.{_S}?d\.?|s/d|sd\b|sampai{_S}dengan|sampai|hingga){_S}{{0,3}}(?:bulan{_S}{{1,3}})?"
    rf"(?P<last>{MONTH_PATTERN})\b\.?(?:{_S}{{0,3}}(?:tahun{_S}{{1,3}})?(?P<last_year>[0-9]{{4}})(?![0-9]))?",
    re.IGNORECASE | re.ASCII,
)


def find_month_ranges(text: str) -> list[MonthRange]:
    return [
        MonthRange(
            start=match.start(),
            end=match.end(),
            first=month_number(match["first"]),
            last=month_number(match["last"]),
            year=int(match["last_year"] or match["year"]) if match["last_year"] or match["year"] else None,
        )
        for match in _RANGE.finditer(text)
        if (match["last_year"] or "0") >= (match["year"] or "0")
        and month_number(match["first"]) != month_number(match["last"])
    ]
