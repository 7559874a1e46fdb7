"""Finds tables in Markdown and in plain text (columns by bars, tabs or wide gaps), and lists of `label: number`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`value` is None where the cell is no number; a dash and *nihil* are nought."""

    start: int
    end: int
    text: str
    value: Decimal | None
    decimals: int
    percent: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    listed: bool  # lines of `label: number`, not a table that somebody laid out


_VALUE = re.compile(
    r"[*_\s]{0,4}(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,5}|[0-9]{1,12})(?:,(?P<part>[0-9]{1,4}))?\s{0,2}(?P<percent>%|persen)?"
    r"(?:\s{1,2}(?:orang|pemilih|jiwa|suara|tps|kali|unggahan|kegiatan|peserta|lembar|buah|unit|siswa|konten|berita|dokumen))?"
    r"[*_\s.;]{0,4}",
    re.IGNORECASE,
)
_NOUGHT = frozenset({"-", "–", "—", "nihil"})
_RULED = re.compile(r"[\s|:+-]*")
_BAR = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"[ ]{0,20}\t[ \t]{0,20}")
_GAP = re.compile(r"[ \u00a0]{2,60}")
_LISTED = re.compile(
    r"[ \t]{0,8}(?:(?:[-*•]|[0-9]{1,2}[.)]|[a-z][.)])[ \t]{1,4})?"
    r"(?P<label>[^\s:=|\t][^:=|\t\n]{0,60})[ \t]{0,4}[:=][ \t]{0,4}"
    r"(?P<value>[*_]{0,2}[0-9][^\n|\t]{0,30})",
)


def find_tables(text: str) -> Iterator[Table]:
    """A table has at least two lines of the same make; a line of words ends it."""
    lines = list(_lines(text))
    for cut in (_by_bars, _by_tabs, _by_gaps, _by_colon):
        block: list[tuple[Cell, ...]] = []
        for start, line in [*lines, (len(text), "")]:
            cells = cut(start, line)
            if cells is not None:
                block += [cells] if cells else []
                continue
            if len(block) > 1:
                yield Table(rows=tuple(block), listed=cut is _by_colon)
            block = []


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line.rstrip("\r\n")
        start += len(line)


def _by_bars(start: int, line: str) -> tuple[Cell, ...] | None:
    if line.count("|") < 2:
        return None
    if _RULED.fullmatch(line):
        return ()
    cells = _cut(start, line, _BAR)
    if not cells[0].text:
        cells = cells[1:]
    return tuple(cells[:-1] if cells and not cells[-1].text else cells)


def _by_tabs(start: int, line: str) -> tuple[Cell, ...] | None:
    return tuple(_cut(start, line, _TAB)) if "\t" in line.strip() and "|" not in line else None


def _by_gaps(start: int, line: str) -> tuple[Cell, ...] | None:
    if "\t" in line or "|" in line or "  " not in line.strip():
        return None
    indent = len(line) - len(line.lstrip())
    cells = _cut(start + indent, line.strip(), _GAP)
    return tuple(cells) if len(cells) > 2 or (len(cells) == 2 and cells[1].value is not None) else None


def _by_colon(start: int, line: str) -> tuple[Cell, ...] | None:
    match = _LISTED.fullmatch(line)
    if match is None:
        return None
    value = _cell(start + match.start("value"), match["value"])
    if value.value is None:
        return None
    return (_cell(start + match.start("label"), match["label"]), value)


def _cut(start: int, line: str, between: re.Pattern[str]) -> list[Cell]:
    cells, at = [], 0
    for gap in between.finditer(line):
        cells.append(_cell(start + at, line[at : gap.start()]))
        at = gap.end()
    return [*cells, _cell(start + at, line[at:])]


def _cell(start: int, printed: str) -> Cell:
    text = printed.strip(" \t*_\u00a0")
    start += printed.find(text) if text else 0
    match = _VALUE.fullmatch(text)
    value, decimals = (Decimal(0), 0) if text.casefold() in _NOUGHT else (None, 0)
    end = start + len(text)
    if match:
        part = match["part"] or ""
        value, decimals = Decimal(match["whole"].replace(".", "") + ("." + part if part else "")), len(part)
        start, end = start + match.start("whole"), start + (match.end("part") if part else match.end("whole"))
    percent = bool(match and match["percent"])
    return Cell(start=start, end=end, text=text, value=value, decimals=decimals, percent=percent)


Cut = Callable[[int, str], tuple[Cell, ...] | None]
