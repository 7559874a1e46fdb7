"""N08 and N09: figures of votes before their hour or without an official source, and surveys in the quiet days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.sentences import sentence_bounds
from bakohumas_bot.checks.stand import MANY, mentions, written_and_shown
from bakohumas_bot.domain.calendar import StageRule
from bakohumas_bot.domain.findings import Finding, Override, Severity

_RESULT = re.compile(
    r"(?P<winner>\b(?:unggul|menang|memimpin|memenangi|mengungguli|kalah)\b)"
    r"|\b[0-9]{1,3}(?:[.,][0-9]{1,2})?\s{0,2}(?:%|persen\b)"
    r"|(?<![0-9])[0-9]{1,3}(?:\.[0-9]{3}){0,3}\s{1,2}suara\b|(?<![0-9])[0-9]+\s{1,2}suara\b",
    re.IGNORECASE,
)
_WINNER = re.compile(r"\b(?:unggul|menang|memimpin|memenangi|mengungguli|kalah)\b", re.IGNORECASE)
_WHO = re.compile(r"\b(?:paslon|pasangan|calon|capres|partai|kandidat)\b", re.IGNORECASE)
_UNOFFICIAL = re.compile(
    r"\b(?:quick[ -]?count|hitung cepat|exit[ -]?polls?|real[ -]?count|hasil (?:penghitungan |hitung "
    r"|perolehan suara )?sementara"
    r"|(?:perolehan |rekap )?suara sementara|data masuk|suara masuk|lembaga survei|hitung manual saksi"
    r"|klaim kemenangan)\b",
    re.IGNORECASE,
)
_TALLY = re.compile(
    r"\b(?:unggul|mengungguli|meraih|mendapat(?:kan)?|dapat|memperoleh|diperoleh|raih|mengantongi|memenangi|memenangkan|memimpin"
    r"|menang|kalah|perolehan"
    r"|suara sah|keok|tertinggi|terbanyak)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:rekapitulasi|pleno|berita acara|keputusan|ditetapkan|menetapkan|penetapan|formulir|c\.? ?hasil|d\.? ?hasil"
    r"|model [cd]|sertifikat|sk kpu|putusan)\b",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\b(?:ambang batas|paling (?:sedikit|banyak|rendah|lambat|kurang)|minimal|minimum|sekurang-kurangnya|syarat|sampel"
    r"|margin of error|tingkat kepercayaan|partisipasi|contoh(?!\s(?-i:[A-Z]))|misalnya|simulasi|dilarang|larangan"
    r"|tidak boleh|hanya boleh"
    r"|baru boleh|bukan hasil resmi|surat suara|pengguna hak pilih|target)\b",
    re.IGNORECASE,
)


def results(checkup: Checkup) -> Iterator[Finding]:
    """Before 15.00 WIB on voting day nobody's; afterwards the office tells official figures with level and status."""
    calendar, zone = checkup.knowledge.calendar, checkup.office.zone
    rules = calendar.rules_at(checkup.moment, zone)
    forbidden = calendar.counts_forbidden(checkup.moment, zone) or StageRule.QUIET in rules
    counting = StageRule.RESULTS in rules
    for field, text in written_and_shown(checkup):
        last = -1
        for figure in islice(_RESULT.finditer(text), MANY):
            if figure.start() < last:
                continue
            first, last = sentence_bounds(text, figure.start(), figure.end())
            says = _kind_of_count(checkup, text[first:last], text)
            if says == "" or (figure["winner"] and says != "tidak_resmi") or _of_the_past(checkup, text):
                last = figure.end() if figure["winner"] else last
                continue
            severity, override, says = _verdict(says, forbidden=forbidden, counting=counting)
            if told_as_wrong(checkup.content.kind, text, figure.start()):
                severity = Severity.PERINGATAN if forbidden else Severity.SARAN
            if severity is not None:
                yield N08.finding(
                    Place(field=field, start=figure.start(), end=figure.end()),
                    severity=severity,
                    override=override,
                    says=says,
                    printed=" ".join(figure[0].split()),
                )


