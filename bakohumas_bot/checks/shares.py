"""Percentages told one after the other that should make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bakohumas_bot.checks.gender_pairs import gender_pairs
from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.passages import prose

_COMPARED = re.compile(
    r"\b(?:naik|turun|meningkat|menurun|menjadi|dibanding\w{0,3}|sebelumnya|sedangkan\s{1,2}(?:tahun|pemilu)|partisipasi|kehadiran"
    r"|tingkat|rata-rata|capaian|realisasi|target|selisih|ambang|minimal|paling|kuota|keterwakilan|progres|serapan|penurunan"
    r"|kenaikan|peningkatan|lebih\s{1,2}(?:dari|tinggi|rendah|besar|kecil)|tersisa|baru)\b",
    re.IGNORECASE,
)
_HUNDRED = Decimal(100)
_STEP = 80


@dataclass(frozen=True, kw_only=True)
class Shares:
    parts: tuple[Figure, ...]
    sum: Decimal
    sure: bool
    rounded: bool


def wrong_shares(text: str) -> Iterator[Shares]:
    """Percentages told one after the other that nearly make a hundred, and do not."""
    plain = prose(text)
    whole = [(pair.male, pair.female) for pair in gender_pairs(text) if pair.male.percent and pair.female.percent]
    for men, women in whole:
        first, last = sorted((men, women), key=lambda figure: figure.start)
        if not _COMPARED.search(plain, max(0, first.start - 100), last.end + 40) and not (men.rough or women.rough):
            yield from _off((first, last), sure=True)
    known = {figure.start for two in whole for figure in two}
    for run in _runs(plain, [f for f in find_figures(text) if f.percent and f.start not in known]):
        told = plain[max(0, run[0].start - 100) : run[-1].end + 40]
        if len(run) > 2 and not _COMPARED.search(told) and not any(f.rough or f.value >= 99 for f in run):
            yield from _off(tuple(run), sure=False)


def _runs(text: str, figures: list[Figure]) -> Iterator[list[Figure]]:
    run: list[Figure] = []
    for figure in figures:
        if run and (figure.start - run[-1].end > _STEP or re.search(r"\n\s*\n", text[run[-1].end : figure.start])):
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def _off(parts: tuple[Figure, ...], *, sure: bool) -> Iterator[Shares]:
    total = sum((figure.value for figure in parts), Decimal(0))
    missing = abs(total - _HUNDRED)
    if Decimal("0.1") < missing <= 10:
        digits = max(figure.decimals for figure in parts)
        rounded = len(parts) > 2 and missing <= Decimal("0.5").scaleb(-digits) * len(parts)
        yield Shares(parts=parts, sum=total, sure=sure, rounded=rounded)
