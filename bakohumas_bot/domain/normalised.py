"""A text as a search for hurtful words reads it: no capitals, no disguise, and the way back to every letter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LEET = {"4": "a", "@": "a", "3": "e", "1": "i", "0": "o", "5": "s", "$": "s", "7": "t"}
_MARKS = frozenset("*_`~\u200b\u200c\u200d\u2060\ufeff\u00ad")
# h-a-l-o or "h a l o": at least four letters, the same sign between all of them.
_SPLIT = re.compile(r"(?<![^\W_])[^\W\d_]([ .\-_*·])(?:[^\W\d_]\1){2,30}[^\W\d_](?![^\W_])")


@dataclass(frozen=True, kw_only=True)
class Normalised:
    """`places[i]` is where the letter `text[i]` stands in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=32)
def normalise(text: str) -> Normalised:
    """Lower case, figures that stand for letters, doubled letters once, split letters joined, one space for many."""
    joined = {at for split in _SPLIT.finditer(text) for at in range(split.start() + 1, split.end(), 2)}
    letters: list[str] = []
    places: list[int] = []
    for at, written in enumerate(text):
        letter = _letter(text, at, written)
        if at in joined or letter == "" or (letters and letters[-1] == letter and not letter.isdigit()):
            continue
        if letter == " " and letters and letters[-1] == "\n":
            continue
        letters.append(letter)
        places.append(at)
    return Normalised(text="".join(letters), places=tuple(places))


def _letter(text: str, at: int, written: str) -> str:
    if written in _MARKS:
        return ""
    if written in _LEET:
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        return _LEET[written] if any(sign.isalpha() for sign in beside) else written
    if written.isspace():
        return "\n" if written == "\n" else " "
    if written.isascii():
        return written.lower()
    return unicodedata.normalize("NFKD", written)[0].lower()[:1]


def words(*phrases: str) -> str:
    """Phrases as alternatives of one pattern over a normalised text."""
    return "|".join(re.escape(normalise(phrase).text).replace(r"\ ", "[ \n]") for phrase in phrases)
