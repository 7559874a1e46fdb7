"""What happens to the workers and the wire, and when: one schedule per seed, drawn before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bakohumas_bot.sandbox.core import Fault

# The calls that publish, by the names the sandbox knows them by.
LIVE = (
    ("telegram", "live"),
    ("x", "live"),
    ("graph", "POST /{page}/feed"),
    ("graph", "POST /{ig}/media_publish"),
    ("instagram", "live"),
)
ANY = ("telegram", "x", "graph", "instagram")
WIRE = (
    *("timeout_after", "error_after", "drop_after", "garbage_after", "html_after", "slow"),
    *("drop_before", "error_before"),
)
# Graph names its waits in whole minutes, Instagram's private interface none: too long for a rehearsal of many posts.
LIMITED = ("telegram", "x")
# Instagram alone is known to say no after it has published (platform-apis.md section 3, error 4/2207051).
CONTRADICTIONS = ("spam_after",)


@dataclass(frozen=True, kw_only=True)
class Blow:
    """After `after` seconds, or when a publishing call arrives, `whom` is struck. `posts`: in how long each is due."""

    after: float
    aimed: bool
    whom: tuple[int, ...]
    posts: tuple[float, ...]
    faults: tuple[Fault, ...]


def schedule(seed: int, count: int, workers: int) -> Iterator[Blow]:
    random = Random(seed)  # noqa: S311 - a schedule, no secret
    for _ in range(count):
        aimed = random.random() < 0.5
        yield Blow(
            after=random.uniform(0.0, 1.0),
            aimed=aimed,
            whom=_whom(random, workers),
            posts=tuple(random.uniform(0.0, 0.8) for _ in range(random.choice((1, 1, 2) if aimed else (0, 1, 1)))),
            faults=tuple(fault(random) for _ in range(random.choice((0, 0, 1, 1, 2)))),
        )


def _whom(random: Random, workers: int) -> tuple[int, ...]:
    """Mostly one; now and then the power fails for all."""
    return tuple(range(workers)) if random.random() < 0.1 else (random.randrange(workers),)


def fault(random: Random) -> Fault:
    """Mostly on the call that publishes, where it hurts; now and then on any call, reading back included."""
    lot = random.random()
    if lot < 0.1:
        platform = random.choice(ANY)
        return _fault(random, platform, "*", random.choice(WIRE))
    if lot < 0.2:
        return Fault(platform=random.choice(LIMITED), operation="live", mode="rate_limited", seconds=1)
    platform, operation = random.choice(LIVE)
    modes = WIRE + (CONTRADICTIONS if operation == "POST /{ig}/media_publish" else ())
    return _fault(random, platform, operation, random.choice(modes))


def _fault(random: Random, platform: str, operation: str, mode: str) -> Fault:
    seconds = random.uniform(0.1, 3.0) if mode == "slow" else 3.0  # a call is given up after one
    return Fault(platform=platform, operation=operation, mode=mode, times=random.choice((1, 1, 2)), seconds=seconds)
