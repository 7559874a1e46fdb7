"""F05 and F06: clock times with their zone, and times and numbers written as offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.zones import F05
from bakohumas_bot.domain.clocks import find_clocks
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.passages import prose

_COUNTED = (
    r"(?:pemilih|orang|jiwa|warga|penduduk|peserta|suara|tps|surat\s{1,2}suara|kotak\s{1,2}suara|bilik|lembar|eksemplar"
    r"|relawan|petugas|anggota|keluarga|kk|pengunjung|pengikut|tayangan|kali|unit|buah|desa|kelurahan|hektare|ha|rupiah"
    r"|laki-laki|perempuan|data|berkas|dokumen)"
)
_BARE_TIME = re.compile(r"(?<![\w.,:/-])(?P<time>(?:0[5-9]|1[0-9]|2[0-3]):[0-5][05])(?![\w:]|[.,/-][0-9])")
_NOT_A_TIME_BEFORE = re.compile(
    r"\b(?:skor|menang|kalah|unggul|rasio|skala|perbandingan|qs|q\.s\.?|surah|surat|ayat|yohanes|matius|lukas|markus|mazmur"
    r"|kejadian|roma|korintus|amsal|yesaya|menit|durasi|pasal)\b[^.\n]{0,16}\Z",
    re.IGNORECASE,
)
_CHAPTERS = re.compile(r"(?:\A|\n)[ \t]{0,4}0{1,2}:00\b")
_ENGLISH = re.compile(
    rf"(?<![\w.,])(?P<rp>rp\.?\s{{0,2}})?(?P<number>[1-9][0-9]{{0,2}}(?:,[0-9]{{3}}){{1,4}})(?P<cents>\.[0-9]{{1,2}})?(?![\w,]|\.[0-9])"
    rf"(?P<unit>\s{{1,3}}{_COUNTED}\b)?",
    re.IGNORECASE,
)
_DECIMAL_POINT = re.compile(
    r"(?<![\w.,])(?P<number>[0-9]{1,3}\.[0-9]{1,2})(?=\s{0,2}%|\s{1,2}(?:persen|derajat|juta|miliar|triliun|ribu|km|kilometer"
    r"|kg|kilogram|hektare|meter)\b)",
    re.IGNORECASE,
)
_UNBROKEN = re.compile(
    rf"(?<![\w.,/-])(?:(?P<rp>rp\.?\s{{0,2}})(?P<money>[1-9][0-9]{{4,11}})|(?P<count>[1-9][0-9]{{4,8}})(?=\s{{1,3}}{_COUNTED}\b))"
    r"(?![\w/-]|[.,][0-9])",
    re.IGNORECASE,
)


def written_forms(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        plain = prose(text)
        for start, end, right, says in (*_times(text, plain), *_numbers(plain)):
            yield F06.finding(
                Place(field=field, start=start, end=end),
                says=says,
                repairs=(Repair(label=right, text=right),),
                printed=text[start:end],
                right=right,
            )


Form = tuple[int, int, str, str]


def _times(text: str, plain: str) -> Iterator[Form]:
    """`14:00` after *pukul*, before a zone, in a span, or where nothing says that it counts something else."""
    known: set[int] = set()
    chapters = _CHAPTERS.search(text) is not None
    for clock in find_clocks(text):
        pieces = [clock.begins_at] + ([clock.ends_at] if clock.ends_at else [])
        known |= {start for start, _ in pieces}
        surely = clock.called or clock.zones or not chapters
        if surely and any(":" in text[start:end] for start, end in pieces):
            start, end = pieces[0][0], pieces[-1][1]
            right = text[start:end]
            for piece_start, piece_end in pieces:
                right = right.replace(text[piece_start:piece_end], text[piece_start:piece_end].replace(":", "."), 1)
            yield start, end, right, "jam"
    for match in _BARE_TIME.finditer(plain):
        before = plain[max(0, match.start() - 40) : match.start()]
        if match.start() not in known and not chapters and not _NOT_A_TIME_BEFORE.search(before):
            yield *match.span("time"), match["time"].replace(":", "."), "jam"


def _numbers(plain: str) -> Iterator[Form]:
    for match in _ENGLISH.finditer(plain):
        if match["number"].count(",") > 1 or match["rp"] or match["unit"]:
            end = match.end("cents") if match["cents"] else match.end("number")
            right = match["number"].replace(",", ".") + (match["cents"] or "").replace(".", ",")
            yield match.start("number"), end, right, "angka"
    for match in _DECIMAL_POINT.finditer(plain):
        yield *match.span("number"), match["number"].replace(".", ","), "angka"
    for match in _UNBROKEN.finditer(plain):
        group = "money" if match["money"] else "count"
        yield *match.span(group), f"{int(match[group]):,}".replace(",", "."), "angka"


F06 = Rule(
    code="F06",
    name="FORMAT_ANGKA_JAM",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="Pedoman Umum Ejaan Bahasa Indonesia: titik untuk jam dan ribuan, koma untuk desimal",
    version=1,
    check=written_forms,
    about="Jam ditulis dengan titik (14.00), ribuan dengan titik (12.345), desimal dengan koma (3,5).",
)
RULES = (F05, F06)
