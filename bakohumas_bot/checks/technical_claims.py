"""H05: what is often told wrong about the vote needs a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.chain_messages import CITED
from bakohumas_bot.checks.quoting import denied, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind

_HOURS = r"(?:pukul|jam)\s[0-9]{1,2}(?:[.:][0-9]{2})?"
_CLAIMS = re.compile(
    rf"(?P<jam>\b(?:TPS|tempat\spemungutan\ssuara|pemungutan\ssuara|pencoblosan)\b[^.!?\n]{{0,60}}\b(?:buka"
    rf"|dibuka|tutup|ditutup|dimulai|mulai|berakhir|selesai|diperpanjang|sampai|hingga"
    rf"|berlangsung)\b[^.!?\n]{{0,24}}{_HOURS})"
    r"|(?P<ktp>\b(?:tidak\s(?:perlu|wajib|harus)|tanpa|cukup|hanya|wajib|harus|boleh)\s(?:\w+\s){0,3}?(?:membawa"
    r"|bawa|menunjukkan|memperlihatkan|dengan)?\s?(?:e-?KTP|KTP(?:-?el)?|identitas|kartu\standa\spenduduk"
    r"|formulir\s(?:model\s)?C6|C6|undangan)\b[^.!?\n]{0,60}\b(?:memilih|mencoblos|TPS|hak\spilih|pemungutan"
    r"|coblos|nyoblos)"
    r"|\b(?:memilih|mencoblos|ke\sTPS|hak\spilih|nyoblos)\b[^.!?\n]{0,60}\b(?:tidak\s(?:perlu|wajib|harus)|tanpa"
    r"|cukup|hanya|wajib|harus|boleh)\s(?:\w+\s){0,3}?(?:e-?KTP|KTP(?:-?el)?|identitas|kartu\standa\spenduduk|formulir\sC6"
    r"|C6|undangan)\b)"
    r"|(?P<surat>\bsurat\ssuara\b[^.!?\n]{0,50}\b(?:sudah|telah)\s(?:di|ter)?coblos"
    r"|\bsurat\ssuara\b[^.!?\n]{0,40}\b(?:sah|tidak\ssah|batal|dianggap\s(?:sah|batal))\b[^.!?\n]{0,20}\b(?:jika"
    r"|apabila|bila|kalau|asal|meski(?:pun)?|walau(?:pun)?)\b"
    r"|\b(?:jika|apabila|bila|kalau)\b[^.!?\n]{0,50}\bsurat\ssuara\b[^.!?\n]{0,30}\b(?:sah|tidak\ssah|batal)\b"
    r"|\bsurat\ssuara\s(?:dari|asal)\s(?:Cina|China|Tiongkok|luar\snegeri)\b)"
    r"|(?P<sirekap>\b(?:Sirekap|server\s(?:KPU|Sirekap)|Situng)\b[^.!?\n]{0,60}\b(?:hasil\sresmi|menentukan"
    r"|mengubah|diubah|menggelembung|salah\sbaca|diretas|bocor|disetting|di-?setting|otomatis|dapat\smengubah"
    r"|menjadi\sdasar\spenetapan|tidak\sdigunakan|dihentikan|tidak\spernah|selalu|pasti|dijamin|akurat)\b"
    r"|\b(?:hasil|pemenang(?:nya)?|kemenangan|perolehan\ssuara|calon\sterpilih)\b(?!\s(?:pemutakhiran|seleksi|rapat|survei))[^.!?\n]{0,60}\b(?:ditentukan|ditetapkan"
    r"|diputuskan|diumumkan|berdasarkan|bergantung|tergantung|mengacu|berpatokan|diambil|dihitung)\b[^.!?\n]{0,40}"
    r"\b(?:Sirekap|Situng|server\sKPU)\b)",
    re.IGNORECASE,
)
# What Sirekap is not may be told without a source.
_HELPS_ONLY = re.compile(
    r"\b(?:tidak|bukan|bukanlah|tak|tanpa)\s(?:\w+\s){0,3}?(?:menentukan|ditentukan|penentu|hasil\sresmi|dasar|menjadi\sdasar"
    r"|ditetapkan|berdasarkan|mengacu|bergantung|tergantung|diambil)\b"
    r"|\bbukan(?:lah)?\s(?:\w+\s){0,3}?(?:Sirekap|Situng|server)\b",
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
        if field.startswith("media") or CITED.search(text):
            continue
        for match in _CLAIMS.finditer(text):
            if told_as_wrong(content.kind, text, match.start()) or denied(text, *match.span()) or _asks(text, match):
                continue
            if match["sirekap"] and _HELPS_ONLY.search(match[0]):
                continue
            yield H05.finding(
                Place(field=field, start=match.start(), end=match.end()), topic=_TOPICS[str(match.lastgroup)]
            )


def _asks(text: str, match: re.Match[str]) -> bool:
    """A question claims nothing: `Bolehkah memilih tanpa KTP?`"""
    return bool(re.match(r"[^.!?\n]{0,80}\?", text[match.end() : match.end() + 82]))


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
