"""A shorter version of a text that is too long: its first sentences whole, its link and its tags kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from bakohumas_bot.domain.passages import sentences

_LINK = re.compile(r"https?://[^\s<>()\[\]\"“”]{4,300}")
_TAG = re.compile(r"(?<![\w&/])#\w*[^\W\d]\w*")
_MOST_SENTENCES = 60
_MOST_TAGS = 5


def shortened(text: str, fits: Callable[[str], bool]) -> str | None:
    """Nothing is cut within a sentence; None where not even the first one fits with what must be kept."""
    best = None
    for passage in sentences(text)[:_MOST_SENTENCES]:
        kept = text[: passage.end].rstrip()
        candidate = "\n\n".join(filter(None, [kept, _kept_besides(text, kept)]))
        if passage.end >= len(text.rstrip()) or not fits(candidate):
            break
        best = candidate
    return best


def _kept_besides(text: str, kept: str) -> str:
    """The first link and the tags, where the sentences that are kept do not hold them already."""
    link = _LINK.search(text)
    links = [link[0].rstrip(".,;:!?*_")] if link and link[0] not in kept else []
    tags = [tag for tag in dict.fromkeys(_TAG.findall(text)) if tag not in kept]
    return "\n\n".join(filter(None, [" ".join(links), " ".join(tags[:_MOST_TAGS])]))
