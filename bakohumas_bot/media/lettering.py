"""How large and how clear the letters of a drawn picture are, from the boxes in which its words were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from statistics import median

from PIL import Image

from bakohumas_bot.media.ocr import Line, Word

_SURE, _LETTERS = 80.0, 3  # what is measured must be a word beyond doubt
_FEW = 1 / 3  # a heading, a footing or a stamp does not make a picture hard to read
# How much of a font's size a word takes, by its letters: with both, one, or neither of those that rise and hang.
_HANGING, _RISING = frozenset("gjpqy,;()"), frozenset("bdfhklt()")
_BOTH, _ONE, _NEITHER = 0.94, 0.73, 0.53
_INK = 0.05  # at least this share of a word's box is letter, and at least this much is ground
# sRGB to light, in 255 steps (WCAG 2.2, relative luminance).
_LIGHT = [round(255 * (v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4)) for v in range(256)]
_WEIGHTS = (0.2126, 0.7152, 0.0722, 0.0)


def smallest_text(lines: Iterable[Line], width: int) -> float | None:
    """The font size that a third of all letters do not exceed, as a share of the picture's width.

    Of its width, because a phone shows every picture as wide as its screen.
    """
    sizes = sorted((median(map(_size, line)), sum(len(word.text) for word in line)) for line in _certain(lines))
    left = _FEW * sum(letters for _, letters in sizes)
    for size, letters in sizes:
        left -= letters
        if left < 0:
            return round(size / width, 4)
    return None


def contrast(image: Image.Image, lines: Iterable[Line]) -> float | None:
    """The lowest of a line, as WCAG counts it: 1 (invisible) to 21 (black on white)."""
    light = image.convert("RGB").point(_LIGHT * 3).convert("L", _WEIGHTS)
    found = [median(_contrast(light, word) for word in line) for line in _certain(lines)]
    return round(min(found), 2) if found else None


def _certain(lines: Iterable[Line]) -> Iterator[Line]:
    """The words that are surely words, of lines that have two of them."""
    for line in lines:
        sure = tuple(w for w in line if w.sure >= _SURE and sum(letter.isalpha() for letter in w.text) >= _LETTERS)
        if len(sure) > 1:
            yield sure


def _size(word: Word) -> float:
    """Of the font, from the highest letter of a word to its deepest."""
    letters = set(word.text)
    rising = any(letter.isupper() or letter.isdigit() for letter in letters) or bool(letters & _RISING)
    shares = {2: _BOTH, 1: _ONE, 0: _NEITHER}
    return (word.bottom - word.top) / shares[rising + bool(letters & _HANGING)]


def _contrast(light: Image.Image, word: Word) -> float:
    """Between the darkest and the lightest parts of its box, whichever of them is the letter."""
    counts = light.crop((int(word.left), int(word.top), round(word.right), round(word.bottom))).histogram()
    dark, bright = _reached(counts), 255 - _reached(counts[::-1])
    return (bright / 255 + 0.05) / (dark / 255 + 0.05)


def _reached(counts: list[int]) -> int:
    """The step below which lies no more of the box than may be chance."""
    left = _INK * sum(counts)
    return next((step for step, below in enumerate(accumulate(counts)) if below >= left), 0)
