"""S01: rules, figures and dates of an election come with their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bakohumas_bot.checks.quoting import quoted, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.dates import find_dates
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.weblinks import find_links

LIGHT = {
    Kind.MEME,
    Kind.UCAPAN,
    Kind.FOTO,
    Kind.PERINGATAN_HARI_BESAR,
    Kind.REPOST,
    Kind.PROMOSI_LIVE,
    Kind.FILM,
    Kind.PODCAST,
}

_W = r"[^\W\d_]{1,20}\s{1,3}"
_ELECTION = re.compile(
    r"\b(?:pemilih|memilih|mencoblos|coblos|tps|pemungutan|penghitungan\s{1,3}suara|surat\s{1,3}suara|dpt|dptb|dpk"
    r"|kampanye|berkampanye|peserta\s{1,3}(?:pemilu|pemilihan)|pemilu|pilkada|pilpres|pileg|kpps|pps|ppk|pantarlih|calon"
    r"|caleg|paslon|partai|parpol|saksi|pemantau|coklit|hak\s{1,3}pilih|masa\s{1,3}tenang|alat\s{1,3}peraga|apk|hak\s{1,3}suara)\b",
    re.IGNORECASE,
)
_PAPERS = (
    r"(?:membawa|menunjukkan|memiliki|terdaftar|mendaftar|mengisi|mengurus|melapor|melampirkan|menyerahkan|ktp|e-ktp"
    r"|undangan|formulir|c-?6|a-?5|surat|pemberitahuan|bukti|cuti|mundur|mengundurkan|izin|meterai|dicoklit|ber-?ktp)"
)
_DUTY = re.compile(
    rf"""\b(?:
      (?:di|me)?wajib(?:kan)?\b(?!\s{{1,3}}(?:kita|tahu|diketahui|simak|disimak|dicoba|ditonton|baca|dibaca|pajak
        |lapor\s{{1,3}}pajak|diumumkan|disediakan|menjaga|dijaga))
    | berkewajiban | dilarang(?!\s{{1,3}}(?:merokok|parkir|masuk)) | melarang | terlarang
    | tidak\s{{1,3}}(?:boleh|diperbolehkan|diperkenankan|dibenarkan|dibolehkan)
    | (?:tidak|tak|tanpa)\s{{1,3}}(?:perlu|wajib|harus)\s{{1,3}}(?:{_W}){{0,3}}?{_PAPERS}
    | (?:dikenai|dikenakan|diberi|mendapat|terancam|dijatuhi|diancam|ancaman)\s{{1,3}}(?:{_W}){{0,2}}?
        (?:sanksi|pidana|denda|penjara|hukuman)
    | sanksi(?:nya)?\s{{1,3}}(?:pidana|administrati[fv]|penjara|denda|berupa|adalah|paling)
    | dipidana | didiskualifikasi
    | (?:per)?syarat(?:an|nya)?\b(?<!memenuhi\ssyarat)[^.!?\n]{{0,60}}?(?::|\b(?:adalah|yaitu|ialah|yakni|meliputi
        |antara\s{{1,3}}lain|sebagai\s{{1,3}}berikut|berusia|berumur|minimal)\b)
    | (?:dinyatakan|dianggap)\s{{1,3}}(?:tidak\s{{1,3}})?sah
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MUST = re.compile(
    rf"\b(?:harus|mesti|boleh|cukup|diperbolehkan|diperkenankan|berhak)\s{{1,3}}(?:{_W}){{0,2}}?"
    r"(?:membawa|menunjukkan|memiliki|terdaftar|mendaftar|berusia|berumur|melapor|mengurus|menyerahkan|melampirkan"
    r"|mengundurkan|menggunakan\s{1,3}(?:e-?)?ktp|(?:mencoblos|memilih)\s{1,3}(?:di|dengan|tanpa|dua))\b",
    re.IGNORECASE,
)
# Who says "menurut aturan" owes the rule's name, whatever it is about.
_BY_RULE = re.compile(
    r"\b(?:menurut|sesuai(?:\s{1,3}dengan)?|berdasar(?:kan)?|mengacu\s{1,3}pada|merujuk\s{1,3}pada|dalam)\s{1,3}"
    r"(?:aturan|ketentuan|peraturan|regulasi|hukum|perundang-undangan)\b"
    r"(?!\s{1,3}(?:panitia|lomba|kantor|internal|kegiatan|rapat))",
    re.IGNORECASE,
)
# The committee of voting and a rehearsal of it are no stage.
_NO_STAGE = re.compile(
    r"\b(?:panitia|penyelenggara|simulasi|gladi(?:\s{1,3}bersih)?|tempat|petugas|peragaan|praktik|pelatihan|bimtek|bimbingan\s{1,3}teknis"
    r"|lomba|materi|film|video|arsip)\s{1,3}\Z",
    re.IGNORECASE,
)
# The office itself, a meeting, a contest: house rules, not rules of the election.
_HOUSE_RULES = re.compile(
    r"\b(?:peserta\s{1,3}(?:rapat|kegiatan|bimtek|lomba|upacara|rakor|sosialisasi|webinar|magang|kelas|apel|senam|jalan)"
    r"|lomba|upacara|apel|webinar|parkir|masker|seragam|pakaian|dress\s?code|konsumsi|magang|kita"
    r"|(?:kpu|kami|penyelenggara|badan\s{1,3}publik|petugas|jajaran|pegawai|sekretariat|satker|bawaslu)"
    r"(?:\s{1,3}[^\W\d_]{1,20}){0,4}\s{1,3}(?:wajib|berkewajiban))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\b(?:jumlah\s{1,3}(?:pemilih|tps|suara)|pemilih\s{1,3}(?:terdaftar|tetap|laki-laki|perempuan|baru)|total\s{1,3}pemilih"
    r"|dpt|dptb|dps|dpb|daftar\s{1,3}pemilih|partisipasi\s{1,3}(?:pemilih|masyarakat)|suara\s{1,3}sah|perolehan\s{1,3}suara"
    r"|data\s{1,3}pemilih)\b[^.!?\n]{0,80}?(?<![\w.,])"
    r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?![0-9]|,[0-9])|[0-9]{1,3}(?:,[0-9]{1,2})?\s?(?:persen\b|%))",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"\b(?:pemungutan\s{1,3}suara|masa\s{1,3}(?:kampanye|tenang)|pendaftaran\s{1,3}(?:(?:bakal|pasangan)\s{1,3})?(?:calon|paslon|partai)"
    r"|penetapan\s{1,3}(?:pasangan\s{1,3})?(?:calon|paslon|peserta)|hari\s{1,3}pencoblosan)\b",
    re.IGNORECASE,
)
_NAMED_SOURCE = re.compile(
    r"\bsumber(?:\s{1,3}data)?\s{0,3}:|\bpasal\s{1,3}[0-9]|\buu\b|\buud\b|\bundang-undang\b(?!\s{1,3}yang)|\bpkpu\b|\bperppu\b"
    r"|\bperaturan\s{1,3}(?:kpu|komisi|bawaslu|dkpp|pemerintah|menteri)|\bkeputusan\s{1,3}(?:ketua\s{1,3})?(?:kpu|komisi)"
    r"|\bsurat\s{1,3}(?:dinas|edaran)|\bberita\s{1,3}acara|\brapat\s{1,3}pleno|\bpleno\s{1,3}terbuka|\bputusan\s{1,3}(?:mk|mahkamah|dkpp)"
    r"|\bdata\s{1,3}(?:resmi\s{1,3})?(?:kpu|bps|(?:dis)?dukcapil|kemendagri|sidalih)|\bbadan\s{1,3}pusat\s{1,3}statistik"
    r"|\bsi(?:dalih|rekap)\b|\b(?:di|me)?tetapkan\s{1,3}(?:oleh\s{1,3})?kpu|\bjuknis\b|\bhasil\s{1,3}rekapitulasi",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?](?=\s|$)|\n")
