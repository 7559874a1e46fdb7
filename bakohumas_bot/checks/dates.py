"""F01 and F02: a weekday must fit its date, and a date must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.domain.almanac import DAYS, MONTHS, last_day, nearest_with_weekday, short_date
from bakohumas_bot.domain.dates import DateSpan, find_dates, same_print
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.rewriting import with_dates, with_weekdays

_CALLED_A_DATE = re.compile(r"(?:tanggal|tgl\.?)\s{1,3}\Z", re.IGNORECASE)
_CALLED_A_NUMBER = re.compile(
    r"(?:\b(?:nomor|no|register|reg|perkara|agenda|surat|kode|faktur|resi|invoice|sk|se|nd|spt)\b\.?)[^.,;()\n]{0,16}\Z",
    re.IGNORECASE,
)
_BEGINS_A_WORD = re.compile(r"(?:\A|[\s(\[“\"'|:*_>–—-])\Z")
# Words that tell of the mistake itself: "surat palsu itu bertanggal 31 Juni", "tidak ada tanggal 30 Februari".
_DENIED = re.compile(r"\b(?:tidak|tak|bukan|mana)\s{1,3}(?:pernah\s{1,3})?ada(?:lah)?\b", re.IGNORECASE)
_DOUBTED = re.compile(
    r"\b(?:palsu|janggal|keliru|kekeliruan|salah|kesalahan|fiktif|padahal|mustahil|hoaks|hoax)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.?!]\s|\n\s{0,3}\n")

# Years that a text tells of, not those of its regulations: "dokumentasi 2019", but not "Nomor 14 Tahun 2008".
_YEAR = re.compile(r"(?<![\w/.,-])(?P<year>(?:19|20)[0-9]{2})(?![\w/]|[.,-][0-9])")
_OF_A_REGULATION = re.compile(
    r"(?:\b(?:nomor|no)\b\.?\s{0,3}:?\s{0,3}\S{1,40}|/)\s{0,3}(?:tahun|thn\.?|th\.?)?\s{0,3}\Z", re.IGNORECASE
)
_NEAR = timedelta(days=120)
MAY = 5  # the one month whose name is as short as an abbreviation


def weekdays(checkup: Checkup) -> Iterator[Finding]:
    """A date without a year is taken as the nearest one, or of a year that the same text tells of."""
    for field, text in texts(checkup.content):
        for spans in _misfits(text, checkup.today):
            if told_as_wrong(checkup.content.kind, text, spans[0][0].start):
                severity = Severity.SARAN
            else:
                severity = Severity.PERINGATAN if spans[0][0].year is None else Severity.BLOK
            yield _misfit(field, text, spans, severity)
    for field, text in read_in_files(checkup):
        printed_once = {text[spans[0][0].start : spans[0][0].end]: spans for spans in _misfits(text, checkup.today)}
        for spans in printed_once.values():
            sure = spans[0][0].year is not None and not spans[0][0].numeric
            yield _misfit(field, text, spans, Severity.PERINGATAN if sure else Severity.SARAN)


def _misfits(text: str, today: date) -> Iterator[list[tuple[DateSpan, date]]]:
    """What is printed as one piece, with the days that it names against its weekdays."""
    dates = find_dates(text)
    years = {span.year for span in dates if span.year} | _years_told(text) if dates else set()
    for group in same_print(dates):
        misfits = []
        for span in group:
            if span.weekday is None or not _exists(span):
                continue
            days = _days_meant(span, today, years)
            if all(day.weekday() != span.weekday for day in days):
                misfits.append((span, days[0]))
        if misfits:
            yield misfits


def _misfit(field: str, text: str, spans: list[tuple[DateSpan, date]], severity: Severity) -> Finding:
    in_file = field.endswith(".tulisan")
    first, _ = spans[0]
    moved = [(span, nearest_with_weekday(day, span.weekday or 0)) for span, day in spans]
    told = [(span, nearest) for span, nearest in moved if _told_in_order(spans, moved)]
    repairs = [
        Repair(label=repaired, text=repaired)
        for repaired in (with_weekdays(text, spans), with_dates(text, told))
        if repaired is not None
    ]
    says = "berkas" if in_file else "tanpa_tahun" if first.year is None else ""
    return F01.finding(
        Place(field=field) if in_file else Place(field=field, start=first.start, end=first.end),
        severity=severity,
        says=says,
        repairs=() if in_file else tuple(repairs),
        printed=_in_one_line(text[first.start : first.end]),
        facts="; ".join(
            f"{short_date(day)} jatuh pada hari {DAYS[day.weekday()]}, bukan {DAYS[span.weekday or 0]}"
            for span, day in spans
        ),
        by_date=_in_one_line(repairs[0].text),
        by_day=_in_one_line(repairs[-1].text) if len(repairs) > 1 else _listed(moved),
    )


def _told_in_order(spans: list[tuple[DateSpan, date]], moved: list[tuple[DateSpan, date]]) -> bool:
    """Two dates of a range are moved in the form they have only while they stay in their order."""
    days = [day for _, day in moved]
    return len(spans) == 1 or days == sorted(set(days))


def _listed(moved: list[tuple[DateSpan, date]]) -> str:
    return " dan ".join(f"{DAYS[day.weekday()]}, {short_date(day)}" for _, day in moved)


def _in_one_line(printed: str) -> str:
    return " ".join(printed.replace("|", " ").split())


def impossible_dates(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        for span in _impossible(text):
            if told_as_wrong(checkup.content.kind, text, span.start):
                severity = Severity.SARAN
            else:
                severity = Severity.PERINGATAN if _DOUBTED.search(_sentence(text, span)) else Severity.BLOK
            place = Place(field=field, start=span.start, end=span.end)
            yield _no_such_date(place, text, span, severity=severity)
    for field, text in read_in_files(checkup):
        media = checkup.content.media[int(field.partition("[")[2].partition("]")[0])]
        once = {text[span.start : span.end]: span for span in _impossible(text)}
        for span in once.values():
            yield _no_such_date(Place(field=field), text, span, severity=_certainty(span, media.kind), says="berkas")


def _certainty(span: DateSpan, kind: MediaKind) -> Severity:
    """A document has its own letters; an engine may read a picture's 30 as 31, and then nobody could mend it."""
    if span.numeric and span.weekday is None:
        return Severity.SARAN
    return Severity.BLOK if kind is MediaKind.DOCUMENT and span.year else Severity.PERINGATAN


