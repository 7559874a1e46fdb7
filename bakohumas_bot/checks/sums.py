"""A whole and the parts that a sentence says it consists of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

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
    r"|perinciannya|terbagi\s{1,2}(?:atas|menjadi|dalam)|(?:dengan\s{1,2})?komposisi(?:nya)?)\b\s{0,2}:?",
    re.IGNORECASE,
)
_LISTS = re.compile(r"\b(?:yaitu|yakni)\b\s{0,2}:?|:(?=\s)", re.IGNORECASE)
_OF_SOMETHING = re.compile(
    r"\b(?:di|pada|dari|ke|selama|dengan|tiap|setiap|per|untuk|dalam|oleh|usia|umur|hingga|sampai)\s{1,2}\Z",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:masing-masing|tiap|setiap|per|sisanya|selebihnya|antara\s{1,2}lain|di\s{1,2}antaranya|termasuk|lain-lain"
    r"|lainnya|dan\s{1,2}seterusnya|dst|dll|misalnya|seperti)\b",
    re.IGNORECASE,
)
# `Dari 412 TPS, 120 berada di Umpama Hulu`: places do not overlap, so together they cannot be more than the whole.
_FROM = re.compile(r"\bdari\s{1,2}(?:total\s{1,2}|sebanyak\s{1,2}|keseluruhan\s{1,2})?\Z", re.IGNORECASE)
_AT_A_PLACE = re.compile(
    r"\s{1,2}(?:[a-z-]{2,14}\s{1,2}){0,3}(?:di|dari|untuk)\s{1,2}(?:kecamatan|desa|kelurahan|kabupaten|kota|distrik|dapil|(?-i:[A-Z]))",
    re.IGNORECASE,
)


def wrong_wholes(text: str) -> Iterator[Misfit]:
    """`25 peserta yang terdiri atas 5 ketua, 10 anggota, dan 9 staf`, `412 TPS: 120 di Hulu, 155 di Hilir, 147 di X`"""
    figures = find_figures(text)
    plain = prose(text)
    at = 0
    for sentence in sentences(text):
        inside: list[Figure] = []
        while at < len(figures) and figures[at].start < sentence.end:
            inside.append(figures[at])
            at += 1
        if len(inside) < 3:
            continue
        yield from _more_than_the_whole(plain, inside)
        consists = _CONSISTS.search(plain, inside[0].end, sentence.end)
        cue = consists or _LISTS.search(plain, inside[0].end, sentence.end)
        if cue is not None and not _EACH.search(plain, cue.start(), sentence.end):
            yield from _whole(plain, inside, cue, surely=consists is not None)


def _whole(text: str, inside: list[Figure], cue: re.Match[str], *, surely: bool) -> Iterator[Misfit]:
    before = [figure for figure in inside if figure.end <= cue.start() and cue.start() - figure.end <= 60]
    parts = [figure for figure in inside if figure.start >= cue.end()]
    parts = [f for f in parts if not _OF_SOMETHING.search(text, max(0, f.start - 12), f.start)]
    if before and "rupiah" in {f.noun for f in (before[-1], *parts)}:
        before, parts = ([f for f in some if f.noun == "rupiah"] for some in (before, parts))
    if not before or len(parts) < 2 or any(f.rough or f.percent for f in (*parts, before[-1])):
        return
    if not surely and not _same_things(text, before[-1], parts, cue):
        return
    total = before[-1]
    outside = [f for f in parts if text.count("(", cue.end(), f.start) == text.count(")", cue.end(), f.start)]
    genders = GENDER.search(text, cue.end(), parts[-1].end + 40) is not None
    sums = [sum((f.value for f in some), Decimal(0)) for some in (parts, outside) if len(some) > 1]
    if not sums or total.value in sums or genders:
        return
    if total.value == sums[0] - parts[0].value:  # `100 orang terbagi menjadi 3 regu: 40, 35, dan 25 orang`
        return
    if sums[-1] / 2 <= total.value <= sums[-1] * 2:
        yield Misfit(total=total, made=sums[-1], parts=tuple(outside or parts), sure=False)


def _same_things(text: str, total: Figure, parts: list[Figure], cue: re.Match[str]) -> bool:
    """Behind a mere colon or *yaitu* only what is counted alike: three parts, each the same thing or at a place."""
    if len(parts) < 3 or cue.start() - total.end > 40 or parts[0].start - cue.end() > 12:
        return False
    if any(later.start - earlier.end > 60 for earlier, later in pairwise(parts)):
        return False
    return all(f.noun == total.noun or _AT_A_PLACE.match(text, f.end, f.end + 60) for f in parts)


def _more_than_the_whole(text: str, inside: list[Figure]) -> Iterator[Misfit]:
    total, parts = inside[0], inside[1:]
    if not _FROM.search(text, max(0, total.start - 24), total.start) or any(f.rough or f.percent for f in inside):
        return
    made = sum((f.value for f in parts), Decimal(0))
    if total.value < made <= total.value * 2 and _all_at_places(text, total, parts):
        yield Misfit(total=total, made=made, parts=tuple(parts), sure=False)


def _all_at_places(text: str, total: Figure, parts: list[Figure]) -> bool:
    near = all(later.start - earlier.end <= 80 for earlier, later in pairwise((total, *parts)))
    return near and len(parts) > 1 and all(_AT_A_PLACE.match(text, f.end, f.end + 60) for f in parts)
