"""F05: a clock time names its zone, the zone is that of the place, and times in several zones are the same moment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.almanac import zone_label
from bakohumas_bot.domain.clocks import Clock, find_clocks, written
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.passages import Passage, paragraphs, prose, sentences

_AHEAD = {"WIB": 0, "WITA": 60, "WIT": 120}
_ZONE_TOLD = re.compile(
    r"(?<![a-z])(?:wita|wib|wit)\b|\bwaktu\s{1,3}(?:setempat|lokal|indonesia|daerah|masing-masing)|\bGMT\b|\bUTC\b"
    r"|(?-i:\bwaktu\s{1,3}[A-Z][a-z]{2,})|\bzona\s{1,3}waktu",
    re.IGNORECASE,
)
_SERVICE_HOURS = re.compile(
    r"\b(?:jam|waktu|hari)\s{1,3}(?:dan\s{1,2}jam\s{1,2})?(?:layanan|pelayanan|kerja|operasional|buka|kunjungan)\b"
    r"|\b(?:setiap|tiap)\s{1,2}(?:hari|pekan|minggu|bulan)\b|\b(?:senin|selasa|rabu|kamis)\s{0,2}(?:-|–|—|s\.d\.|sampai|hingga)",
    re.IGNORECASE,
)
_TOLD_AFTERWARDS = re.compile(r"\b(?:telah|sudah|tadi|kemarin|lalu|usai|seusai|tercatat|kronologi)\b", re.IGNORECASE)
# An event without one place, or whose place is not the office's: the zone of the organiser is right there.
_ELSEWHERE = re.compile(
    r"\b(?:daring|online|virtual|zoom|webinar|youtube|live|siaran\s{1,2}langsung|streaming|google\s{1,2}meet|teams|televisi"
    r"|tv\w{0,4}|radio|rri|nasional|serentak|se-?indonesia|seluruh\s{1,2}indonesia|hybrid|hibrida|kpu\s{1,2}ri|republik|pusat"
    r"|jakarta|dkpp|mahkamah|mk|sidang|bawaslu\s{1,2}ri|hitung\s{1,2}cepat|quick\s{1,2}count|exit\s{1,2}poll"
    r"|indonesia\s{1,2}bagian|tautan|link|bandara|penerbangan|pesawat)\b",
    re.IGNORECASE,
)
_ON_SITE = re.compile(
    r"\b(?:di|bertempat|tempat|lokasi|dalam)\b\s{0,2}:?\s{0,2}(?:di\s{1,2})?(?:aula|kantor|halaman|gedung|balai|ruang|hotel|lapangan"
    r"|pendopo|alun-alun|sekretariat|media\s{1,2}center|rumah\s{1,2}pintar|kampus|sekolah|desa|kelurahan|tps)\b",
    re.IGNORECASE,
)
_SAME_MOMENT = re.compile(
    r"[\s*_]{0,3}(?P<mark>/|\||=|\(|\)|•|·|,|;|-|–|—|\batau\b|\bdan\b|\bsetara(?:\s{1,2}dengan)?\b){1,2}[\s*_]{0,3}"
    r"(?:(?:dan|atau|pukul|setara|sama\s{1,2}dengan)\s{1,2}){0,2}",
    re.IGNORECASE,
)
_PAIRED = re.compile(r"[/|=(•·]|atau|setara|sama", re.IGNORECASE)
_COMPACT = re.compile(
    r"(?<![\w.,:])(?P<times>[0-9]{1,2}[.:][0-9]{2}(?:\s{0,2}/\s{0,2}[0-9]{1,2}[.:][0-9]{2}){1,2})\s{0,2}"
    r"(?P<zones>(?:WITA|WIB|WIT)(?:\s{0,2}/\s{0,2}(?:WITA|WIB|WIT)){1,2})\b",
    re.IGNORECASE,
)


def zones(checkup: Checkup) -> Iterator[Finding]:
    """The office's own zone is what a reader nearby takes for granted, and a reader afar cannot."""
    own = zone_label(checkup.moment, checkup.office.zone)
    told_in_body = _ZONE_TOLD.search(checkup.content.body) is not None
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        clocks = find_clocks(text)
        if not clocks:
            continue
        chains = list(_chains(text, clocks))
        for chain in chains:
            yield from _disagreeing(checkup, field, text, chain, own)
        yield from _compact(checkup, field, text)
        if not _ZONE_TOLD.search(text):
            secondary = field == "judul" or field.startswith("media")
            if not (secondary and told_in_body):
                yield from _without_zone(checkup, field, text, clocks, own, secondary=secondary)
        elif own in _AHEAD:
            yield from _foreign(checkup, field, text, clocks, own)


