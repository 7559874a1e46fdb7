"""Reminders: who waits for a yes is spoken of in time, by what is left until the hour or by how long it waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile
from zoneinfo import ZoneInfo

from bakohumas_bot.domain.quiet import Quiet, after_waking_hours

GRACE = timedelta(minutes=10)  # whoever was asked a moment ago needs no reminder yet
DAY = timedelta(days=1)
NIGHT = Quiet(begins=time(21), ends=time(6))


class Act(StrEnum):
    REMIND = "remind"
    ESCALATE = "escalate"
    EXPIRE = "expire"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How an office wants to be reminded. No office: it holds for all."""

    office: str | None = None
    before: tuple[timedelta, ...] = (timedelta(minutes=120), timedelta(minutes=30))
    every: timedelta = timedelta(hours=4)
    escalate_after: timedelta = timedelta(hours=4)
    expire_after: timedelta = timedelta(hours=48)
    quiet: Quiet | None = NIGHT
    digest_above: int = 3


DEFAULT = Terms()


def terms_for(rules: Sequence[Terms], office: str) -> Terms:
    """The first that fits decides, as with policies."""
    return next((terms for terms in rules if terms.office in {None, office}), DEFAULT)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """One post that waits for a voice.

    `asked_at`: when those were asked whose turn it is, which is later than its submission where an order is kept.
    `hour`: when it is to go public; `ends`: when it may no longer. `urgent`: its nights count. `public`: it went out on
    an urgent voice, and the others have yet to confirm it.
    """

    submitted_at: datetime
    asked_at: datetime
    hour: datetime | None
    ends: datetime | None
    zone: ZoneInfo
    urgent: bool = False
    public: bool = False


@dataclass(frozen=True, kw_only=True)
class Due:
    """An act whose moment has come. `at` names it: the same act is never due at two moments."""

    act: Act
    at: datetime


def due(terms: Terms, wait: Wait, now: datetime) -> tuple[Due, ...]:
    """What is to be done by now. Of several reminders only the newest: nobody is told for every hour we were away."""
    end = None if wait.public else expiry(terms, wait)
    if end is not None and end <= now:
        return (Due(act=Act.EXPIRE, at=end),)
    found = []
    reminders = [at for at in _reminders(terms, wait, now) if end is None or at < end]
    if reminders:
        found.append(Due(act=Act.REMIND, at=max(reminders)))
    hangs_at = _escalation(terms, wait)
    if not wait.public and hangs_at <= now and (end is None or hangs_at < end):
        found.append(Due(act=Act.ESCALATE, at=hangs_at))
    return tuple(found)


def expiry(terms: Terms, wait: Wait) -> datetime:
    """When whoever wrote it is asked what to do with it."""
    hour = wait.hour or wait.submitted_at + terms.expire_after
    return min(hour, wait.ends) if wait.ends else hour


def _reminders(terms: Terms, wait: Wait, now: datetime) -> Iterator[datetime]:
    if wait.hour is not None and not wait.public:
        moments = [wait.hour - left for left in terms.before]
        yield from (at for at in moments if wait.asked_at + GRACE <= at <= now)
        return
    yield from takewhile(lambda at: at <= now, _again_and_again(terms, wait))


def _again_and_again(terms: Terms, wait: Wait) -> Iterator[datetime]:
    at = wait.asked_at
    while True:
        at = after_waking_hours(_nights(terms, wait), at, terms.every, wait.zone)
        yield at


def _escalation(terms: Terms, wait: Wait) -> datetime:
    """After a patient wait, at the last reminder at the latest; but never before those who were asked had a moment."""
    at = after_waking_hours(_nights(terms, wait), wait.asked_at, terms.escalate_after, wait.zone)
    if wait.hour is not None and terms.before:
        at = min(at, wait.hour - min(terms.before))
    return max(at, wait.asked_at + GRACE)


def _nights(terms: Terms, wait: Wait) -> Quiet | None:
    return None if wait.urgent else terms.quiet


def held_since(hour: datetime, now: datetime) -> datetime | None:
    """Of a held post whose hour has passed, the newest of its daily reminders; None while the hour lies ahead."""
    return hour + (now - hour) // DAY * DAY if hour <= now else None
