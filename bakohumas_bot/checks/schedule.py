"""F09: a stage that a text names with dates which the calendar contradicts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.checks.sentences import sentence_bounds
from bakohumas_bot.checks.stand import MANY
from bakohumas_bot.domain.almanac import last_day, long_date, short_date
from bakohumas_bot.domain.calendar import ElectionKind, ElectionStage
from bakohumas_bot.domain.dates import DateSpan, find_dates
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

_NEAR = timedelta(days=60)
_S = r"[\s*_]"
# Another event beside the stage has days of its own: a rehearsal, a meeting, a repeated vote.
_BESIDE_IT = re.compile(
    r"\b(?:simulasi|persiapan|mempersiapkan|menjelang|jelang|sosialisasi|bimtek|bimbingan teknis|rapat|rakor"
    r"|koordinasi|logistik"
    r"|evaluasi|pasca|setelah|sesudah|usai|sebelum|formulir|peraturan|tentang|pelatihan|monitoring|apel"
    r"|pengamanan|kesiapan|sejak"
    r"|penertiban|pengumuman|perlengkapan|petugas|hari sebelum|pembubaran|deklarasi|iklan|jadwal ulang|keputusan)\b"
    r"(?:\W{1,3}\w+){0,4}\W{1,3}\Z",
    re.IGNORECASE,
)
_ANOTHER_VOTE = re.compile(r"\W{1,3}(?:ulang|lanjutan|susulan|di luar negeri|luar negeri|osis|ketua)\b", re.IGNORECASE)
# Nothing but these words may stand between the stage and its date.
_LINK = re.compile(
    rf"(?:{_S}|[,:(–—-]|\b(?:pada|tanggal|tgl\.?|mulai|dimulai|dari|sejak|yang|akan|telah|sudah|jatuh"
    rf"|berlangsung|digelar|dilaksanakan"
    r"|diselenggarakan|dijadwalkan|diadakan|dilakukan|ditetapkan|selama|hari|adalah|yaitu|yakni|ini|serentak"
    r"|nasional|pemilu|pilkada"
    r"|pemilihan|umum|tahun|20[0-9]{2}|[0-9]{1,2} hari|tiga hari|di|indonesia|seluruh|masa|ialah|resmi|untuk"
    r"|dibuka|ditutup|berakhir"
    r"|gubernur|bupati"
    r"|wali ?kota|dan|wakil|wib)\b){0,40}\Z",
    re.IGNORECASE,
)
# `Rabu, 14 Februari 2024 adalah hari pemungutan suara`.
_LINK_BACK = re.compile(
    r"\)?[ ,]{0,3}(?:adalah|merupakan|sebagai|ditetapkan(?: sebagai)?|menjadi|dilaksanakan|digelar|dimulai|berlangsung"
    r"|:|=|–)(?: {1,2}(?:hari|tahapan|jadwal|sebagai))?[ *_]{0,4}",
    re.IGNORECASE,
)
_JOIN = re.compile(
    rf"\)?{_S}{{0,3}}(?:-|–|—|s\.?{_S}?d\.?|s/d|sampai(?:{_S}dengan)?|hingga){_S}{{0,3}}(?:tanggal{_S})?", re.IGNORECASE
)
_ELECTION = re.compile(
    r"\b(?:(?P<pemilu>pemilu|pemilihan umum|pilpres|pileg)|(?P<pemilihan>pilkada|pemilihan(?: kepala daerah"
    r"| gubernur\b[^.!?\n]{0,60}?"
    r"| bupati\b[^.!?\n]{0,60}?| serentak)?|pilgub|pilbup"
    r"|pilwalkot))(?: serentak)?(?: nasional)?(?: tahun)? (?P<year>20[0-9]{2})\b",
    re.IGNORECASE,
)


def wrong_stage_dates(checkup: Checkup) -> Iterator[Finding]:
    fixed = checkup.knowledge.calendar.fixed
    pattern = _names(fixed)
    if pattern is None:
        return
    for field, text in texts(checkup.content):
        found = [] if field.startswith("sumber") else list(islice(pattern.finditer(text), MANY))
        if not found:
            continue
        dates, elections = find_dates(text), _elections(text)
        for match in found:
            yield from _compared(checkup, field, text, match, dates=dates, elections=elections)


@lru_cache(maxsize=8)
def _names(stages: tuple[ElectionStage, ...]) -> re.Pattern[str] | None:
    names = sorted({name for stage in stages for name in stage.called}, key=lambda name: (-len(name), name))
    if not names:
        return None
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(n).replace(chr(92) + ' ', _S + '{1,3}') for n in names)})(?!\w)", re.IGNORECASE
    )


def _elections(text: str) -> set[tuple[ElectionKind, int]]:
    return {
        (ElectionKind.PEMILU if match["pemilu"] else ElectionKind.PEMILIHAN, int(match["year"]))
        for match in _ELECTION.finditer(text)
    }


def _compared(
    checkup: Checkup,
    field: str,
    text: str,
    match: re.Match[str],
    *,
    dates: Sequence[DateSpan],
    elections: set[tuple[ElectionKind, int]],
) -> Iterator[Finding]:
    first, last = sentence_bounds(text, match.start(), match.end())
    if _BESIDE_IT.search(text, max(first, match.start() - 80), match.start()) or _ANOTHER_VOTE.match(text, match.end()):
        return
    span = _its_dates(text, match, dates, last)
    if span is None or told_as_wrong(checkup.content.kind, text, match.start()):
        return
    begins, ends = span[0], span[-1]
    name = " ".join(re.split(r"[\s*_]+", match[0])).casefold()
    meant = [s for s in checkup.knowledge.calendar.fixed if name in {n.casefold() for n in s.called}]
    named = [s for s in meant if (s.kind, _year_of(s)) in elections]
    if elections and not named:
        return
    printed = [day for one in (begins, ends) if (day := _day(one, named or meant)) is not None]
    if not printed:
        return
    near = [s for s in named or meant if abs(printed[0] - s.begins) <= _NEAR or len(named) == 1]
    if not near or any(_agrees(s, printed) for s in near):
        return
    right = min(near, key=lambda s: abs(printed[0] - s.begins))
    should = _written(right)
    yield F09.finding(
        Place(field=field, start=begins.start, end=max(begins.end, ends.end)),
        severity=None if len(near) == 1 and begins.year else Severity.PERINGATAN,
        name=right.name,
        should=should,
        basis=str(right.basis),
        repairs=(Repair(label=f"Ganti dengan {should}", text=should),),
    )


def _its_dates(text: str, match: re.Match[str], dates: Sequence[DateSpan], last: int) -> list[DateSpan] | None:
    """The date after the stage's name, if only linking words stand between, or the one before; both ends of a range."""
    at = bisect_left(dates, match.end(), key=_begin)
    if at < len(dates) and dates[at].start < min(last, match.end() + 110):
        if _LINK.match(text[match.end() : dates[at].start]) is None:
            return None
        following = dates[at + 1] if at + 1 < len(dates) else None
        if following and (following.start == dates[at].start or _JOIN.fullmatch(text[dates[at].end : following.start])):
            return [dates[at], following]
        return [dates[at]]
    if at and match.start() - dates[at - 1].end <= 50 and _LINK_BACK.fullmatch(text[dates[at - 1].end : match.start()]):
        joined = at > 1 and dates[at - 2].start == dates[at - 1].start
        return [dates[at - 2], dates[at - 1]] if joined else [dates[at - 1]]
    return None


