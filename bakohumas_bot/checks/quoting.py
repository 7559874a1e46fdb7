"""Whether a text says something itself, or repeats what it mends: quotations, claims, slips."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from bakohumas_bot.domain.posts import Kind

_SLIP = r"\btertulis\s{0,3}:|\b(?:semula|sebelumnya)\s{1,3}tertulis\b"
_CLAIM = (
    r"\bklaim\b|\bhoaks\b|\bhoax\b|\bberedar\b|\bnarasi\b|\b(?:kabar|isu|rumor|mitos|disinformasi|misinformasi)\b"
    r"|\btidak\s{1,3}benar\s{1,3}(?:bahwa|kalau|jika|apabila)\b"
)
_TRUTH = (
    r"\b(?:seharusnya|harusnya|semestinya|mestinya)\b(?:\s{1,3}(?:di|ter)tulis\b)?|\bfakta(?:nya)?\b|\bpenjelasan\b"
    r"|\byang\s{1,3}(?:benar|betul|tepat)\b|\btidak\s{1,3}benar\b"
    r"|\b(?:diubah|diralat|dikoreksi|diperbaiki|dibetulkan|dibaca)\s{1,3}menjadi\b"
)
_MARKERS = re.compile(rf"(?P<slip>{_SLIP})|(?P<claim>{_CLAIM})|(?P<truth>{_TRUTH})", re.IGNORECASE)
# In a text that says of itself that it is a ralat, "tertulis Selasa, 25 November" needs no colon.
_NOTED = (
    r"\b(?:tertulis|tercantum|tertera|tercetak|dituliskan|ditulis|menulis(?:kan)?|mencantumkan|menyebut(?:kan)?|semula"
    r"|sebelumnya|bukan(?:lah)?)\b"
)
_MENDED = r"\bmenjadi\b|\bmelainkan\b|\bdiganti\b"
_WRONG_BEHIND = re.compile(
    r"[^.;\n]{0,70}?\b(?:seharusnya|harusnya|semestinya|mestinya|keliru|salah|diralat|tidak\s{1,3}tepat)\b",
    re.IGNORECASE,
)
_RALAT_MARKERS = re.compile(
    rf"(?P<truth>{_TRUTH}|{_MENDED})|(?P<slip>{_SLIP}|{_NOTED})|(?P<claim>{_CLAIM})", re.IGNORECASE
)
_OPENS_A_RALAT = re.compile(r"[\W_]{0,12}(?:ralat|koreksi|pembetulan)\b", re.IGNORECASE)
# A heading alone on its line: what stands below belongs to it, also after an empty line.
_HEADINGS = re.compile(
    r"^[ \t#>*_\[(]{0,8}(?:(?P<claim>klaim|hoaks|hoax|narasi|mitos|kabar|isu)"
    r"|(?P<truth>fakta(?:nya)?|penjelasan|status|kesimpulan|yang\ benar|sumber|rujukan|imbauan))"
    r"[ \t#*_\]):]{0,8}$",
    re.IGNORECASE | re.MULTILINE,
)
_EMPTY_LINE = re.compile(r"\n[ \t\r]{0,20}\n")
_LOOK_BACK = 1000
_NEAR = 160
_DENIAL = re.compile(
    r"\b(?:tidak|bukan|tak)(?:lah)?\s{1,3}benar\b|\bhoaks\b|\bhoax\b|\bkeliru\b|\bmenyesatkan\b|\bdisinformasi\b"
    r"|\bmisinformasi\b|\bmitos\b|\b(?:mem|di)bantah\b|\bbantahan\b|\bmeluruskan\b|\bklarifikasi\b|\bberita bohong\b"
    r"|\bkabar bohong\b|\bpalsu\b|\bpenipuan\b|\banggapan\b|\bstigma\b|\bstereotip\b",
    re.IGNORECASE,
)


def told_as_wrong(kind: Kind, text: str, at: int) -> bool:
    """A ralat or a clarification repeats the mistake it mends: after `Tertulis:`, or in the claim that circulates."""
    paragraph = _paragraph_start(text, at)
    ralat = kind is Kind.RALAT or _OPENS_A_RALAT.match(text) is not None
    last = _last(_ralat_markers(text) if ralat else _markers(text), paragraph, at)
    if ralat and last != "truth" and _WRONG_BEHIND.match(text, at):
        return True
    if last == "slip" or kind not in {Kind.KLARIFIKASI_HOAKS, Kind.RALAT}:
        return last == "slip"
    if last is None:
        last = _last(_headings(text), max(0, at - _LOOK_BACK), at)
    if last == "truth":
        return False
    return in_quotation(text[paragraph:at]) or (last == "claim" and kind is Kind.KLARIFIKASI_HOAKS)


def in_quotation(before: str) -> bool:
    """Whether a quotation that opened in `before` is still open at its end."""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def quoted(text: str, at: int) -> bool:
    """Whether the place stands inside a quotation of its own paragraph."""
    return in_quotation(text[_paragraph_start(text, at) : at])


def denied(text: str, start: int, end: int) -> bool:
    """Whether the words right before or behind, in the same paragraph, say that this is not so."""
    before = text[max(_paragraph_start(text, start), start - _NEAR) : start]
    after = _EMPTY_LINE.split(text[end : end + _NEAR], maxsplit=1)[0]
    return bool(_DENIAL.search(before) or _DENIAL.search(after))


def _paragraph_start(text: str, at: int) -> int:
    breaks = _breaks(text)
    before = bisect_right(breaks, at)
    return max(0, at - _LOOK_BACK, breaks[before - 1] if before else 0)


def _last(marks: _Marks, since: int, until: int) -> str | None:
    """What the last mark that stands wholly between two places says."""
    ends, starts, says = marks
    before = bisect_right(ends, until) - 1
    return says[before] if before >= 0 and starts[before] >= since else None


_Marks = tuple[list[int], list[int], list[str | None]]


def _found(pattern: re.Pattern[str], text: str) -> _Marks:
    marks = list(pattern.finditer(text))
    return [mark.end() for mark in marks], [mark.start() for mark in marks], [mark.lastgroup for mark in marks]


@lru_cache(maxsize=16)
def _markers(text: str) -> _Marks:
    return _found(_MARKERS, text)


@lru_cache(maxsize=16)
def _ralat_markers(text: str) -> _Marks:
    return _found(_RALAT_MARKERS, text)


@lru_cache(maxsize=16)
def _headings(text: str) -> _Marks:
    return _found(_HEADINGS, text)


@lru_cache(maxsize=16)
def _breaks(text: str) -> list[int]:
    return [line.end() for line in _EMPTY_LINE.finditer(text)]
