"""What was typed, as words of the grammar: spellings and slips mended, numbers in digits, all else refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from bakohumas_bot.domain.when.words import FILLERS, KNOWN, NAMES, NO_SLIPS, NUMBERS, ONE_OF
from bakohumas_bot.errors import BadInput

MAX_LENGTH = 120

_CLOCK = r"[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2}(?:\.[0-9]{1,6})?)?"
_TOKENS = re.compile(
    rf"""
    (?P<iso> [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} (?: t{_CLOCK}(?:z|[+-][0-9]{{2}}:?[0-9]{{2}})?
        | [ ]{_CLOCK}(?:z|\+[0-9]{{2}}:?[0-9]{{2}})? )? (?![0-9]) )
  | (?P<date> [0-9]{{1,2}}(?P<mark>[/.-])[0-9]{{1,2}}(?P=mark)[0-9]{{4}}(?![0-9])
        | [0-9]{{1,2}}(?P<line>[/-])[0-9]{{1,2}}(?P=line)[0-9]{{2}}(?![0-9.:]) )
  | (?P<clock> (?<![0-9][.:]) [0-9]{{1,2}}[.:][0-9]{{2}}(?:[.:][0-9]{{2}})?(?![.:]?[0-9]) )
  | (?P<pair> [0-9]{{1,2}}[/-][0-9]{{1,2}}(?![0-9.:]) )
  | (?P<decimal> [0-9]{{1,2}},[0-9]{{1,2}}(?=[ ]?j(?:a)?m\b) )
  | (?P<number> (?<![0-9][.:]) [0-9]{{1,4}}(?![.:]?[0-9]) )
  | (?P<about> (?<=[0-9])-an\b )
  | (?P<offset> utc[+-][0-9]{{4}} )
  | (?P<word> s/d | s\.d\.? | kira2 | [a-z]+(?:['-][a-z]+)* )
  | (?P<or> [/–—-] )
  | (?P<skip> [\s,.:()\[\]"“”'?~]+ )
  | (?P<unknown> . )
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
_QUOTES = str.maketrans("’‘`´", "''''")


def not_understood(text: str) -> BadInput:
    shown = text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + "…"
    return BadInput(f"Waktu “{shown}” belum dapat dipahami.")


def spelled(text: str) -> str:
    """The sentence in the grammar's own words, one space between them."""
    plain = " ".join(text.split())
    if len(plain) > MAX_LENGTH:
        raise not_understood(plain)
    words = _numbered([word for word in _words(plain) if word not in FILLERS])
    if not words:
        raise not_understood(plain)
    return " ".join(words)


def _words(plain: str) -> Iterator[str]:
    before = ""
    for token in _TOKENS.finditer(_without_pictures(plain).translate(_QUOTES).lower()):
        kind, said = token.lastgroup, token[0]
        if kind == "skip":
            continue
        if kind == "unknown":
            raise not_understood(plain)
        for word in _meant(str(kind), said, before) or _slip(plain, said):
            yield word
            before = word


def _meant(kind: str, said: str, before: str) -> tuple[str, ...]:
    """Empty where no spelling is known."""
    if kind == "word":
        return _word(said, before)
    if kind == "pair" and before == "jam":  # jam 9-10
        first, last = re.split("[/-]", said)
        return (first, "atau", "jam", last)
    if kind in {"pair", "date"}:
        return (re.sub("[.-]", "/", said),)
    return ({"or": "atau", "about": "an", "clock": said.replace(":", ".")}.get(kind, said),)


def _word(said: str, before: str) -> tuple[str, ...]:
    if said == "min":  # 30 min lagi; Min 08.00
        return ("menit",) if before.isdigit() else ("ahad",)
    if said == "menitan":
        return ("menit", "an")
    if said in ONE_OF:
        return ("1", ONE_OF[said])
    return (KNOWN[said],) if said in KNOWN else ()


def _slip(plain: str, said: str) -> tuple[str, ...]:
    """A day or month with one letter missing, too many, wrong or out of place; two that fit are none."""
    fitting = {name for name in NAMES if _one_letter_away(said, name)} if said not in NO_SLIPS else set()
    if len(fitting) != 1:
        raise not_understood(plain)
    return tuple(fitting)


def _one_letter_away(said: str, name: str) -> bool:
    if len(said) < 4 or abs(len(said) - len(name)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(said, name, strict=False)) if a != b), min(len(said), len(name)))
    rest, aim = said[start:], name[start:]
    swapped = rest[:2] == aim[:2][::-1] and rest[2:] == aim[2:]
    return rest[1:] == aim[1:] or rest[1:] == aim or rest == aim[1:] or swapped


def _without_pictures(text: str) -> str:
    """🙏 and its skin tones; what steers the direction of text stays and is refused."""
    return "".join(
        " " if category(letter) in {"So", "Sk"} and letter not in "`´" else letter for letter in text
    ).replace("\ufe0f", " ")


def _numbered(words: list[str]) -> list[str]:
    """*dua puluh lima* is 25, *dua belas* 12."""
    found: list[str] = []
    for before, word in zip(["", *words], words, strict=False):
        if word in {"belas", "puluh"} and before in NUMBERS and 0 < NUMBERS[before] < 10:
            found[-1] = str(10 + NUMBERS[before] if word == "belas" else 10 * NUMBERS[before])
        elif before == "puluh" and word in NUMBERS and NUMBERS[word] < 10:
            found[-1] = str(int(found[-1]) + NUMBERS[word])
        else:
            found.append(str(NUMBERS[word]) if word in NUMBERS else word)
    return found