def _no_such_date(place: Place, text: str, span: DateSpan, *, severity: Severity, says: str = "") -> Finding:
    known_month = 1 <= span.month <= 12
    mended: tuple[Repair, ...] = ()
    if known_month and not says and span.day > _last(span) and span.year != 0:
        last = text[span.start : span.day_at[0]] + str(_last(span)) + text[span.day_at[1] : span.end]
        mended = (Repair(label=_in_one_line(last), text=last),) if span.weekday is None else ()
    return F02.finding(
        place,
        severity=severity,
        override=Override.CHAIR if says else None,
        says=says if known_month else says or "bulan",
        repairs=mended,
        printed=_in_one_line(text[span.start : span.end]),
        month=_month_name(span) if known_month else span.month,
        last=_last(span) if known_month else 12,
    )


def _impossible(text: str) -> Iterator[DateSpan]:
    for group in same_print(find_dates(text)):
        for span in group:
            if not _exists(span) and _surely_a_date(span, text) and not _DENIED.search(_sentence(text, span)):
                yield span
                break


def _sentence(text: str, span: DateSpan) -> str:
    before = text[max(0, span.start - 120) : span.start]
    after = text[span.end : span.end + 120]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    end = _SENTENCE_END.search(after)
    return before[ends[-1] if ends else 0 :] + " " + after[: end.start() if end else len(after)]


def _exists(span: DateSpan) -> bool:
    return 1 <= span.month <= 12 and 1 <= span.day <= _last(span) and (span.year is None or span.year >= 1)


def _last(span: DateSpan) -> int:
    return last_day(span.year or 2000, span.month)


def _month_name(span: DateSpan) -> str:
    name = MONTHS[span.month - 1]
    return f"{name} {span.year}" if span.year else name


def _surely_a_date(span: DateSpan, text: str) -> bool:
    """`Edisi 45 Mei 2021` and `Nomor 26/13/2026` count something else; 31 Juni can only be a date."""
    before = text[max(0, span.start - 40) : span.start]
    if span.weekday is not None or _CALLED_A_DATE.search(before):
        return True
    if not (1 <= span.day <= 31 and 1 <= span.month <= 12) or _CALLED_A_NUMBER.search(before):
        return False
    if span.numeric:
        return _BEGINS_A_WORD.search(before) is not None
    return span.year is not None or span.month_at[1] - span.month_at[0] > 3 or span.month == MAY


def _days_meant(span: DateSpan, today: date, years: set[int]) -> list[date]:
    """The likeliest first. Half a year away from both, a date without a year may be the last or the next one."""
    if span.year is not None:
        return [date(span.year, span.month, span.day)]
    near = [_in_year(span, today.year + step) for step in (0, -1, 1, -2, 2, -3, 3, -4, 4)]
    by_distance = sorted((day for day in near if day), key=lambda day: abs(day - today))
    meant = by_distance[:1] if abs(by_distance[0] - today) <= _NEAR else by_distance[:2]
    return meant + [day for year in sorted(years) if (day := _in_year(span, year))]


def _in_year(span: DateSpan, year: int) -> date | None:
    if not 1 <= year <= 9999:
        return None
    return date(year, span.month, span.day) if span.day <= last_day(year, span.month) else None


def _years_told(text: str) -> set[int]:
    return {
        int(match["year"])
        for match in _YEAR.finditer(text)
        if not _OF_A_REGULATION.search(text[max(0, match.start() - 60) : match.start()])
    }


F01 = Rule(
    code="F01",
    name="HARI_TANGGAL",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=2,
    check=weekdays,
    about="Hari yang tertulis di samping tanggal, juga pada rentang, dicocokkan dengan kalender.",
)
F02 = Rule(
    code="F02",
    name="TANGGAL_MUSTAHIL",
    severity=Severity.BLOK,
    override=Override.NEVER,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=2,
    check=impossible_dates,
    about="Tanggal yang tidak ada dalam kalender, seperti 31 Juni, juga pada gambar dan lampiran.",
)
RULES = (F01, F02)
