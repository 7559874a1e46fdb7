"""Names and kinds of regions, and which lies in which. Only what the files name is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class RegionKind(StrEnum):
    KABUPATEN = "Kabupaten"
    KOTA = "Kota"


@dataclass(frozen=True, kw_only=True)
class Province:
    """`also`: other right names ("DKI Jakarta"). `wrong`: old or mistaken ones that are still written."""

    code: str
    name: str
    zone: str
    also: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class District:
    """`province`: its code. `name` without the kind: "Contoh Selatan"."""

    kind: RegionKind
    name: str
    province: str

    def __str__(self) -> str:
        return f"{self.kind.value} {self.name}"


@dataclass(frozen=True, kw_only=True)
class Regions:
    """Empty until its file is read. `twins`: names that a kabupaten and a kota share."""

    provinces: tuple[Province, ...] = ()
    districts: tuple[District, ...] = ()
    twins: frozenset[str] = frozenset()

    def province_named(self, name: str) -> Province | None:
        return self._provinces.get(plain(name))

    def province(self, code: str) -> Province | None:
        """By the code of the province or of an office in it (`64`, `64.69`)."""
        return next((p for p in self.provinces if p.code == code.partition(".")[0]), None)

    def districts_named(self, name: str) -> tuple[District, ...]:
        return self._districts.get(plain(name), ())

    def is_twin(self, name: str) -> bool:
        return plain(name) in self.twins

    def also(self, district: District) -> Regions:
        """The same, and this district too: the office's own, which its own name tells."""
        return Regions(provinces=self.provinces, districts=(*self.districts, district), twins=self.twins)

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        return {plain(name): p for p in self.provinces for name in (p.name, *p.also)}

    @cached_property
    def _districts(self) -> dict[str, tuple[District, ...]]:
        return _grouped(self.districts)


def _grouped(districts: Iterable[District]) -> dict[str, tuple[District, ...]]:
    table: dict[str, tuple[District, ...]] = {}
    for district in districts:
        table[plain(district.name)] = (*table.get(plain(district.name), ()), district)
    return table


def plain(name: str) -> str:
    return " ".join(name.replace("*", " ").replace("_", " ").split()).casefold()