def _without_zone(
    checkup: Checkup, field: str, text: str, clocks: Sequence[Clock], own: str, *, secondary: bool
) -> Iterator[Finding]:
    """One finding for the text: where one time names its zone, the others follow it."""
    kind = checkup.content.kind
    clock = next((clock for clock in clocks if not told_as_wrong(kind, text, clock.start)), None)
    if clock is None:
        return
    around = _around(sentences(text), clock)
    mild = secondary or _SERVICE_HOURS.search(around) or _TOLD_AFTERWARDS.search(around)
    unending = clock.ends_at is None and "selesai" in text[clock.start : clock.end].casefold()
    at = clock.begins_at[1] if unending else clock.end
    at = len(text[:at].rstrip(" \t\r\n\u00a0*_("))
    forms = [text[clock.start : at] + f" {name}" + text[at : clock.end] for name in (own, "waktu setempat")]
    yield F05.finding(
        Place(field=field, start=clock.start, end=clock.end),
        severity=Severity.SARAN if mild else Severity.PERINGATAN,
        says="tanpa",
        repairs=tuple(Repair(label=" ".join(form.split()), text=form) for form in forms),
        printed=" ".join(text[clock.start : clock.end].split()),
        by_zone=" ".join(forms[0].split()),
    )


def _around(passages: Iterable[Passage], clock: Clock) -> str:
    return next((passage.text for passage in passages if passage.start <= clock.start < passage.end), "")


def _foreign(checkup: Checkup, field: str, text: str, clocks: Sequence[Clock], own: str) -> Iterator[Finding]:
    if re.search(rf"(?<![a-z]){own}\b|\bwaktu\s{{1,3}}setempat", text, re.IGNORECASE):
        return
    clock = next((clock for clock in clocks if len(clock.zones) == 1 and clock.zones[0] != own), None)
    if clock is None or len({zone for clock in clocks for zone in clock.zones}) > 1:
        return
    if told_as_wrong(checkup.content.kind, text, clock.start):
        return
    around = prose(_around(paragraphs(text), clock))
    if _ELSEWHERE.search(around):
        return
    here = _ON_SITE.search(around) is not None or checkup.office.city.casefold() in around.casefold()
    step = _AHEAD[own] - _AHEAD[clock.zones[0]]
    renamed = _rewritten(text, clock, own, 0, 0)
    moved = _rewritten(text, clock, own, step, step)
    yield F05.finding(
        Place(field=field, start=clock.start, end=clock.end),
        severity=Severity.PERINGATAN if here else Severity.SARAN,
        says="lain",
        repairs=tuple(Repair(label=" ".join(form.split()), text=form) for form in (renamed, moved)),
        printed=" ".join(text[clock.start : clock.end].split()),
        zone=clock.zones[0],
        own=own,
        renamed=" ".join(renamed.split()),
        moved=" ".join(moved.split()),
    )


def _rewritten(text: str, clock: Clock, zone: str | None, step: int, end_step: int) -> str:
    """The time as printed, its begin and end so many minutes later, under another zone."""
    pieces = [(clock.begins_at, step)] + ([(clock.ends_at, end_step)] if clock.ends_at else [])
    made, at = "", clock.start
    for (start, end), later in pieces:
        printed = text[start:end]
        made += text[at:start] + (written(_read(printed) + later, printed) if later else printed)
        at = end
    if zone and clock.zones_at:
        made += text[at : clock.zones_at[0]] + zone
        at = clock.zones_at[1]
    return made + text[at : clock.end]


