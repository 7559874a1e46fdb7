"""F08: a figure, a date or an hour in the text is the one that can be read in the picture or attachment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, read_in_files, texts
from bakohumas_bot.domain.almanac import last_day
from bakohumas_bot.domain.clocks import Clock, find_clocks
from bakohumas_bot.domain.dates import DateSpan, find_dates
from bakohumas_bot.domain.figures import Figure, find_figures
from bakohumas_bot.domain.figures import printed as as_printed
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity

# Words behind a number that name nothing which could be counted twice.
_NO_THINGS = frozenset(
    {
        "yang",
        "dan",
        "atau",
        "dari",
        "untuk",
        "dengan",
        "pada",
        "adalah",
        "juga",
        "serta",
        "telah",
        "akan",
        "ini",
        "itu",
        "oleh",
    }
    | {
        "dalam",
        "sebagai",
        "tahun",
        "bulan",
        "hari",
        "jam",
        "menit",
        "kali",
        "meter",
        "tentang",
        "secara",
        "ke",
        "di",
        "buah",
    }
    | {
        "sampai",
        "hingga",
        "huruf",
        "ayat",
        "total",
        "jumlah",
        "sebanyak",
        "wib",
        "wita",
        "wit",
        "se",
        "tersebut",
        "lagi",
    }
)
# `Jumlah pemilih: 12.354` and `12.354 pemilih` count the same.
_LABEL = re.compile(
    r"\b(?P<thing>[a-z][a-z-]{2,15})\s{0,3}(?:sebanyak|sejumlah|:|=|adalah|mencapai)?\s{0,3}\Z", re.IGNORECASE
)
_PERCENT = "%"
_MANY = 5


@dataclass(frozen=True, kw_only=True)
class _File:
    name: str
    text: str


def same_figures(checkup: Checkup) -> Iterator[Finding]:
    files = [_File(name=_name(checkup, field), text=text) for field, text in read_in_files(checkup)]
    if not files:
        return
    for field, text in texts(checkup.content):
        if field.startswith("sumber"):
            continue
        yield from _figures(field, text, files)
        yield from _dates(field, text, files)
        yield from _clocks(field, text, files)


def _name(checkup: Checkup, field: str) -> str:
    return checkup.content.media[int(field.partition("[")[2].partition("]")[0])].name


def _figures(field: str, text: str, files: list[_File]) -> Iterator[Finding]:
    told = [(figure, _thing(text, figure)) for figure in find_figures(text)]
    read = [(file, figure, _thing(file.text, figure)) for file in files for figure in find_figures(file.text)]
    everywhere = {figure.value for _, figure, _ in read}
    for figure, thing in told:
        if figure.rough or thing is None or figure.value in everywhere:
            continue
        mine = {other.value for other, same in told if same == thing}
        rivals = [(file, other) for file, other, same in read if same == thing and other.value not in mine]
        if not rivals or len({other.value for _, other in rivals}) > _MANY:
            continue
        only = len(mine) == 1 and len({other.value for _, other in rivals}) == 1
        slips = [(file, other) for file, other in rivals if _slip(figure, other)]
        if not slips and not (only and _comparable(figure, rivals[0][1])):
            continue
        file, other = slips[0] if slips else rivals[0]
        right = as_printed(other.value, other.decimals)
        yield _differs(
            Place(field=field, start=figure.start, end=figure.end),
            file,
            says="",
            severity=Severity.PERINGATAN if slips or len(str(figure.value)) < 4 else Severity.SARAN,
            told=text[figure.start : figure.end] + (" persen" if figure.percent else f" {thing}"),
            read=right,
            repairs=(Repair(label=right, text=right),),
        )


def _thing(text: str, figure: Figure) -> str | None:
    """What is counted, where it can be compared."""
    if figure.percent:
        return _PERCENT
    if len(figure.noun) > 2 and figure.noun not in _NO_THINGS:
        return figure.noun
    label = _LABEL.search(text[max(0, figure.start - 32) : figure.start])
    thing = label["thing"].casefold() if label else None
    return thing if thing not in _NO_THINGS else None


def _slip(figure: Figure, other: Figure) -> bool:
    """One digit other, one too many, or two that have changed places: nobody counts so nearly the same twice."""
    a, b = (str(f.value).replace(".", "") for f in (figure, other))
    if len(a) < 3 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) != len(b):
        short, long = sorted((a, b), key=len)
        return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
    differing = [at for at in range(len(a)) if a[at] != b[at]]
    if len(differing) == 1:
        return True
    return len(differing) == 2 and a[differing[0]] == b[differing[1]] and a[differing[1]] == b[differing[0]]


def _comparable(figure: Figure, other: Figure) -> bool:
    return not other.rough and figure.percent == other.percent and other.value / 2 <= figure.value <= other.value * 2


def _dates(field: str, text: str, files: list[_File]) -> Iterator[Finding]:
    """Where text and picture each tell one date, it is the date of the same event."""
    told = _days(text)
    if len(told) != 1:
        return
    ((day, month), span) = told.popitem()
    for file in files:
        read = _days(file.text)
        if len(read) != 1 or (day, month) in read:
            continue
        other = next(iter(read.values()))
        yield _differs(
            Place(field=field, start=span.start, end=span.end),
            file,
            says="tanggal",
            told=_line(text[span.start : span.end]),
            read=_line(file.text[other.start : other.end]),
        )
        return


def _days(text: str) -> dict[tuple[int, int], DateSpan]:
    spans = find_dates(text)
    real = [s for s in spans if 1 <= s.month <= 12 and 1 <= s.day <= last_day(s.year or 2000, s.month)]
    return {(span.day, span.month): span for span in real}


def _clocks(field: str, text: str, files: list[_File]) -> Iterator[Finding]:
    told = {(clock.begins, clock.zones): clock for clock in find_clocks(text)}
    if len(told) != 1:
        return
    clock = next(iter(told.values()))
    for file in files:
        read = {(other.begins, other.zones): other for other in find_clocks(file.text)}
        if len(read) != 1 or not _other_hour(clock, next(iter(read.values()))):
            continue
        other = next(iter(read.values()))
        yield _differs(
            Place(field=field, start=clock.start, end=clock.end),
            file,
            says="jam",
            told=_line(text[clock.start : clock.end]),
            read=_line(file.text[other.start : other.end]),
        )
        return


def _other_hour(clock: Clock, other: Clock) -> bool:
    zones = not clock.zones or not other.zones or clock.zones == other.zones
    return zones and clock.begins != other.begins and (clock.begins - other.begins) % 720 != 0


def _line(text: str) -> str:
    return " ".join(text.split())


def _differs(
    place: Place,
    file: _File,
    *,
    says: str,
    told: str,
    read: str,
    severity: Severity | None = None,
    repairs: tuple[Repair, ...] = (),
) -> Finding:
    return F08.finding(place, severity=severity, says=says, repairs=repairs, told=told, read=read, name=file.name)


F08 = Rule(
    code="F08",
    name="ANGKA_BEDA",
    severity=Severity.PERINGATAN,
    override=Override.NONE,
    source="Juknis Bakohumas BAB II huruf E, kode etik 1.d (informasi benar dan akurat)",
    version=1,
    check=same_figures,
    about="Angka, tanggal, atau jam pada teks berbeda dari yang terbaca pada gambar atau lampiran.",
)
