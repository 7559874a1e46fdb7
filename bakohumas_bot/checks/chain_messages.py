"""H04: what makes a text look like a chain message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import quoted
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.lexicon import Category
from bakohumas_bot.domain.normalised import normalise
from bakohumas_bot.domain.posts import Kind

_NOT = r"(?<!jangan )(?<!tidak )(?<!ikut )(?<!asal )(?<!tak )(?<!dilarang )"
_NOT += r"(?<!larangan )(?<!stop )(?<!sebelum )"
# A call to pass it on to everybody, as chain messages do.
_CHAIN = re.compile(
    rf"\b{_NOT}(?:viralkan|(?:sebarkan|sebar|bagikan|share|teruskan|forward"
    rf"|kirim)(?:kan)?\s(?:\w+\s){{0,4}}(?:ke\s(?:semua|seluruh|sebanyak)|sebanyak|seluas|ke\s[0-9]+\s(?:orang"
    rf"|grup|kontak|teman)|sebelum\sdihapus)"
    r"|sebelum\s(?:di|ter)hapus|jangan\sberhenti\sdi\s(?:anda|kamu|sini)|jangan\sputus\sdi)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b{_NOT}(?:sebarkan|sebarluaskan|sebar\b|share\b|teruskan\s(?:pesan|info|ke)|bagikan\s(?:pesan"
    rf"|info))(?!\s(?:kebaikan|semangat|kedamaian|senyum|damai|kasih|positif))",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:info(?:rmasi)?\s(?:dari\s)?(?:A1|orang\sdalam|valid\sdari\steman|grup\ssebelah)|dapat\s(?:info"
    r"|kabar)\sdari\s(?:grup|teman|saudara)|kata\s(?:teman|saudara|orang)|copas\sdari|copy\spaste"
    r"|dari\sgrup\s(?:sebelah|wa)|konon|katanya)\b",
    re.IGNORECASE,
)
_ALARM = re.compile(
    r"\b(?:gawat|awas|waspada|geger|heboh|darurat|genting|breaking\snews|jangan\ssampai\sterlambat"
    r"|sebelum\sterlambat|mengejutkan|terbongkar|terungkap)\b|\bPENTING\s?!|\bSEGERA\s?!",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\b(?:[0-3]?[0-9]\s(?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)\w{0,7}"
    r"|[0-3]?[0-9][/\-][01]?[0-9](?:[/\-][0-9]{2,4})?|senin|selasa|rabu|kamis|jumat|sabtu|minggu|hari\sini|besok"
    r"|pukul\s[0-9])\b",
    re.IGNORECASE,
)
CITED = re.compile(
    r"\b(?:pasal\s[0-9]|pkpu|undang-undang|uu\s(?:nomor|no\.?|[0-9])|peraturan\s(?:kpu|komisi|pemerintah"
    r"|bawaslu)|keputusan\s(?:kpu|komisi|ketua)|surat\s(?:edaran|dinas|keputusan)|putusan\s(?:mk|mahkamah)"
    r"|sumber\s?:|berdasarkan\s(?:data(?!\s(?:\w+\s){0,2}(?:Sirekap|Situng|server))|peraturan|keputusan|ketentuan\spasal|hasil)|[\w.-]{1,60}\.go\.id|juknis"
    r"|petunjuk\steknis)",
    re.IGNORECASE,
)
_ABOUT_HOAXES = re.compile(
    r"\b(?:ciri(?:-ciri)?|tanda(?:-tanda)?|kenali|mengenali|waspadai|waspada\s(?:terhadap\s)?(?:hoaks|penipuan)"
    r"|literasi|cek\sfakta|saring\ssebelum|tips|hindari|lawan\shoaks|anti\s?hoaks|bohong|penipuan|klarifikasi)\b"
    r"|\bhoaks\b(?!\s?[,.!]?\s?(?:sebar|viral))",
    re.IGNORECASE,
)
_NO_HOAX = re.compile(r"\bbukan\s(?:hoaks|hoax|berita\sbohong)\b", re.IGNORECASE)
# What literacy posts say of a chain message that they quote.
_CAUTION = re.compile(
    r"\b(?:jangan|berhenti|periksa|cek|tunda|abaikan|curiga\w*|hapus|tanyakan|pastikan|tahan|napas|pikir\w*|laporkan)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Za-z]")
_ENOUGH = 3


def signs_of_a_hoax(checkup: Checkup) -> Iterator[Finding]:
    """A call to pass it on, together with alarm, shouting, hearsay, or neither a date nor a source."""
    for field, text in texts(checkup.content):
        if field == "judul" or field.startswith(("sumber", "media")) or checkup.content.kind is Kind.KLARIFIKASI_HOAKS:
            continue
        call = _CHAIN.search(text) or _SHARE.search(text) or _from_the_lexicon(checkup, text)
        if call is None or _ABOUT_HOAXES.search(_NO_HOAX.sub("", text)):
            continue
        signs = _signs(checkup, text)
        start, end = call if isinstance(call, tuple) else call.span()
        if sum(signs.values()) < _ENOUGH or (quoted(text, start) and _CAUTION.search(text)):
            continue
        named = ", ".join(sign for sign, weight in signs.items() if weight)
        yield H04.finding(Place(field=field, start=start, end=end), signs=named)


def _signs(checkup: Checkup, text: str) -> dict[str, int]:
    unsourced = not checkup.content.sources and not CITED.search(text) and not _DATED.search(text)
    return {
        "ajakan menyebarkan ke semua orang": 2 if _CHAIN.search(text) else 0,
        "ajakan menyebarkan": 1 if _SHARE.search(text) and not _CHAIN.search(text) else 0,
        "sumber yang tidak jelas": 2 if _NOBODY.search(text) else 0,
        "nada mendesak atau menakutkan": 1 if _ALARM.search(text) else 0,
        "pernyataan bukan hoaks": 1 if _NO_HOAX.search(text) else 0,
        "huruf besar atau tanda seru berlebihan": 1 if _shouts(text) else 0,
        "kata pada daftar satker": 2 if _from_the_lexicon(checkup, text) else 0,
        "tanpa tanggal dan sumber": 1 if unsourced else 0,
    }


def _shouts(text: str) -> bool:
    letters = _LETTERS.findall(text)
    return "!!" in text or (len(letters) > 40 and sum(letter.isupper() for letter in letters) > len(letters) / 2)


def _from_the_lexicon(checkup: Checkup, text: str) -> tuple[int, int] | None:
    entries = list(checkup.knowledge.lexicon.of(frozenset({Category.HOAKS}), checkup.today))
    if not entries:
        return None
    normal = normalise(text)
    for entry in entries:
        match = entry.pattern.search(normal.text)
        if match and match.end() > match.start():
            return normal.span(*match.span())
    return None


H04 = Rule(
    code="H04",
    name="CIRI_HOAKS",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Petunjuk teknis Bakohumas BAB II: informasi akurat dan tervalidasi",
    version=1,
    check=signs_of_a_hoax,
    about="Mencari ciri pesan berantai: ajakan menyebarkan, nada mendesak, sumber tidak jelas, tanpa tanggal.",
)