_REACH = 300
_MOST = 200  # places looked at; who says it more often has said it before


def claims(checkup: Checkup) -> Iterator[Finding]:
    """One source mends all, so one finding: the gravest claim, the first of its kind."""
    if any(source.strip() for source in checkup.content.sources):
        return
    written = [(field, text) for field, text in texts(checkup.content) if not field.endswith(".teks_alt")]
    if any(_has_source(text) for _, text in written):
        return
    found = [claim for field, text in written for claim in _unproved(checkup, field, text)]
    if found:
        yield min(found, key=lambda claim: _GRAVITY.index(claim.severity))


_GRAVITY = (Severity.BLOK, Severity.PERINGATAN, Severity.SARAN)


def _has_source(text: str) -> bool:
    """A regulation, an official record or an official page; the host in a dateline and a mail address are none."""
    if _NAMED_SOURCE.search(text):
        return True
    links = (link for link in find_links(text) if not link.mail and link.host.endswith(".go.id"))
    return any(not _DATELINE.match(text, link.end) for link in links)


_DATELINE = re.compile(r"\s{0,2}\)?\s{0,2}[–—-]\s")


def _unproved(checkup: Checkup, field: str, text: str) -> Iterator[Finding]:
    light = checkup.content.kind in LIGHT
    for pattern, says, severity in (
        (_DUTY, "", Severity.PERINGATAN if light else Severity.BLOK),
        (_MUST, "", Severity.SARAN if light else Severity.PERINGATAN),
        (_FIGURE, "angka", Severity.SARAN if light else Severity.PERINGATAN),
        (_STAGE, "jadwal", Severity.SARAN),
    ):
        places = islice(pattern.finditer(text), _MOST)
        first = next((m for m in places if _is_a_claim(checkup, text, m, pattern)), None)
        if first is None or (light and pattern is _STAGE):
            continue
        start, end = _sentence(text, first.start(), first.end())
        about_elections = severity is not Severity.BLOK or _ELECTION.search(text, start, end)
        gravity = severity if about_elections else Severity.PERINGATAN
        yield S01.finding(Place(field=field, start=start, end=end), severity=gravity, says=says)


