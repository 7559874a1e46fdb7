"""Regulations that an office cites: number, year, title, and whether they are still in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class RegulationKind(StrEnum):
    """The spelling is the key of the file and the short form; `LONG` has the full one."""

    UU = "UU"
    PERPPU = "Perppu"
    PP = "PP"
    PERPRES = "Perpres"
    PKPU = "PKPU"
    KEPUTUSAN_KPU = "Keputusan KPU"
    PERBAWASLU = "Perbawaslu"
    PERATURAN_DKPP = "Peraturan DKPP"
    PERMENDAGRI = "Permendagri"
    PERMENPANRB = "PermenPANRB"
    PERMENKOMINFO = "Permenkominfo"


LONG = {
    RegulationKind.UU: "Undang-Undang",
    RegulationKind.PERPPU: "Peraturan Pemerintah Pengganti Undang-Undang",
    RegulationKind.PP: "Peraturan Pemerintah",
    RegulationKind.PERPRES: "Peraturan Presiden",
    RegulationKind.PKPU: "Peraturan Komisi Pemilihan Umum",
    RegulationKind.KEPUTUSAN_KPU: "Keputusan Komisi Pemilihan Umum",
    RegulationKind.PERBAWASLU: "Peraturan Badan Pengawas Pemilihan Umum",
    RegulationKind.PERATURAN_DKPP: "Peraturan Dewan Kehormatan Penyelenggara Pemilihan Umum",
    RegulationKind.PERMENDAGRI: "Peraturan Menteri Dalam Negeri",
    RegulationKind.PERMENPANRB: "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    RegulationKind.PERMENKOMINFO: "Peraturan Menteri Komunikasi dan Informatika",
}


@dataclass(frozen=True, kw_only=True, order=True)
class Key:
    """`number` is "7", or the whole number of a letter ("542/HM.03.5-Kpt/06/KPU/VIII/2021")."""

    kind: RegulationKind
    year: int
    number: str

    def __str__(self) -> str:
        return f"{self.kind} {self.number}" if "/" in self.number else f"{self.kind} {self.number}/{self.year}"

    @property
    def full(self) -> str:
        numbered = f"{LONG[self.kind]} Nomor {self.number}"
        return numbered if "/" in self.number else f"{numbered} Tahun {self.year}"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What amends or repeals a regulation, from the day on which it does."""

    by: Key
    since: date


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """`nicknames` as people write them ("UU Pemilu"). `source`: where the office knows it from."""

    key: Key
    title: str
    nicknames: tuple[str, ...] = ()
    in_force: date | None = None
    amended: tuple[Change, ...] = ()
    repealed: Change | None = None
    source: str = ""
    note: str = ""

    def amendments(self, day: date) -> tuple[Change, ...]:
        """Those in force on `day`, the first one first."""
        return tuple(change for change in self.amended if change.since <= day)

    def repeal(self, day: date) -> Change | None:
        return self.repealed if self.repealed and self.repealed.since <= day else None

    @property
    def full(self) -> str:
        return f"{self.key.full} tentang {self.title}"


@dataclass(frozen=True, kw_only=True)
class Regulations:
    """`by_key` keeps the order of the file."""

    by_key: dict[Key, Regulation] = field(default_factory=dict)

    def get(self, key: Key) -> Regulation | None:
        return self.by_key.get(key)

    def __iter__(self) -> Iterator[Regulation]:
        return iter(self.by_key.values())

    def __bool__(self) -> bool:
        return bool(self.by_key)

    def called(self, nickname: str) -> tuple[Regulation, ...]:
        """All that go by this name: a law and what amends it."""
        wanted = nickname.casefold()
        return tuple(one for one in self if wanted in {name.casefold() for name in one.nicknames})

    def newest_year(self, kind: RegulationKind) -> int:
        """Up to here the file can be expected to know; 0 where it knows none of this kind."""
        return max((key.year for key in self.by_key if key.kind is kind), default=0)