def _kind_of_count(checkup: Checkup, around: str, text: str) -> str:
    """`tidak_resmi`, `resmi`, `tanpa_sumber`, or nothing where no votes are told."""
    if _EXPLAINS.search(around) or not (_TALLY.search(around) or _UNOFFICIAL.search(around)):
        return ""
    who = _WHO.search(around) or mentions(checkup, around)
    if _UNOFFICIAL.search(around):
        return "tidak_resmi" if who or not _WINNER.search(around) else ""
    if not who and not re.search(r"\bsuara\b", around, re.IGNORECASE):
        return ""
    return "resmi" if _OFFICIAL.search(text) else "tanpa_sumber"


def _of_the_past(checkup: Checkup, text: str) -> bool:
    """The figures of an election that the text dates to another year."""
    years = {int(year) for year in re.findall(r"\b(?:19|20)[0-9]{2}\b", text)}
    return bool(years) and max(years) < checkup.today.year


def _verdict(says: str, *, forbidden: bool, counting: bool) -> tuple[Severity | None, Override | None, str]:
    if forbidden:
        return Severity.BLOK, Override.NEVER, ""
    if says == "tidak_resmi":
        return (Severity.BLOK if counting else Severity.PERINGATAN), Override.CHAIR, says
    if says == "tanpa_sumber":
        return (Severity.PERINGATAN if counting else Severity.SARAN), None, says
    return None, None, ""


_SURVEY = re.compile(
    r"\b(?:elektabilitas|popularitas calon|(?:hasil )?(?:survei|survey|jajak pendapat|polling)\b)", re.IGNORECASE
)
_ELECTORAL = re.compile(
    r"\b(?:elektabilitas|elektoral|capres|cawapres|paslon|pasangan calon|calon|caleg|kandidat|partai"
    r"|peserta pemilu|pilpres"
    r"|pilkada|pilgub|pilbup|unggul|dukungan|preferensi|pilihan politik|lembaga survei)\b",
    re.IGNORECASE,
)
_ABOUT_SURVEYS = re.compile(
    r"\b(?:dilarang|larangan|melarang|tidak (?:boleh|diperbolehkan|diperkenankan|dibenarkan|mengumumkan|merilis)|jangan"
    r"|sanksi|pidana|terdaftar|akreditasi|pendaftaran lembaga|mendaftar|kepuasan|layanan|pelayanan|integritas|persepsi"
    r"|lokasi|kebutuhan|pengumuman hasil survei|lapangan)\b",
    re.IGNORECASE,
)


def surveys(checkup: Checkup) -> Iterator[Finding]:
    """Only in the quiet days. What the law forbids may and should be told then."""
    if StageRule.QUIET not in checkup.knowledge.calendar.rules_at(checkup.moment, checkup.office.zone):
        return
    for field, text in written_and_shown(checkup):
        last = -1
        for match in _SURVEY.finditer(text):
            if match.start() < last:
                continue
            first, last = sentence_bounds(text, match.start(), match.end())
            around = text[first:last]
            if _ABOUT_SURVEYS.search(around) or not (_ELECTORAL.search(around) or mentions(checkup, around)):
                continue
            quoted = told_as_wrong(checkup.content.kind, text, match.start())
            yield N09.finding(
                Place(field=field, start=match.start(), end=match.end()),
                severity=Severity.PERINGATAN if quoted else None,
                printed=match[0],
            )
            break


N08 = Rule(
    code="N08",
    name="HASIL",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 7/2017 Pasal 449 ayat (5) dan 540 ayat (2)",
    version=1,
    check=results,
    about="Angka perolehan suara sebelum pukul 15.00 WIB pada hari pemungutan suara, atau tanpa sumber resmi.",
)
N09 = Rule(
    code="N09",
    name="SURVEI",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 7/2017 Pasal 449 ayat (2)",
    version=1,
    check=surveys,
    about="Survei, jajak pendapat, atau elektabilitas pada masa tenang.",
)
