"""Writes a date anew in the form in which somebody printed it: same marks, same case, zeros where there were zeros."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bakohumas_bot.domain.almanac import DAYS, MONTHS
from bakohumas_bot.domain.dates import DateSpan, Piece

_FULL_DAYS = frozenset(name.casefold() for name in (*DAYS, "Jum'at", "Jum’at", "Ahad"))
_FULL_MONTHS = frozenset(name.casefold() for name in (*MONTHS, "Nopember", "Pebruari"))
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def with_weekdays(text: str, changes: Iterable[tuple[DateSpan, date]]) -> str | None:
    """The printed dates with the weekdays of the days they name. `malam Minggu` is named after the day to come."""
    pieces: list[tuple[Piece, str]] = []
    whole: DateSpan | None = None
    for span, day in changes:
        whole = span
        if span.weekday_at is None:
            return None
        pieces.append((span.weekday_at, _weekday((day.weekday() + span.eve) % 7, _cut(text, span.weekday_at))))
    return _rewritten(text, whole, pieces) if whole else None


def with_dates(text: str, changes: Iterable[tuple[DateSpan, date]]) -> str | None:
    """The printed dates moved to other days; None where they share a month or a year that then no longer fits."""
    pieces: dict[Piece, str] = {}
    whole: DateSpan | None = None
    for span, day in changes:
        whole = span
        wanted = _moved(text, span, day)
        if any(pieces.get(piece, new) != new for piece, new in wanted):
            return None
        pieces |= dict(wanted)
    return _rewritten(text, whole, list(pieces.items())) if whole else None


def _moved(text: str, span: DateSpan, day: date) -> list[tuple[Piece, str]]:
    printed = _cut(text, span.day_at)
    padded = printed.startswith("0") or (span.numeric and _cut(text, span.month_at).startswith("0"))
    month = _cut(text, span.month_at)
    if day.month != span.month:
        month = f"{day.month:0{len(month)}}" if span.numeric else _month(day.month, month)
    moved = [(span.day_at, f"{day.day:02}" if padded else str(day.day)), (span.month_at, month)]
    if span.year_at:
        year = _cut(text, span.year_at)
        moved.append((span.year_at, str(day.year)[-len(year) :] if day.year != span.year else year))
    return moved


def _rewritten(text: str, whole: DateSpan, pieces: list[tuple[Piece, str]]) -> str:
    written, at = [], whole.start
    for (start, end), new in sorted(pieces):
        written += [text[at:start], new]
        at = end
    return "".join([*written, text[at : whole.end]])


def _cut(text: str, piece: Piece) -> str:
    return text[piece[0] : piece[1]]


def _weekday(number: int, printed: str) -> str:
    plain = printed.casefold().rstrip(".")
    name = DAYS[number] if plain in _FULL_DAYS or len(plain) > 3 else DAYS[number][:3] + printed[3:]
    return _cased(name, printed)


def _month(number: int, printed: str) -> str:
    name = MONTHS[number - 1] if printed.casefold() in _FULL_MONTHS else _SHORT_MONTHS[number - 1]
    return _cased(name, printed)


def _cased(name: str, printed: str) -> str:
    if printed.isupper():
        return name.upper()
    return name.lower() if printed.islower() else name
