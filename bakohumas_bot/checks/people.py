"""P03 to P07, P09 and P10: what belongs to a person, and not to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.contacting import P03, P04
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.checks.specific_data import P07
from bakohumas_bot.checks.whereabouts import P05, P06
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind

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


def lists_of_names(checkup: Checkup) -> Iterator[Finding]:
    for field, text in (*texts(checkup.content), *read_in_files(checkup)):
        rows = [row for row in _ROW.finditer(text) if not _NO_PERSON.match(row["name"])]
        private = [row for row in rows if _PRIVATE.search(row["rest"])]
        place = _place(field, private or rows)
        if len(private) >= _FEW:
            yield P09.finding(place, count=len(private))
        elif len(rows) >= _MANY and _only_names(rows) and _NAMES_AHEAD.search(text) and not _is_a_duty(checkup, text):
            yield P09.finding(place, severity=Severity.SARAN, says="nama", count=len(rows))


def _place(field: str, rows: list[re.Match[str]]) -> Place:
    if not rows or field.endswith(".tulisan"):
        return Place(field=field)
    return Place(field=field, start=rows[0].start("name"), end=rows[-1].end())


def _only_names(rows: list[re.Match[str]]) -> bool:
    """Most rows are a name and little else, not sentences that open with a capital."""
    return sum(1 for row in rows if len(row["rest"]) < 40 and " " in row["name"]) >= _MANY


def _is_a_duty(checkup: Checkup, text: str) -> bool:
    return checkup.content.kind is Kind.PENGUMUMAN or bool(_DUTY.search(text))


_CHILD = re.compile(
    r"(?<!maha)\b(?P<who>siswa(?:-siswi|/i|/siswi)?|siswi|pelajar|murid(?:-murid)?|santri(?:wan|wati)?|anak-anak"
    r"|balita|peserta\s{1,2}didik"
    r"|anak\s{1,2}(?:TK|PAUD|SD|SMP|sekolah|usia\s{1,2}dini|panti|yatim)|(?:pengurus\s|anggota\s)?OSIS|pramuka)\b",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(
    r"\b(?:ilustrasi|infografis|poster|kartu\s{1,2}ucapan|logo|grafis|grafik|gambar\s{1,2}vektor|animasi|kartun"
    r"|dari\s{1,2}belakang|membelakangi|tampak\s{1,2}belakang"
    r"|(?:wajah|muka)\w{0,3}\s{1,2}(?:\w{1,15}\s{1,2}){0,3}(?:disamarkan|diburamkan|dikaburkan"
    r"|tidak\s{1,2}(?:ter)?lihat|tertutup|blur)|disamarkan|diburamkan)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(?:persetujuan|seizin|atas\s{1,2}izin|dengan\s{1,2}izin|izin\s{1,2}(?:tertulis|orang\s{1,2}tua|wali"
    r"|sekolah)|(?:telah|sudah)\s{1,2}(?:mendapat|memperoleh)\s{1,2}izin)\b",
    re.IGNORECASE,
)
# The children are spoken of as a subject, not as those who were there.
_TOPIC = re.compile(
    r"\b(?:hak|perlindungan|pelindungan|hari|bagi|kepada|untuk|lomba|jumlah|data|kartu\s{1,2}(?:tanda\s{1,2})?"
    r"|identitas|jaket|usia|status|bukan|mantan|gerakan|kwartir|beasiswa|pilketos)\s{1,2}(?:para\s{1,2}"
    r"|semua\s{1,2}|seluruh\s{1,2})?\Z",
    re.IGNORECASE,
)
_DRAWN = frozenset({Kind.INFOGRAFIS, Kind.MEME, Kind.UCAPAN, Kind.PERINGATAN_HARI_BESAR, Kind.IKLAN, Kind.SLIDE})


def children_in_pictures(checkup: Checkup) -> Iterator[Finding]:
    """One finding for the post; a picture that only draws or hides them needs nobody's leave."""
    content = checkup.content
    shown = [media for media in content.media if media.kind in {MediaKind.IMAGE, MediaKind.VIDEO}]
    if not shown or content.kind in _DRAWN or all(media.alt and _NOT_SHOWN.search(media.alt) for media in shown):
        return
    everything = list(texts(content))
    if any(_CONSENT.search(text) or _NOT_SHOWN.search(text) for field, text in everything if field != "judul"):
        return
    for field, text in everything:
        if field.startswith("sumber"):
            continue
        for match in _CHILD.finditer(text):
            if not _TOPIC.search(text, max(0, match.start() - 40), match.start()):
                yield P10.finding(Place(field=field, start=match.start(), end=match.end()), who=match["who"].lower())
                return


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
P10 = Rule(
    code="P10",
    name="ANAK",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="UU 27/2022 Pasal 4 dan 25",
    version=1,
    check=children_in_pictures,
    about="Mengingatkan persetujuan orang tua atau sekolah bila foto atau video memperlihatkan anak.",
)
RULES: tuple[Rule, ...] = (P03, P04, P05, P06, P07, P09, P10)
