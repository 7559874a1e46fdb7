"""Reads rules/spelling.toml: how the office writes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from bakohumas_bot.config.tables import Table
from bakohumas_bot.domain.house_style import HouseStyle

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]


class WordTable(Table):
    keliru: Word
    benar: Word


class SpellingFile(Table):
    kata: tuple[WordTable, ...] = ()
    nama: tuple[Word, ...] = ()
    gaul: tuple[Word, ...] = ()
    singkatan: tuple[Word, ...] = ()
    tagar: tuple[Annotated[str, Field(pattern=r"^#?\w{2,60}$")], ...] = ()


def build(file: SpellingFile) -> HouseStyle:
    """Raises `ValueError` where a word has more than two parts, or is its own correction.

    A later line of the same word takes the earlier one's place; an office says with `nama` what is right as it stands.
    """
    for line in file.kata:
        if len(line.keliru.split()) > 2:
            raise ValueError(f"kata '{line.keliru}': paling banyak dua kata. Tulis dua kata yang menandainya.")
        if line.keliru == line.benar:
            raise ValueError(f"kata '{line.keliru}': 'keliru' dan 'benar' sama. Perbaiki atau hapus baris ini.")
    return HouseStyle(
        spelling={" ".join(line.keliru.casefold().replace("’", "'").split()): line.benar for line in file.kata},
        names=tuple(name.casefold() for name in file.nama),
        casual=frozenset(word.casefold() for word in file.gaul),
        abbreviations=frozenset(word.casefold() for word in file.singkatan),
        tags=tuple(tag.removeprefix("#") for tag in file.tagar),
    )
