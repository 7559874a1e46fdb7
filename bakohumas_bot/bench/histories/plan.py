"""The deliveries of one history: several accounts on the platforms that exist, many due in the same second."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random

from bakohumas_bot.bench.histories.setting import EPOCH, MINUTE, Guards
from bakohumas_bot.bench.histories.table import Row
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.replacing import replace
from bakohumas_bot.lifecycle.clockwatch import TOLERANCE

OFFICES = ("64.69", "64.70")
BURST = 8 * MINUTE
LATENESS = timedelta(minutes=30)
NONE = timedelta()


@cache
def _specs() -> tuple[PlatformSpec, ...]:
    """The real ones, with the waits they declare."""
    from bakohumas_bot.platforms import PLATFORMS

    return tuple(platform.spec for platform in PLATFORMS.values())


@cache
def _weakened(guards: Guards) -> tuple[PlatformSpec, ...]:
    if not guards.waiting:
        return tuple(replace(s, answer_deadline=NONE, read_back_waits=(NONE,)) for s in _specs())
    if not guards.later_looks:
        return tuple(replace(s, read_back_waits=s.read_back_waits[:1]) for s in _specs())
    return _specs()


def plan(random: Random, count: int, guards: Guards) -> list[Row]:
    """Posts go to a few accounts each; half of all is due in one second, the rest before and after it."""
    platforms = list(zip(_specs(), _weakened(guards), strict=True))
    accounts = [(f"account-{n}", *platforms[n % len(platforms)]) for n in range(max(5, count // 5))]
    rows = []
    for number in range(count):
        account, real, spec = accounts[number % len(accounts)]
        due_at = EPOCH + timedelta(seconds=BURST if random.random() < 0.5 else random.random() * 20 * MINUTE)
        delivery = Delivery(
            id=f"d{number:02}",
            office=OFFICES[number % 2],
            post=number // len(accounts),
            revision=1,
            digest="approved",
            account=account,
            platform=spec.name,
            state=State.SCHEDULED,
            due_at=due_at,
            next_at=due_at,
            late_after=due_at + LATENESS,
            expires_at=due_at + timedelta(minutes=random.uniform(5, 90)) if random.random() < 0.1 else None,
        )
        # A minute less: by so much a clock may be set unnoticed while we wait.
        declared = (real.answer_deadline, real.read_back_waits[-1] - TOLERANCE)
        rows.append(Row(delivery, spec, declared))
    return rows
