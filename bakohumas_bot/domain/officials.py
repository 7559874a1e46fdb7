"""Names and titles of the officials whom the office writes about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Official:
    """`title` as it stands before the office's name: "Ketua", "Anggota". `acting`: "Plh." or "Plt.", else empty.

    `degrees` is the whole name with degrees, as letters print it; texts may leave them out.
    """

    name: str
    title: str
    degrees: str = ""
    acting: str = ""
    begins: date = date.min
    ends: date = date.max

    def serves(self, day: date) -> bool:
        return self.begins <= day <= self.ends


@dataclass(frozen=True, kw_only=True)
class Officials:
    """Empty until its file is read."""

    all: tuple[Official, ...] = ()

    def serving(self, day: date) -> tuple[Official, ...]:
        return tuple(official for official in self.all if official.serves(day))
