"""Men and women against the total that is told with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from bakohumas_bot.checks.gender_pairs import Pair, gender_pairs
from bakohumas_bot.checks.sums import Misfit
from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.passages import prose

_TOTAL_BEFORE = re.compile(
    r"(?:\b(?:total|totalnya|jumlah|jumlahnya|keseluruhan|seluruhnya|jml|sebanyak|sejumlah|berjumlah)\b|L\s?\+\s?P)[^.;\n0-9]{0,60}\Z",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"[^.;,\n0-9]{0,30}\b(?:secara\s{1,2}keseluruhan|seluruhnya|secara\s{1,2}total)\b", re.IGNORECASE
)
_PARTS_FOLLOW = re.compile(
    r"\b(?:terdiri|rincian\w{0,3}|dirinci|perincian\w{0,3}|meliputi|mencakup|yakni|yaitu|masing-masing|komposisi|terbagi|dibagi"
    r"|mereka|dengan)\b|[(:]|,\s{0,2}\Z",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:sisanya|selebihnya|antara\s{1,2}lain|di\s{1,2}antaranya|termasuk|belum\s{1,2}termasuk|bertambah|berkurang|tambahan"
    r"|sebagian|keterwakilan|kuota|dibanding\w{0,3})\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:sebelumnya|semula)\b[^.?!;\n]*\Z", re.IGNORECASE)
_OTHER_THINGS = frozenset(
    {
        "tps",
        "desa",
        "kelurahan",
        "kecamatan",
        "kabupaten",
        "kota",
        "provinsi",
        "hari",
        "jam",
        "menit",
        "titik",
        "lokasi",
        "dapil",
    }
    | {
        "kursi",
        "tahun",
        "bulan",
        "kali",
        "meter",
        "km",
        "negara",
        "dusun",
        "kampung",
        "distrik",
        "partai",
    }
    | {
        "gelombang",
        "angkatan",
        "sekolah",
        "satker",
        "pekan",
        "minggu",
        "sesi",
        "detik",
        "surat",
        "lembar",
        "kotak",
        "bilik",
    }
)
_REACH_BACK, _REACH_ON = 260, 180


def wrong_gender_totals(text: str) -> Iterator[Misfit]:
    """L + P against the total that is told with them, before or behind."""
    pairs = [pair for pair in gender_pairs(text) if not pair.male.percent and not pair.female.percent]
    sums = {pair.sum for pair in pairs}
    figures = find_figures(text)
    starts = [figure.start for figure in figures]
    plain = prose(text)
    for number, pair in enumerate(pairs):
        if pair.male.rough or pair.female.rough:
            continue
        low = max(pair.start - _REACH_BACK, pairs[number - 1].end if number else 0)
        high = min(pair.end + _REACH_ON, pairs[number + 1].start if number + 1 < len(pairs) else len(text))
        if _NOT_ALL.search(plain, max(low, pair.start - 120), min(high, pair.end + 80)):
            continue
        if _EARLIER.search(plain[max(low, pair.start - 120) : pair.start]):
            continue
        near = figures[bisect_left(starts, low) : bisect_left(starts, high)]
        around = [f for f in near if f not in {pair.male, pair.female} and not f.percent]
        candidates = [f for f in around if f.noun not in _OTHER_THINGS and not f.rough]
        if any(f.value == pair.sum for f in candidates) or any(
            f.value - pair.sum in {o.value for o in around} for f in around
        ):
            continue
        told = [f for f in candidates if _is_the_whole(plain, f, pair) and (f.value not in sums or f.value == pair.sum)]
        told = [
            f
            for f in told
            if pair.sum / 2 <= f.value <= pair.sum * 2 and f.value > max(pair.male.value, pair.female.value)
        ]
        told = [f for f in told if _in_one_sentence(plain, f, pair)] or told
        if len({f.value for f in told}) == 1:
            yield Misfit(total=told[0], made=pair.sum, parts=(pair.male, pair.female), sure=True)


def _in_one_sentence(text: str, figure: Figure, pair: Pair) -> bool:
    first, last = (figure.end, pair.start) if figure.end <= pair.start else (pair.end, figure.start)
    return _ENDS.search(text, first, last) is None


_ENDS = re.compile(r"[.?!;]\s|\n")


def _is_the_whole(text: str, figure: Figure, pair: Pair) -> bool:
    before = text[max(0, figure.start - 80) : figure.start]
    if "\n\n" in text[min(figure.end, pair.end) : max(figure.start, pair.start)].strip() and figure.start > pair.end:
        return False
    if _TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(text, figure.end, figure.end + 60):
        return True
    return figure.end <= pair.start and _PARTS_FOLLOW.search(text[figure.end : pair.start]) is not None
