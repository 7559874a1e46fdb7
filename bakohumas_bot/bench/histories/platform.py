"""The platforms of a history: what one call makes public and when, what it answers, and what a reading back shows."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from bakohumas_bot.bench.histories.setting import MINUTE, Odds
from bakohumas_bot.bench.histories.table import Post, Row
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    Found,
    NotSent,
    Outcome,
    Published,
    RateLimited,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.platforms.sighting import DOUBT, MARGIN

_NOT_SENT = NotSent(detail="connection refused", unreachable=True)
_REJECTED = Rejected(code="refused", detail="refused")
_BLOCKED = AccountBlocked(detail="token expired")
_SILENCE = Unknown(detail="no answer", unreachable=True)
_ABSENT = Absent()
_UNREADABLE = CannotTell(detail="unreadable")


def call(row: Row, content: str, now: float, random: Random, odds: Odds) -> tuple[float, Outcome]:
    """One live call: how long it takes and what the caller learns. What it makes public joins the row's posts."""
    chance = random.random()
    for likelihood, refusal in (
        (odds.not_sent, _NOT_SENT),
        (odds.rejected, _REJECTED),
        (odds.blocked, _BLOCKED),
        (odds.limited, _SILENCE),
    ):
        if chance < likelihood:
            return random.random() * 2, _wait_please(random) if refusal is _SILENCE else refusal
        chance -= likelihood
    deadline, wait = (each.total_seconds() for each in row.declared)
    if chance < odds.never_arrived:
        return _silence(deadline, random), _SILENCE
    late = chance - odds.never_arrived < odds.late_commit
    lost = chance - odds.never_arrived - odds.late_commit < odds.lost_answer
    answered = random.random() * (2 if random.random() < 0.9 else deadline)
    last = now + deadline + wait
    committed = _between(now + deadline, last, random) if late else now + answered * random.random()
    lags = late or random.random() < odds.lagging_read
    visible = _between(committed, last, random) if lags else committed
    post = Post(len(row.posts) + 1, content, now, committed, visible)
    row.posts.append(post)
    return (_silence(deadline, random), _SILENCE) if late or lost else (answered, Published(receipt=post.receipt))


def find(row: Row, now: float, since: float, *, fails: bool) -> Sighting:
    """What an adapter's `find` answers: the oldest of ours that the list shows, or that there is none."""
    if fails:
        return _UNREADABLE
    shown = [post for post in row.posts if post.visible_at <= now]
    for post in shown:
        if post.committed_at >= since - MARGIN.total_seconds():
            return Found(receipt=post.receipt)
    if any(post.committed_at >= since - DOUBT.total_seconds() for post in shown):
        return _UNREADABLE  # the same words, before we can have sent them by our own clock
    return _ABSENT if row.spec.proves_absence else _UNREADABLE


def _wait_please(random: Random) -> Outcome:
    return RateLimited(detail="too many", wait=timedelta(seconds=random.uniform(5, 20 * MINUTE)))


def _silence(deadline: float, random: Random) -> float:
    """A dropped connection, or nothing until our own deadline."""
    return deadline * min(1.0, 2 * random.random())


def _between(begin: float, end: float, random: Random) -> float:
    """Anywhere between, and often just before the end: there the guards are weakest."""
    far = 1 - random.random() ** 3 / 2 if random.random() < 0.5 else random.random()
    return begin + (end - begin) * far
