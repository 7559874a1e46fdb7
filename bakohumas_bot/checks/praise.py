"""N04 and N05: nobody who stands for election is praised or run down, in words or by their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, Status
from bakohumas_bot.checks.sentences import sentence_bounds
from bakohumas_bot.checks.stand import called, graver_in_contest, mentions, written, written_and_shown
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.participants import Mention

_WORDS = (
    r"ter(?:baik|hebat|bersih|kuat|favorit|jujur|buruk|korup|depan)|hebat|unggulan|jagoan|idola|amanah|merakyat"
    r"|pro[- ]rakyat"
    r"|peduli rakyat|dicintai(?: rakyat| masyarakat)?|dambaan|pilihan (?:rakyat|tepat|kita|utama)|visioner"
    r"|berintegritas"
    r"|berpengalaman|berprestasi|mumpuni|kompeten|teruji|terpercaya|tepercaya|kredibel|inspiratif|luar biasa|gemilang"
    r"|paling (?:layak|pantas|siap|unggul|mampu|peduli|populer)|layak (?:memimpin|menang|dipercaya)|pantas memimpin"
    r"|gagal|tidak becus|tak becus|bobrok|korup(?:tor)?|pembohong|bohong|curang|licik|munafik|ingkar janji|pengkhianat"
    r"|tidak (?:layak|pantas|mampu|kompeten|jujur|amanah)|tak (?:layak|pantas|mampu)|pencitraan|memalukan|mengecewakan"
    r"|terbukti(?! sah| dan meyakinkan)|berhasil membangun|sukses membangun|sukses memimpin|berhasil memimpin|jujur"
    r"|rekam jejak (?:bersih|buruk|baik)|tampil (?:meyakinkan|memukau|gemilang|mengesankan|prima)"
    r"|memukau|memesona|mengesankan|kalah telak|(?:jauh |paling )?lebih (?:unggul|layak|pantas|cakap|hebat)|payah"
    r"|membanggakan|fenomenal|kebanggaan"
).replace(" ", r"\s{1,3}")
_JUDGEMENT = re.compile(rf"(?<!\w)(?:{_WORDS})(?!\w)", re.IGNORECASE)
# What the word judges is something else: a service, an election, an act of the office.
_OTHER_THING = re.compile(
    r"\b(?:pelayanan|layanan|upaya|hasil|kinerja|penghargaan|predikat|kerja|persiapan|kualitas|memberikan yang"
    r"|yang|hal|putra"
    r"|putri|karya|inovasi|pemilu(?: yang)?|pilkada(?: yang)?|penyelenggara\w*|pemimpin|program|kategori|juara"
    r"|secara|debat"
    r"|asas|langsung|pemilih|kabupaten/kota|mitra|tps|desa|satker)\W{1,3}\Z",
    re.IGNORECASE,
)
_NEUTRAL_AFTER = re.compile(
    r"\W{1,3}(?:memenuhi|lolos|melengkapi|mengunggah|menyerahkan|verifikasi|diunggah|mendaftar"
    r"|secara sah|dan adil"
    r"|,? adil|adil|memperoleh kursi|login|sistem|sebagai penyelenggara|administrasi)\b",
    re.IGNORECASE,
)
_RULING = re.compile(
    r"\b(?:putusan|mahkamah|mk|ma|bawaslu|dkpp|ptun|majelis|pengadilan|sidang|amar|hakim|sentra gakkumdu|gugatan"
    r"|permohonan|dalil|pemohon|termohon|laporan dugaan)\b",
    re.IGNORECASE,
)
_REACH = 8


def judgements(checkup: Checkup) -> Iterator[Finding]:
    for field, text in written(checkup):
        if _JUDGEMENT.search(text) is None:
            continue
        told: set[int] = set()
        for mention in mentions(checkup, text):
            word = _judged(text, mention)
            if word is None or word.start() in told:
                continue
            told.add(word.start())
            first, last = sentence_bounds(text, mention.start, mention.end)
            ruled = _RULING.search(text, first, last) is not None
            quoted = told_as_wrong(checkup.content.kind, text, word.start())
            yield N04.finding(
                Place(field=field, start=word.start(), end=word.end()),
                severity=Severity.SARAN if quoted or ruled else graver_in_contest(checkup),
                says="putusan" if ruled else "",
                word=" ".join(word[0].split()),
                name=called(mention, text),
            )


def _judged(text: str, mention: Mention) -> re.Match[str] | None:
    """The nearest judging word of the same sentence, at most eight words away."""
    first, last = sentence_bounds(text, mention.start, mention.end)
    near: tuple[int, re.Match[str]] | None = None
    for word in _JUDGEMENT.finditer(text, max(first, mention.start - 90), min(last, mention.end + 90)):
        gap = text[word.end() : mention.start] if word.end() <= mention.start else text[mention.end : word.start()]
        away = len(re.findall(r"\w+", gap))
        own = _OTHER_THING.search(text, max(0, word.start() - 24), word.start()) and "yang" not in gap[-6:]
        if away > _REACH or own or _NEUTRAL_AFTER.match(text, word.end()):
            continue
        if near is None or away < near[0]:
            near = (away, word)
    return near[1] if near else None


_POSE = re.compile(
    r"\b(?:(?:salam|pose|simbol|kode|formasi|acungan|mengacungkan|acungkan|menunjukkan"
    r"|berpose)\W{1,3}(?:\w+\W{1,3}){0,2}?"
    r"(?:satu|dua|tiga|empat|lima|[1-5])\W{1,3}jari|salam metal|(?:mengacungkan|acungkan|acungan) (?:jempol"
    r"|jari|telunjuk)"
    r"|pose (?:jempol|telunjuk|metal|finger heart|love sign)|(?:membentuk|simbol) (?:hati dengan jari|love)"
    r"|salam (?:dua|satu|tiga) periode)\b",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"\b(?:(?:me(?:ngenakan|makai|nggunakan|mbawa|ngibarkan)|memegang|berlatar|berlogo|berbaju|berkaus|dengan"
    r"|logo|lambang"
    r"|bendera|kaus|kaos|jas|jaket|seragam|baju|topi|spanduk|baliho|poster|atribut"
    r"|warna khas)\W{1,3}(?:\w+\W{1,3}){0,2}?)"
    r"(?:partai\b|paslon\b|pasangan calon\b|capres\b|caleg\b)",
    re.IGNORECASE,
)
_ABOUT_RULES = re.compile(
    r"\b(?:dilarang|larangan|melarang|tidak boleh|tidak diperkenankan|jangan|hindari|menghindari|penertiban|ditertibkan"
    r"|menertibkan|pembersihan|dibersihkan|diturunkan|netral\w*|tanpa|bukan|aturan|ketentuan|asn|desain|surat suara"
    r"|penyerahan|spesifikasi|pemasangan|fasilitasi|jumlah|ukuran|verifikasi|sipol|pendaftaran)\b",
    re.IGNORECASE,
)


def marks(checkup: Checkup) -> Iterator[Finding]:
    """In the picture itself only a person sees them: the words beside it and in it give them away."""
    slogans = [slogan for p in checkup.knowledge.participants.all if p.stands(checkup.today) for slogan in p.slogans]
    for field, text in written_and_shown(checkup):
        seen = next(_marks(checkup, field, text, slogans), None)
        if seen is not None:
            start, end, strict = seen
            yield N05.finding(
                Place(field=field, start=start, end=end),
                severity=graver_in_contest(checkup) if strict else Severity.PERINGATAN,
                printed=" ".join(text[start:end].split()),
            )


def _marks(checkup: Checkup, field: str, text: str, slogans: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Where they stand, and whether it is certain: a slogan, or what the words for a picture say that it shows."""
    in_picture = field.startswith("media[")
    folded = text.casefold()
    for slogan in slogans:
        at = folded.find(slogan.casefold())
        if at >= 0 and len(folded) == len(text):
            yield at, at + len(slogan), True
    judged = -1
    for match in _POSE.finditer(text):
        if match.start() >= judged:
            _, judged = sentence_bounds(text, match.start(), match.end())
            if not _rule_told(text, match.start(), match.end()):
                yield *match.span(), in_picture
    judged = -1
    for match in _MARK.finditer(text):
        if match.start() >= judged:
            _, judged = sentence_bounds(text, match.start(), match.end())
            named = bool(mentions(checkup, text[match.start() : match.end() + 40]))
            if (in_picture or named) and not _rule_told(text, match.start(), match.end()):
                yield *match.span(), in_picture and named


def _rule_told(text: str, start: int, end: int) -> bool:
    first, last = sentence_bounds(text, start, end)
    return _ABOUT_RULES.search(text, first, last) is not None


N04 = Rule(
    code="N04",
    name="NILAI",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="UU 7/2017 Pasal 14 huruf b; Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=judgements,
    about="Kata penilaian, baik memuji maupun merendahkan, di dekat nama atau nomor peserta.",
)
N05 = Rule(
    code="N05",
    name="ATRIBUT",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="SKB netralitas ASN 22/2022; Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=marks,
    about="Slogan, atribut, atau pose tangan peserta pada teks dan keterangan gambar; gambarnya dicentang penyetuju.",
    status=Status.TICKED,
)
