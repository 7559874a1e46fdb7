"""P09: lists of names: with private data beside them, with the marks of a selection, of officials met on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind

_ROW = re.compile(
    r"^[ \t|>*_\-•]{0,6}(?:[0-9]{1,4}[.)\t |]{1,6}[ \t|]{0,4})?(?P<name>[*_]{0,2}(?:(?:H|Hj|Dr|dr|Drs"
    r"|Ir)\.\s?)?[A-Z][A-Za-z’'.]{1,20}(?:\s[A-Z][A-Za-z’'.]{0,20}){0,4})"
    r"(?P<rest>[^\n]{0,300})$",
    re.MULTILINE,
)
_PRIVATE = re.compile(
    r"(?<![0-9])(?:\+?62|0)8[0-9](?:[ .\-]?[0-9]){7,10}(?![0-9])"
    r"|(?<![0-9])[0-9]{16}(?![0-9])"
    r"|[\w.+\-]{2,40}@(?:gmail|yahoo|hotmail|outlook|ymail)\."
    r"|\bRT\.?\s{0,2}[0-9]{1,3}\b|\bJl\.?\s[A-Z]"
    r"|(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])[\-/.\s](?:0?[1-9]|1[0-2]|[A-Za-z]{3,9})[\-/.\s](?:19[4-9][0-9]"
    r"|200[0-9])(?![0-9])"
)
_NAMES_AHEAD = re.compile(
    r"\b(?:daftar\s{1,2}(?:nama|hadir|peserta|pelamar|calon)|nama\s{1,2}(?:peserta|lengkap|pelamar|anggota"
    r"|pegawai)|nama-nama)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:pengumuman|mengumumkan|diumumkan|lulus|hasil\s{1,2}seleksi|terpilih|ditetapkan|penetapan|dilantik"
    r"|pelantikan|daftar\s{1,2}calon|DCT|DCS|pemenang|juara)\b",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"^[*_]{0,2}(?:Partai|Kecamatan|Kelurahan|Desa|Kabupaten|Kota|Provinsi|Dinas|Badan|Kantor|Ketua|Sekretaris"
    r"|Divisi|Subbagian|Bagian|Komisi|KPU|Bawaslu|TPS|PPK|PPS"
    r"|Undang|Peraturan|Keputusan|Surat|Daftar|Tahapan|Pukul|Hari|Tanggal|Jalan|Jl|Gedung|Hotel|Universitas|SMA"
    r"|SMK|SMP)\b"
)
_FEW, _MANY = 3, 10
# How somebody did in a selection stands in the row: a mark, or that it was not enough.
_MARKED = re.compile(
    r"[|\t:–—-]\s{0,3}(?:[0-9]{1,3}(?:[.,][0-9]{1,2})?|(?:tidak|belum)\s{1,2}(?:lulus|memenuhi\s{1,2}syarat)|TMS|gugur)"
    r"[ *_]{0,3}(?:[|\t,;(]|$)",
    re.IGNORECASE,
)
_SELECTION = re.compile(
    r"\b(?:nilai|skor|(?:tes|ujian|seleksi)\s{1,2}(?:tertulis|wawancara|kesehatan|calon|anggota|CAT)|wawancara|seleksi)\b",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:(?:tidak|belum)\s{1,2}(?:lulus|memenuhi)|TMS|gugur)\b", re.IGNORECASE)
_NAMES = re.compile(r"\bnama\b", re.IGNORECASE)
_OTHER_COUNT = re.compile(
    r"\b(?:lomba|juara|pemenang|cerdas\s{1,2}cermat|perolehan|suara\s{1,2}sah|jumlah\s{1,2}(?:pemilih|suara|TPS))\b"
    r"|\b(?:kecamatan|kelurahan|desa|kabupaten|satker|sekolah|partai|TPS)\s{0,3}\|",
    re.IGNORECASE,
)
_OFFICES = (
    r"(?:(?:Pl[ht]\.\s?)?(?:Kepala|Kabid|Kabag|Kasi|Kasubbag|Kasat|Kapolsek|Kapolres|Danramil|Camat|Lurah|Sekretaris"
    r"|Asisten|Staf|staf|Analis|Pranata|Komandan|Jaksa|Hakim|Dinas|Badan|Bagian|Polres|Kejaksaan|Kesbangpol))"
)
_OFFICIAL = re.compile(rf"\s{{0,2}}[,(–|-]\s{{0,2}}{_OFFICES}\b")
_IN_A_LINE = re.compile(
    r"(?<![\w.])[0-9]{1,2}[.)]\s{1,2}(?P<name>(?:Bapak|Ibu|Pak|Bu|Bpk\.|Sdri?\.|Saudara|Saudari|H\.|Hj\.)\s{1,2}[A-Z][A-Za-z’'.]{1,20}"
    r"(?:\s[A-Z][A-Za-z’'.]{0,20}){0,3})(?P<rest>\s?[(,–-][^\n]{2,60}?[);,.]|)"
)
_SPEAKERS = re.compile(r"\b(?:narasumber|pemateri|pembicara|panelis|moderator|juri|penanggap)\b", re.IGNORECASE)


def lists_of_names(checkup: Checkup) -> Iterator[Finding]:
    for field, text in (*texts(checkup.content), *read_in_files(checkup)):
        rows = [row for row in _ROW.finditer(text) if not _NO_PERSON.match(row["name"])]
        private = [row for row in rows if _PRIVATE.search(row["rest"])]
        place = _place(field, private or rows)
        if len(private) >= _FEW:
            yield P09.finding(place, count=len(private))
        elif len(marked := _with_marks(text, rows)) >= _FEW:
            yield P09.finding(_place(field, marked), severity=Severity.SARAN, says="nilai", count=len(marked))
        elif len(met := _officials_met(checkup, text, rows)) >= _FEW:
            yield P09.finding(_place(field, met), severity=Severity.SARAN, says="pejabat", count=len(met))
        elif len(rows) >= _MANY and _only_names(rows) and _NAMES_AHEAD.search(text) and not _is_a_duty(checkup, text):
            yield P09.finding(place, severity=Severity.SARAN, says="nama", count=len(rows))


def _with_marks(text: str, rows: list[re.Match[str]]) -> list[re.Match[str]]:
    if not _SELECTION.search(text) or _OTHER_COUNT.search(text):
        return []
    marked = [row for row in rows if _MARKED.search(row["rest"])]
    whole = sum(" " in row["name"] for row in marked)
    people = 2 * whole >= len(marked) or _NAMES.search(text) or any(_FAILED.search(row["rest"]) for row in marked)
    return marked if people else []


def _officials_met(checkup: Checkup, text: str, rows: list[re.Match[str]]) -> list[re.Match[str]]:
    """Guests, one below or behind the other; neither the office's own people nor speakers whom it announced."""
    if _is_a_duty(checkup, text) or _SPEAKERS.search(text):
        return []
    own = {official.name.casefold() for official in checkup.knowledge.officials.serving(checkup.today)}
    listed = [row for row in rows if _OFFICIAL.match(row["rest"])] or list(_IN_A_LINE.finditer(text))
    return [row for row in listed if row["name"].strip("*_ ").casefold() not in own]


def _place(field: str, rows: list[re.Match[str]]) -> Place:
    if not rows or field.endswith(".tulisan"):
        return Place(field=field)
    return Place(field=field, start=rows[0].start("name"), end=rows[-1].end())


def _only_names(rows: list[re.Match[str]]) -> bool:
    """Most rows are a name and little else, not sentences that open with a capital."""
    return sum(1 for row in rows if len(row["rest"]) < 40 and " " in row["name"]) >= _MANY


def _is_a_duty(checkup: Checkup, text: str) -> bool:
    return checkup.content.kind is Kind.PENGUMUMAN or bool(_DUTY.search(text))


P09 = Rule(
    code="P09",
    name="DAFTAR_NAMA",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="UU 27/2022; Putusan DKPP 15-PKE-DKPP/II/2023",
    version=1,
    check=lists_of_names,
    about="Mencari daftar nama yang disertai NIK, telepon, pos-el, alamat, atau tanggal lahir.",
)
