"""Families B and X: the form of the text. No leftover of a template, nothing empty, nothing longer than allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.shortening import shortened
from bakohumas_bot.domain.counting import Measure, measure, says_something
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.rendering import Rendered

_BRACKETED = re.compile(r"(?<!\\)\[(?P<inside>[^\[\]\n]{0,120})\](?P<after>[(\[:]?)|\{[^{}\n]{1,120}\}")
_CITATION = re.compile(
    r"\^?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,9}|sic|red\.?|ed\.?|\w|\s|\.|dot|titik|at|", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Z0-9 &/+-]{2,40}")
_BLANK = re.compile(
    r"\b(?:nama|tanggal|tgl|hari|jam|pukul|waktu|tempat|lokasi|judul|jabatan|nomor|isi|isikan|tulis|tuliskan|kota|tautan"
    r"|link|url|jumlah|kutipan|sebutkan|masukkan|ganti|xx+|tbd|lorem|insert)\b",
    re.IGNORECASE,
)
_WHAT = r"(?:nama|tanggal|tgl|hari|jam|pukul|waktu|tempat|lokasi|judul|jabatan|nomor|kota|jumlah|kegiatan|acara)"
_OTHER_GAPS = re.compile(
    r"<<[^\W\d_][^<>\n]{0,80}>>"
    rf"|\((?:isi|isikan|tulis|tuliskan|sebutkan|masukkan|lengkapi)\s{{1,3}}(?:dengan\s{{1,3}})?{_WHAT}\b[^()\n]{{0,60}}\)"
    rf"|(?<=\s)(?:\.{{3,20}}|…{{1,5}})(?=,?\s{{0,3}}(?:,|$|{_WHAT}\b|[0-9]{{4}}\b))",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(rf"\b{_WHAT}\s{{0,3}}:?\s{{1,3}}\Z", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;()\"“”]+")
_CROSSES = re.compile(r"x{2,}(?![^\W_])|[0-9]{1,2}[.:]x{2}(?![^\W_])|rp\.?\s?x{2,}(?![^\W_])", re.IGNORECASE)
_STANDALONE = re.compile(r"(?<!\w)(?:TBD|TBA|(?i:lorem(?:\s{1,3}ipsum)?))(?!\w)")
# PON XX and HUT XXX RI are numbers, not gaps.
_ROMAN = frozenset(
    {"pon", "peparnas", "mtq", "ktt", "hut", "bab", "abad", "lampiran", "munas", "rakernas", "kongres", "muktamar"}
    | {"angkatan", "jilid", "edisi", "volume", "romawi", "ke", "ke-", "apeksi", "pekan", "seri", "dies", "olimpiade"}
)


def template_leftovers(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        spans = {*_gaps_in_brackets(text), *_crosses(text), *_other_gaps(text)}
        spans |= {match.span() for match in _STANDALONE.finditer(text)}
        outer_end = 0
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= outer_end:
                outer_end = end
                yield B07.finding(Place(field=field, start=start, end=end), printed=text[start:end])


def _gaps_in_brackets(text: str) -> Iterator[tuple[int, int]]:
    for match in _BRACKETED.finditer(text):
        if match["inside"] is None:
            yield match.span()
        elif not _belongs_to_the_text(match, text):
            yield match.start(), match.start() + len(match["inside"]) + 2


def _belongs_to_the_text(match: re.Match[str], text: str) -> bool:
    """A citation, a Markdown link, a label such as [HOAKS] that opens a line, an editor's word inside a quotation."""
    inside: str = match["inside"]
    if match["after"] or _CITATION.fullmatch(inside):
        return True
    if _BLANK.search(inside):
        return False
    opens_a_line = not text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2].strip(" \t*_#>-")
    if opens_a_line and _LABEL.fullmatch(inside):
        return True
    before = text[max(0, match.start() - 1000) : match.start()].rpartition("\n\n")[2]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _other_gaps(text: str) -> Iterator[tuple[int, int]]:
    """`<<nama>>`, `(isi nama kegiatan)`, and dots where a day or a place should stand: `hari ..., tanggal`."""
    for match in _OTHER_GAPS.finditer(text):
        if match[0][0] in "<(" or _ASKED.search(text[max(0, match.start() - 16) : match.start()]):
            yield match.span()


def _crosses(text: str) -> Iterator[tuple[int, int]]:
    """XX where a number should stand. 0812-XXXX-XXXX hides one on purpose and is let through."""
    previous = ""
    for token in _TOKEN.finditer(text):
        word = token[0].strip("*_.:!?'’")
        cross = _CROSSES.match(word)
        if cross and not (word.isupper() and len(word) <= 3 and previous in _ROMAN):
            start = token.start() + token[0].index(word)
            yield start, start + len(word)
        previous = word.casefold()


def _shorter(checkup: Checkup, rendered: Rendered, length: Measure) -> Iterator[Repair]:
    """What the account adds by itself (a title, its sources) takes its room in the shorter version, too."""
    spec, text = checkup.specs[rendered.platform], checkup.content.text_for(rendered.account)
    media = bool(rendered.media)
    added = max(0, length.length - measure(text, spec, with_media=media).length)

    def fits(candidate: str) -> bool:
        return measure(candidate, spec, with_media=media).length + added <= length.limit

    made = shortened(text, fits)
    if made is not None:
        yield Repair(label=f"versi ringkas untuk {spec.label}", text=made, account=rendered.account)


def unfit_length(checkup: Checkup) -> Iterator[Finding]:
    own_texts = dict(checkup.content.variants)
    for account, rendered in checkup.rendered.items():
        spec = checkup.specs[rendered.platform]
        field = f"varian.{account}" if account in own_texts else "isi"
        if not rendered.media and not spec.needs_media and not says_something(rendered.text):
            yield X01.finding(Place(field=field), says="kosong", label=spec.label, account=account)
        length = measure(rendered.text, spec, with_media=bool(rendered.media))
        if length.length > length.limit:
            yield X01.finding(
                Place(field=field),
                repairs=tuple(_shorter(checkup, rendered, length)),
                says="varian" if account in own_texts else "",
                label=spec.label,
                account=account,
                family=spec.family,
                length=length.length,
                limit=length.limit,
            )


B07 = Rule(
    code="B07",
    name="SISA_TEMPLAT",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (divalidasi sebelum disebarluaskan)",
    version=1,
    check=template_leftovers,
    about="Mencari sisa templat yang belum diisi, seperti kurung siku, XX, atau TBD.",
)
X01 = Rule(
    code="X01",
    name="PANJANG",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Batas teks tiap platform",
    version=1,
    check=unfit_length,
    about="Menghitung panjang teks tiap kanal dengan cara platformnya, dan memastikan ada yang dapat dibaca.",
)
RULES = (B07, X01)
