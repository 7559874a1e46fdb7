"""No hidden retry: whatever a platform does to the live call, it arrives there once for every `go_live`.

Platforms, what they can carry and how they fail are read from the registries: a new one is covered unasked.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import proving
from bakohumas_bot.domain.outcomes import NotSent, Unknown
from bakohumas_bot.sandbox.core import AFTER, BEFORE, Sandbox
from proving import Bench, shapes, simplest
from provisions import EVERY

NAMES = sorted(EVERY)
OTHER_SHAPES = [(name, shape) for name in NAMES for shape in [*shapes(EVERY[name].spec)][1:]]
OF_THE_LINE = (*BEFORE, *AFTER, "slow")
# How they end: a proxy's page and silence mean that the platform is out of reach; an odd 200 does not.
OUT_OF_REACH = {*OF_THE_LINE} - {"garbage_after"}


def own_failures(sandbox: Sandbox, room: str) -> Iterator[str]:
    for mode in sandbox.platforms[room].failures:
        yield mode
        yield f"{mode}_after"


@pytest.mark.parametrize("name", NAMES)
def test_whatever_happens_on_the_line_the_live_call_arrives_once(name: str, bench: Bench) -> None:
    for mode in OF_THE_LINE:
        outcome = proving.arrives_once(bench, simplest(bench.spec), mode)
        assert isinstance(outcome, Unknown), (mode, outcome)
        assert outcome.unreachable is (mode in OUT_OF_REACH), (mode, outcome)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_platform_says_the_live_call_arrives_once(name: str, bench: Bench) -> None:
    for mode in own_failures(bench.sandbox, bench.room):
        outcome = proving.arrives_once(bench, simplest(bench.spec), mode)
        assert not (isinstance(outcome, NotSent) and outcome.unreachable), (mode, outcome)


@pytest.mark.parametrize(("name", "shape"), OTHER_SHAPES)
def test_pictures_films_and_papers_go_out_by_one_call_as_well(name: str, shape: str, bench: Bench) -> None:
    for mode in ("drop_before", "drop_after", "timeout_after", "html_after", "rate_limited_after", "expired_token"):
        proving.arrives_once(bench, shape, mode)
