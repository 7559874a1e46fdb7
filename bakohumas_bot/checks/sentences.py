"""The sentence around a place in the text, so that a rule judges what is said together."""

from __future__ import annotations

import re

_REACH = 300
# A full stop ends a sentence where a new one follows: not "No. 2", "H. Budi", "s.d. 5" or "09.00".
_ABBREVIATION = (
    r"(?<!\b[A-Za-z])(?<!\bNo)(?<!\bDr)(?<!\bHj)(?<!\bIr)(?<!\bKH)(?<!\bDrs)(?<!\bKab)(?<!\bProf)(?<!\bPlh)(?<!\bPlt)"
)
_END = re.compile(rf"{_ABBREVIATION}\.[”\")*_]{{0,3}}\s+(?=[^a-z\s])|[!?]+[”\")*_]{{0,3}}\s|\n[ \t]*\n|\n(?=[-*•0-9])")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that holds `text[start:end]`; never more than a few lines."""
    first = max(0, start - _REACH)
    for match in _END.finditer(text, first, start):
        first = match.end()
    after = _END.search(text, end, min(len(text), end + _REACH))
    return first, after.start() + 1 if after else min(len(text), end + _REACH)


def sentence(text: str, start: int, end: int) -> str:
    first, last = sentence_bounds(text, start, end)
    return text[first:last]
