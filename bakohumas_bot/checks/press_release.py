"""X02: the parts of a press release: number, date, headline, dateline, and whom a journalist may ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule
from bakohumas_bot.domain.almanac import MONTH_NUMBERS
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.rendering import MediaKind

_HEAD = 1500
# Shorter and without any of the parts: a few words about a release, which stands somewhere else.
_LONG = 400
_HEADING = re.compile(
    r"^[ \t*_#>]{0,8}(?:siaran\s{1,3}pers|press\s{1,3}release)[ \t*_:]{0,8}$", re.IGNORECASE | re.MULTILINE
)
_MARKS = r"[ \t*_#>|-]{0,8}"
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_DATE = rf"(?:[0-9]{{1,2}}\s{{1,3}}(?:{_MONTH})\.?\s{{1,3}}[0-9]{{4}}|[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}})"
_NUMBER = re.compile(
    rf"^{_MARKS}(?:siaran\s{{1,3}}pers\s{{1,3}})?(?:nomor|nomer|no)\b\.?{_MARKS}:?{_MARKS}(?P<value>\S[^\n]{{0,120}})?$",
    re.IGNORECASE | re.MULTILINE,
)
_DATE_LINE = re.compile(
    rf"^{_MARKS}(?:(?:hari\s?/\s?)?(?:tanggal|tgl)\b\.?{_MARKS}:?[^\n]{{0,30}}?{_DATE}"
    rf"|[^\n:]{{2,40}},\s{{1,3}}{_DATE}[ .*_]{{0,5}}$)",
    re.IGNORECASE | re.MULTILINE,
)
_ANY_DATE = re.compile(_DATE, re.IGNORECASE)
# `Samarinda, kaltim.kpu.go.id – `, `Kab-jepara.kpu.go.id –`, `Sleman (13/09) –`, `Pamekasan, 17 Juli 2025 –`.
_DATELINE = re.compile(
    r"^[ \t*_>]{0,8}(?P<place>(?:[A-Z][\w.'’/-]{1,60}|[\w-]{1,60}\.(?:kpu\.)?go\.id)[^\n.!?:;–—]{0,60}"
    r"(?:\.[\w-][^\n!?:;–—\s]{1,60}[^\n.!?:;–—]{0,40})?)[ \t*_]{0,5}"
    r"(?:\s[–—-]{1,2}|(?:(?<=go\.id)|(?<=\)))[–—]{1,2})\s?[*_]{0,3}(?P<lead>\S)",
    re.MULTILINE,
)
_ASK = re.compile(
    r"\b(?:nara\s?hubung|kontak\s{1,3}(?:media|person|pers)|contact\s{1,3}person|cp\s?:|hubungan\s{1,3}media"
    r"|(?:informasi|keterangan)\s{1,3}(?:lebih\s{1,3}lanjut|selengkapnya)[^\n]{0,60}(?:hubungi|menghubungi))",
    re.IGNORECASE,
)
_REACHED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,100}|\(?\+?[0-9][0-9() .-]{4,20}[0-9]|https?://|\.go\.id", re.IGNORECASE)
_LABEL = re.compile(
    r"siaran\s{1,3}pers|press\s{1,3}release|rilis|nomor|nomer|no\b|tanggal|tgl|embargo|kop\b", re.IGNORECASE
)


def parts_of_a_release(checkup: Checkup) -> Iterator[Finding]:
    if checkup.content.kind is not Kind.SIARAN_PERS:
        return
    body = checkup.content.body
    head = body[:_HEAD]
    missing = []
    number = _NUMBER.search(head)
    if number is None or not number["value"]:
        missing.append("nomor")
    dateline = next((m for m in _DATELINE.finditer(head) if not _LABEL.match(m["place"])), None)
    date_line = _DATE_LINE.search(head)
    if date_line is None and not _ANY_DATE.search(head, 0, (dateline.end() + 400) if dateline else 600):
        missing.append("tanggal")
    if not _headline(checkup.content.title, head):
        missing.append("judul")
    if dateline is None:
        missing.append("kota dan laman di awal teras")
    asked = _ASK.search(body)
    if asked is None:
        missing.append("narahubung")
    if missing:
        short = len(missing) >= 4 and len(body) < _LONG and not _HEADING.search(head)
        elsewhere = any(media.kind is MediaKind.DOCUMENT for media in checkup.content.media)
        yield X02.finding(
            Place(field="isi"),
            severity=Severity.SARAN if short or elsewhere else None,
            missing=_listed(missing),
        )
    if "tanggal" not in missing and date_line is None:
        yield X02.finding(Place(field="isi"), says="tanggal", severity=Severity.SARAN)
    if asked is not None and not _REACHED.search(body, asked.end(), asked.end() + 300):
        place = Place(field="isi", start=asked.start(), end=asked.end())
        yield X02.finding(place, says="narahubung", severity=Severity.SARAN)


def _headline(title: str, head: str) -> bool:
    """A title of its own, or a line of its own before the first paragraph. The label "SIARAN PERS" is none."""
    opening = title.strip().rstrip("…").strip("*_# \t")
    if opening and not _LABEL.match(opening) and not head.lstrip("*_# \t\n").startswith(opening):
        return True
    for line in head.splitlines()[:12]:
        bare = line.strip().strip("*_#").strip()
        if bare and not _LABEL.match(bare):
            words = bare.split()
            return len(words) >= 3 and len(bare) <= 200 and bare[-1] not in ".,;:" and not _DATELINE.match(line)
    return False


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} dan {parts[-1]}"


X02 = Rule(
    code="X02",
    name="SIARAN_PERS",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II B.1.c (media center); kelaziman siaran pers KPU",
    version=1,
    check=parts_of_a_release,
    about="Siaran pers tanpa nomor, tanggal, judul, kota di awal teras, atau narahubung.",
)
RULES = (X02,)
