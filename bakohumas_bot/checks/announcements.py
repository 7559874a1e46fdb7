"""F04: what is announced as still to come has not passed on the day it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import ZONES, last_day, short_date, zone_label
from bakohumas_bot.domain.clocks import Clock, find_clocks
from bakohumas_bot.domain.dates import DateSpan, find_dates
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.passages import Passage, paragraphs, sentences
from bakohumas_bot.domain.posts import Kind

_FUTURE = re.compile(
    r"\b(?:akan|bakal|rencananya|direncanakan|dijadwalkan|diagendakan|mendatang|segera|besok|esok|lusa|nantikan"
    r"|paling\s{1,2}lambat|paling\s{1,2}lama|selambat-lambatnya|selambatnya|batas\s{1,2}(?:akhir|waktu)|tenggat)\b",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"\b(?:mari|yuk|ayo|kami\s{1,2}(?:mengundang|undang|mengajak|ajak)|hadirilah|ikutilah|saksikan(?:lah)?"
    r"|jangan\s{1,2}(?:lewatkan|lupa|sampai)|catat\s{1,2}tanggal\w{0,3}|simpan\s{1,2}tanggal\w{0,3}"
    r"|(?:di)?mohon\s{1,2}(?:hadir|kehadiran)|segera\s{1,2}(?:daftar\w{0,5}|dibuka|hadir)|daftarkan|nantikan"
    r"|silakan\s{1,2}(?:hadir|daftar|mendaftar|bergabung))\b",
    re.IGNORECASE,
)
# A sentence that looks back: the plan has been carried out, changed, or is told as it was then.
_BEHIND = re.compile(
    r"\b(?:telah|sudah|semula|tadinya|awalnya|sebelumnya|saat\s{1,2}itu|kala\s{1,2}itu|ketika\s{1,2}itu|waktu\s{1,2}itu|lalu"
    r"|kemarin|tadi|ditunda|batal|dibatalkan|diundur|dimajukan|pernah|usai|seusai|dahulu|dulu|silam"
    r"|diperpanjang|terlaksana|terselenggara)\b",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(
    r"\b(?:arsip|kilas\s{1,2}balik|throwback|flashback|tbt|nostalgia|mengenang|kenangan|dokumentasi|dok\.|sejarah|napak\s{1,2}tilas"
    r"|rilis\s{1,2}ulang|unggah(?:an)?\s{1,2}ulang|diunggah\s{1,2}kembali)\b|(?<!\w)dok\.",
    re.IGNORECASE,
)
# Between the promise and its date nothing may stand that makes it the date of something else: a word said, a letter.
_OTHER_DATE = re.compile(
    r"\b(?:kata|ujar\w{0,3}|ucap\w{0,3}|tutur\w{0,3}|jelas\w{0,3}|ungkap\w{0,3}|tegas\w{0,3}|papar\w{0,3}|terang\w{0,3}|sebut\w{0,3}"
    r"|imbuh\w{0,3}|tambah\w{0,3}|lanjut\w{0,3}|demikian|menurut|disampaikan|menyampaikan|mengatakan|menyatakan|mengumumkan"
    r"|menegaskan|menjelaskan|mengungkapkan|memutuskan|menetapkan|berdasarkan|sesuai|merujuk|tindak\s{1,2}lanjut|menindaklanjuti"
    r"|surat|keputusan|peraturan|nomor|berita\s{1,2}acara|undang-undang|pkpu|uu|pleno\s{1,2}tanggal|hasil|sejak|terhitung"
    r"|kelahiran|lahir|putusan|ditetapkan|diundangkan|perihal|tertanggal|bertanggal|dibandingkan|seperti|sebagaimana)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(r"\b(?:akan|bakal|rencananya|direncanakan|dijadwalkan|diagendakan)\b", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:paling\s{1,2}(?:lambat|lama)|selambat-lambatnya|selambatnya|batas\s{1,2}(?:akhir|waktu)|tenggat)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(r"\b(?:besok|esok|lusa)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:\A|\n)[ \t*_#>]{0,6}(?!(?:Pada|Hari|Tanggal|Tgl|Mulai|Sejak|Besok|Batas|Paling|Jadwal|Waktu)\b)"
    r"(?:[A-Z][\w.-]{1,40}[\s,]{0,3}){1,5}(?<=[,\s])(?:(?<=,\s)|\()\Z"
)
# `Pada 16 November 2026, KPU akan ...`: the date opens the sentence, and only its subject stands before the promise.
_OPENING = re.compile(r"\W{0,6}(?:[^\W\d]{1,12}\W{1,3}){0,4}", re.IGNORECASE)
_ANOTHER_CLAUSE = re.compile(
    r"\b(?:dan|serta|yang|untuk|sehingga|kemudian|hasil\w{0,3}|lalu|(?:me|ber|di)\w{4,})\b", re.IGNORECASE
)
_REACH = 140
_LATELY = timedelta(days=60)
# News repeats invitations in what it quotes; a notice means its own.
_NOTICES = frozenset(
    {Kind.PENGUMUMAN, Kind.PROMOSI_LIVE, Kind.INFORMASI_LAYANAN, Kind.INFOGRAFIS, Kind.IKLAN, Kind.MEME, Kind.VIDEO}
)
_LABELLED = re.compile(r"\b(?:hari|tanggal|waktu|jadwal)\b[^:\n]{0,20}:[ \t*_]{0,4}\Z", re.IGNORECASE)
_NEXT_SENTENCE = re.compile(r"[.!?]\s|\n")


def passed_dates(checkup: Checkup) -> Iterator[Finding]:
    if checkup.content.kind is Kind.RALAT or _ARCHIVE.search(checkup.content.title):
        return
    for field, text in texts(checkup.content):
        if field.startswith(("sumber", "media")) or _ARCHIVE.search(text):
            continue
        dates = find_dates(text)
        if not dates:
            continue
        told = list(_told_in_sentences(checkup, text, dates))
        told = told or list(_invited(checkup, text, dates))
        for span, day, severity, says in told:
            yield F04.finding(
                Place(field=field, start=span.start, end=span.end),
                severity=severity,
                says=says,
                printed=" ".join(text[span.start : span.end].split()),
                date=short_date(day),
                today=short_date(checkup.today),
                hour=f"{checkup.moment:%H.%M} {zone_label(checkup.moment, checkup.office.zone)}",
            )


Told = tuple[DateSpan, date, Severity, str]


def _told_in_sentences(checkup: Checkup, text: str, dates: Sequence[DateSpan]) -> Iterator[Told]:
    clocks = find_clocks(text)
    waiting = iter(dates)
    span = next(waiting, None)
    for sentence in sentences(text):
        inside = []
        while span is not None and span.start < sentence.end:
            if span.start >= sentence.start:
                inside.append(span)
            span = next(waiting, None)
        if inside and _FUTURE.search(sentence.text) and not _BEHIND.search(sentence.text):
            yield from _passed(checkup, text, sentence, inside, clocks)


def _passed(
    checkup: Checkup, text: str, sentence: Passage, spans: list[DateSpan], clocks: Sequence[Clock]
) -> Iterator[Told]:
    days = [(span, _day(span, checkup.today)) for span in spans]
    if any(day is None or day > checkup.today for _, day in days):
        return
    for span, day in days:
        if day is None or not _promised(text, sentence, span) or told_as_wrong(checkup.content.kind, text, span.start):
            continue
        sure = Severity.PERINGATAN if span.year is not None else Severity.SARAN
        if day == checkup.today:
            if _hour_has_passed(checkup, sentence, clocks):
                yield span, day, sure, "jam"
        else:
            yield span, day, sure, "batas" if _DEADLINE.search(sentence.text) else ""
        return


def _promised(text: str, sentence: Passage, span: DateSpan) -> bool:
    """The date belongs to what is promised: it follows the promise closely, or opens the sentence before it."""
    before = text[sentence.start : span.start]
    if _DATELINE.search(text, max(0, span.start - 100), span.start):
        return False
    marks = [*_PROMISE.finditer(before), *_DEADLINE.finditer(before), *_TOMORROW.finditer(before)]
    if marks:
        between = before[max(mark.end() for mark in marks) :]
        return len(between) <= _REACH and not _OTHER_DATE.search(between) and not before.rstrip().endswith(("(", "["))
    after = text[span.end : sentence.end]
    promise = _PROMISE.search(after)
    if promise is None or promise.start() > 80 or not _OPENING.fullmatch(before) or _OTHER_DATE.search(before):
        return False
    subject = after[: promise.start()]
    return not _OTHER_DATE.search(subject) and not _ANOTHER_CLAUSE.search(subject)


def _hour_has_passed(checkup: Checkup, sentence: Passage, clocks: Sequence[Clock]) -> bool:
    inside = [clock for clock in clocks if sentence.start <= clock.start < sentence.end]
    if not inside:
        return False
    last = max(inside, key=lambda clock: clock.ends or clock.begins)
    at = checkup.moment.astimezone(ZONES[last.zones[0]]) if last.zones else checkup.moment
    return (last.ends or last.begins) < at.hour * 60 + at.minute


def _invited(checkup: Checkup, text: str, dates: Sequence[DateSpan]) -> Iterator[Told]:
    """An invitation whose every date has passed: `Saksikan ... Hari/Tanggal: Senin, 16 November 2026`."""
    days = [(span, _day(span, checkup.today)) for span in dates]
    if any(day is None or day >= checkup.today or span.year is None for span, day in days):
        return
    for block in paragraphs(text):
        invitation = _INVITATION.search(block.text)
        if not invitation or _BEHIND.search(block.text):
            continue
        begins = block.start + invitation.end()
        for span, day in days:
            if day and span.start >= begins and _of_the_invitation(checkup, text, (begins, block.end), span):
                yield span, day, Severity.PERINGATAN, ""
                return


def _of_the_invitation(checkup: Checkup, text: str, block: tuple[int, int], span: DateSpan) -> bool:
    between = text[block[0] : span.start]
    if len(between) > 400 or _OTHER_DATE.search(between) or _BEHIND.search(between):
        return False
    if _LABELLED.search(text, max(0, span.start - 60), span.start) or not _NEXT_SENTENCE.search(between):
        return True
    return checkup.content.kind in _NOTICES and span.start < block[1]


def _day(span: DateSpan, today: date) -> date | None:
    """Without a year it has passed only lately; otherwise the next one may be meant."""
    if not 1 <= span.month <= 12:
        return None
    if span.year is not None:
        return _existing(span.year, span)
    near = [day for step in (0, -1, 1) if (day := _existing(today.year + step, span))]
    lately = [day for day in near if timedelta() <= today - day <= _LATELY]
    if lately and span.weekday is not None and lately[0].weekday() != span.weekday:
        return None
    return lately[0] if lately else None


def _existing(year: int, span: DateSpan) -> date | None:
    if not (1 <= year <= 9999 and 1 <= span.day <= last_day(year, span.month)):
        return None
    return date(year, span.month, span.day)


F04 = Rule(
    code="F04",
    name="WAKTU_LAMPAU",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=passed_dates,
    about="Kegiatan atau batas waktu yang diumumkan akan datang, padahal pada saat tayang sudah lewat.",
)
