"""Whether figures told in sentences make the whole that is told with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.passages import prose, sentences

_WORDS = (
    r"(?:orang|jiwa|pemilih|warga|peserta|penduduk|suara|kaum|anggota|petugas|siswa|mahasiswa|pegawai|calon|pendaftar|berjenis"
    r"|jenis|kelamin|adalah|di|antaranya|merupakan|dari|pengguna|hak|pilih|dpt|sebanyak|sejumlah|berjumlah|mencapai|ada|yakni"
    r"|yaitu|tercatat|terdapat|persen)"
)
_GENDER = re.compile(
    r"(?P<male>\b(?:laki\s?-?\s?laki|pria|lelaki|putra)\b|(?-i:(?<![\w.])L(?![\w.'’&/-])))"
    r"|(?P<female>\b(?:perempuan|wanita|putri)\b|(?-i:(?<![\w.])P(?![\w.'’&/-])))",
    re.IGNORECASE,
)
_NUMBER_FIRST = re.compile(rf"[^\S\n]{{0,3}}(?:%[^\S\n]{{0,3}})?(?:{_WORDS}[^\S\n]{{1,3}}){{0,4}}", re.IGNORECASE)
_LABEL_FIRST = re.compile(
    rf"\s{{0,3}}(?:{_WORDS}\s{{0,3}}){{0,4}}[:=(\t]?\s{{0,3}}(?:{_WORDS}\s{{1,3}}){{0,2}}", re.IGNORECASE
)
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
    r"|sebagian|keterwakilan|kuota|dibanding\w{0,3}|sebelumnya|semula)\b",
    re.IGNORECASE,
)
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


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """`total` is printed, `made` what its parts make; `sure` whether nothing else can be meant."""

    total: Figure
    made: Decimal
    parts: tuple[Figure, ...]
    sure: bool


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
    labels = list(_GENDER.finditer(plain))
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
        if len({f.value for f in told}) == 1:
            yield Misfit(total=told[0], made=pair.sum, parts=(pair.male, pair.female), sure=True)


def _is_the_whole(text: str, figure: Figure, pair: Pair) -> bool:
    before = text[max(0, figure.start - 80) : figure.start]
    if "\n\n" in text[min(figure.end, pair.end) : max(figure.start, pair.start)].strip() and figure.start > pair.end:
        return False
    if _TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(text, figure.end, figure.end + 60):
        return True
    return figure.end <= pair.start and _PARTS_FOLLOW.search(text[figure.end : pair.start]) is not None


# --- A whole and what it consists of ---

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
    genders = _GENDER.search(text, cue.end(), parts[-1].end + 40) is not None
    sums = [sum((f.value for f in some), Decimal(0)) for some in (parts, outside) if len(some) > 1]
    if not sums or total.value in sums or genders:
        return
    if sums[-1] / 2 <= total.value <= sums[-1] * 2:
        yield Misfit(total=total, made=sums[-1], parts=tuple(outside or parts), sure=False)


# --- Shares of a hundred ---

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
