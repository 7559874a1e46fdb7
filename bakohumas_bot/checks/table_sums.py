"""Whether the columns and rows of a table make the totals that it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bakohumas_bot.domain.tables import Cell, Table, find_tables

_TOTAL = re.compile(
    r"(?:grand\s|sub\s?)?(?:total|jumlah|jml)\.?(?:\s(?:total|jumlah|keseluruhan|seluruh(?:nya)?|akhir|umum|semua))?\s?:?",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(r"(?:total|jumlah|jml)\b.{0,40}", re.IGNORECASE)
_PART_TOTAL = re.compile(r"(?:sub\s?(?:total|jumlah)|(?:total|jumlah)\s[a-z0-9]{1,3})\b.{0,20}", re.IGNORECASE)
_NUMBERING = re.compile(r"no\.?|nomor|nomor\surut|#|peringkat|ranking|tahun|nik|kode.{0,20}", re.IGNORECASE)
_MALE = re.compile(r"l|lk|laki-?\s?laki|pria|putra", re.IGNORECASE)
_FEMALE = re.compile(r"p|pr|perempuan|wanita|putri", re.IGNORECASE)
_BOTH = re.compile(r"(?:jumlah|total|jml|l\s?\+\s?p)(?:\s\(?l\s?\+\s?p\)?)?|l\s?\+\s?p", re.IGNORECASE)
_RATE = re.compile(r".*(?:%|persen|rata-rata|rasio|tingkat|indeks).*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class WrongTotal:
    """`cell` prints a total; its parts make `sum`."""

    cell: Cell
    sum: Decimal
    decimals: int
    parts: int
    sure: bool


def wrong_totals(text: str) -> Iterator[WrongTotal]:
    seen: set[int] = set()
    for table in find_tables(text):
        for wrong in (*_columns(table), *_rows(table)):
            if wrong.cell.start not in seen:
                seen.add(wrong.cell.start)
                yield wrong


def _columns(table: Table) -> Iterator[WrongTotal]:
    width = max(len(row) for row in table.rows)
    rows = [_right_aligned(row, width) for row in table.rows]
    header = rows[0] if not any(cell and cell.value is not None for cell in rows[0][1:]) else [None] * width
    totals = [number for number, row in enumerate(table.rows) if _is_total(row, listed=table.listed)]
    if not totals or totals[-1] < 2:
        return
    for column in range(1, width):
        head = header[column]
        if head and (_NUMBERING.fullmatch(head.text) or _RATE.fullmatch(head.text)):
            continue
        yield from _column(table, [row[column] for row in rows], frozenset(totals))


def _right_aligned(row: tuple[Cell, ...], width: int) -> list[Cell | None]:
    """A total whose label spans several columns has fewer cells: its numbers stand under those at the right."""
    missing = width - len(row)
    return [row[0], *([None] * missing), *row[1:]] if row else [None] * width


def _is_total(row: tuple[Cell, ...], *, listed: bool) -> bool:
    labels = [cell.text for cell in row if cell.text and cell.value is None]
    if not labels or not any(cell.value is not None for cell in row):
        return False
    whole = _TOTAL_OF if listed else _TOTAL
    return any(whole.fullmatch(label) or _PART_TOTAL.fullmatch(label) for label in labels[:2])


@dataclass
class _Run:
    """Cells added up so far, with what their rounding may hide."""

    sum: Decimal = Decimal(0)
    count: int = 0
    decimals: int = 0
    percent: bool = False
    numbering: bool = True

    def add(self, cell: Cell) -> None:
        self.sum += cell.value or Decimal(0)
        self.count += 1
        self.decimals = max(self.decimals, cell.decimals)
        self.percent = self.percent or cell.percent
        self.numbering = self.numbering and cell.value == self.count

    def makes(self, total: Cell) -> bool:
        """Rounded parts may miss their total by half a unit of the last digit each."""
        digits = max(self.decimals, total.decimals)
        rounding = Decimal("0.5").scaleb(-digits) * self.count if digits else Decimal(0)
        allowed = max(rounding, Decimal("0.1")) if total.percent or self.percent else rounding
        return abs((total.value or Decimal(0)) - self.sum) <= allowed


def _column(table: Table, cells: list[Cell | None], totals: frozenset[int]) -> Iterator[WrongTotal]:
    group, everything, subtotals = _Run(), _Run(), _Run()
    for number, cell in enumerate(cells):
        if cell is None or cell.value is None:
            if number in totals:
                group = _Run()
            elif cell is not None and cell.text and everything.count:
                return  # words among the numbers: no column to add up
            continue
        if number not in totals:
            group.add(cell)
            everything.add(cell)
            continue
        parts = group if group.count else everything
        made = any(run.count and run.makes(cell) for run in (group, everything, subtotals))
        if parts.count > 1 and not made:
            yield from _wrong(table, cell, parts)
        subtotals.add(cell)
        group = _Run()


def _wrong(table: Table, total: Cell, parts: _Run) -> Iterator[WrongTotal]:
    value = total.value or Decimal(0)
    if parts.numbering or (parts.percent and value != 100):
        return  # numbers of rows; and the turnout of a district is no sum of those of its villages
    near = parts.sum / 2 <= value <= parts.sum * 2
    if near or not table.listed:
        yield WrongTotal(
            cell=total,
            sum=parts.sum,
            decimals=max(parts.decimals, total.decimals),
            parts=parts.count,
            sure=not table.listed and (near or parts.count > 2),
        )


def _rows(table: Table) -> Iterator[WrongTotal]:
    """`L | P | Jumlah`, and a last column that is the sum of the others wherever it is not wrong."""
    if table.listed or len(table.rows) < 2:
        return
    header, *body = table.rows
    if any(cell.value is not None for cell in header):
        return
    body = [row for row in body if len(row) == len(header)]
    for at in range(len(header) - 2):
        if _triple(header[at], header[at + 1], header[at + 2]):
            for row in body:
                yield from _row(row[at : at + 2], row[at + 2], sure=True)
    numeric = [at for at in range(1, len(header)) if all(row[at].value is not None for row in body)]
    numeric = [
        at for at in numeric if not _NUMBERING.fullmatch(header[at].text) and not _RATE.fullmatch(header[at].text)
    ]
    if len(numeric) > 2 and numeric[-1] == len(header) - 1 and _TOTAL.fullmatch(header[-1].text):
        wrong = [found for row in body for found in _row(tuple(row[at] for at in numeric[:-1]), row[-1], sure=True)]
        if 2 * len(wrong) <= len(body):
            yield from wrong


def _triple(first: Cell, second: Cell, both: Cell) -> bool:
    pair = (_MALE.fullmatch(first.text) and _FEMALE.fullmatch(second.text)) or (
        _FEMALE.fullmatch(first.text) and _MALE.fullmatch(second.text)
    )
    return bool(pair and _BOTH.fullmatch(both.text))


def _row(parts: tuple[Cell, ...], total: Cell, *, sure: bool) -> Iterator[WrongTotal]:
    if total.value is None or any(cell.value is None or cell.percent for cell in (*parts, total)):
        return
    run = _Run()
    for cell in parts:
        run.add(cell)
    if not run.makes(total):
        decimals = max(run.decimals, total.decimals)
        yield WrongTotal(cell=total, sum=run.sum, decimals=decimals, parts=run.count, sure=sure)
