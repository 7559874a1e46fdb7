"""What the office itself has published and a clarification may be about to call false."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 1.234, 12,5 persen, 08.00, 552: three digits or more, or a share of a hundred.
_FIGURE = re.compile(
    r"(?<![\w.,/-])(?:[0-9]{1,3}(?:\.[0-9]{3}){1,5}(?:,[0-9]{1,4})?|[0-9]{1,9},[0-9]{1,4}|[0-9]{3,12})(?![\w/]|[.,-][0-9])"
)
_PERCENT = re.compile(r"(?<![\w.,/-])[0-9]{1,3}(?=\s?(?:%|persen\b))", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class Own:
    """A publication of this office that holds `figure`, spelled as in the text that is checked."""

    post: int
    title: str
    url: str
    figure: str


def figures(text: str) -> tuple[str, ...]:
    """Every figure worth looking up, as it is spelled, once each; years are too common to tell anything."""
    found = sorted((m.start(), m[0]) for pattern in (_FIGURE, _PERCENT) for m in pattern.finditer(text))
    return tuple(dict.fromkeys(figure for _, figure in found if not _YEAR.fullmatch(figure)))
