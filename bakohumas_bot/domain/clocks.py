"""Finds clock times in running Indonesian text: `pukul 09.00 WITA`, `08.00–16.00`, `jam 9 pagi`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bakohumas_bot.domain.passages import prose

Piece = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time or a span of times as printed. `begins` and `ends` count minutes of the day; `ends` is None for one time.

    `zones` holds what is printed behind it, in capitals; `called` whether *pukul* or *jam* stands before it.
    """

    start: int
    end: int
    begins: int
    ends: int | None
    zones: tuple[str, ...]
    called: bool
    begins_at: Piece
    ends_at: Piece | None
    zones_at: Piece | None


_S = r"[ \t\r\n\u00a0*_]"
_TIME = r"(?:2[0-4]|[01]?[0-9])(?:[.:][0-5][0-9](?:[.:][0-5][0-9](?![0-9]))?)?"
_ZONE = r"(?:wita|wib|wit)"
_CALL = r"(?:pukul|jam|pkl\.?)"
_PART = r"(?:pagi|siang|sore|petang|malam|subuh|dini\shari)"
_CLOCKS = re.compile(
    rf"""
    (?: (?<!\w) (?P<call>{_CALL}) {_S}{{0,2}} :? {_S}{{0,2}} )?
    (?<![\w.,:]) (?P<t1>{_TIME}) (?![0-9]|[.,:][0-9]|/[0-9]{{1,2}}/|\s?[°%]|[a-vx-z])
    (?: {_S}{{1,2}} (?P<part>{_PART}) \b )?
    (?: (?: {_S}{{0,2}} (?P<between>{_ZONE}) \b )?
        {_S}{{0,3}} (?:-|–|—|s\.\s?d\.?|s/d|sd\b|sampai{_S}dengan|sampai|hingga) {_S}{{0,3}} (?:{_CALL}{_S}{{1,3}})?
        (?: (?P<t2>{_TIME}) (?![0-9]|[.,:][0-9]|/[0-9]|[a-vx-z]) (?:{_S}{{1,2}}{_PART}\b)? | (?P<open>selesai)\b ) )?
    (?: [ \t\r\n\u00a0*_(]{{0,4}} (?P<zones>{_ZONE}\b(?:\s{{0,2}}(?:/|,|&|-|\|)\s{{0,2}}{_ZONE}\b){{0,2}}) )?
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_ZONES = re.compile(_ZONE, re.IGNORECASE)
_COUNTED = re.compile(
    r"\s{0,3}(?:menit|detik|jam|hari|kali|orang|persen|juta|ribu|miliar|triliun|kg|km|meter|cm|mm|derajat|x|%)(?!\w)",
    re.IGNORECASE,
)
_NOT_AN_HOUR = re.compile(
    r"\b(?:versi|pasal|ayat|angka|butir|bab|nilai|ipk|skor|suhu|rasio|indeks|tabel|gambar|halaman|hlm|nomor|no)\b\.?\s{0,3}\Z",
    re.IGNORECASE,
)
_HOURS_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,3}\s{0,3}\Z")  # `2 jam 30`, not `2026 jam 14`


@lru_cache(maxsize=32)  # several rules read the same few texts
def find_clocks(text: str) -> tuple[Clock, ...]:
    """Every time that something marks as one: *pukul*, a zone, or a span from hour and minute to hour and minute."""
    plain = prose(text)
    found: list[Clock] = []
    for match in _CLOCKS.finditer(plain):
        if _is_a_clock(plain, match):
            found += _clocks(match)
    return tuple(found)


def _is_a_clock(text: str, match: re.Match[str]) -> bool:
    if _COUNTED.match(text, match.end()):
        return False
    if match["call"]:
        maybe_counted = match["call"].casefold() == "jam" and len(match["t1"]) <= 2
        return not (maybe_counted and _HOURS_BEFORE.search(text, max(0, match.start() - 8), match.start()))
    if match["zones"] or match["between"]:
        return True
    if _NOT_AN_HOUR.search(text, max(0, match.start() - 16), match.start()):
        return False
    exact = [time for time in (match["t1"], match["t2"]) if time and len(time) > 2]
    return len(exact) == 2 or (len(exact) == 1 and match["open"] is not None)


def _clocks(match: re.Match[str]) -> list[Clock]:
    """One, or two where the ends of a span name different zones: `09.00 WIB - 10.00 WITA` is one time, told twice."""
    whole = _clock(match, match.span(), "t1", "t2", "zones" if match["zones"] else "between")
    if not (match["between"] and match["zones"]) or match["between"].upper() == match["zones"].upper():
        return [whole]
    return [
        _clock(match, (match.start(), match.end("between")), "t1", None, "between"),
        _clock(match, (match.start("t2"), match.end()), "t2", None, "zones"),
    ]


def _clock(match: re.Match[str], place: Piece, first: str, last: str | None, zones: str) -> Clock:
    start, end = place
    spans = last is not None and match[last] is not None
    return Clock(
        start=start,
        end=end,
        begins=_minutes(match[first], match["part"]),
        ends=_minutes(match[last], None) if last and spans else None,
        zones=tuple(zone.upper() for zone in _ZONES.findall(match[zones])) if match[zones] else (),
        called=match["call"] is not None,
        begins_at=match.span(first),
        ends_at=match.span(last) if last and spans else None,
        zones_at=match.span(zones) if match[zones] else None,
    )


def _minutes(printed: str, part: str | None) -> int:
    hour, *rest = printed.replace(":", ".").split(".")
    minutes = int(hour) * 60 + (int(rest[0]) if rest else 0)
    afternoon = (part or "").casefold() in {"sore", "petang", "malam"} and int(hour) < 12
    return minutes + 720 if afternoon else minutes


def written(minutes: int, like: str) -> str:
    """The time in the form of `like`: with its mark, and with the leading zero that it has."""
    mark = ":" if ":" in like else "."
    hour, minute = divmod(minutes % 1440, 60)
    shown = f"{hour:02}" if len(like.replace(":", ".").partition(".")[0]) == 2 else str(hour)
    return shown if len(like) <= 2 and not minute else f"{shown}{mark}{minute:02}"
