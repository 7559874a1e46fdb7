"""What the words of one time say, each part by itself; nothing is counted yet."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta, tzinfo

from bakohumas_bot.errors import BadInput


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`exact` is written as clocks write it (09.30, 14.00); else morning or evening is open."""

    hour: int
    minute: int = 0
    second: int = 0
    exact: bool = False


@dataclass(frozen=True, kw_only=True)
class Dated:
    """`months` counts from this month: *tanggal 1 bulan depan*."""

    day: int
    month: int | None = None
    year: int | None = None
    months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Weekday:
    """Monday is 0. `coming`: ini, depan, lalu. `eve`: the evening before it; `perhaps` or its own evening."""

    number: int
    coming: str = ""
    eve: bool = False
    perhaps: bool = False


@dataclass(frozen=True, kw_only=True)
class Week:
    """0 is this week. *minggu* may be the Sunday too."""

    ahead: int
    or_sunday: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some days at the beginning, in the middle or at the end; `of` is a month's number, or a unit."""

    which: str
    of: str
    ahead: int | None = None
    month: int | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    near: tuple[int, ...] | None = None
    later: bool | None = None
    weekday: Weekday | None = None
    week: Week | None = None
    part: Part | None = None
    ahead: tuple[int, str] | None = None
    months: int | None = None
    dated: Dated | None = None
    clock: Clock | None = None
    daypart: str | None = None
    event: str | None = None
    elapsed: timedelta | None = None
    zone: tzinfo | None = None
    about: bool | None = None
    now: bool | None = None
    past: bool | None = None
    slot: bool | None = None
    number: int | None = None

    def and_(self, other: Said) -> Said:
        """Together; the same part twice, and different, is no time."""
        return self._with(other, strict=True)

    def filled_from(self, other: Said) -> Said:
        """What this alternative leaves out, the other has said: *besok jam 9 atau 10*."""
        has_day = any(getattr(self, name) is not None for name in DAY)
        has_hour = any(getattr(self, name) is not None for name in HOUR)
        kept = {
            field.name: getattr(other, field.name)
            for field in fields(Said)
            if not (has_day and field.name in DAY) and not (has_hour and field.name in HOUR)
        }
        return self._with(Said(**kept), strict=False)

    def _with(self, other: Said, *, strict: bool) -> Said:
        values = {}
        for field in fields(Said):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            if strict and mine is not None and theirs not in {None, mine}:
                raise BadInput(f"{NAMES.get(field.name, 'Waktu')} disebut dua kali. Mohon tuliskan satu waktu saja.")
            values[field.name] = theirs if mine is None else mine
        return Said(**values)


DAY = ("near", "later", "weekday", "week", "part", "ahead", "months", "dated")
HOUR = ("clock", "event", "elapsed", "now")
NAMES = {"clock": "Jam", "daypart": "Bagian hari", "zone": "Zona waktu", "dated": "Tanggal", "weekday": "Hari"}
