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
_SHORT = re.compile(r"[A-Z][\w-]{1,12}")
_SPELT_OUT = re.compile(
    r"(?<!\w)([A-Z][A-Z0-9]{1,8})[*_]{0,2}(?:\s{1,3}(?:adalah\s{1,3})?(?:singkatan|kependekan|akronim)\b"
    r"|\s{1,3}atau\s{1,3}(?=[A-Z]\w{1,30}\s[A-Z]))"
)
_CALLED = re.compile(
    r"\b(?:disingkat|disebut|dikenal\s{1,3}(?:sebagai|dengan)|atau)\s{1,3}[“\"*_]{0,2}([A-Z][A-Z0-9]{1,8})(?!\w)"
)
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
        used = _first_uses(checkup, text)
        for word, match in used.items():
            place = Place(field=field, start=match.start(), end=match.end())
            twin = next((other for other in used if _same_but_for_a_doubled_letter(word, other)), None)
            if twin is not None and word not in explained and (twin in explained or used[twin].start() < match.start()):
                repair = Repair(label=f"Ubah menjadi “{twin}”", text=twin)
                yield B05.finding(place, says="varian", repairs=(repair,), word=word, other=twin)
            elif word not in explained:
                yield B05.finding(place, word=word)


def _first_uses(checkup: Checkup, text: str) -> dict[str, re.Match[str]]:
    first: dict[str, re.Match[str]] = {}
    for match in _used(prose(text)):
        first.setdefault(match[0], match)
    return {
        word: match
        for word, match in first.items()
        if not _known(word, checkup.knowledge.style)
        and not _NAMED.search(text[max(0, match.start() - 24) : match.start()])
        and not told_as_wrong(checkup.content.kind, text, match.start())
    }


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
    """Spelt out anywhere in this content. A name of somebody who stands for election explains itself."""
    parties = checkup.knowledge.participants.all
    names = {word for party in parties for name in (*party.short, *party.clear) for word in name.split()}
    return frozenset(names.union(*(_spelt_out(text) for _, text in texts(checkup.content))))


def _spelt_out(text: str) -> set[str]:
    """`Nama Panjang (NP)`, `NP (Nama Panjang)`, `NP adalah singkatan dari`, `disingkat NP`."""
    found = {match[1] for match in _SPELT_OUT.finditer(text)} | {match[1] for match in _CALLED.finditer(text)}
    for inside in _PARENTHESES.finditer(text):
        before = text[max(0, inside.start() - 120) : inside.start()].rstrip(" *_")
        words = inside[1].strip(" *_“”\"'").split()
        if len(words) <= 3 and re.search(r"[a-z]\w*\Z", before) and all(_SHORT.fullmatch(word) for word in words):
            found.update(words)
        named = re.search(r"([A-Z][A-Z0-9]{1,8})\Z", before)
        if named and len(words) >= 2 and words[0][0].upper() == named[1][0]:
            found.add(named[1])
    return found


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
