"""P03 to P07, P09 and P10: what belongs to a person, and not to the public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.contacting import P03, P04
from bakohumas_bot.checks.name_lists import P09
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.specific_data import P07
from bakohumas_bot.checks.whereabouts import P05, P06
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind

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
# Words for a picture that name somebody, or an occasion at which somebody was; a stage or a banner is nobody.
_SOMEBODY_SHOWN = re.compile(
    r"\b(?:siswa\w*|siswi|pelajar|murid|santri\w*|anak\S*|balita|peserta|orang|guru|warga|petugas|pegawai|anggota|ketua"
    r"|pemilih|komisioner|suasana|kegiatan|kelas|foto|dokumentasi|sosialisasi|kunjungan|tim|OSIS|pramuka|wajah|mereka)\b",
    re.IGNORECASE,
)
# The children are spoken of as a subject, not as those who were there.
_TOPIC = re.compile(
    r"\b(?:hak|perlindungan|pelindungan|hari|bagi|kepada|untuk|lomba|jumlah|data|kartu\s{1,2}(?:tanda\s{1,2})?"
    r"|identitas|jaket|usia|status|bukan|mantan|gerakan|kwartir|beasiswa|pilketos)\s{1,2}(?:para\s{1,2}"
    r"|semua\s{1,2}|seluruh\s{1,2})?\Z",
    re.IGNORECASE,
)
_DESCRIBED = 15
_DRAWN = frozenset({Kind.INFOGRAFIS, Kind.MEME, Kind.UCAPAN, Kind.PERINGATAN_HARI_BESAR, Kind.IKLAN, Kind.SLIDE})


def children_in_pictures(checkup: Checkup) -> Iterator[Finding]:
    """One finding for the post; a picture that only draws or hides them needs nobody's leave."""
    content = checkup.content
    shown = [media for media in content.media if media.kind in {MediaKind.IMAGE, MediaKind.VIDEO}]
    if not shown or content.kind in _DRAWN or all(media.alt and _NOT_SHOWN.search(media.alt) for media in shown):
        return
    if all(len(media.alt) > _DESCRIBED and not _SOMEBODY_SHOWN.search(media.alt) for media in shown):
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
