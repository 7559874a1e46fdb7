"""The numbers of men and of women that a text tells together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.passages import prose

_WORDS = (
    r"(?:orang|jiwa|pemilih|warga|peserta|penduduk|suara|kaum|anggota|petugas|siswa|mahasiswa|pegawai|calon|pendaftar|berjenis"
    r"|jenis|kelamin|adalah|di|antaranya|merupakan|dari|pengguna|hak|pilih|dpt|sebanyak|sejumlah|berjumlah|mencapai|ada|yakni"
    r"|yaitu|tercatat|terdapat|persen)"
)
GENDER = re.compile(
    r"(?P<male>\b(?:laki\s?-?\s?laki|pria|lelaki|putra)\b|(?-i:(?<![\w.])L(?![\w.'’&/-])))"
    r"|(?P<female>\b(?:perempuan|wanita|putri)\b|(?-i:(?<![\w.])P(?![\w.'’&/-])))",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(rf"[^\S\n]{{0,3}}(?:%[^\S\n]{{0,3}})?(?:{_WORDS}[^\S\n]{{1,3}}){{0,4}}", re.IGNORECASE)
_LABEL_FIRST = re.compile(
    rf"\s{{0,3}}(?:{_WORDS}\s{{0,3}}){{0,4}}[:=(\t]?\s{{0,3}}(?:{_WORDS}\s{{1,3}}){{0,2}}", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    male: Figure
    female: Figure

    @property
    def start(self) -> int:
        return min(self.male.start, self.female.start)

    @property
    def end(self) -> int:
        return max(self.male.end, self.female.end)

    @property
    def sum(self) -> Decimal:
        return self.male.value + self.female.value


def gender_pairs(text: str) -> list[Pair]:
    """The number of men and of women told together, each beside its word, and both on the same side of it."""
    plain = prose(text)
    figures = find_figures(text)
    labels = list(GENDER.finditer(plain))
    if len(labels) < 2 or not figures:
        return []
    pairs: list[Pair] = []
    for (first, before, after), (second, before2, after2) in pairwise(_neighbours(figures, labels)):
        if first.lastgroup == second.lastgroup or second.start() - first.end() > 120:
            continue
        told = None
        if before and before2 and _fits_first(plain, before, first) and _fits_first(plain, before2, second):
            told = before, before2
        elif after and after2 and _fits_label(plain, first, after) and _fits_label(plain, second, after2):
            told = after, after2
        if told and told[0] is not told[1] and (not pairs or min(f.start for f in told) >= pairs[-1].end):
            male, female = told if first.lastgroup == "male" else told[::-1]
            pairs.append(Pair(male=male, female=female))
    return pairs


Neighbours = tuple[re.Match[str], Figure | None, Figure | None]


def _neighbours(figures: Sequence[Figure], labels: list[re.Match[str]]) -> list[Neighbours]:
    found: list[Neighbours] = []
    at = 0
    for label in labels:
        while at < len(figures) and figures[at].start < label.start():
            at += 1
        found.append((label, figures[at - 1] if at else None, figures[at] if at < len(figures) else None))
    return found


def _fits_first(text: str, figure: Figure, label: re.Match[str]) -> bool:
    return label.start() - figure.end <= 60 and _NUMBER_FIRST.fullmatch(text, figure.end, label.start()) is not None


def _fits_label(text: str, label: re.Match[str], figure: Figure) -> bool:
    return figure.start - label.end() <= 60 and _LABEL_FIRST.fullmatch(text, label.end(), figure.start) is not None
