"""B01: words that are written otherwise in the standard spelling. Proper names and official titles stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bakohumas_bot.checks.prose import prose
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

_WORD = re.compile(r"[^\W\d_]+(?:['’`][^\W\d_]+)?")
_GAP = re.compile(r"[ \t\u00a0]{1,3}|[ \t]{0,2}\n[ \t]{0,2}")
_CLITIC = re.compile(r"(?<=\w{3})(?:nya|lah|kah|pun)\Z")
# Who bears a name of its own: "Sekolah Tinggi Ilmu Administrasi Praktek Nusantara", "Kantor Walikota".
_NAMED = """
universitas sekolah akademi institut politeknik yayasan lembaga perkumpulan perhimpunan persatuan ikatan koperasi pt cv
ud toko rumah klinik apotik apotek mesjid masjid gereja pura wihara pondok pesantren stadion gedung aula hotel bank
kantor jalan jl gang desa kelurahan kampung kecamatan dusun pasar terminal komplek kompleks perumahan koran majalah
surat harian tabloid buku film lagu serikat gerakan forum komunitas sanggar organisasi himpunan museum musium taman
"""
_BEARERS = frozenset(_NAMED.split())
_CITATION = re.compile(
    r"\b(?:undang-undang|uu|peraturan|pkpu|perppu|keputusan|permen\w{0,12}|surat\s{1,3}edaran|putusan)\b[^;!?\n]{0,400}"
    r"\btentang\b[^;!?\n]{0,400}\Z",
    re.IGNORECASE,
)
_NAME_GOES_ON = re.compile(r"[ \u00a0][A-Z0-9]")
_OPENING = re.compile(r"(?:\A|[.!?:\n”\"])[\s*_(“]{0,6}\Z")
_TEACHING = 40


def misspelt_words(checkup: Checkup) -> Iterator[Finding]:
    style = checkup.knowledge.style
    if not style.spelling:
        return
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        keep = _kept_names(text, style.names)
        for start, end, standard in _misspelt(prose(text), style.spelling):
            written = text[start:end]
            opens = _OPENING.search(text, max(0, start - 8), start) is not None
            right = _in_the_case_of(written, standard, opens=opens)
            if any(begin <= start < finish for begin, finish in keep) or _belongs(text, start, end, standard):
                continue
            if told_as_wrong(checkup.content.kind, text, start):
                continue
            yield B01.finding(
                Place(field=field, start=start, end=end),
                repairs=(Repair(label=f"Ubah menjadi “{right}”", text=right),),
                written=written,
                right=right,
            )


def _kept_names(text: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    return [match.span() for name in names for match in re.finditer(re.escape(name), lowered)]


def _misspelt(text: str, spelling: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Every place with its right spelling; two words before one, none inside another."""
    words = [(match.start(), match.end(), _plain(match[0])) for match in _WORD.finditer(text)]
    taken = 0
    for here, following in zip(words, [*words[1:], None], strict=False):
        start, end, word = here
        if start < taken or _part_of_another(text, start, end):
            continue
        pair = f"{word} {following[2]}" if following and _GAP.fullmatch(text, end, following[0]) else ""
        if following and pair in spelling:
            taken = following[1]
            yield start, taken, spelling[pair]
        elif word in spelling:
            yield start, end, spelling[word]
        elif (bare := _CLITIC.sub("", word)) in spelling and bare != word:
            yield start, end, spelling[bare] + word[len(bare) :]


def _plain(word: str) -> str:
    return word.replace("’", "'").replace("`", "'").casefold()


def _part_of_another(text: str, start: int, end: int) -> bool:
    """`himbau-himbau` or a name such as `Al-Jadual` is not that word; a dash between spaces is none."""
    hyphen_before = start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()
    return hyphen_before or text[end : end + 1] == "_"


def _belongs(text: str, start: int, end: int, right: str) -> bool:
    """To a proper name, to the title of a regulation, or to a lesson that shows the right spelling beside it."""
    around = text[max(0, start - _TEACHING) : start] + " " + text[end : end + _TEACHING]
    if right.casefold() in around.casefold() and right.casefold() not in text[start:end].casefold():
        return True
    line = text[max(0, start - 500) : start].rpartition("\n")[2]
    if text[start].isupper() and text[start:end].casefold() in _BEARERS and _NAME_GOES_ON.match(text, end):
        return True
    if text[start].isupper() and not right[0].isupper() and _names_something(line):
        return True
    return text[start].isupper() and "tentang" in line.casefold() and _CITATION.search(line) is not None


def _names_something(before: str) -> bool:
    """Whether the capitals that lead up to here began with a word that bears a name."""
    for word in reversed(before.split()[-6:]):
        bare = word.strip("*_(“\"'")
        if not bare[:1].isupper():
            return False
        if bare.casefold().rstrip(".") in _BEARERS:
            return True
        if bare[-1:] in ".,;:!?)":
            return False
    return False


def _in_the_case_of(written: str, right: str, *, opens: bool) -> str:
    """A capital in the middle of a sentence belongs to a title, where every word has one."""
    if written.isupper() and len(written) > 1:
        return right.upper()
    if written[0].isupper():
        right = right[0].upper() + right[1:] if opens else " ".join(w[0].upper() + w[1:] for w in right.split())
        if (
            all(word[0].isupper() for word in written.split())
            and right.casefold() == "-".join(written.split()).casefold()
        ):
            return "-".join(written.split())
    kept = {word.casefold(): word for word in written.split()[1:]}
    return " ".join(kept.get(word.casefold(), word) for word in right.split(" "))


B01 = Rule(
    code="B01",
    name="EJAAN",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="KBBI dan EYD Edisi V; daftar kata pada rules/spelling.toml",
    version=1,
    check=misspelt_words,
    about="Kata yang tidak sesuai dengan ejaan baku.",
)
