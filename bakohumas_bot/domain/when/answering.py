"""What the desk answers to a time in words: the moment, or a question with its choices, or why not; all absolute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import reduce

from bakohumas_bot.domain.times import in_both_zones, long_date, long_time
from bakohumas_bot.domain.when.phrases import said_in
from bakohumas_bot.domain.when.readings import Frame, Readings, readings_of, union
from bakohumas_bot.domain.when.said import Said
from bakohumas_bot.domain.when.spelling import not_understood, spelled
from bakohumas_bot.errors import BadInput

MAX_OPTIONS = 8
NO_SLOTS = "Slot penayangan belum diatur pada satker ini. Mohon tuliskan hari dan jamnya."


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`ask`: the words leave a choice or lack a part; `at` is then only the likeliest. `passed`: refused as past."""

    at: datetime | None = None
    ask: bool = False
    options: tuple[datetime, ...] = ()
    reason: str
    passed: bool = False

    @property
    def refused(self) -> bool:
        return self.at is None and not self.ask


def read_time(text: str, *, now: datetime, zone: tzinfo) -> datetime:
    """For where nobody can be asked: only what leaves no doubt; else the question, as a refusal."""
    found = answer(text, now=now, zone=zone)
    if found.at is None or found.ask:
        raise BadInput(found.reason)
    return found.at


def means_at_once(text: str) -> bool:
    """*Sekarang*, *segera*: no hour, but as soon as it may."""
    try:
        alternatives = _said(text)
    except BadInput:
        return False
    return all(said == Said(now=True) for said in alternatives)


def answer(text: str, *, now: datetime, zone: tzinfo) -> Answer:
    """*Besok* is counted in the office's zone; `at` and `options` are in it too."""
    frame = Frame(now=now.astimezone(zone), zone=zone)
    try:
        alternatives = _said(text)
        if any(said.slot for said in alternatives):
            return Answer(ask=True, reason=f"{NO_SLOTS} {_example(frame)}")
        found = union([readings_of(said, frame) for said in alternatives])
    except BadInput as refusal:
        return Answer(reason=f"{refusal} {_example(frame)}")
    if any(said.past for said in alternatives):
        return _passed(found, frame)
    return _weighed(found, frame)


def _said(text: str) -> list[Said]:
    """Alternatives fill each other's gaps: *besok jam 9 atau 10 pagi*."""
    pieces = [said_in(words.strip()) for words in f" {spelled(text)} ".split(" atau ")]
    if len(pieces) > MAX_OPTIONS or None in pieces:
        raise not_understood(text)
    found = [piece for piece in pieces if piece is not None]
    return [reduce(Said.filled_from, found[:i] + found[i + 1 :], said) for i, said in enumerate(found)]


def _weighed(found: Readings, frame: Frame) -> Answer:
    ahead = [at.astimezone(frame.zone) for at in found.moments if at >= frame.minute][:MAX_OPTIONS]
    options = tuple(sorted(ahead))
    if not ahead and (found.known or found.moments[0].astimezone(frame.zone).date() < frame.now.date()):
        return _passed(found, frame)
    if found.odds:
        return Answer(ask=True, options=options, reason=f"{found.odds} {_choice(options, found, frame)}")
    if not found.known:
        return Answer(ask=True, options=options, reason=f"{found.why} {_choice(options, found, frame)}")
    likeliest_is_ahead = found.moments[0] >= frame.minute
    if found.sure and len(options) == 1 and likeliest_is_ahead:
        return Answer(at=ahead[0], reason=_confirmed(ahead[0], found, frame))
    why = found.why or _has_passed(found.moments[0], found, frame)
    return Answer(at=ahead[0], ask=True, options=options, reason=f"{why} {_choice(options, found, frame)}")


# --- Sentences ---


def _confirmed(at: datetime, found: Readings, frame: Frame) -> str:
    note = f" {found.why}" if found.why and len(found.moments) == 1 else ""
    return f"Apakah waktu berikut sudah benar: {in_both_zones(at, frame.zone, found.zone)}?{note}"


def _choice(options: tuple[datetime, ...], found: Readings, frame: Frame) -> str:
    named = [in_both_zones(at, frame.zone, found.zone) for at in options]
    if not named:
        return f"Sekarang {long_time(frame.now, frame.zone)}. Mohon tuliskan harinya dan jamnya."
    if len(named) == 1:
        return f"Apakah yang dimaksud {named[0]}?"
    return f"Mohon pilih: {'; '.join(named[:-1])}; atau {named[-1]}."


def _passed(found: Readings, frame: Frame) -> Answer:
    now = long_time(frame.now, frame.zone)
    said = f"{_has_passed(found.moments[0], found, frame)} Sekarang {now}. Mohon tuliskan waktu yang akan datang."
    return Answer(reason=said, passed=True)


def _has_passed(at: datetime, found: Readings, frame: Frame) -> str:
    """A day that was named without an hour is shown without one."""
    shown = in_both_zones(at, frame.zone, found.zone) if found.known else long_date(at.astimezone(frame.zone).date())
    return f"Waktu tersebut sudah lewat: {shown}."


def _example(frame: Frame) -> str:
    tomorrow = datetime.combine(frame.now.date() + timedelta(days=1), time(9), tzinfo=frame.zone)
    return f"Contoh: besok 09.00, yaitu {long_time(tomorrow, frame.zone)}."
