"""Whether a text says something itself, or repeats what it mends: quotations, claims, slips."""

from __future__ import annotations

import re

from bakohumas_bot.domain.posts import Kind

_SLIP = r"\btertulis\s{0,3}:|\b(?:semula|sebelumnya)\s{1,3}tertulis\b"
_CLAIM = (
    r"\bklaim\b|\bhoaks\b|\bhoax\b|\bberedar\b|\bnarasi\b|\b(?:kabar|isu|rumor|mitos|disinformasi|misinformasi)\b"
    r"|\btidak\s{1,3}benar\s{1,3}(?:bahwa|kalau|jika|apabila)\b"
)
_TRUTH = r"\bseharusnya\b|\bfakta(?:nya)?\b|\byang\s{1,3}benar\b|\bpenjelasan\b|\btidak\s{1,3}benar\b"
_MARKERS = re.compile(rf"(?P<slip>{_SLIP})|(?P<claim>{_CLAIM})|(?P<truth>{_TRUTH})", re.IGNORECASE)
# A heading alone on its line: what stands below belongs to it, also after an empty line.
_HEADINGS = re.compile(
    r"^[ \t#>*_\[(]{0,8}(?:(?P<claim>klaim|hoaks|hoax|narasi|mitos|kabar|isu)"
    r"|(?P<truth>fakta(?:nya)?|penjelasan|status|kesimpulan|yang\ benar|sumber|rujukan|imbauan))"
    r"[ \t#*_\]):]{0,8}$",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY_LINE = re.compile(r"\n[ \t\r]{0,20}\n")
_LOOK_BACK = 1000
_DENIAL = re.compile(
    r"\b(?:tidak|bukan|tak)(?:lah)?\s{1,3}benar\b|\bhoaks\b|\bhoax\b|\bkeliru\b|\bmenyesatkan\b|\bdisinformasi\b"
    r"|\bmisinformasi\b|\bmitos\b|\b(?:mem|di)bantah\b|\bbantahan\b|\bmeluruskan\b|\bklarifikasi\b|\bberita bohong\b"
    r"|\bkabar bohong\b|\bpalsu\b|\bpenipuan\b|\banggapan\b|\bstigma\b|\bstereotip\b",
    re.IGNORECASE,
)


def told_as_wrong(kind: Kind, text: str, at: int) -> bool:
    """A ralat or a clarification repeats the mistake it mends: after `Tertulis:`, or in the claim that circulates."""
    before = text[max(0, at - _LOOK_BACK) : at]
    paragraph = _last_paragraph(before)
    last = _last_marker(_MARKERS, paragraph)
    if last == "slip" or kind not in {Kind.KLARIFIKASI_HOAKS, Kind.RALAT}:
        return last == "slip"
    if last is None:
        last = _last_marker(_HEADINGS, before)
    if last == "truth":
        return False
    return in_quotation(paragraph) or (last == "claim" and kind is Kind.KLARIFIKASI_HOAKS)


def in_quotation(before: str) -> bool:
    """Whether a quotation that opened in `before` is still open at its end."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def quoted(text: str, at: int) -> bool:
    """Whether the place stands inside a quotation of its own paragraph."""
    return in_quotation(_last_paragraph(text[max(0, at - _LOOK_BACK) : at]))


def denied(text: str, start: int, end: int) -> bool:
    """Whether the sentence, or the one before or after it, says that this is not so."""
    before = _last_paragraph(text[max(0, start - 160) : start])
    after = _EMPTY_LINE.split(text[end : end + 160], maxsplit=1)[0]
    return bool(_DENIAL.search(before) or _DENIAL.search(after))


def _last_paragraph(before: str) -> str:
    return _EMPTY_LINE.split(before)[-1]


def _last_marker(markers: re.Pattern[str], text: str) -> str | None:
    last = None
    for marker in markers.finditer(text):
        last = marker.lastgroup
    return last
