"""A platform that asks to wait is obeyed to the second, by its own headers and codes; the clock is the adapter's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bakohumas_bot.domain.outcomes import AccountBlocked, Outcome, Published, RateLimited
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.sandbox import SANDBOXES
from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.x.platform import X
from proving import Bench, simplest
from provisions import FileServer, Shelf

NOW = datetime.now(UTC).replace(microsecond=0)  # stands still during a test


@pytest.fixture(autouse=True)
def _of_this_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed requests must be of today's minute, and a whole run takes longer than X tolerates."""
    monkeypatch.setattr(sys.modules[__name__], "NOW", datetime.now(UTC).replace(microsecond=0))


MINUTE, HOUR = 60, 3600

Opened = Callable[[str], Bench]


@pytest.fixture
def far_away() -> Iterator[Sandbox]:
    """Every platform with a clock that stands still."""
    with Sandbox({**SANDBOXES, "x": partial(X, now=NOW.timestamp)}) as sandbox:  # type: ignore[dict-item]
        sandbox.platforms["graph"].state.clock = lambda: NOW
        yield sandbox


@pytest.fixture
def opened(far_away: Sandbox, shelf: Shelf, file_server: FileServer, tmp_path: Path) -> Opened:
    def open_(name: str) -> Bench:
        return Bench(PLATFORMS[name], far_away, shelf.files, shelf.blob, file_server, tmp_path, now=lambda: NOW)

    return open_


def go_live(bench: Bench) -> Outcome:
    job = bench.job(simplest(bench.spec))
    bench.adapter.prepare(job)
    return bench.adapter.go_live(job)


def fault(mode: str = "rate_limited", seconds: float = 0, **detail: Any) -> dict[str, Any]:
    return {"mode": mode, "seconds": seconds, "detail": detail}


WAITS: list[tuple[str, dict[str, Any], int]] = [  # the platform, its answer, and how long we stay away
    ("x", fault(seconds=433), 433),
    ("x", fault("user_day_spent", 5 * HOUR + 1), 5 * HOUR + 1),
    ("x", fault("app_day_spent", 23 * HOUR + 59), 23 * HOUR + 59),
    ("facebook_page", fault(code=80001, minutes={"pages": 7, "instagram": 40}), 7 * MINUTE),
    ("facebook_page", fault(code=32, minutes={"pages": 3}), 3 * MINUTE),
    ("facebook_page", fault(code=4, minutes={"pages": 12, "ads_management": 90}), 12 * MINUTE),
    ("facebook_page", fault(code=17, minutes={"ads_management": 90}), 15 * MINUTE),
    ("facebook_page", fault(code=341, minutes={}), 15 * MINUTE),
    ("facebook_page", fault(code=613, minutes={}), 15 * MINUTE),
    ("instagram", fault(code=80002, minutes={"pages": 7, "instagram": 40}), 40 * MINUTE),
    ("instagram", fault(code=4, minutes={"instagram": 2}), 2 * MINUTE),
    ("telegram_channel", fault(seconds=7), 7),
    ("telegram_channel", fault(seconds=3601), 3601),
    ("instagram_private", fault(), 10 * MINUTE),  # "a few minutes"
    ("instagram_private", fault("throttled"), 10 * MINUTE),
]


@pytest.mark.parametrize(("name", "asked", "wait"), WAITS)
def test_a_platform_that_asks_to_wait_is_obeyed_to_the_second(
    name: str, asked: dict[str, Any], wait: int, opened: Opened
) -> None:
    bench = opened(name)
    bench.fails(**asked)
    outcome = go_live(bench)
    assert isinstance(outcome, RateLimited), outcome
    assert outcome.wait == timedelta(seconds=wait)
    assert bench.live_calls() == 1


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_every_platform_has_a_row_here(name: str) -> None:
    assert name in {row[0] for row in WAITS}


