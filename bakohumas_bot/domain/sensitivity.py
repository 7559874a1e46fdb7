"""What makes a post sensitive: it clears up a hoax, names those who stand for election, or gives results.

Who stands for election is told by the same names and numbers as in rule N02. All is told from words alone, so it errs
on the side of asking one leader more.
"""

from __future__ import annotations

import re

from bakohumas_bot.domain.participants import Participants
from bakohumas_bot.domain.policy import Trait
from bakohumas_bot.domain.posts import Content, Kind

_RESULTS = re.compile(
    r"\bperolehan\s+(?:suara|kursi)\b[^.!?\n]{0,120}?\d|\b\d[\d.,]*\s*(?:suara(?:\s+sah)?|kursi)\b|"
    r"\b(?:unggul|meraih|memperoleh|suara\s+sah)\b[^.!?\n]{0,80}?\d[\d.,]*\s*(?:persen|%|suara|kursi)",
    re.IGNORECASE,
)
_CODES = {"N02": Trait.PARTICIPANT}


def traits_of(
    content: Content, codes: frozenset[str] = frozenset(), participants: Participants | None = None
) -> frozenset[Trait]:
    """From every word that would go public. `codes` are the rulebook's findings on it."""
    words = "\n".join(
        (
            content.title,
            content.body,
            *(text for _, text in content.variants),
            *content.sources,
            *(media.alt for media in content.media),
        )
    )
    found = {trait for code, trait in _CODES.items() if code in codes}
    if content.kind is Kind.KLARIFIKASI_HOAKS:
        found.add(Trait.HOAX)
    if (participants or Participants()).mentions(words):
        found.add(Trait.PARTICIPANT)
    if _RESULTS.search(words):
        found.add(Trait.RESULTS)
    return frozenset(found)