def _begin(span: DateSpan) -> int:
    return span.start


def _year_of(stage: ElectionStage) -> int:
    digits = re.search(r"20[0-9]{2}", stage.contest)
    return int(digits[0]) if digits else stage.begins.year


def _day(span: DateSpan, stages: list[ElectionStage]) -> date | None:
    if not 1 <= span.month <= 12:
        return None
    if span.year is None and len(stages) != 1:
        return None
    year = span.year or stages[0].begins.year
    return date(year, span.month, span.day) if 1 <= span.day <= last_day(year, span.month) else None


def _agrees(stage: ElectionStage, printed: list[date]) -> bool:
    """A range must be the stage's own; one day alone may be any of its days."""
    if len(printed) == 2 and printed[0] != printed[1]:
        return (printed[0], printed[1]) == (stage.begins, stage.ends)
    return stage.holds(printed[0])


def _written(stage: ElectionStage) -> str:
    if stage.begins == stage.ends:
        return long_date(stage.begins)
    return f"{short_date(stage.begins)} s.d. {short_date(stage.ends)}"


F09 = Rule(
    code="F09",
    name="TAHAPAN",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="PKPU tentang tahapan dan jadwal yang tercantum pada kalender tahapan",
    version=1,
    check=wrong_stage_dates,
    about="Tanggal tahapan yang berbeda dari kalender tahapan.",
)
