"""Numbers of official letters: `542/HM.03.5-Kpt/06/KPU/VIII/2021`, and the shorter form of later years.

Serial, archive code and kind, unit or region, level, month in Roman figures, year. Source: decisions of KPU and of
KPU Provinsi Kalimantan Timur of 2021; the form without level and month is in use besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bakohumas_bot.domain.dates import DateSpan, find_dates

MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LEVELS = ("KPU", "Prov", "Kab", "Kota")
_S = r"[ \t\u00a0]{0,2}"
_SLASH = rf"{_S}/{_S}"
_NUMBER = re.compile(
    rf"(?<![\w/.-])(?P<serial>[0-9]{{1,4}}){_SLASH}(?P<code>[A-Z]{{2}}\.?[0-9]{{2}}(?:\.[0-9]{{1,2}})?)"
    rf"(?:{_S}-{_S}(?P<kind>[A-Za-z]{{2,5}}))?{_SLASH}(?P<unit>[0-9]{{2}}(?:\.?[0-9]{{2}})?)"
    rf"(?:{_SLASH}(?P<level>(?i:kpu|prov|kab|kota)))?(?:{_SLASH}(?P<month>[IVXLivxl]{{1,6}}|[0-9]{{1,2}}))?"
    rf"{_SLASH}(?P<year>[0-9]{{4}})(?![0-9/])"
)
_DATED_AFTER = re.compile(r"[\s,;()*_|.]{0,8}(?:ter)?(?:tanggal|tgl\.?)[\s*_]{0,3}:?[\s*_]{0,4}", re.IGNORECASE)
_DATED_BEFORE = re.compile(
    r"[\s,;()*_|]{0,6}(?:(?:dengan\s{1,3})?(?:nomor|no\.?)[\s*_]{0,3}:?)?[\s*_]{0,4}", re.IGNORECASE
)
_CALLED_DATE = re.compile(r"(?:tanggal|tgl\.?)[\s*_]{0,3}:?[\s*_]{0,3}\Z", re.IGNORECASE)
_NEAR = 70


@dataclass(frozen=True, kw_only=True)
class LetterNumber:
    """As printed; `dated` is the letter's date, where the text names it beside the number."""

    start: int
    end: int
    printed: str
    serial: str
    code: str
    kind: str
    unit: str
    level: str
    month: str
    year: int
    dated: date | None

    def written(self, *, month: str | None = None, year: int | None = None) -> str:
        """In the usual form: no spaces, the level and the month spelled as the commission does."""
        code = self.code if self.code[2] == "." else f"{self.code[:2]}.{self.code[2:]}"
        level = next((level for level in LEVELS if level.casefold() == self.level.casefold()), "")
        parts = [self.serial, f"{code}-{self.kind}" if self.kind else code, self.unit.replace(".", ""), level]
        return "/".join(filter(None, [*parts, month or self.month.upper(), str(year or self.year)]))


def find_letter_numbers(text: str) -> Iterator[LetterNumber]:
    for found in _NUMBER.finditer(text):
        yield LetterNumber(
            start=found.start(),
            end=found.end(),
            printed=found[0],
            serial=found["serial"],
            code=found["code"],
            kind=found["kind"] or "",
            unit=found["unit"],
            level=found["level"] or "",
            month=found["month"] or "",
            year=int(found["year"]),
            dated=_date_of(text, found.start(), found.end()),
        )


def _date_of(text: str, start: int, end: int) -> date | None:
    """`Nomor ... tanggal 24 Agustus 2021`, `tanggal 24 Agustus 2021 Nomor ...`."""
    after = _DATED_AFTER.match(text, end)
    if after is not None:
        following = text[after.end() : after.end() + _NEAR]
        return next((_as_date(span) for span in find_dates(following) if span.start == 0), None)
    window = text[max(0, start - _NEAR) : start]
    for span in reversed(find_dates(window)):
        if _DATED_BEFORE.fullmatch(window, span.end) and _CALLED_DATE.search(window[: span.start]):
            return _as_date(span)
    return None


def _as_date(span: DateSpan) -> date | None:
    try:
        return date(span.year, span.month, span.day) if span.year else None
    except ValueError:
        return None