def _is_a_claim(checkup: Checkup, text: str, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    start, end = _sentence(text, found.start(), found.end())
    sentence = text[start:end]
    if pattern is _STAGE:
        if _NO_STAGE.search(text, max(0, found.start() - 24), found.start()):
            return False
        dates = [span for span in find_dates(sentence) if span.year]
        if not any((span.year or 0, span.month, span.day) >= _today(checkup) for span in dates):
            return False
    elif pattern in (_DUTY, _MUST) and (not _is_about_elections(sentence) or _HOUSE_RULES.search(sentence)):
        return False
    asks = text[end - 1 : end + 1].strip().endswith("?")
    return not asks and not quoted(text, found.start()) and not told_as_wrong(checkup.content.kind, text, found.start())


def _is_about_elections(sentence: str) -> bool:
    return _ELECTION.search(sentence) is not None or _BY_RULE.search(sentence) is not None


def _today(checkup: Checkup) -> tuple[int, int, int]:
    return (checkup.today.year, checkup.today.month, checkup.today.day)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(0, start - _REACH) : start]
    begins = max((m.end() for m in _ENDS.finditer(before)), default=0)
    first = start - len(before) + begins
    first += len(text[first:start]) - len(text[first:start].lstrip(" \t-*•–"))
    stop = _ENDS.search(text, end, end + _REACH)
    return first, (stop.end() if stop and stop[0] != "\n" else stop.start() if stop else min(len(text), end + _REACH))


ETHICS = "Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar, akurat, dan tervalidasi)"
S01 = Rule(
    code="S01",
    name="SUMBER",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source=ETHICS,
    version=1,
    check=claims,
    about="Mencari aturan, kewajiban, larangan, angka, dan jadwal kepemiluan tanpa sumber; jam layanan tidak.",
)
