"""Numbers of sixteen digits that are built like a population number, however they are spaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LENGTH = 16
_SOLID = re.compile(r"(?<![0-9])(?<![0-9][.,\-])[0-9]{16}(?![0-9])(?![.,\-][0-9])")
_RUN = re.compile(r"[0-9](?:(?:[ .\-–—/_\u00a0]|\ [\-–—]\ )?[0-9])*+")
_MARK = re.compile(r"\ [\-–—]\ |[ .\-–—/_\u00a0]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_DATE_FIRST = re.compile(
    r"(?:(?:0?[1-9]|[12][0-9]|3[01])[./\-](?:0?[1-9]|1[0-2])[./\-](?:19|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}[/\-][01][0-9][/\-][0-3][0-9])(?:\ [\-–—]\ |[ .\-–—/\u00a0])"
)
_ADDRESS = re.compile(
    r"(?:(?:facebook\.com|fb\.watch|instagram\.com|(?<!\w)x\.com|twitter\.com|youtube\.com|tiktok\.com"
    r"|t\.me)/\S{0,200}"
    r"|(?:fbid|story_fbid|set|id)=)\Z",
    re.IGNORECASE,
)
# Region 6, day 2 (women: plus 40), month 2, year 2, number 4: where a person may put a separator.
_BOUNDARIES = frozenset({2, 4, 6, 8, 10, 12})


def sixteen_digits(text: str) -> Iterator[tuple[int, int]]:
    """Sixteen digits in one block, or split by separators and not part of a longer run or of a link."""
    for block in _SOLID.finditer(text):
        if not _in_a_link(text, block.start()):
            yield block.span()
    for run in _RUN.finditer(text):
        if _LENGTH < len(run[0]) <= 4 * _LENGTH and len(digits(run[0])) == _LENGTH and _grouped(run[0]):
            yield run.span()


def digits(run: str) -> str:
    return "".join(sign for sign in run if sign.isdigit())


def built_like_an_identity(number: str) -> bool:
    """`number` are sixteen digits: a region, the day and month of a birth (or of a family card), a serial number."""
    day, month = int(number[6:8]), int(number[8:10])
    return number[0] != "0" and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def _in_a_link(text: str, start: int) -> bool:
    return bool(_ADDRESS.search(text, max(0, start - 240), start))


def _grouped(run: str) -> bool:
    """Not two vote totals side by side, not a date with its hours."""
    if _DATE_FIRST.match(run) or all(_THOUSANDS.fullmatch(part) for part in re.split("[ \u00a0]", run)):
        return False
    marks = {mark[0] for mark in _MARK.finditer(run)}
    places = {len(digits(run[: mark.start()])) for mark in _MARK.finditer(run)}
    return (len(marks) == 1 and "/" not in marks) or places <= _BOUNDARIES
