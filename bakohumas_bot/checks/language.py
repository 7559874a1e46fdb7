"""B02: words and marks too loud or too casual for an office; and all rules of language together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.abbreviations import B05
from bakohumas_bot.checks.prose import own_words
from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.spelling import B01
from bakohumas_bot.checks.terms import B03
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import Kind

_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")
_STRETCHED = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
_STRETCHED_END = re.compile(r"([a-z])\1{2,}\Z", re.IGNORECASE)
_MARKS = re.compile(r"!+")
_LIGHT = frozenset({Kind.MEME, Kind.UCAPAN, Kind.PERINGATAN_HARI_BESAR})
_ENOUGH_LETTERS = 60
_ENOUGH_LETTERS_OF_A_CARD = 150
_MARKS_AT_MOST = 3


def loud_or_casual(checkup: Checkup) -> Iterator[Finding]:
    kind = checkup.content.kind
    for field, text in texts(checkup.content):
        if field.startswith(("sumber", "media")):
            continue
        words = own_words(text)
        if kind not in _LIGHT:
            yield from _casual(checkup, field, text, words)
        yield from _shouting(field, text, words, card=kind in _LIGHT)
        yield from _marks(checkup, field, text, words)


def _casual(checkup: Checkup, field: str, text: str, words: str) -> Iterator[Finding]:
    slang = checkup.knowledge.style.casual
    for match in _WORD.finditer(words):
        word = match[0]
        misspelt = word.casefold() in checkup.knowledge.style.spelling  # B01 knows the right word
        stretched = (
            not misspelt
            and _STRETCHED.search(word) is not None
            and not (word.isupper() and (len(word) < 6 or len(set(word)) == 1))
        )
        casual = word.casefold() in slang and not (word.isupper() and len(word) > 1)
        if not stretched and not (casual and not _is_a_name(words, match)):
            continue
        if told_as_wrong(checkup.content.kind, text, match.start()):
            continue
        place = Place(field=field, start=match.start(), end=match.end())
        if stretched:
            yield B02.finding(place, says="panjang", repairs=_shorter(word), word=word)
        else:
            yield B02.finding(place, word=word)


def _shorter(word: str) -> tuple[Repair, ...]:
    """Only at the end is it sure how many letters there should be."""
    short = _STRETCHED_END.sub(r"\1", word)
    sure = _STRETCHED.search(short) is None
    return (Repair(label=f"Ubah menjadi “{short}”", text=short),) if sure else ()


def _is_a_name(text: str, match: re.Match[str]) -> bool:
    """`Bro` in "Bapak Bro Santoso" is nobody's slang."""
    before = text[max(0, match.start() - 8) : match.start()].rstrip()
    opens = before[-1:] in {"", ".", "!", "?", ":", "”", "*"} or "\n" in text[max(0, match.start() - 3) : match.start()]
    return match[0][0].isupper() and not opens


def _shouting(field: str, text: str, words: str, *, card: bool) -> Iterator[Finding]:
    large = sum(letter.isupper() for letter in words)
    small = sum(letter.islower() for letter in words)
    if large + small >= (_ENOUGH_LETTERS_OF_A_CARD if card else _ENOUGH_LETTERS) and large > small:
        start = len(text) - len(text.lstrip())
        yield B02.finding(
            Place(field=field, start=start, end=len(text.rstrip())),
            says="kapital",
            share=round(100 * large / (large + small)),
        )


def _marks(checkup: Checkup, field: str, text: str, words: str) -> Iterator[Finding]:
    """Those of a message that the text repeats to refute it do not count."""
    own = [match for match in _MARKS.finditer(words) if not told_as_wrong(checkup.content.kind, text, match.start())]
    count = sum(len(match[0]) for match in own)
    if count > _MARKS_AT_MOST:
        yield B02.finding(Place(field=field, start=own[0].start(), end=own[-1].end()), says="seru", count=count)


B02 = Rule(
    code="B02",
    name="RAGAM",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="Pedoman EYD Edisi V; rules/spelling.toml bagian gaul",
    version=1,
    check=loud_or_casual,
    about="Kata gaul, huruf yang diulang, huruf kapital berlebihan, dan tanda seru beruntun.",
)
RULES = (B01, B02, B03, B05)
