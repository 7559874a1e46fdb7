"""S06: a direct quotation names its speaker and the speaker's office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.claims import ETHICS, LIGHT
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import DAY_PATTERN
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind

_QUOTE = re.compile(r"“(?P<curly>[^“”]{20,1200})”|\"(?P<straight>[^\"]{20,1200})\"")
_SAYS = (
    r"kata|ujar|tutur|ucap|jelas|terang|papar|tegas|imbuh|tambah|lanjut|ungkap|sebut|harap|pesan|pungkas|tukas|sambung"
    r"|beber|urai|tandas|cetus|seru|ajak|imbau|aku|kenang|lontar"
)
_SAID = (
    r"(?:mengatakan|menyampaikan|menjelaskan|menegaskan|menuturkan|mengungkapkan|menyebut(?:kan)?|berharap|berpesan"
    r"|mengimbau|menyatakan|menambahkan|memaparkan|menerangkan|mengajak|berkata|menekankan|menuliskan|menulis"
    r"|disampaikan|dikatakan|diungkapkan|menurut|mengingatkan|menyoroti|melanjutkan)"
)
_ATTRIBUTED_AFTER = re.compile(
    rf"[\s,.*_–—-]{{0,5}}(?:demikian\s{{1,3}})?(?:(?:{_SAYS})(?:nya)?\b|{_SAID}\b)", re.IGNORECASE
)
_SIGNED_AFTER = re.compile(r"\s{0,4}(?:[–—~-]{1,2}\s{0,2}|\(\s{0,2})\*{0,2}[A-Z]")
_SPOKEN = re.compile(rf"\b(?:(?:{_SAYS})(?:nya)?|{_SAID})\b", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:ketua|wakil|anggota|sekretaris|kepala|kasubbag|kabag|komisioner|divisi|kadiv|koordinator|bupati|wali\s?kota"
    r"|gubernur|camat|lurah|rektor|dosen|dekan|guru|kapolres|kapolda|dandim|danramil|kapolsek|direktur|narasumber"
    r"|perwakilan|staf|pejabat|pranata|warga|pemilih|peserta|mahasiswa|mahasiswi|siswa|siswi|pelajar|relawan|moderator"
    r"|petugas|ppk|pps|kpps|plh|plt|juru\s{1,3}bicara|jubir|tokoh|pengamat|pembina|menteri|presiden|hakim|pimpinan"
    r"|komandan|inspektur|penyuluh|akademisi|akademikus|jurnalis|pendeta|ustaz|ustadz|kiai|pastor|penyandang|humas)\b",
    re.IGNORECASE,
)
_NO_SPEECH = re.compile(
    r"\b(?:(?:ber)?tema|(?:ber)?judul|(?:ber)?tajuk|slogan|tagline|moto|motto|(?:ber)?tulis(?:an|kan)?|spanduk|banner|baliho|papan"
    r"|berbunyi|istilah|disebut|program|lagu|mars|jingle|himne|buku|film|pesan\s{1,3}berantai|narasi|klaim|beredar|tertulis|seharusnya"
    r"|pasal|ayat|kartu|frasa|kalimat|kata\s{1,3}kunci|bertuliskan|dengan\s{1,3}takarir|caption|sumpah|janji|ikrar|deklarasi|pantun|puisi"
    r"|peribahasa|pepatah|adagium|salam|poster|video|konten|kuis|pertanyaan)\b[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
# "ujar salah seorang peserta", "kata beberapa warga yang hadir": somebody, but nobody who could be asked.
_NOBODY = re.compile(
    rf"[\s,.*_–—-]{{0,5}}(?:demikian\s{{1,3}})?(?:{_SAYS}|{_SAID})\s{{1,3}}(?:salah\s{{1,3}}(?:satu|seorang)|seorang|beberapa"
    r"|sejumlah|sebagian)\s{1,3}(?P<who>[^.,;:“”\"\n]{3,80})(?P<more>[^.;:“”\"\n]{0,60})",
    re.IGNORECASE,
)
_CHILD = re.compile(r"\b(?:siswa|siswi|pelajar|murid|anak|santri|taruna|pemilih\s{1,3}pemula)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:kami|kita|saya|aku)\b", re.IGNORECASE)


def quotations(checkup: Checkup) -> Iterator[Finding]:
    """Who speaks, and as what. A programme's name, a slogan, a claim and a clause stand in quotation marks too."""
    if checkup.content.kind in LIGHT - {Kind.REPOST}:
        return
    for field, text in texts(checkup.content):
        if field != "isi" and not field.startswith("varian."):
            continue
        titled = _TITLED.search(text)
        named_from = titled.start() if titled else len(text)
        quotes = _QUOTE.finditer(text)
        finding = next(filter(None, (_unsaid(checkup, field, text, quote, named_from) for quote in quotes)), None)
        if finding is not None:
            yield finding


def _unsaid(checkup: Checkup, field: str, text: str, found: re.Match[str], named_from: int) -> Finding | None:
    said = (found["curly"] or found["straight"]).strip()
    before, after = text[max(0, found.start() - 400) : found.start()], text[found.end() : found.end() + 200]
    paragraph = before.rpartition("\n\n")[2]
    attributed = _ATTRIBUTED_AFTER.match(after) or _SPOKEN.search(paragraph[-160:])
    if len(said.split()) < 6 or _NO_SPEECH.search(before[-80:]) or _SIGNED_AFTER.match(after):
        return None
    if told_as_wrong(checkup.content.kind, text, found.start() + 1):
        return None
    place = Place(field=field, start=found.start(), end=found.end())
    if (somebody := _somebody(after)) is not None:
        child = _CHILD.search(somebody) is not None
        return S06.finding(place, severity=Severity.SARAN if child else None, says="anak" if child else "siapa")
    titled = named_from < found.start() or bool(_TITLED.search(after.partition("\n\n")[0]) or _NOBODY.match(after))
    if titled if attributed else not _is_speech(said, before, after):
        return None
    return S06.finding(place, says="jabatan" if attributed and _NAME.search(after[:60] + paragraph[-60:]) else "")


def _somebody(after: str) -> str | None:
    """Who spoke, where that is said without a name."""
    found = _NOBODY.match(after)
    if found is None:
        return None
    named = _NAME.search(_NO_PERSON.sub(" ", found["who"] + found["more"]))
    return None if named else str(found["who"])


# Days and places are written with capitals too.
_NO_PERSON = re.compile(
    rf"\b(?:{DAY_PATTERN})\b|\b(?:di|dari|asal|desa|kelurahan|kecamatan|kabupaten|kota|dusun|kampung|distrik|(?-i:[A-Z]{{2,4}}))\s{{1,2}}"
    r"(?:(?-i:[A-Z0-9])[\w'-]{0,20}\s{0,2}){1,4}",
    re.IGNORECASE,
)


_NAME = re.compile(r"\b[A-Z][a-z]{2,15}(?:\s{1,2}[A-Z][a-z'.]{1,15}){0,3}\b")


def _is_speech(said: str, before: str, after: str) -> bool:
    """Nobody is named near it, and it is no part of a passage whose speaker was named just before."""
    if _SPOKEN.search(before) or _SPOKEN.search(after.partition("\n\n")[0]):
        return False
    return said[-1] in ".,?…" and len(said.split()) > 7 and _FIRST_PERSON.search(said) is not None


S06 = Rule(
    code="S06",
    name="KUTIPAN",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=ETHICS,
    version=1,
    check=quotations,
    about="Mencari kutipan langsung tanpa nama dan jabatan pembicaranya.",
)
