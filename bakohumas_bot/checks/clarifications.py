"""H06: a clarification holds the claim, the fact, the status and its sources, and no road to the hoax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Reading

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
