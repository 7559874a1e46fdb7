"""F13: a report tells the same period on its cover, in its text and in its annex."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import MONTHS
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.months import find_month_ranges

_REPORT = re.compile(r"\b(?:laporan|rekapitulasi|rekap|lampiran)\b", re.IGNORECASE)
# What says that a range of months is the period of the report, in the words just before it.
_CALLED = re.compile(
    r"\b(?:periode|kurun\s{1,2}waktu|masa\s{1,2}pelaporan|laporan\s{1,2}(?:kegiatan\s{1,2})?bulan|dimulai(?:\s{1,2}pada)?(?:\s{1,2}dari)?"
    r"|selama)\b[^.;\n]{0,70}\Z",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:laporan|periode|rekapitulasi|rekap|lampiran|sepanjang|selama)\b[^.,;\n]{0,60}\Z", re.IGNORECASE
)
_OTHER_PERIOD = re.compile(
    r"\b(?:dibanding\w{0,3}|sebelumnya|lalu|berikutnya|menyusul|mendatang|selanjutnya|jabatan|bakti|rencana\w{0,2}|akan|sedangkan|sementara"
    r"|berbeda|dari\s{1,2}periode|jika|apabila)\b",
    re.IGNORECASE,
)
_PARTS = {"triwulan": 3, "tw": 3, "caturwulan": 4, "semester": 6}
_NUMBERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "pertama": 1,
    "kesatu": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
}
_PART = re.compile(
    r"\b(?P<part>triwulan|tw|caturwulan|semester)\s{1,2}(?:ke-?\s?)?(?P<number>iv|i{1,3}|[1-4]|pertama|kesatu|kedua|ketiga|keempat|satu"
    r"|dua|tiga|empat)\b(?:\s{1,2}(?:tahun\s{1,2}(?:anggaran\s{1,2})?)?(?P<year>20[0-9]{2}))?",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"[\s*_,]{0,3}(?:\(|yakni|yaitu|atau|:|–|-|bulan|periode|,)[\s*_]{0,3}(?:bulan\s{1,2}|periode\s{1,2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A period as told: its months, and its year where one is told."""

    start: int
    end: int
    first: int
    last: int
    year: int | None

    def agrees(self, other: _Told) -> bool:
        years = self.year is None or other.year is None or self.year == other.year
        return (self.first, self.last) == (other.first, other.last) and years

    @property
    def name(self) -> str:
        months = (
            f"{MONTHS[self.first - 1]}–{MONTHS[self.last - 1]}" if self.first != self.last else MONTHS[self.first - 1]
        )
        return f"{months} {self.year}" if self.year else months


def periods(checkup: Checkup) -> Iterator[Finding]:
    misnamed = list(_misnamed(checkup))
    yield from misnamed
    told_already = {(finding.field, finding.start) for finding in misnamed}
    if not _is_a_report(checkup):
        return
    known: _Told | None = None
    for field, text in texts(checkup.content):
        if field.startswith(("sumber", "varian")):
            continue
        for told in _told(text):
            known = known or told
            if (field, told.start) in told_already or known.agrees(told):
                continue
            if not told_as_wrong(checkup.content.kind, text, told.start):
                yield F13.finding(
                    Place(field=field, start=told.start, end=told.end),
                    printed=" ".join(text[told.start : told.end].split()),
                    first=known.name,
                )


def _is_a_report(checkup: Checkup) -> bool:
    """By its title, or by the lines it opens with."""
    return bool(_REPORT.search(checkup.content.title) or _REPORT.search(checkup.content.body[:400]))


def _told(text: str) -> list[_Told]:
    told = [
        _Told(start=spell.start, end=spell.end, first=spell.first, last=spell.last, year=spell.year)
        for spell in find_month_ranges(text)
        if _CALLED.search(text, max(0, spell.start - 100), spell.start)
    ]
    told += [
        _part(match)
        for match in _PART.finditer(text)
        if _numbered(match) is not None and _TITLED.search(text, max(0, match.start() - 80), match.start())
    ]
    return sorted((t for t in told if not _of_another_period(text, t)), key=lambda t: t.start)


def _of_another_period(text: str, told: _Told) -> bool:
    before = text[max(0, told.start - 80) : told.start]
    after = text[told.end : told.end + 30]
    return _OTHER_PERIOD.search(re.split(r"[.;\n]", before)[-1] + " " + re.split(r"[.;\n]", after)[0]) is not None


def _numbered(match: re.Match[str]) -> tuple[int, int] | None:
    size = _PARTS[match["part"].casefold()]
    number = _NUMBERS[match["number"].casefold()]
    return ((number - 1) * size + 1, number * size) if number * size <= 12 else None


def _part(match: re.Match[str]) -> _Told:
    first, last = _numbered(match) or (1, 12)
    year = int(match["year"]) if match["year"] else None
    return _Told(start=match.start(), end=match.end(), first=first, last=last, year=year)


def _misnamed(checkup: Checkup) -> Iterator[Finding]:
    """`Triwulan III (April–Juni 2026)`: the third quarter is July to September."""
    for field, text in texts(checkup.content):
        ranges = {spell.start: spell for spell in find_month_ranges(text)}
        for match in _PART.finditer(text):
            beside = _BESIDE.match(text, match.end())
            spell = ranges.get(beside.end()) if beside else None
            months = _numbered(match)
            if spell is None or months is None or (spell.first, spell.last) == months:
                continue
            right = f"{MONTHS[months[0] - 1]}–{MONTHS[months[1] - 1]}" + (f" {spell.year}" if spell.year else "")
            yield F13.finding(
                Place(field=field, start=spell.start, end=spell.end),
                says="bulan",
                repairs=(Repair(label=right, text=right),),
                part=" ".join(match[0].split()),
                printed=" ".join(text[spell.start : spell.end].split()),
                right=right,
            )


F13 = Rule(
    code="F13",
    name="PERIODE",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf A.1.f (laporan berkala)",
    version=1,
    check=periods,
    about="Periode laporan pada judul, isi, dan lampiran harus sama, dan triwulan sesuai dengan bulannya.",
)
