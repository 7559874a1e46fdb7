"""Which hours the words can mean: the likeliest first. A bare hour may be morning or evening, midnight two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bakohumas_bot.domain.when.said import Clock, Said

# Hours of each part of the day; what people say at night goes on past midnight.
HOURS: dict[str, frozenset[int]] = {
    "dini": frozenset(range(5)),
    "subuh": frozenset(range(3, 7)),
    "pagi": frozenset(range(1, 12)),
    "siang": frozenset(range(10, 16)),
    "zuhur": frozenset(range(11, 15)),
    "asar": frozenset(range(14, 19)),
    "sore": frozenset(range(14, 20)),
    "magrib": frozenset(range(17, 21)),
    "isya": frozenset(range(18, 23)),
    "malam": frozenset({*range(18, 24), *range(4)}),
}
# What is offered where the hour is missing.
PROPOSED: dict[str, tuple[str, ...]] = {
    "": ("09.00", "08.00", "10.00", "13.00", "15.00", "19.00"),
    "dini": ("04.00", "05.00"),
    "subuh": ("05.00", "05.30"),
    "pagi": ("09.00", "07.00", "08.00", "10.00"),
    "siang": ("13.00", "12.00", "14.00"),
    "sore": ("16.00", "15.00", "17.00"),
    "malam": ("19.00", "18.30", "20.00", "20.30"),
}
# About when these are in offices of every zone; the exact time is always asked for.
EVENTS: dict[str, tuple[str, ...]] = {
    "habis subuh": ("05.30", "06.00", "06.30"),
    "subuh": ("05.00", "05.30"),
    "sebelum subuh": ("04.00", "04.30"),
    "apel": ("08.00", "07.30"),
    "habis apel": ("08.30", "09.00"),
    "sebelum apel": ("07.00", "07.30"),
    "jumat": ("12.00", "12.30"),
    "habis jumat": ("13.00", "13.30", "14.00"),
    "sebelum jumat": ("11.00", "10.30", "10.00"),
    "makan siang": ("12.00", "12.30", "13.00"),
    "habis makan siang": ("13.00", "13.30"),
    "sebelum makan siang": ("11.00", "11.30"),
    "zuhur": ("12.00", "12.30"),
    "habis zuhur": ("13.00", "12.30", "13.30"),
    "sebelum zuhur": ("11.00", "11.30"),
    "asar": ("15.30", "15.00"),
    "habis asar": ("16.00", "16.30"),
    "sebelum asar": ("14.30", "15.00"),
    "magrib": ("18.00", "18.30"),
    "habis magrib": ("18.30", "19.00", "19.30"),
    "sebelum magrib": ("17.00", "17.30"),
    "isya": ("19.00", "19.30"),
    "habis isya": ("19.30", "20.00", "20.30"),
    "sebelum isya": ("18.30", "19.00"),
}

Hour = tuple[int, time]  # days later, and the clock


@dataclass(frozen=True, kw_only=True)
class Hours:
    """`known`: an hour is said, if perhaps one of two; else these are proposals. `sure`: no other than these."""

    times: tuple[Hour, ...]
    sure: bool = True
    known: bool = True
    why: str = ""
    odds: str = ""


def find_hours(said: Said) -> Hours:
    part = said.daypart or ""
    if said.clock:
        return _of_clock(said, said.clock, part or _last_word(said.event))
    if said.event:
        times = tuple((0, _read(one)) for one in EVENTS[said.event])
        return Hours(times=times, sure=False, why="Jam pastinya belum disebutkan.")
    return Hours(times=tuple((0, _read(one)) for one in PROPOSED.get(part, PROPOSED[""])), known=False)


def _last_word(event: str | None) -> str:
    word = event.rpartition(" ")[2] if event else ""
    return word if word in HOURS else ""


def _read(written: str) -> time:
    return time(int(written[:2]), int(written[3:]))


def _of_clock(said: Said, clock: Clock, part: str) -> Hours:
    found = _in_part(clock, part) if part else _alone(clock, relative=said.dated is None)
    if said.about:
        return Hours(times=found.times, sure=False, why="Jam pastinya belum disebutkan.", odds=found.odds)
    return found


def _alone(clock: Clock, *, relative: bool) -> Hours:
    if clock.hour == 24:
        return Hours(times=((1, time(0)),))
    if clock.exact:
        if clock.hour == clock.minute == clock.second == 0 and relative:
            return _midnight((0, 1))
        return Hours(times=((0, _at(clock, clock.hour)),))
    early, late = (0, _at(clock, clock.hour % 12)), (0, _at(clock, clock.hour % 12 + 12))
    why = "Jam itu dapat berarti pagi atau malam."
    if clock.hour == 12:
        return Hours(times=(late, (1, early[1])), why="Jam 12 dapat berarti siang atau tengah malam.")
    return Hours(times=(early, late) if clock.hour >= 7 else (late, early), why=why)


def _at(clock: Clock, hour: int) -> time:
    return time(hour, clock.minute, clock.second)


def _midnight(days: tuple[int, ...]) -> Hours:
    return Hours(times=tuple((n, time(0)) for n in days), why="Tengah malam berada di antara dua hari.")


def _in_part(clock: Clock, part: str) -> Hours:
    both = {clock.hour % 24, (clock.hour + 12) % 24} if clock.hour <= 12 else {clock.hour % 24}
    fitting = sorted(both & HOURS[part])
    if not fitting:
        times = tuple((0, _at(clock, hour)) for hour in sorted({clock.hour % 24, (clock.hour + 12) % 24}))
        return Hours(times=times, sure=False, odds=f"Jam {clock.hour} tidak sesuai dengan “{part}”.")
    if part == "malam" and fitting[0] < 4:
        at = _at(clock, fitting[0])
        if at == time(0):
            return _midnight((1, 0))
        return Hours(times=((1, at), (0, at)), why="Lewat tengah malam sudah hari berikutnya.")
    return Hours(times=tuple((0, _at(clock, hour)) for hour in fitting))
