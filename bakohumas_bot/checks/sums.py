"""A whole and the parts that a sentence says it consists of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bakohumas_bot.checks.gender_pairs import GENDER
from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.passages import prose, sentences


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """`total` is printed, `made` what its parts make; `sure` whether nothing else can be meant."""

    total: Figure
    made: Decimal
    parts: tuple[Figure, ...]
    sure: bool


_CONSISTS = re.compile(
    r"\b(?:yang\s{1,2})?(?:terdiri\s{1,2}(?:atas|dari)|meliputi|mencakup|dengan\s{1,2}rincian|rinciannya|dengan\s{1,2}perincian"
    r"|perinciannya)\b\s{0,2}:?",
    re.IGNORECASE,
)
_OF_SOMETHING = re.compile(
    r"\b(?:di|pada|dari|ke|selama|dengan|tiap|setiap|per|untuk|dalam|oleh|usia|umur|hingga|sampai)\s{1,2}\Z",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:masing-masing|tiap|setiap|per|sisanya|selebihnya|antara\s{1,2}lain|di\s{1,2}antaranya|termasuk)\b",
    re.IGNORECASE,
)


def wrong_wholes(text: str) -> Iterator[Misfit]:
    """`25 peserta yang terdiri atas 5 ketua, 10 anggota, dan 9 staf`."""
    figures = find_figures(text)
    plain = prose(text)
    at = 0
    for sentence in sentences(text):
        inside: list[Figure] = []
        while at < len(figures) and figures[at].start < sentence.end:
            inside.append(figures[at])
            at += 1
        cue = _CONSISTS.search(plain, sentence.start, sentence.end) if len(inside) > 2 else None
        if cue is None or _EACH.search(plain, cue.start(), sentence.end):
            continue
        yield from _whole(plain, inside, cue)


def _whole(text: str, inside: list[Figure], cue: re.Match[str]) -> Iterator[Misfit]:
    before = [figure for figure in inside if figure.end <= cue.start() and cue.start() - figure.end <= 60]
    parts = [figure for figure in inside if figure.start >= cue.end()]
    parts = [f for f in parts if not _OF_SOMETHING.search(text, max(0, f.start - 12), f.start)]
    if before and "rupiah" in {f.noun for f in (before[-1], *parts)}:
        before, parts = ([f for f in some if f.noun == "rupiah"] for some in (before, parts))
    if not before or len(parts) < 2 or any(f.rough or f.percent for f in (*parts, before[-1])):
        return
    total = before[-1]
    outside = [f for f in parts if text.count("(", cue.end(), f.start) == text.count(")", cue.end(), f.start)]
    genders = GENDER.search(text, cue.end(), parts[-1].end + 40) is not None
    sums = [sum((f.value for f in some), Decimal(0)) for some in (parts, outside) if len(some) > 1]
    if not sums or total.value in sums or genders:
        return
    if sums[-1] / 2 <= total.value <= sums[-1] * 2:
        yield Misfit(total=total, made=sums[-1], parts=tuple(outside or parts), sure=False)
