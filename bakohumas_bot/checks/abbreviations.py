"""B05: abbreviations that nobody has spelt out, and two spellings of one abbreviation in the same text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.prose import prose
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.house_style import HouseStyle

_CAPITALS = re.compile(r"(?<![\w./&–-])[A-Z][A-Z0-9]{1,8}(?![\w&]|[./]\w|-[A-Za-z]{1,2}\b)")
_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_SPOKEN = re.compile(r"(?=(?:[^AEIOU]*[AEIOU]){2})(?:[^AEIOU\d]{0,2}[AEIOU]{1,2}){1,6}[^AEIOU\d]{0,2}\Z")
_SMALL_WORD = re.compile(r"[^\W\d_A-Z]{3}")
_PARENTHESES = re.compile(r"\(([^()\n]{2,160})\)")
_SPELT_OUT = r"(?:\s{1,3}(?:adalah\s{1,3})?(?:singkatan|kependekan|akronim)\b|\s{1,3}atau\s{1,3}(?=[A-Z]\w+\s[A-Z]))"
# A word before the abbreviation that makes a name or a title of it: "partai", "Perumahan", "Hotel".
_NAMED = re.compile(
    r"\b(?:partai|hotel|gedung|perumahan|jalan|jl\.?|bank|radio|stasiun|stadion|toko|rumah\s{1,3}makan|aplikasi"
    r"|universitas|kampus|grup|merek|nomor|no\.?|seri|tipe|kode|kelas|resi|blok)\s{1,3}\Z",
    re.IGNORECASE,
)


def unexplained_abbreviations(checkup: Checkup) -> Iterator[Finding]:
    style = checkup.knowledge.style
    if not style.abbreviations:
        return
    explained = _explained(checkup)
    for field, text in texts(checkup.content):
        if field.startswith(("sumber", "media")) or (field == "judul" and text.isupper()):
            continue
        first: dict[str, re.Match[str]] = {}
        for match in _used(prose(text)):
            first.setdefault(match[0], match)
        unknown = {
            word: match
            for word, match in first.items()
            if word not in explained
            and not _known(word, style)
            and not _NAMED.search(text[max(0, match.start() - 24) : match.start()])
            and not told_as_wrong(checkup.content.kind, text, match.start())
        }
        for word, match in unknown.items():
            place = Place(field=field, start=match.start(), end=match.end())
            twin = next((other for other in unknown if _same_but_for_a_doubled_letter(word, other)), None)
            if twin is None:
                yield B05.finding(place, word=word)
            elif match.start() > first[twin].start():
                repair = Repair(label=f"Ubah menjadi “{twin}”", text=twin)
                yield B05.finding(place, says="varian", repairs=(repair,), word=word, other=twin)
            else:
                yield B05.finding(place, word=word)


def _used(text: str) -> Iterator[re.Match[str]]:
    """Not in a line of capitals, where every word looks like one, and not a number in Roman letters."""
    start = 0
    for line in text.splitlines(keepends=True):
        if _SMALL_WORD.search(line):
            yield from _CAPITALS.finditer(text, start, start + len(line))
        start += len(line)


def _known(word: str, style: HouseStyle) -> bool:
    """Or no abbreviation at all, but a word in capitals: RALAT, RAHASIA."""
    return (
        (len(word) > 3 and _SPOKEN.match(word) is not None)
        or word.casefold() in style.abbreviations
        or _ROMAN.match(word) is not None
        or not any(letter.isalpha() for letter in word[1:])
        or sum(letter.isdigit() for letter in word) > 2
    )


def _explained(checkup: Checkup) -> frozenset[str]:
    """Spelt out anywhere in this content: `Nama Panjang (NP)`, `NP (Nama Panjang)`, `NP adalah singkatan dari`.

    A name of somebody who stands for election explains itself.
    """
    found: set[str] = {short for participant in checkup.knowledge.participants.all for short in participant.short}
    found |= {name for participant in checkup.knowledge.participants.all for name in participant.clear}
    for _, text in texts(checkup.content):
        for inside in _PARENTHESES.finditer(text):
            before = text[max(0, inside.start() - 120) : inside.start()].rstrip(" *_")
            if re.fullmatch(r"[A-Z][\w-]{1,12}", inside[1].strip(" *_“”\"'")) and re.search(r"[a-z]\w*\Z", before):
                found.add(inside[1].strip(" *_“”\"'"))
            named = re.search(r"([A-Z][A-Z0-9]{1,8})\Z", before)
            if named and len(inside[1].split()) >= 2:
                found.add(named[1])
        found |= {match[1] for match in re.finditer(rf"(?<!\w)([A-Z][A-Z0-9]{{1,8}})[*_]{{0,2}}{_SPELT_OUT}", text)}
        found |= {
            match[1]
            for match in re.finditer(
                r"\b(?:disingkat|disebut|dikenal\s{1,3}(?:sebagai|dengan)|atau)\s{1,3}[“\"*_]{0,2}([A-Z][A-Z0-9]{1,8})(?!\w)",
                text,
            )
        }
    return frozenset(found)


def _same_but_for_a_doubled_letter(one: str, other: str) -> bool:
    """KKU and KKKU; not DPR and DPRD."""
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1:
        return False
    return any(long[at] == long[at - 1] and long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


B05 = Rule(
    code="B05",
    name="SINGKATAN",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="Pedoman EYD Edisi V; rules/spelling.toml bagian singkatan",
    version=1,
    check=unexplained_abbreviations,
    about="Singkatan yang belum dipanjangkan atau ditulis dengan dua cara.",
)
