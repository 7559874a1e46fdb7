"""H04 to H07: what makes a text look like a hoax, and what a clarification must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import denied, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.lexicon import Category
from bakohumas_bot.domain.normalised import normalise
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Reading

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
_CITED = re.compile(
    r"\b(?:pasal\s[0-9]|pkpu|undang-undang|uu\s(?:nomor|no\.?|[0-9])|peraturan\s(?:kpu|komisi|pemerintah"
    r"|bawaslu)|keputusan\s(?:kpu|komisi|ketua)|surat\s(?:edaran|dinas|keputusan)|putusan\s(?:mk|mahkamah)"
    r"|sumber\s?:|berdasarkan\s(?:data|peraturan|keputusan|ketentuan\spasal|hasil)|[\w.-]{1,60}\.go\.id|juknis"
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
        if sum(signs.values()) < _ENOUGH:
            continue
        start, end = call if isinstance(call, tuple) else call.span()
        named = ", ".join(sign for sign, weight in signs.items() if weight)
        yield H04.finding(Place(field=field, start=start, end=end), signs=named)


def _signs(checkup: Checkup, text: str) -> dict[str, int]:
    unsourced = not checkup.content.sources and not _CITED.search(text) and not _DATED.search(text)
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


_HOURS = r"(?:pukul|jam)\s[0-9]{1,2}(?:[.:][0-9]{2})?"
_CLAIMS = re.compile(
    rf"(?P<jam>\b(?:TPS|tempat\spemungutan\ssuara|pemungutan\ssuara|pencoblosan)\b[^.!?\n]{{0,60}}\b(?:buka"
    rf"|dibuka|tutup|ditutup|dimulai|mulai|berakhir|selesai|diperpanjang|sampai|hingga"
    rf"|berlangsung)\b[^.!?\n]{{0,24}}{_HOURS})"
    r"|(?P<ktp>\b(?:tidak\s(?:perlu|wajib|harus)|tanpa|cukup|hanya|wajib|harus|boleh)\s(?:\w+\s){0,3}?(?:membawa"
    r"|bawa|menunjukkan|memperlihatkan|dengan)?\s?(?:e-?KTP|KTP(?:-?el)?|kartu\standa\spenduduk"
    r"|formulir\s(?:model\s)?C6|C6|undangan)\b[^.!?\n]{0,60}\b(?:memilih|mencoblos|TPS|hak\spilih|pemungutan"
    r"|coblos|nyoblos)"
    r"|\b(?:memilih|mencoblos|ke\sTPS|hak\spilih|nyoblos)\b[^.!?\n]{0,60}\b(?:tidak\s(?:perlu|wajib|harus)|tanpa"
    r"|cukup|hanya|wajib|harus|boleh)\s(?:\w+\s){0,3}?(?:e-?KTP|KTP(?:-?el)?|kartu\standa\spenduduk|formulir\sC6"
    r"|C6|undangan)\b)"
    r"|(?P<surat>\bsurat\ssuara\b[^.!?\n]{0,50}\b(?:sudah|telah)\s(?:di|ter)?coblos"
    r"|\bsurat\ssuara\b[^.!?\n]{0,40}\b(?:sah|tidak\ssah|batal|dianggap\s(?:sah|batal))\b[^.!?\n]{0,20}\b(?:jika"
    r"|apabila|bila|kalau|asal|meski(?:pun)?|walau(?:pun)?)\b"
    r"|\b(?:jika|apabila|bila|kalau)\b[^.!?\n]{0,50}\bsurat\ssuara\b[^.!?\n]{0,30}\b(?:sah|tidak\ssah|batal)\b"
    r"|\bsurat\ssuara\s(?:dari|asal)\s(?:Cina|China|Tiongkok|luar\snegeri)\b)"
    r"|(?P<sirekap>\b(?:Sirekap|server\s(?:KPU|Sirekap)|Situng)\b[^.!?\n]{0,60}\b(?:hasil\sresmi|menentukan"
    r"|mengubah|diubah|menggelembung|salah\sbaca|diretas|bocor|disetting|di-?setting|otomatis|dapat\smengubah"
    r"|menjadi\sdasar\spenetapan|tidak\sdigunakan|dihentikan|tidak\spernah|selalu|pasti|dijamin|akurat)\b)",
    re.IGNORECASE,
)
_TOPICS = {
    "jam": "jam buka TPS",
    "ktp": "syarat KTP atau undangan untuk memilih",
    "surat": "keabsahan atau keadaan surat suara",
    "sirekap": "Sirekap",
}


def technical_claims(checkup: Checkup) -> Iterator[Finding]:
    content = checkup.content
    if content.sources or content.kind in {Kind.KLARIFIKASI_HOAKS, Kind.RALAT}:
        return
    for field, text in texts(content):
        if field.startswith("media") or _CITED.search(text):
            continue
        for match in _CLAIMS.finditer(text):
            if told_as_wrong(content.kind, text, match.start()) or denied(text, *match.span()) or _asks(text, match):
                continue
            yield H05.finding(
                Place(field=field, start=match.start(), end=match.end()), topic=_TOPICS[str(match.lastgroup)]
            )


def _asks(text: str, match: re.Match[str]) -> bool:
    """A question claims nothing: `Bolehkah memilih tanpa KTP?`"""
    return bool(re.match(r"[^.!?\n]{0,80}\?", text[match.end() : match.end() + 82]))


_CLAIM_PART = re.compile(
    r"\b(?:klaim|narasi|beredar|kabar|isu|rumor|mitos|pesan berantai|disebut(?:kan)?|menyebut(?:kan)?|unggahan"
    r"|tuduhan|informasi palsu)\b|\[?\bhoa(?:ks|x)\b\]?\s{0,2}[:\]]|\[SALAH\]|\[DISINFORMASI\]|\bSALAH\s?:",
    re.IGNORECASE,
)
_FACT_PART = re.compile(
    r"\bfakta(?:nya)?\b|\bpenjelasan\b|\byang benar\b|\bsebenarnya\b|\bsesungguhnya\b|\bklarifikasi(?:nya)?\s?:"
    r"|\bBENAR\s?:",
    re.IGNORECASE,
)
_STATUS_PART = re.compile(
    r"\bstatus\b|\bkategori\b|\bhoaks\b|\bhoax\b|\bdisinformasi\b|\bmisinformasi\b|\bmalinformasi\b"
    r"|\btidak\s{1,3}benar\b|\bkeliru\b|\bmenyesatkan\b|\bpalsu\b|\bbohong\b|\[SALAH\]",
    re.IGNORECASE,
)
_SOURCE_PART = re.compile(r"\b(?:sumber|rujukan|referensi|dasar(?:\shukum)?)\b\s{0,3}:", re.IGNORECASE)
_PARTS = {"KLAIM": _CLAIM_PART, "FAKTA": _FACT_PART, "STATUS": _STATUS_PART}
_LINK = re.compile(r"(?<![\w@.])(?:https?://|www\.)(?P<host>[\w.-]{3,80})[^\s<>\"'“”)\]]{0,400}", re.IGNORECASE)
_TRUSTED = re.compile(
    r"(?:^|\.)(?:go\.id|turnbackhoax\.id|cekfakta\.com|cekfakta\.tempo\.co|mafindo\.or\.id|web\.archive\.org"
    r"|archive\.(?:is|ph))$"
)
_STAMP = re.compile(
    r"\b(?:hoaks|hoax|salah|disinformasi|misinformasi|tidak benar|palsu|keliru|cek fakta"
    r"|klarifikasi)\b",
    re.IGNORECASE,
)


def clarification_parts(checkup: Checkup) -> Iterator[Finding]:
    content = checkup.content
    if content.kind is not Kind.KLARIFIKASI_HOAKS:
        return
    heading = f"{content.title}\n"
    for field, text in (("isi", content.body), *((f"varian.{account}", text) for account, text in content.variants)):
        missing = [name for name, part in _PARTS.items() if not part.search(heading + text)]
        if not _FACT_PART.search(text) and "FAKTA" not in missing:
            missing.append("FAKTA")
        if field == "isi" and not content.sources and not _SOURCE_PART.search(text):
            missing.append("sumber")
        if missing:
            yield H06.finding(Place(field=field), missing=", ".join(missing))
        for match in _LINK.finditer(text):
            if _leads_to_the_hoax(checkup, text, match):
                end = match.start() + len(match[0].rstrip(".,;:!?*_"))
                yield H06.finding(
                    Place(field=field, start=match.start(), end=end),
                    says="tautan",
                    repairs=(Repair(label="Ganti dengan keterangan", text="(tautan tidak ditampilkan)"),),
                )
    yield from _unstamped(checkup)


def _leads_to_the_hoax(checkup: Checkup, text: str, match: re.Match[str]) -> bool:
    host = match["host"].casefold().rstrip(".")
    own = any(host == known or host.endswith("." + known) for known in checkup.office.hosts)
    return not own and not _TRUSTED.search(host) and told_as_wrong(checkup.content.kind, text, match.start())


def _unstamped(checkup: Checkup) -> Iterator[Finding]:
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        read = seen.text if seen and seen.reading is Reading.READ else ""
        if media.kind is MediaKind.IMAGE and len(read) > 20 and not _STAMP.search(f"{read}\n{media.alt}"):
            yield H06.finding(Place(field=f"media[{number}]"), severity=Severity.SARAN, says="cap")


def own_publications(checkup: Checkup) -> Iterator[Finding]:
    """Whether the office is about to call false what it has published itself, as happened in November 2024."""
    content = checkup.content
    if content.kind is not Kind.KLARIFIKASI_HOAKS:
        return
    written = "\n".join(content.sources)
    asked = [own for own in checkup.own if not _looked_up(own.post, own.url, written)]
    for own in asked:
        place = next((Place(field=f, start=s, end=s + len(own.figure)) for f, s in _where(checkup, own.figure)), None)
        yield H07.finding(
            place or Place(field="isi"),
            figure=own.figure,
            post=own.post,
            title=own.title,
            url=own.url or "(tanpa tautan)",
        )


def _looked_up(post: int, url: str, written: str) -> bool:
    address = url.partition("://")[2].rstrip("/") or url
    return bool(re.search(rf"#{post}(?![0-9])", written)) or bool(
        address and re.search(re.escape(address) + r"(?![\w\-])", written)
    )


def _where(checkup: Checkup, figure: str) -> Iterator[tuple[str, int]]:
    for field, text in texts(checkup.content):
        match = re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,][0-9])", text)
        if match:
            yield field, match.start()


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
H05 = Rule(
    code="H05",
    name="KLAIM_TEKNIS",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Petunjuk teknis Bakohumas BAB II; PKPU 25/2023",
    version=1,
    check=technical_claims,
    about="Meminta sumber untuk keterangan yang sering keliru: jam TPS, syarat KTP, surat suara, dan Sirekap.",
)
H06 = Rule(
    code="H06",
    name="KLARIFIKASI",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Petunjuk teknis Bakohumas BAB II; pola klarifikasi KPU",
    version=1,
    check=clarification_parts,
    about="Memastikan klarifikasi hoaks memuat klaim, fakta, status, dan sumber, tanpa tautan ke hoaksnya.",
)
H07 = Rule(
    code="H07",
    name="CEK_SENDIRI",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Pengalaman KPU Provinsi DKI Jakarta, 29 November 2024",
    version=1,
    check=own_publications,
    about="Mencocokkan angka yang dibantah dengan publikasi satker sendiri sebelum disebut hoaks.",
)
RULES: tuple[Rule, ...] = (H04, H05, H06, H07)
