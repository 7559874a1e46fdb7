"""N01: no appeal to vote for or against anybody. "Gunakan hak pilih" and how a vote is cast name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.checks.sentences import sentence_bounds
from bakohumas_bot.checks.stand import MANY, mentions, written_and_shown
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.participants import Mention, MentionKind, bare_numbers
from bakohumas_bot.domain.posts import Kind

_WORDS = 6
_BASE = (
    r"(?<!hak )(?<!daya )(?<!data )(?:pilih(?:lah)?|coblos(?:lah|in)?|tusuk(?:lah)?|dukung(?:lah)?|menangkan(?:lah)?)"
)
_GIVEN = (
    r"(?:beri|berikan|satukan|salurkan|serahkan|titip|titipkan|jatuhkan|tentukan|pastikan)\W{1,3}(?:hak\W{1,3})?"
    r"(?:suara|pilihan)\w{0,3}"
)
_SPOKEN = r"(?:memilih|mencoblos|mendukung|memenangkan|menusuk)"
_VERB = re.compile(
    rf"(?<!\w)(?:(?P<base>{_BASE})|(?P<given>{_GIVEN})|(?P<spoken>{_SPOKEN}))(?!\w|[-–]\w)", re.IGNORECASE
)
_PASSIVE = re.compile(r"dipilih|menang|dicoblos|ditusuk|didukung", re.IGNORECASE)
_CALL = re.compile(
    r"\b(?:ayo|mari|yuk|ajak\w*|mengajak|diajak|diimbau|dihimbau|diminta|dimohon|diharapkan|diserukan|jangan|wajib|harus|silakan|mohon|saatnya|waktunya|tetap|serukan|menyerukan"
    r"|mengimbau|imbau\w*|himbau\w*|menghimbau|kami|kita|cukup|hanya|pastikan"
    r"|jangan lupa)\b(?:\W{1,3}\w+){0,7}\W{1,3}\Z",
    re.IGNORECASE,
)
# The verb has an object of its own, or somebody else speaks of the participant.
_OTHER_OBJECT = re.compile(
    r"\W{0,3}(?:penuh\W{1,3})?(?:pemilu|pilkada|pemilihan|kegiatan|program|upaya|penyelenggaraan|pelaksanaan|demokrasi|kpu"
    r"|bawaslu|kelancaran"
    r"|suksesnya|kesuksesan|tahapan|tempat|lokasi|menu|warna|jadwal|data|gerakan|terwujudnya"
    r"|terselenggaranya|persiapan"
    r"|ketertiban|deklarasi|inovasi|kinerja|tugas|kebijakan|langkah|kolaborasi|ketua|pengurus)\b",
    re.IGNORECASE,
)
_TOLD_BY = re.compile(
    r"\b(?:kata|ujar|ucap|tutur|ungkap|menurut|oleh|bersama|perwakilan|ketua|pengurus|kantor|dp[cdwp]|dihadiri|hadir"
    r"|sebagaimana|karena|setelah|saat|ketika|atau|jumlah|ke dalam)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"\b(?:dilarang|larangan|melarang|tidak boleh|tidak dibenarkan|tanpa|netral\w*|bukan|simulasi"
    r"|contoh(?:nya)?(?!\s(?-i:[A-Z]))"
    r"|tata cara|cara"
    r"|ilustrasi|panduan|sanksi|pidana|kepalsuan|isu|tuduhan|diduga|dugaan|pelanggaran|mengarahkan|hoaks)\b",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"\b(?:menu|opsi|tombol|tekan|ketik|layanan|whatsapp|wa|antre\w*|antrean|loket|kanal|aplikasi|formulir"
    r"|saluran|tautan"
    r"|soal|jawaban|kuis|polling|klik|situs|cekdptonline\S*)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\W{1,3}(?:untuk|jika|bila|apabila|kalau|atau|bagi)\b|\s?[=:]", re.IGNORECASE)
_PRAISED = re.compile(
    r"(?:\W{1,3}\w+){0,2}?\W{1,3}(?:layak|pantas|wajib|harus|patut|mesti|jangan|ayo|mari|yuk|siap)(?:\W{1,3}\w+){0,2}?"
    r"\W{1,3}(?:dipilih|dicoblos|didukung|dimenangkan|coblos|pilih|dukung|menangkan|menang)(?!\w)"
    r"|(?:\W{1,3}\w+){0,3}?[\s,!–—:-]{1,4}(?:coblos|tusuk)(?:lah|in)?(?:\W{1,2}saja)?(?!\w|\W{1,3}(?:pada|di"
    r"|satu|surat))",
    re.IGNORECASE,
)
# `nomor dua yang kita coblos`: what is punched or made to win is no menu and no queue.
_BARE_PRAISED = re.compile(
    r"(?:\W{1,3}(?:yang|kita|kami|akan|harus|wajib|mesti|saja|tetap|pasti|layak|pantas|yuk|ayo|mari)){1,4}"
    r"\W{1,3}(?:di)?(?:coblos|tusuk|menangkan)(?!\w)",
    re.IGNORECASE,
)
_ZEROED = re.compile(
    rf"(?<!\w)(?:{_BASE})(?:\W{{1,3}}(?:saja|aja|paslon|terus)){{0,2}}\W{{1,3}}0[1-9](?![\w.,:/-]*[0-9])", re.IGNORECASE
)


def appeals(checkup: Checkup) -> Iterator[Finding]:
    """Every appeal once, marked from the verb to whom it names."""
    for field, text in written_and_shown(checkup):
        told = -1
        for start, end in _appeals(checkup, text):
            if start < told:
                continue
            told = end
            quoted = told_as_wrong(checkup.content.kind, text, start)
            if quoted and checkup.content.kind is Kind.KLARIFIKASI_HOAKS:
                continue
            yield N01.finding(
                Place(field=field, start=start, end=end),
                severity=Severity.SARAN if quoted else _severity(checkup, text, start),
                says="dikutip" if quoted else "",
                printed=" ".join(text[start:end].split()),
                repairs=() if quoted or field.endswith(".tulisan") else _neutral(text, start, end),
            )


def _severity(checkup: Checkup, text: str, start: int) -> Severity:
    """`Golkar Dukung Paslon Nomor Urut 2` tells who supports whom; it calls nobody."""
    before = text[max(0, start - 80) : start]
    for mention in mentions(checkup, before):
        if not re.search(r"[.!?,:;\n]", before[mention.end :]) and text[start : start + 6].casefold() in {
            "dukung",
            "menduk",
        }:
            return Severity.PERINGATAN
    return Severity.BLOK


def _neutral(text: str, start: int, end: int) -> tuple[Repair, ...]:
    """The same call without a side. After *jangan* it would call people away from the vote."""
    printed, before = text[start:end], text[max(0, start - 24) : start]
    fits = re.match(_BASE, printed, re.IGNORECASE) and not re.search(r"[*_]|\bdi(?:pilih|coblos)", printed)
    if not fits or re.search(r"\bjangan\b", before, re.IGNORECASE):
        return ()
    words = "Gunakan hak pilih" if printed[0].isupper() else "gunakan hak pilih"
    return (Repair(label="Ganti dengan ajakan memakai hak pilih", text=words),)


def _appeals(checkup: Checkup, text: str) -> Iterator[tuple[int, int]]:
    if _VERB.search(text) is None and _PASSIVE.search(text) is None:
        return
    named = mentions(checkup, text)
    bare = [m for m in islice(bare_numbers(text), MANY) if not any(n.start <= m.start < n.end for n in named)]
    found = [span for mention in (*named, *bare) if (span := _appeal_for(text, mention, bare=mention in bare))]
    yield from sorted(
        {
            *found,
            *(match.span() for match in islice(_ZEROED.finditer(text), MANY) if not _explained(text, match.start())),
        }
    )


def _appeal_for(text: str, mention: Mention, *, bare: bool) -> tuple[int, int] | None:
    first, last = sentence_bounds(text, mention.start, mention.end)
    verb = _verb_before(text, first, mention)
    if verb is not None:
        choice = _CHOICE.match(text, mention.end) and "pilih" in verb[0].casefold()
        menu = bare and (_MENU.search(text, first, last) or choice)
        return None if menu or _explained(text, verb.start()) else (verb.start(), mention.end)
    if mention.kind is MentionKind.GUESS:
        return None
    after = (_BARE_PRAISED if bare else _PRAISED).match(text, mention.end, last)
    return (mention.start, after.end()) if after and not _explained(text, after.end()) else None


def _verb_before(text: str, first: int, mention: Mention) -> re.Match[str] | None:
    """The nearest verb at most six words before the participant whose object it can be."""
    verbs = list(_VERB.finditer(text, max(first, mention.start - 100), mention.start))
    if not verbs:
        return None
    verb = verbs[-1]
    gap = text[verb.end() : mention.start]
    if len(re.findall(r"\w+", gap)) > _WORDS or _OTHER_OBJECT.match(gap) or _TOLD_BY.search(gap):
        return None
    if verb["given"] and not re.search(r"\b(?:untuk|kepada|ke|bagi|pada|buat)\b|:\s*$", gap):
        return None
    if re.search(r"\btidak\W{1,3}\Z", text[max(0, verb.start() - 12) : verb.start()], re.IGNORECASE):
        return None
    called = verb["spoken"] is None or _CALL.search(text, max(first, verb.start() - 120), verb.start())
    return verb if called else None


def _explained(text: str, at: int) -> bool:
    first, _ = sentence_bounds(text, at, at)
    return _EXPLAINED.search(text, first, at) is not None


N01 = Rule(
    code="N01",
    name="AJAKAN",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 7/2017 Pasal 14 huruf b; Peraturan DKPP 2/2017 Pasal 8",
    version=1,
    check=appeals,
    about="Ajakan memilih, mendukung, atau menolak peserta, calon, atau nomor urut tertentu.",
)