def _read(printed: str) -> int:
    hour, _, minute = printed.replace(":", ".").partition(".")
    return int(hour) * 60 + int(minute[:2] or 0)


def _chains(text: str, clocks: Sequence[Clock]) -> Iterator[list[Clock]]:
    """Times in different zones, one beside the other: said to be the same moment."""
    chain: list[Clock] = []
    for clock in clocks:
        joined = chain and len(clock.zones) == 1 and clock.zones[0] not in {c.zones[0] for c in chain}
        if joined and _SAME_MOMENT.fullmatch(text, chain[-1].end, clock.start):
            chain.append(clock)
            continue
        if len(chain) > 1:
            yield chain
        chain = [clock] if len(clock.zones) == 1 else []
    if len(chain) > 1:
        yield chain


def _disagreeing(checkup: Checkup, field: str, text: str, chain: list[Clock], own: str) -> Iterator[Finding]:
    moments = {(clock.begins - _AHEAD[clock.zones[0]]) % 1440 for clock in chain}
    ends = {(clock.ends - _AHEAD[clock.zones[0]]) % 1440 for clock in chain if clock.ends is not None}
    if len(moments) == 1 and len(ends) <= 1:
        return
    between = "".join(text[a.end : b.start] for a, b in pairwise(chain))
    surely = len(chain) == 3 or _PAIRED.search(between) is not None
    everywhere_alike = len({(clock.begins, clock.ends) for clock in chain}) == 1
    if not surely and not re.search(r"[,;]", between):
        return
    severity = Severity.PERINGATAN if everywhere_alike or not surely else Severity.BLOK
    if told_as_wrong(checkup.content.kind, text, chain[0].start):
        severity = Severity.SARAN
    anchors = [chain[0], *(clock for clock in chain[1:] if clock.zones[0] == own)]
    forms = list(dict.fromkeys(_told_from(text, chain, anchor) for anchor in anchors))
    yield F05.finding(
        Place(field=field, start=chain[0].start, end=chain[-1].end),
        severity=severity,
        says="sama" if everywhere_alike else "beda",
        repairs=tuple(Repair(label=" ".join(form.split()), text=form) for form in forms),
        printed=" ".join(text[chain[0].start : chain[-1].end].split()),
        right=" ".join(forms[0].split()),
    )


def _told_from(text: str, chain: list[Clock], anchor: Clock) -> str:
    made, at = "", chain[0].start
    for clock in chain:
        step = _AHEAD[clock.zones[0]] - _AHEAD[anchor.zones[0]]
        begin = anchor.begins + step - clock.begins
        end = begin if anchor.ends is None or clock.ends is None else anchor.ends + step - clock.ends
        made += text[at : clock.start] + _rewritten(text, clock, None, begin, end)
        at = clock.end
    return made


def _compact(checkup: Checkup, field: str, text: str) -> Iterator[Finding]:
    """`09.00/10.00/11.00 WIB/WITA/WIT`."""
    for match in _COMPACT.finditer(text):
        times = re.split(r"\s{0,2}/\s{0,2}", match["times"])
        names = [name.upper() for name in re.split(r"\s{0,2}/\s{0,2}", match["zones"])]
        steps = [_AHEAD[name] - _AHEAD[names[0]] for name in names]
        told = [(_read(time) - _read(times[0])) % 1440 for time in times]
        if len(times) != len(names) or told == [step % 1440 for step in steps]:
            continue
        right = "/".join(written(_read(times[0]) + step, times[0]) for step in steps)
        form = right + text[match.end("times") : match.end()]
        yield F05.finding(
            Place(field=field, start=match.start(), end=match.end()),
            severity=Severity.SARAN if told_as_wrong(checkup.content.kind, text, match.start()) else Severity.BLOK,
            says="beda",
            repairs=(Repair(label=form, text=form),),
            printed=match[0],
            right=form,
        )


F05 = Rule(
    code="F05",
    name="ZONA_WAKTU",
    severity=Severity.BLOK,
    override=Override.CHAIR,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=zones,
    about="Jam tanpa WIB, WITA, atau WIT; zona yang bukan zona satker; jam di beberapa zona yang tidak sama saatnya.",
)
