"""Days and hours put together: the moments that the words can mean, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from bakohumas_bot.domain.when.days import DAY, LAST_YEAR, Days, find_days
from bakohumas_bot.domain.when.hours import Hour, Hours, find_hours
from bakohumas_bot.domain.when.said import Clock, Dated, Said
from bakohumas_bot.errors import BadInput

NO_HOUR = "Jam belum disebutkan."
ROLLED = "Jam itu hari ini sudah lewat."
NO_DAY = "Harinya belum disebutkan dengan pasti."


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What relative words are measured against; the office's day counts, not the server's."""

    now: datetime
    zone: tzinfo

    @property
    def minute(self) -> datetime:
        """The running minute still counts: nobody types seconds."""
        return self.now.replace(second=0, microsecond=0)


@dataclass(frozen=True, kw_only=True)
class Readings:
    """`known`: neither day nor hour is missing. `sure`: no other than these is meant.

    `odds`: the words contradict each other, and these are the repairs.
    """

    moments: tuple[datetime, ...]
    sure: bool = True
    known: bool = True
    why: str = ""
    odds: str = ""
    zone: tzinfo | None = None


def readings_of(said: Said, frame: Frame) -> Readings:
    if said.number is not None:
        return _of_number(said, frame)
    if said.now:
        return Readings(moments=(frame.now,))
    if said.elapsed is not None:
        return _elapsed(said, frame)
    days, hours = find_days(said, frame.now.date()), find_hours(said)
    if days is None and not hours.known and said.daypart is None:
        raise BadInput("Hari dan jam belum disebutkan.")
    zone = said.zone or frame.zone
    if days:
        return _noted(_on_days(days, hours, zone, frame), days, hours, zone)
    found = _noted(_without_day(hours, zone, frame), days, hours, zone)
    rolled = found.moments[0] >= _at(frame.now.date() + DAY, hours.times[0], zone)
    return replace(found, sure=False, why=f"{ROLLED} {found.why}".strip()) if rolled else found


def _noted(moments: list[datetime], days: Days | None, hours: Hours, zone: tzinfo) -> Readings:
    known = hours.known and (days is None or days.known)
    why = [hours.why if hours.known else NO_HOUR]
    if days:
        why = [days.why, "" if days.known or days.odds else NO_DAY, *why]
    return Readings(
        moments=tuple(dict.fromkeys(moments)),
        sure=hours.sure and (days is None or days.sure),
        known=known,
        why=" ".join(filter(None, why)),
        odds=(days.odds if days else "") or hours.odds,
        zone=zone,
    )


def _on_days(days: Days, hours: Hours, zone: tzinfo, frame: Frame) -> list[datetime]:
    """Every hour of the likeliest day, and the likeliest hour of the others."""
    first, *others = days.dates
    if not hours.known and others:
        return [_first_ahead(day, hours, zone, frame) for day in days.dates]
    times = hours.times if days.known else hours.times[:1]
    return [*(_at(first, one, zone) for one in times), *(_at(day, hours.times[0], zone) for day in others)]


def _first_ahead(day: date, hours: Hours, zone: tzinfo, frame: Frame) -> datetime:
    all_day = [_at(day, one, zone) for one in hours.times]
    return next((at for at in all_day if at >= frame.minute), all_day[0])


def _without_day(hours: Hours, zone: tzinfo, frame: Frame) -> list[datetime]:
    """Each hour's next time: today, or when it has passed, tomorrow."""
    found: list[datetime] = []
    for days_later, clock in hours.times:
        day = frame.now.date()
        while (at := _at(day, (days_later, clock), zone)) < frame.minute or at in found:
            day += DAY
        found.append(at)
    return found


def _at(day: date, hour: Hour, zone: tzinfo) -> datetime:
    days_later, clock = hour
    try:
        return datetime.combine(day + days_later * DAY, clock, tzinfo=zone)
    except OverflowError:
        raise BadInput(f"Tahun {day.year} di luar jangkauan.") from None


def _elapsed(said: Said, frame: Frame) -> Readings:
    if find_days(said, frame.now.date()) or said.clock or said.event or said.elapsed is None:
        raise BadInput("Waktu disebut dua kali. Mohon tuliskan satu waktu saja.")
    try:
        exact = frame.now + said.elapsed
    except OverflowError:
        raise BadInput("Waktu itu di luar jangkauan.") from None
    if exact.year > LAST_YEAR:
        raise BadInput(f"Tahun {exact.year} di luar jangkauan.")
    at = exact.replace(second=0, microsecond=0)
    if not said.about:
        return Readings(moments=(at,), zone=said.zone)
    return Readings(
        moments=(at, at + timedelta(minutes=15)), sure=False, why="Jam pastinya belum disebutkan.", zone=said.zone
    )


def _of_number(said: Said, frame: Frame) -> Readings:
    """A number without *jam* or *tgl* may be either; where only one of them makes sense, it is that."""
    bare = replace(said, number=None)
    number = said.number or 0
    ways = (Said(clock=Clock(hour=number, exact=number > 12)), Said(dated=Dated(day=number)))
    both = list(_sensible(bare, ways, frame))
    if not both:
        raise BadInput(f"Angka {number} belum jelas. Mohon tuliskan “jam {number}” atau “tgl {number}”.")
    if len(both) == 1:
        return both[0]
    why = f"Angka {number} dapat berarti jam atau tanggal, jadi salah satunya belum disebutkan."
    both = [one if one.known else replace(one, moments=one.moments[:1]) for one in both]
    return replace(union(both), known=False, sure=False, why=why)


def _sensible(bare: Said, ways: tuple[Said, ...], frame: Frame) -> Iterator[Readings]:
    for way in ways:
        if way.clock and way.clock.hour > 24:
            continue
        try:
            found = readings_of(bare.and_(way), frame)
        except BadInput:
            continue
        if not found.odds and any(at >= frame.minute for at in found.moments):
            yield found


def union(all_of_them: list[Readings]) -> Readings:
    """Alternatives: two that mean one moment (09.00 WIB / 10.00 WITA) are one."""
    sensible = [one for one in all_of_them if not one.odds] or all_of_them
    return replace(
        sensible[0],
        moments=tuple(dict.fromkeys(at for one in sensible for at in one.moments)),
        sure=all(one.sure for one in sensible),
        known=all(one.known for one in sensible),
        why=" ".join(dict.fromkeys(one.why for one in sensible if one.why)),
    )
