"""Reads `rules/regulations.toml`: the regulations that the office cites, and what became of them."""

from __future__ import annotations

import re
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bakohumas_bot.domain.regulations import Change, Key, Regulation, RegulationKind, Regulations

_CITED = re.compile(r"(?P<kind>[A-Za-z][A-Za-z ]{1,30}?) (?P<number>\d{1,4}[A-Z]?)/(?P<year>\d{4})")
_LETTER = re.compile(r"(?P<kind>Keputusan KPU) (?P<number>\d{1,4}/\S{5,60}/(?P<year>\d{4}))")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ChangeLine(_Strict):
    """Without `sejak` it counts from the end of the changing regulation's year."""

    oleh: str
    sejak: date | None = None


class RegulationLine(_Strict):
    peraturan: str
    judul: str = Field(min_length=3)
    sebutan: list[str] = []
    berlaku: date | None = None
    diubah: list[ChangeLine] = []
    dicabut: ChangeLine | None = None
    sumber: str = Field(min_length=3)
    catatan: str = ""


class RegulationsFile(_Strict):
    peraturan: list[RegulationLine] = []


def build(file: RegulationsFile) -> Regulations:
    """The last line about a regulation counts: an office's own takes the place of the shipped one."""
    lines = {line.peraturan: line for line in file.peraturan}
    read = (_regulation(line) for line in lines.values())
    return Regulations(by_key={one.key: one for one in read})


def _regulation(line: RegulationLine) -> Regulation:
    return Regulation(
        key=_key(line.peraturan),
        title=" ".join(line.judul.split()),
        nicknames=tuple(line.sebutan),
        in_force=line.berlaku,
        amended=tuple(sorted(map(_change, line.diubah), key=lambda change: change.since)),
        repealed=_change(line.dicabut) if line.dicabut else None,
        source=line.sumber,
        note=line.catatan,
    )


def _change(line: ChangeLine) -> Change:
    key = _key(line.oleh)
    return Change(by=key, since=line.sejak or date(key.year, 12, 31))


def _key(cited: str) -> Key:
    found = _CITED.fullmatch(cited) or _LETTER.fullmatch(cited)
    kinds = {kind.value.casefold(): kind for kind in RegulationKind}
    if found is None or found["kind"].casefold() not in kinds:
        raise ValueError(
            f"peraturan '{cited}' tidak dikenali; tulis jenis, nomor, dan tahun, misalnya 'PKPU 9/2022'."
            f" Jenis yang dikenal: {', '.join(RegulationKind)}."
        )
    return Key(kind=kinds[found["kind"].casefold()], number=found["number"], year=int(found["year"]))
