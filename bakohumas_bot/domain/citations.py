"""Finds regulations that a text cites: kind, number, year, what it says the title is, and how they hang together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bakohumas_bot.domain.regulations import Key, RegulationKind

_S = r"[\s*_]"  # spaces, line breaks, and the marks of bold and italic
_RI = rf"(?:{_S}{{1,3}}(?:republik{_S}{{1,3}}indonesia|ri))?"
_LAW = rf"undang{_S}{{0,2}}[-‑–]?{_S}{{0,2}}undang"
_KPU = rf"(?:komisi{_S}{{1,3}}pemilihan{_S}{{1,3}}umum|kpu)"
_MINISTER = rf"(?:peraturan{_S}{{1,3}}menteri|permen)"
_KINDS = {
    RegulationKind.PERPPU: rf"peraturan{_S}{{1,3}}pemerintah{_S}{{1,3}}pengganti{_S}{{1,3}}{_LAW}|perp+u",
    RegulationKind.PKPU: rf"peraturan{_S}{{1,3}}{_KPU}{_RI}|p-?kpu|per(?:\.{_S}{{0,2}}|{_S}{{1,3}})kpu",
    RegulationKind.KEPUTUSAN_KPU: rf"(?:surat{_S}{{1,3}})?keputusan{_S}{{1,3}}(?:ketua{_S}{{1,3}})?{_KPU}{_RI}"
    rf"|kep(?:\.{_S}{{0,2}}|{_S}{{1,3}})kpu",
    RegulationKind.PERBAWASLU: rf"peraturan{_S}{{1,3}}(?:badan{_S}{{1,3}}pengawas{_S}{{1,3}}pemilihan"
    rf"{_S}{{1,3}}umum|bawaslu)|perbawaslu",
    RegulationKind.PERATURAN_DKPP: rf"peraturan{_S}{{1,3}}(?:dewan{_S}{{1,3}}kehormatan{_S}{{1,3}}penyelenggara"
    rf"{_S}{{1,3}}(?:pemilihan{_S}{{1,3}}umum|pemilu)|dkpp)",
    RegulationKind.PERMENDAGRI: rf"{_MINISTER}{_S}{{1,3}}dalam{_S}{{1,3}}negeri|permendagri",
    RegulationKind.PERMENPANRB: rf"{_MINISTER}{_S}{{1,3}}pendayagunaan{_S}{{1,3}}aparatur{_S}{{1,3}}negara{_S}{{1,3}}"
    rf"dan{_S}{{1,3}}reformasi{_S}{{1,3}}birokrasi|permen{_S}{{0,2}}pan[-\s]?rb",
    RegulationKind.PERMENKOMINFO: rf"{_MINISTER}{_S}{{1,3}}komunikasi{_S}{{1,3}}dan{_S}{{1,3}}informatika"
    r"|permenkominfo",
    RegulationKind.PERPRES: rf"peraturan{_S}{{1,3}}presiden{_RI}|perpres",
    RegulationKind.PP: rf"peraturan{_S}{{1,3}}pemerintah{_RI}(?!{_S}{{1,3}}pengganti)|pp",
    RegulationKind.UU: rf"{_LAW}{_RI}|uu{_RI}",
}
_KIND = "|".join(f"(?P<{kind.name}>{words})" for kind, words in _KINDS.items())
_SHORT_IN_BRACKETS = rf"(?:{_S}{{0,3}}\({_S}{{0,2}}(?-i:[A-Z][A-Za-z-]{{1,12}}){_S}{{0,2}}\))?"
# "UU Pemilu Nomor 7", "Undang-Undang Keterbukaan Informasi Publik (KIP) No. 14".
_NO_NAME = r"No\b|Nomor|Tahun|Pasal|NO\b|NOMOR|TAHUN|RI\b"
_NICKNAME = rf"(?P<nickname>(?:{_S}{{1,3}}(?-i:(?!{_NO_NAME})[A-Z][A-Za-z]{{1,20}}+)){{1,5}})?"
_NUMBERED = rf"{_S}{{0,3}}(?:(?P<word>nomor|nomer|no)\b\.?{_S}{{0,3}}:?{_S}{{0,3}})?"
_OF_YEAR = rf"{_S}{{0,3}}(?P<joint>tahun\b|thn?\b\.?|/|(?={_S})){_S}{{0,3}}"
_YEAR = r"(?P<year>[0-9]{4}|(?<=/)[0-9]{2})(?![\w/]|[.,:][0-9])"
_NUMBER = rf"(?P<number>[0-9]{{1,3}}[A-Z]?)(?![0-9A-Z])(?:{_OF_YEAR}{_YEAR})?"
_PARTS = rf"[0-9]{{1,4}}/[A-Z][^\s,;()]{{2,30}}(?:/{_S}?[^\s,;()/]{{1,12}}){{1,5}}"
_LETTER = rf"(?P<letter>{_PARTS}/(?P<lyear>[0-9]{{4}}))(?![0-9/])"
_CITATION = re.compile(
    rf"(?<![\w/-])(?P<kind>{_KIND})\b{_SHORT_IN_BRACKETS}{_NICKNAME}{_SHORT_IN_BRACKETS}{_NUMBERED}"
    rf"(?:{_LETTER}|{_NUMBER})",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"(?<![\w/-])(?P<kind>{_KIND})\b{_SHORT_IN_BRACKETS}{_S}{{1,3}}tahun{_S}{{1,3}}(?P<year>[0-9]{{4}}){_S}{{1,3}}"
    rf"(?:nomor|no\.?){_S}{{0,3}}:?{_S}{{0,3}}(?P<number>[0-9]{{1,3}})(?![\w/])",
    re.IGNORECASE,
)
# "PKPU 22/2023 jo. 11/2024": the kind is said once.
_FURTHER = re.compile(
    rf"{_S}{{0,3}},?{_S}{{0,3}}(?:jo\.?|juncto|jis\.?){_S}{{0,3}}(?P<item>(?:(?:nomor|no\.?){_S}{{0,3}})?(?P<number>[0-9]{{1,3}})"
    rf"{_S}{{0,2}}(?:/|tahun){_S}{{0,2}}(?P<year>[0-9]{{4}}))(?![\w/])",
    re.IGNORECASE,
)
_ABOUT = re.compile(rf"{_S}{{0,3}},?{_S}{{0,3}}tentang{_S}{{1,3}}", re.IGNORECASE)
_TITLE_ENDS = re.compile(
    r"[;:“”\"\[\]!?]|\((?=lembaran|berita|tambahan|LN|BN|uu|pkpu)|\((?-i:(?=[A-Z]{2,12}\)))|\n\s{0,3}\n|\n\s{0,3}(?:[-*]|\d{1,2}[.)])\s|[.](?=\s|$)|,\s{1,3}(?=sebagaimana|jo\b|yang|dan\s{1,3}(?:uu|undang|peraturan|pkpu))"
    r"|\b(?:sebagaimana|jo\.|juncto|mengatur|menyebut\w{0,8}|menyatakan|berbunyi|adalah|merupakan|menjadi\s{1,3}dasar|serta\s{1,3}(?:uu|undang|peraturan|pkpu)|dan\s{1,3}(?:uu|undang-undang|peraturan|pkpu))\b",
    re.IGNORECASE,
)
_INSIDE_A_TITLE = re.compile(
    rf"(?:perubahan(?:{_S}{{1,3}}\w{{3,10}}){{0,2}}{_S}{{1,3}}atas|penetapan|pelaksanaan|pencabutan|mencabut|pengujian|uji{_S}{{1,3}}materi(?:il)?)"
    rf"(?:{_S}{{1,3}}(?:terhadap|atas))?{_S}{{1,3}}\Z",
    re.IGNORECASE,
)
_JOINED = re.compile(
    rf"\b(?:sebagaimana{_S}{{1,3}}(?:telah{_S}{{1,3}})?(?:beberapa{_S}{{1,3}}kali{_S}{{1,3}})?,?{_S}{{0,3}}(?:diubah|diperbarui)"
    rf"|(?:telah|sudah){_S}{{1,3}}(?:beberapa{_S}{{1,3}}kali{_S}{{1,3}})?diubah|diubah|jo|juncto|jis)\b",
    re.IGNORECASE,
)
_LONGEST_TITLE = 600


class Style(StrEnum):
    """How number and year are written: `Nomor 9 Tahun 2022`, `9/2022`, or in another way."""

    FULL = "full"
    SLASHED = "slashed"
    LOOSE = "loose"
    LETTER = "letter"
    NO_YEAR = "no_year"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """`start` to `end` is kind, number and year; the title, where one is given, ends at `title_end`.

    `inside`: it stands within the title of another. `amends`: it is what the citation before was changed by.
    """

    start: int
    end: int
    kind: RegulationKind
    kind_text: str
    nickname: str
    number: str
    year: int | None
    style: Style
    title: str = ""
    title_end: int = 0
    inside: bool = False
    amends: bool = False

    @property
    def key(self) -> Key | None:
        return Key(kind=self.kind, number=self.number, year=self.year) if self.year else None


@lru_cache(maxsize=32)  # three rules read the same texts
def find_citations(text: str) -> tuple[Citation, ...]:
    """Every citation with a number, in order."""
    found = [_worded(match) for match in _CITATION.finditer(text) if not _is_something_else(match)]
    found += [_turned(match) for match in _TURNED.finditer(text)]
    found += [further for one in found for further in _further(text, one)]
    found.sort(key=lambda one: one.start)
    alone = [one for at, one in enumerate(found) if at == 0 or one.start >= found[at - 1].end]
    return tuple(_in_context(text, alone, at) for at in range(len(alone)))


def _is_something_else(found: re.Match[str]) -> bool:
    """`UU 45`, `PP 12 orang`: without the word for number, only a year makes it a citation.

    A decision of KPU Provinsi or of a kabupaten is known to its office alone.
    """
    a_local_decision = found["KEPUTUSAN_KPU"] and found["nickname"]
    return bool(a_local_decision) or not (found["letter"] or found["year"] or found["word"])


def _kind(found: re.Match[str]) -> RegulationKind:
    return next(kind for kind in RegulationKind if found[kind.name])


def _worded(found: re.Match[str]) -> Citation:
    if found["letter"]:
        number = re.sub(r"\s", "", found["letter"])
        year: int | None = int(found["lyear"])
        style = Style.LETTER
    else:
        number, year = found["number"].lstrip("0") or "0", _year(found["year"])
        style = _style(found, year)
    return Citation(
        start=found.start(),
        end=found.end(),
        kind=_kind(found),
        kind_text=" ".join(found["kind"].replace("*", " ").split()),
        nickname=" ".join((found["nickname"] or "").split()),
        number=number,
        year=year,
        style=style,
    )


def _style(found: re.Match[str], year: int | None) -> Style:
    if year is None:
        return Style.NO_YEAR
    word, joint = found["word"] or "", found["joint"] or ""
    if joint == "/":
        return Style.LOOSE if word or len(found["year"]) == 2 or is_odd(found["kind"]) else Style.SLASHED
    if is_odd(found["kind"]):
        return Style.LOOSE
    full = word.lower() == "nomor" and joint.lower() == "tahun"
    return Style.FULL if full and word in {"Nomor", "NOMOR"} else Style.LOOSE


def is_odd(kind: str) -> bool:
    """`P-KPU`, `Per. KPU`, `Kep. KPU`: shortened as nobody else does."""
    return _ODD.match(kind) is not None


_ODD = re.compile(r"(?:p-|per\b|kep\b)", re.IGNORECASE)


def _year(digits: str | None) -> int | None:
    return None if not digits else int(digits) + (2000 if len(digits) == 2 else 0)


def _turned(found: re.Match[str]) -> Citation:
    return Citation(
        start=found.start(),
        end=found.end(),
        kind=_kind(found),
        kind_text=" ".join(found["kind"].split()),
        nickname="",
        number=found["number"],
        year=int(found["year"]),
        style=Style.LOOSE,
    )


def _further(text: str, first: Citation) -> list[Citation]:
    more: list[Citation] = []
    at = first.end
    while (found := _FURTHER.match(text, at)) is not None:
        one = replace(first, start=found.start("item"), end=found.end(), nickname="", style=Style.SLASHED)
        more.append(replace(one, number=found["number"], year=int(found["year"])))
        at = found.end()
    return more


def _in_context(text: str, found: list[Citation], at: int) -> Citation:
    one = found[at]
    title, end = _title(text, one)
    before = text[max(0, one.start - 60) : one.start]
    earlier = found[at - 1] if at else None
    gap = text[earlier.end : one.start] if earlier and one.start - earlier.end <= _LONGEST_TITLE else ""
    joined = [*_JOINED.finditer(gap)]
    tail = gap[joined[-1].end() :].removeprefix(".") if joined else ""
    return replace(
        one,
        title=title,
        title_end=end,
        inside=_INSIDE_A_TITLE.search(before) is not None,
        amends=bool(joined) and len(tail) <= 60 and ". " not in tail,
    )


def _title(text: str, one: Citation) -> tuple[str, int]:
    about = _ABOUT.match(text, one.end)
    if about is None:
        return "", one.end
    ends = _TITLE_ENDS.search(text, about.end(), about.end() + _LONGEST_TITLE)
    last = ends.start() if ends else min(len(text), about.end() + _LONGEST_TITLE)
    title = _without_sentence(text[about.end() : last]).rstrip(" \t\r\n,*_(")
    return title, about.end() + len(title)


# Small words that a title holds; what else begins small belongs to the sentence around it.
_SMALL_WORDS = "dan atau dan/atau di dalam atas menjadi tentang untuk oleh bagi dari ke serta dengan"
_SMALL = frozenset(_SMALL_WORDS.split())


def _without_sentence(title: str) -> str:
    if title[:1].islower():
        return title
    end = 0
    for word in re.finditer(r"\S+", title):
        plain = word[0].strip(",*_()")
        if plain[:1].islower() and plain not in _SMALL:
            break
        end = word.end() if plain not in _SMALL else end
    return title[:end]