@pytest.mark.parametrize("name", ["x", "facebook_page", "instagram", "telegram_channel", "instagram_private"])
def test_an_upload_that_must_wait_says_so_too(name: str, opened: Opened) -> None:
    bench = opened(name)
    job = bench.job("image")
    bench.fails("rate_limited", "*", seconds=120)
    with pytest.raises(Stopped) as stop:
        bench.adapter.prepare(job)
    assert isinstance(stop.value.outcome, RateLimited)
    assert stop.value.outcome.wait == timedelta(seconds=600 if name == "instagram_private" else 120)


def test_a_monthly_cap_of_x_is_for_a_person_to_raise(opened: Opened) -> None:
    bench = opened("x")
    bench.fails("usage_capped")
    outcome = go_live(bench)
    assert isinstance(outcome, AccountBlocked)
    assert "Billing" in outcome.detail


def test_a_daily_cap_of_x_ends_at_its_midnight(opened: Opened) -> None:
    bench = opened("x")
    bench.fails("usage_capped", detail={"period": "Daily"})
    outcome = go_live(bench)
    assert isinstance(outcome, RateLimited)
    assert NOW + outcome.wait == NOW.replace(hour=0, minute=0, second=0) + timedelta(days=1)


def test_instagrams_day_ends_when_its_oldest_post_is_a_day_old(opened: Opened) -> None:
    bench = opened("instagram")
    state = bench.sandbox.platforms["graph"].state
    state.settings.quota = 2
    for hours_ago in (20, 5):
        state.clock = lambda at=NOW - timedelta(hours=hours_ago): at
        assert isinstance(go_live(bench), Published)
    state.clock = lambda: NOW
    outcome = go_live(bench)
    assert isinstance(outcome, RateLimited)
    assert outcome.wait == timedelta(hours=4)


def test_a_day_whose_posts_cannot_be_read_is_asked_about_hourly(opened: Opened) -> None:
    bench = opened("instagram")
    job = bench.job("image")
    bench.adapter.prepare(job)
    bench.fails("quota")
    bench.fails("error_before", "*", times=9)
    outcome = bench.adapter.go_live(job)
    assert isinstance(outcome, RateLimited)
    assert outcome.wait == timedelta(hours=1)
    assert bench.live_calls() == 1


# --- a success that was the last one ---


def test_the_last_post_of_x_s_window_says_when_the_next_may_come(opened: Opened) -> None:
    bench = opened("x")
    bench.sandbox.platforms["x"].rates.limits["POST /2/tweets"] = 1
    assert _rest(go_live(bench)) == timedelta(minutes=15)


def test_the_last_post_of_the_apps_day_says_when_the_next_may_come(opened: Opened) -> None:
    bench = opened("x")
    bench.sandbox.platforms["x"].rates.app_limits["POST /2/tweets"] = 1
    assert _rest(go_live(bench)) == timedelta(days=1)


@pytest.mark.parametrize("name", ["facebook_page", "instagram"])
@pytest.mark.parametrize(
    ("usage", "regain", "rest"),
    [
        (1, {}, None),
        (99, {}, None),
        (100, {}, 15 * MINUTE),
        (100, {"pages": 9, "instagram": 9}, 9 * MINUTE),
        (40, {"ads_management": 90}, None),
    ],
)
def test_a_page_that_has_used_up_its_calls_rests(
    name: str, usage: int, regain: dict[str, int], rest: int | None, opened: Opened
) -> None:
    bench = opened(name)
    settings = bench.sandbox.platforms["graph"].state.settings
    settings.usage, settings.regain = usage, regain
    assert _rest(go_live(bench)) == (None if rest is None else timedelta(seconds=rest))


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_an_ordinary_post_is_followed_by_no_rest(name: str, opened: Opened) -> None:
    assert _rest(go_live(opened(name))) is None


def _rest(outcome: Outcome) -> timedelta | None:
    assert isinstance(outcome, Published), outcome
    return outcome.rest
