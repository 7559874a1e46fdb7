"""Reads rules/regions.toml: the provinces with their zones, and the districts that an office names itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bakohumas_bot.domain.regions import District, Province, RegionKind, Regions, plain

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Provinsi(_Table):
    kode: str = Field(pattern=r"^[0-9]{2}$")
    nama: Word
    zona: Literal["WIB", "WITA", "WIT"]
    sebutan: list[Word] = []
    keliru: list[Word] = []
    ibu_kota: Word | None = None


class Daerah(_Table):
    nama: Word
    provinsi: str = Field(pattern=r"^[0-9]{2}$")


class RegionsFile(_Table):
    provinsi: list[Provinsi] = []
    daerah: list[Daerah] = []
    nama_kembar: list[Word] = []


def build(file: RegionsFile) -> Regions:
    """Raises `ValueError` where a district is neither Kabupaten nor Kota, or lies in a province that is not there."""
    provinces = {row.kode: row for row in file.provinsi}
    for row in file.daerah:
        if row.provinsi not in provinces:
            raise ValueError(f"daerah '{row.nama}': provinsi '{row.provinsi}' tidak dikenal. Tulis kode dua angka.")
    capitals = [_district(row.ibu_kota, row.kode) for row in provinces.values() if row.ibu_kota]
    districts = {str(one).casefold(): one for one in (*capitals, *(_district(r.nama, r.provinsi) for r in file.daerah))}
    return Regions(
        provinces=tuple(
            Province(code=r.kode, name=r.nama, zone=r.zona, also=tuple(r.sebutan), wrong=tuple(r.keliru))
            for r in provinces.values()
        ),
        districts=tuple(districts.values()),
        twins=frozenset(plain(name) for name in file.nama_kembar),
    )


def _district(name: str, province: str) -> District:
    kind, _, rest = name.partition(" ")
    if kind not in {one.value for one in RegionKind} or not rest.strip():
        raise ValueError(f"daerah '{name}': awali dengan Kabupaten atau Kota, misalnya \"Kabupaten {name}\".")
    return District(kind=RegionKind(kind), name=rest.strip(), province=province)
