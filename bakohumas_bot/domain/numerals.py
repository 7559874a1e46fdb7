"""Numbers in words, as far as offices write them beside days: `tiga hari`, `3 (tiga) hari`, `dua puluh lima hari`."""

from __future__ import annotations

_ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_TEENS = ("sepuluh", "sebelas", *(f"{word} belas" for word in _ONES[1:]))
_TENS = tuple(f"{word} puluh{rest}" for word in _ONES[1:] for rest in ("", *(f" {one}" for one in _ONES)))
WORDS = (*_ONES, *_TEENS, *_TENS)
NUMERALS = {word: number for number, word in enumerate(WORDS, start=1)}

_ONE = "|".join(_ONES)
NUMERAL_PATTERN = rf"(?:(?:{_ONE})\s(?:belas|puluh(?:\s(?:{_ONE}))?)|sepuluh|sebelas|{_ONE})"


def numeral(printed: str) -> int:
    """Digits, or words that `NUMERAL_PATTERN` matched."""
    return int(printed) if printed.isdigit() else NUMERALS[" ".join(printed.casefold().split())]


def like(number: int, printed: str) -> str:
    """The number as `printed` was: in digits or in words."""
    if printed.isdigit() or not 1 <= number <= len(WORDS):
        return str(number)
    word = WORDS[number - 1]
    return word.capitalize() if printed[0].isupper() else word
