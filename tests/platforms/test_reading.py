"""`find` never takes a failed, a cut-off or a lagging reading for the proof that a post is not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

import pytest

from bakohumas_bot.domain.outcomes import Absent, CannotTell, Found, Published, Sighting, Unknown
from bakohumas_bot.platforms.base import Job
from proving import Bench, hurrying, simplest
from provisions import EVERY

NAMES = sorted(EVERY)
TROUBLES = (
    "drop_before", "error_before", "timeout_after", "garbage_after", "html_after", "rate_limited", "expired_token",
)  # fmt: skip


def never_sent(bench: Bench) -> Job:
    job = bench.job(simplest(bench.spec))
    bench.adapter.prepare(job)
    return job


def answer_lost(bench: Bench) -> Job:
    job = never_sent(bench)
    bench.fails("drop_after")
    assert isinstance(bench.adapter.go_live(job), Unknown)
    return job


def published(bench: Bench) -> Job:
    job = never_sent(bench)
    outcome = bench.adapter.go_live(job)
    assert isinstance(outcome, Published)
    job.journal.put("remote_id", outcome.receipt.remote_id)
    return job


def removed(bench: Bench) -> Job:
    """Known by its number, and nobody can see it any more."""
    job = published(bench)
    job.journal.put("remote_id", "999999999999999")
    return job


@pytest.mark.parametrize("story", [never_sent, answer_lost, published, removed])
@pytest.mark.parametrize("name", NAMES)
def test_a_search_that_fails_at_any_of_its_calls_proves_no_absence(
    name: str, story: Callable[[Bench], Job], bench: Bench
) -> None:
    since = datetime.now(UTC)
    job = story(bench)
    before = sum(bench.calls().values())
    bench.opened().find(job, since)
    calls = sum(bench.calls().values()) - before
    assert calls > 0
    for mode, number in product(TROUBLES, range(calls)):
        bench.fails(mode, "*", skip=number)
        with hurrying():
            sighting = bench.opened().find(job, since)
        assert not isinstance(sighting, Absent), (mode, number, bench.calls())
        bench.sandbox.world.faults.clear()


def _lag(bench: Bench, reads: int) -> None:
    room = bench.sandbox.platforms[bench.room]
    match bench.spec.name:
        case "x":
            room.posts.lag = reads
        case "instagram_private":
            room.feed.lag = reads
        case _:
            room.state.settings.unseen_reads = reads


@pytest.mark.parametrize("name", ["x", "facebook_page", "instagram", "instagram_private"])
def test_a_list_that_lags_shows_the_post_at_a_later_look(name: str, bench: Bench) -> None:
    since = datetime.now(UTC)
    _lag(bench, 2)
    job = answer_lost(bench)
    sightings: list[Sighting] = [bench.opened().find(job, since) for _ in range(3)]
    assert not isinstance(sightings[0], Found)
    assert isinstance(sightings[2], Found), sightings


@pytest.mark.parametrize("name", ["instagram"])
def test_instagrams_container_says_what_its_list_does_not_show_yet(name: str, bench: Bench) -> None:
    _lag(bench, 1)
    since = datetime.now(UTC)
    assert isinstance(bench.opened().find(answer_lost(bench), since), CannotTell)
