"""Family P: personal data that must not leave the office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Severity

_LENGTH = 16
_SOLID = re.compile(r"(?<![0-9])(?<![0-9][.,\-])[0-9]{16}(?![0-9])(?![.,\-][0-9])")
_RUN = re.compile(r"[0-9](?:[ .\-–\u00a0]?[0-9])*+")
_SEPARATOR = re.compile(r"[ .\-–\u00a0]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_DATE_FIRST = re.compile(
    r"(?:(?:0?[1-9]|[12][0-9]|3[01])[.\-](?:0?[1-9]|1[0-2])[.\-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])"
    r"[ .\-–\u00a0]"
)
_SOCIAL_LINK = re.compile(
    r"(?:facebook\.com|fb\.watch|instagram\.com|(?<![\w])x\.com|twitter\.com|youtube\.com|tiktok\.com|t\.me)/\S{0,200}\Z",
    re.IGNORECASE,
)
# Region 6, day 2 (women: plus 40), month 2, year 2, number 4: where a person may put a separator.
_BOUNDARIES = frozenset({2, 4, 6, 8, 10, 12})


def identity_numbers(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for start, end in _sixteen_digits(text):
            if _reads_like_an_identity(text[start:end]) and not _SOCIAL_LINK.search(text, max(0, start - 240), start):
                yield P01.finding(Place(field=field, start=start, end=end))


def _sixteen_digits(text: str) -> Iterator[tuple[int, int]]:
    """Sixteen digits in one block, or split by separators and not part of a longer run."""
    for block in _SOLID.finditer(text):
        yield block.span()
    for run in _RUN.finditer(text):
        if _SEPARATOR.search(run[0]) and len(_digits(run[0])) == _LENGTH and _grouped_like_an_identity(run[0]):
            yield run.span()


def _digits(run: str) -> str:
    return _SEPARATOR.sub("", run)


def _grouped_like_an_identity(run: str) -> bool:
    """Not two vote totals side by side, not a date with its hours."""
    if _DATE_FIRST.match(run) or all(_THOUSANDS.fullmatch(part) for part in re.split("[ \u00a0]", run)):
        return False
    marks = _SEPARATOR.findall(run)
    places = {len(_digits(run[: mark.start()])) for mark in _SEPARATOR.finditer(run)}
    return len(set(marks)) == 1 or places <= _BOUNDARIES


def _reads_like_an_identity(run: str) -> bool:
    digits = _digits(run)
    day, month = int(digits[6:8]), int(digits[8:10])
    return digits[0] != "0" and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


P01 = Rule(
    code="P01",
    name="NIK",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="UU 23/2006 jo. UU 24/2013 Pasal 84; UU 27/2022",
    version=1,
    check=identity_numbers,
)
RULES = (P01,)
