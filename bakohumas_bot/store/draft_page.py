"""One content file while it is being read: its keys, what they are read against, and the mistakes so far."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bakohumas_bot.domain.counting import says_something
from bakohumas_bot.domain.offices import Directory
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.errors import BadInput

MAX_ITEMS = 50

T = TypeVar("T")

EXAMPLES = {
    "judul": "KPU Kabupaten Contoh Selatan Gelar Rapat Koordinasi",
    "jenis": "pengumuman",
    "satker": '"64.69"',
    "kanal": "[telegram, x, facebook]",
    "tayang": "besok 09.00 WITA",
    "berlaku_sampai": "26 November 2026 17.00 WITA",
    "sumber": "[Keputusan KPU Nomor 542 Tahun 2021]",
    "penyusun": "sari",
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """The file being read, what it is read against, and the mistakes so far."""

    path: Path
    matter: dict[str, Any]
    directory: Directory
    specs: Mapping[str, PlatformSpec]
    now: datetime
    mistakes: list[str] = field(default_factory=list)

    def hear(self, reader: Callable[..., T], *given: Any) -> T | None:
        """What a reader makes of its key, or None and one more mistake."""
        try:
            return reader(*given)
        except BadInput as mistake:
            self.mistakes.extend(str(mistake).splitlines())
            return None

    def wrong(self, key: str, sentence: str) -> BadInput:
        return BadInput(f"{self.path.name}, {key}: {sentence}")

    def text(self, key: str) -> str | None:
        """One line of text, or None where the key is left out."""
        if key not in self.matter:
            return None
        value = self.matter[key]
        if not isinstance(value, str) or not says_something(value):
            raise self.wrong(key, f"harus berupa satu teks. Contoh: {key}: {EXAMPLES[key]}")
        return " ".join(value.split())

    def texts(self, key: str) -> list[str]:
        value = self.matter.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(key, f"harus berupa daftar. Contoh: {key}: {EXAMPLES[key]}")
        if len(value) > MAX_ITEMS:
            raise self.wrong(key, f"paling banyak {MAX_ITEMS} butir.")
        return [" ".join(item.split()) for item in value]


def nearest(word: str, known: Iterable[str]) -> str:
    """The closest word, if one is close, and the whole list."""
    choices = list(known)
    close = difflib.get_close_matches(word[:60], choices, n=1)
    guess = f" Mungkin maksud Bapak/Ibu: {close[0]}." if close else ""
    return f"{guess} Pilihan: {', '.join(choices)}."
