"""Finds numbers that count something: `205.849.488 pemilih`, `81,4 persen`; not years, dates, hours or articles."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bakohumas_bot.domain.clocks import find_clocks
from bakohumas_bot.domain.dates import find_dates
from bakohumas_bot.domain.passages import prose


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`noun` is the word behind it, small, or *rupiah*; `decimals` counts the digits behind the comma.

    `rough` says whether it is told as about so much, or in thousands and millions.
    """

    start: int
    end: int
    value: Decimal
    decimals: int
    percent: bool
    rough: bool
    noun: str


_NUMBER = re.compile(
    r"(?<![\w.,/:+-])(?:(?P<rp>rp\.?)\s{0,2})?(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,12})(?:,(?P<part>[0-9]{1,4}))?"
    r"(?!\w|[.,:/][0-9]|-[0-9])(?P<percent>\s{0,2}(?:%|persen\b))?(?P<scale>\s{1,2}(?:ribu|juta|miliar|milyar|triliun)\w{0,2}\b)?"
    r"(?:\s{1,3}(?:\((?:[a-z]{2,12}\s?){1,6}\)\s{1,3})?(?P<noun>[a-z][a-z-]{1,20}))?",
    re.IGNORECASE,
)
_ROUGH_BEFORE = re.compile(
    r"\b(?:sekitar|kurang\s{1,2}lebih|kira-kira|lebih\s{1,2}dari|hampir|nyaris|minimal|maksimal|paling\s{1,2}(?:sedikit|banyak)"
    r"|tidak\s{1,2}kurang\s{1,2}dari|di\s{1,2}atas|di\s{1,2}bawah|mendekati|rata-rata|target\w{0,4}|kapasitas|\+/-|±)\s{1,2}\Z",
    re.IGNORECASE,
)
_NOT_A_COUNT_BEFORE = re.compile(
    r"(?:\b(?:nomor|no|pasal|ayat|bab|huruf|angka|butir|tahun|thn|pukul|jam|rt|rw|tanggal|tgl|edisi|halaman|hlm|lampiran|poin"
    r"|pemilu|pilkada|pemilihan|uu|pkpu|pp|kelas|semester|triwulan|tps|dapil|urut|model|formulir|jalan|jl|covid|gang|blok|lantai"
    r"|angkatan|periode|anggaran|kode\s{1,2}pos)\b\.?|\bke-)\s{0,3}\(?\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=32)
def find_figures(text: str) -> tuple[Figure, ...]:
    plain = prose(text)
    taken = sorted(
        {(span.start, span.end) for span in find_dates(text)} | {(c.start, c.end) for c in find_clocks(text)}
    )
    starts = [start for start, _ in taken]
    found = []
    for match in _NUMBER.finditer(plain):
        start = match.start("whole")
        if not _inside(taken, starts, start) and _counts(plain, match):
            found.append(_figure(plain, match))
    return tuple(found)


def _inside(taken: Sequence[tuple[int, int]], starts: list[int], at: int) -> bool:
    before = bisect_right(starts, at) - 1
    return before >= 0 and taken[before][1] > at


def _counts(text: str, match: re.Match[str]) -> bool:
    start = match.start("whole")
    if not match["percent"] and _worded(text, start) and _NOT_A_COUNT_BEFORE.search(text, max(0, start - 16), start):
        return False
    whole = match["whole"]
    like_a_year = len(whole) == 4 and whole[:2] in {"19", "20"} and not match["percent"] and match["part"] is None
    return not (like_a_year or (whole.startswith("0") and len(whole) > 1))


def _worded(text: str, at: int) -> bool:
    """Whether anything but numbers stands just before: in a table there is nothing to search."""
    return bool(text[max(0, at - 16) : at].strip(" \t\r\n|0123456789.,;"))


def _figure(text: str, match: re.Match[str]) -> Figure:
    start = match.start("whole")
    part = match["part"] or ""
    return Figure(
        start=start,
        end=match.end("part") if part else match.end("whole"),
        value=Decimal(match["whole"].replace(".", "") + ("." + part if part else "")),
        decimals=len(part),
        percent=match["percent"] is not None,
        rough=match["scale"] is not None
        or (_worded(text, start) and _ROUGH_BEFORE.search(text, max(0, start - 24), start) is not None),
        noun="rupiah" if match["rp"] else (match["noun"] or "").casefold(),
    )


def printed(value: Decimal, decimals: int = 0) -> str:
    """As offices write it: a dot for thousands, a comma for decimals."""
    whole, _, part = f"{value:,.{decimals}f}".partition(".")
    return whole.replace(",", ".") + ("," + part if part else "")
