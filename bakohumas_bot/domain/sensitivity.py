"""What makes a post sensitive: it clears up a hoax, names those who stand for election, or gives results.

Told from words alone, so it errs on the side of asking one leader more.
"""

from __future__ import annotations

import re

from bakohumas_bot.domain.policy import Trait
from bakohumas_bot.domain.posts import Content, Kind

# Parties of the 2024 election (KPU decision 519/2022 and its changes), by names that mean nothing else in prose:
# "PAN", "PKB", "PKS" (also a cooperation agreement), "Gelora" or "Buruh" count only after "Partai".
_SECOND_WORD = (
    r"(?:kebangkitan|gerakan\s+indonesia|demokrasi|golkar|golongan|nasdem|buruh|gelora|gelombang|keadilan|"
    r"hati\s+nurani|hanura|garda|garuda|amanat|bulan\s+bintang|demokrat|solidaritas|perindo|persatuan|ummat|"
    r"nanggroe|generasi|darul|aceh|adil|sira)"
)
_SHORT = r"(?:gerindra|pdip|pdi\s+perjuangan|golkar|nasdem|hanura|perindo)"
_PARTY = re.compile(rf"\b(?:partai\s+{_SECOND_WORD}|{_SHORT})\b", re.IGNORECASE)
_OFFICES = (
    r"presiden|wakil\s+presiden|gubernur|wakil\s+gubernur|bupati|wakil\s+bupati|wali\s*kota|wakil\s+wali\s*kota|"
    r"anggota\s+(?:dpr|dprd|dpd)(?:\s+ri)?|capres|cawapres|cagub|cabup|caleg"
)
# A candidate is meant where a name or a number on the ballot follows, not where the stage alone is told.
_CANDIDATE = re.compile(
    rf"\b(?i:(?:paslon|pasangan\s+calon|calon\s+(?:{_OFFICES})|capres|cawapres|caleg))\s+"
    r"(?:(?i:nomor\s+urut)\s+\d+|(?:[A-Z][\w.'-]+\s+){1,4}[A-Z][\w.'-]+|[A-Z][a-z]+)"
)
_RESULTS = re.compile(
    r"\bperolehan\s+(?:suara|kursi)\b[^.!?\n]{0,120}?\d|\b\d[\d.,]*\s*(?:suara(?:\s+sah)?|kursi)\b|"
    r"\b(?:unggul|meraih|memperoleh|suara\s+sah)\b[^.!?\n]{0,80}?\d[\d.,]*\s*(?:persen|%|suara|kursi)",
    re.IGNORECASE,
)
_CODES = {"N02": Trait.PARTICIPANT}


def traits_of(content: Content, codes: frozenset[str] = frozenset()) -> frozenset[Trait]:
    """From every word that would go public. `codes` are the rulebook's findings on it."""
    words = "\n".join(
        (content.title, content.body, *(text for _, text in content.variants), *(m.alt for m in content.media))
    )
    found = {trait for code, trait in _CODES.items() if code in codes}
    if content.kind is Kind.KLARIFIKASI_HOAKS:
        found.add(Trait.HOAX)
    if _PARTY.search(words) or _CANDIDATE.search(words):
        found.add(Trait.PARTICIPANT)
    if _RESULTS.search(words):
        found.add(Trait.RESULTS)
    return frozenset(found)
