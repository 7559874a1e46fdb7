"""Words and phrases that hurt, threaten or judge: the office's own lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    SUKU = "suku"
    AGAMA = "agama"
    RAS = "ras"
    ANTARGOLONGAN = "antargolongan"
    GENDER = "gender"
    DISABILITAS = "disabilitas"
    KEKERASAN = "kekerasan"
    KASAR = "kasar"
    AJAKAN = "ajakan"
    NILAI = "nilai"
    HOAKS = "hoaks"


# A word of these says nothing alone: it takes the group that it is said of.
GROUPS = frozenset(
    {Category.SUKU, Category.AGAMA, Category.RAS, Category.ANTARGOLONGAN, Category.GENDER, Category.DISABILITAS}
)


class Form(StrEnum):
    KATA = "kata"
    FRASA = "frasa"
    REGEX = "regex"


class Degree(StrEnum):
    RINGAN = "ringan"
    SEDANG = "sedang"
    BERAT = "berat"


class Allowed(StrEnum):
    """Where the same words do no harm."""

    KUTIPAN = "kutipan"
    KLARIFIKASI = "klarifikasi"
    NAMA_RESMI = "nama_resmi"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`pattern` is matched against the normalised text; `target` names a class of `Lexicon.targets`, or none."""

    id: str
    category: Category
    form: Form
    pattern: re.Pattern[str]
    target: str | None = None
    degree: Degree = Degree.SEDANG
    allowed: frozenset[Allowed] = frozenset({Allowed.KUTIPAN, Allowed.KLARIFIKASI, Allowed.NAMA_RESMI})
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """`targets`: for every class of people a pattern over the normalised text."""

    entries: tuple[Entry, ...] = ()
    targets: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def of(self, categories: frozenset[Category], day: date) -> Iterator[Entry]:
        return (entry for entry in self.entries if entry.category in categories and entry.holds_on(day))
