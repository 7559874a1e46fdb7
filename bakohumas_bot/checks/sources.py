"""S01, S05 and S06: claims with a source, numbers of official letters, quotations with a speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bakohumas_bot.checks.quoting import quoted, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import long_date
from bakohumas_bot.domain.dates import find_dates
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.letters import LEVELS, MONTHS, LetterNumber, find_letter_numbers
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.weblinks import find_links

_LIGHT = {
    Kind.MEME,
    Kind.UCAPAN,
    Kind.FOTO,
    Kind.PERINGATAN_HARI_BESAR,
    Kind.REPOST,
    Kind.PROMOSI_LIVE,
    Kind.FILM,
    Kind.PODCAST,
}

# --- S01: what would need a source -------------------------------------------------------------------------------
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
    light = checkup.content.kind in _LIGHT
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
        yield S01.finding(Place(field=field, start=start, end=end), severity=severity, says=says)


def _is_a_claim(checkup: Checkup, text: str, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    start, end = _sentence(text, found.start(), found.end())
    sentence = text[start:end]
    if pattern is _STAGE:
        dates = [span for span in find_dates(sentence) if span.year]
        if not any((span.year or 0, span.month, span.day) >= _today(checkup) for span in dates):
            return False
    elif pattern in (_DUTY, _MUST) and (not _ELECTION.search(sentence) or _HOUSE_RULES.search(sentence)):
        return False
    asks = text[end - 1 : end + 1].strip().endswith("?")
    return not asks and not quoted(text, found.start()) and not told_as_wrong(checkup.content.kind, text, found.start())


def _today(checkup: Checkup) -> tuple[int, int, int]:
    return (checkup.today.year, checkup.today.month, checkup.today.day)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(0, start - _REACH) : start]
    begins = max((m.end() for m in _ENDS.finditer(before)), default=0)
    first = start - len(before) + begins
    first += len(text[first:start]) - len(text[first:start].lstrip(" \t-*•–"))
    stop = _ENDS.search(text, end, end + _REACH)
    return first, (stop.end() if stop and stop[0] != "\n" else stop.start() if stop else min(len(text), end + _REACH))


# --- S05: numbers of official letters ----------------------------------------------------------------------------
def letter_numbers(checkup: Checkup) -> Iterator[Finding]:
    """Never invents a number: the office's register gives it. Only what contradicts itself, or its date, is told."""
    for field, text in texts(checkup.content):
        told: set[str] = set()
        for number in find_letter_numbers(text):
            if number.written() in told or told_as_wrong(checkup.content.kind, text, number.start):
                continue
            finding = _against_date(field, number) or _against_itself(checkup, field, number) or _form(field, number)
            if finding is not None:
                told.add(number.written())
                yield finding


def _against_date(field: str, number: LetterNumber) -> Finding | None:
    if number.dated is None:
        return None
    month, year = MONTHS[number.dated.month - 1], number.dated.year
    roman = "" if not number.month or (number.month.isdigit() and not number.level) else month
    if number.year == year and (not roman or number.month.upper() == roman):
        return None
    return S05.finding(
        _where(field, number),
        says="tanggal",
        repairs=_instead(number.written(month=roman, year=year)),
        number=number.printed,
        date=long_date(number.dated),
        right=number.written(month=roman, year=year),
    )


def _against_itself(checkup: Checkup, field: str, number: LetterNumber) -> Finding | None:
    if number.year > checkup.today.year:
        return S05.finding(_where(field, number), says="tahun", number=number.printed, year=number.year)
    arabic_without_level = number.month.isdigit() and not number.level  # what later years may use: not known
    if number.month and number.month.upper() not in MONTHS and not arabic_without_level:
        right = _roman(number.month)
        return S05.finding(
            _where(field, number),
            says="bulan",
            repairs=_instead(number.written(month=right)) if right else (),
            number=number.printed,
            month=number.month,
        )
    return None


def _roman(digits: str) -> str | None:
    return MONTHS[int(digits) - 1] if digits.isdigit() and 1 <= int(digits) <= 12 else None


def _form(field: str, number: LetterNumber) -> Finding | None:
    """Hints only: old letters were numbered in other ways."""
    right = number.written()
    if right != number.printed:
        return S05.finding(
            _where(field, number),
            severity=Severity.SARAN,
            says="bentuk",
            repairs=_instead(right),
            number=number.printed,
            right=right,
        )
    level = _level_of(number.unit)
    if number.level and number.level != level and {number.level, level} != {"KPU", "Prov"}:
        return S05.finding(
            _where(field, number),
            severity=Severity.SARAN,
            says="wilayah",
            number=number.printed,
            level=number.level,
            unit=number.unit,
        )
    return None


def _level_of(unit: str) -> str:
    """Two digits: a unit of KPU, or a province. Of four the last two tell: cities count from 71."""
    if len(unit) == 2:
        return LEVELS[1]
    return LEVELS[3] if int(unit[2:]) >= 71 else LEVELS[2]


def _where(field: str, number: LetterNumber) -> Place:
    return Place(field=field, start=number.start, end=number.end)


def _instead(text: str) -> tuple[Repair, ...]:
    return (Repair(label=f"Tulis {text}", text=text),)


# --- S06: quotations ---------------------------------------------------------------------------------------------
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
_FIRST_PERSON = re.compile(r"\b(?:kami|kita|saya|aku)\b", re.IGNORECASE)


def quotations(checkup: Checkup) -> Iterator[Finding]:
    """Who speaks, and as what. A programme's name, a slogan, a claim and a clause stand in quotation marks too."""
    if checkup.content.kind in _LIGHT - {Kind.REPOST}:
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
    if not attributed and not _is_speech(said, before, after):
        return None
    if attributed and (named_from < found.start() or _TITLED.search(after.partition("\n\n")[0])):
        return None
    if told_as_wrong(checkup.content.kind, text, found.start() + 1):
        return None
    says = "jabatan" if attributed and _NAME.search(after[:60] + paragraph[-60:]) else ""
    return S06.finding(Place(field=field, start=found.start(), end=found.end()), says=says)


_NAME = re.compile(r"\b[A-Z][a-z]{2,15}(?:\s{1,2}[A-Z][a-z'.]{1,15}){0,3}\b")


def _is_speech(said: str, before: str, after: str) -> bool:
    """Nobody is named near it, and it is no part of a passage whose speaker was named just before."""
    if _SPOKEN.search(before) or _SPOKEN.search(after.partition("\n\n")[0]):
        return False
    return said[-1] in ".,?…" and len(said.split()) > 7 and _FIRST_PERSON.search(said) is not None


_ETHICS = "Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar, akurat, dan tervalidasi)"
S01 = Rule(
    code="S01",
    name="SUMBER",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source=_ETHICS,
    version=1,
    check=claims,
    about="Mencari aturan, kewajiban, larangan, angka, dan jadwal kepemiluan tanpa sumber; jam layanan tidak.",
)
S05 = Rule(
    code="S05",
    name="NOMOR_NASKAH",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="PKPU Nomor 2 Tahun 2021 tentang Tata Naskah Dinas, diubah dengan PKPU Nomor 8 Tahun 2021",
    version=1,
    check=letter_numbers,
    about="Membandingkan nomor naskah dinas dengan tanggalnya, dan memeriksa susunannya.",
)
S06 = Rule(
    code="S06",
    name="KUTIPAN",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source=_ETHICS,
    version=1,
    check=quotations,
    about="Mencari kutipan langsung tanpa nama dan jabatan pembicaranya.",
)
RULES = (S01, S05, S06)
