"""Whether a text says something itself, or repeats what it mends: quotations, claims, slips."""

from __future__ import annotations

import re

from bakohumas_bot.domain.posts import Kind

_SLIP = r"\btertulis\s{0,3}:|\b(?:semula|sebelumnya)\s{1,3}tertulis\b"
_CLAIM = r"\bklaim\b|\bhoaks\b|\bhoax\b|\bberedar\b|\bnarasi\b"
_TRUTH = r"\bseharusnya\b|\bfakta(?:nya)?\b|\byang\s{1,3}benar\b|\bpenjelasan\b"
_MARKERS = re.compile(rf"(?P<slip>{_SLIP})|(?P<claim>{_CLAIM})|(?P<truth>{_TRUTH})", re.IGNORECASE)
_LOOK_BACK = 1000


def told_as_wrong(kind: Kind, text: str, at: int) -> bool:
    """A ralat or a clarification repeats the mistake it mends: after `Tertulis:`, or in the claim that circulates."""
    before = text[max(0, at - _LOOK_BACK) : at].rpartition("\n\n")[2]
    last = None
    for marker in _MARKERS.finditer(before):
        last = marker.lastgroup
    if last == "slip" or kind not in {Kind.KLARIFIKASI_HOAKS, Kind.RALAT}:
        return last == "slip"
    if last == "truth":
        return False
    return in_quotation(before) or (last == "claim" and kind is Kind.KLARIFIKASI_HOAKS)


def in_quotation(before: str) -> bool:
    """Whether a quotation that opened in `before` is still open at its end."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
