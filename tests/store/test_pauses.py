"""An account at rest: a longer rest replaces a shorter, a block a limit, and the same trouble is news only once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, Outcome, Published, RateLimited, Receipt, Unknown
from bakohumas_bot.domain.pauses import PROBE, TRIAL, Pause, PauseKind, pause_after
from bakohumas_bot.store import pauses
from bakohumas_bot.store.database import Store
from queued import HOUR, MINUTE, NOW

BLOCKED, LIMITED, ON_TRIAL = PauseKind.BLOCKED, PauseKind.LIMITED, PauseKind.ON_TRIAL


def pause(kind: PauseKind, since: datetime = NOW, lasts_until: datetime = NOW + HOUR) -> Pause:
    return Pause(account="x-1", kind=kind, since=since, until=lasts_until, detail=f"sejak {since:%H.%M}")


def changes(store: Store, *rests: Pause) -> list[pauses.Change]:
    told = []
    for rest in rests:
        with store.writing() as tx:
            told.append(pauses.put(tx, rest))
    return told


def put(store: Store, *rests: Pause) -> list[bool]:
    """Which of them were news."""
    return [change.news for change in changes(store, *rests)]


def standing(store: Store, now: datetime = NOW) -> list[Pause]:
    with store.reading() as tx:
        return pauses.in_force(tx, now)


@pytest.mark.parametrize(
    ("outcome", "kind", "minutes"),
    [
        (AccountBlocked(detail="token"), BLOCKED, PROBE / MINUTE),
        (RateLimited(detail="tunggu", wait=7 * MINUTE), LIMITED, 7),
        (Published(receipt=Receipt(remote_id="1"), rest=9 * MINUTE), LIMITED, 9),
        (Published(receipt=Receipt(remote_id="1")), None, 0),
        (NotSent(detail="DNS"), None, 0),
        (Unknown(detail="hening"), None, 0),
    ],
)
def test_which_answers_hold_an_account_back(outcome: Outcome, kind: PauseKind | None, minutes: float) -> None:
    rest = pause_after("x-1", outcome, NOW)
    assert (rest and rest.kind, rest and rest.until) == (kind, NOW + minutes * MINUTE if kind else None)


LATER = NOW + 10 * MINUTE


@pytest.mark.parametrize(
    ("before", "after", "stands", "news"),
    [
        pytest.param(pause(LIMITED), pause(LIMITED, LATER, NOW + 2 * HOUR), NOW + 2 * HOUR, False, id="longer"),
        pytest.param(pause(LIMITED), pause(LIMITED, LATER, LATER + MINUTE), NOW + HOUR, False, id="shorter"),
        pytest.param(pause(LIMITED), pause(BLOCKED, LATER, LATER + PROBE), LATER + PROBE, True, id="a block"),
        pytest.param(pause(BLOCKED), pause(LIMITED, LATER, NOW + 9 * HOUR), NOW + HOUR, False, id="a limit, blocked"),
        pytest.param(pause(BLOCKED), pause(BLOCKED, LATER, NOW + 2 * HOUR), NOW + 2 * HOUR, False, id="still blocked"),
        pytest.param(
            pause(LIMITED, lasts_until=NOW + MINUTE), pause(LIMITED, LATER), NOW + HOUR, True, id="the last was over"
        ),
    ],
)
def test_what_stands_after_a_second_rest(
    store: Store, before: Pause, after: Pause, stands: datetime, news: bool
) -> None:
    assert put(store, before, after) == [True, news]
    (now,) = standing(store)
    assert now.until == stands
    assert now.kind is (BLOCKED if BLOCKED in {before.kind, after.kind} else LIMITED)


def test_a_limit_ends_by_itself_and_a_block_does_not(store: Store) -> None:
    put(store, pause(LIMITED))
    assert standing(store, NOW + HOUR) == []
    put(store, pause(BLOCKED))
    assert [rest.kind for rest in standing(store, NOW + 99 * HOUR)] == [BLOCKED]


def to_probe(store: Store, now: datetime) -> list[PauseKind]:
    with store.reading() as tx:
        return [rest.kind for rest in pauses.to_probe(tx, now)]


def on_trial(store: Store) -> None:
    put(store, pause(BLOCKED))
    with store.writing() as tx:
        pauses.try_out(tx, "x-1", LATER + TRIAL)


def test_a_block_is_probed_when_its_time_comes_and_a_trial_is_over_when_its_does(store: Store) -> None:
    put(store, pause(BLOCKED))
    assert to_probe(store, NOW + HOUR - MINUTE) == []
    assert to_probe(store, NOW + HOUR) == [BLOCKED]
    with store.writing() as tx:
        pauses.try_out(tx, "x-1", LATER)
    assert standing(store) == []
    assert to_probe(store, LATER) == [ON_TRIAL]


def test_blocked_again_on_trial_it_is_the_same_trouble_and_later_it_is_news(store: Store) -> None:
    on_trial(store)
    assert put(store, pause(BLOCKED, LATER)) == [False]
    assert [rest.since for rest in standing(store)] == [NOW]
    on_trial(store)
    assert put(store, pause(BLOCKED, LATER + TRIAL, NOW + 9 * HOUR)) == [True]


def test_a_limit_only_is_put_to_no_trial_and_a_new_trouble_is_not_lifted_with_the_old(store: Store) -> None:
    put(store, pause(LIMITED))
    with store.writing() as tx:
        pauses.try_out(tx, "x-1", NOW)
        pauses.lift(tx, pause(ON_TRIAL))
    assert [rest.kind for rest in standing(store)] == [LIMITED]


@pytest.mark.parametrize("limited_at", [LATER, LATER + TRIAL + MINUTE], ids=["during", "after, before anybody looked"])
def test_a_limit_stands_the_trial_that_it_ends(store: Store, limited_at: datetime) -> None:
    on_trial(store)
    (change,) = changes(store, pause(LIMITED, limited_at, NOW + 9 * HOUR))
    assert change.stood is not None
    assert (change.stood.kind, change.stood.since) == (ON_TRIAL, NOW)
    assert [rest.kind for rest in standing(store, limited_at)] == [LIMITED]
    assert to_probe(store, NOW + 9 * HOUR) == []


@pytest.mark.parametrize("kind", [BLOCKED, LIMITED])
def test_nothing_else_stands_a_trial(store: Store, kind: PauseKind) -> None:
    assert [change.stood for change in changes(store, pause(kind), pause(LIMITED, LATER), pause(BLOCKED, LATER))] == [
        None
    ] * 3
    with store.writing() as tx:
        pauses.try_out(tx, "x-1", LATER + TRIAL)
    assert [change.stood for change in changes(store, pause(BLOCKED, LATER))] == [None], "it failed"


@pytest.mark.parametrize(
    ("ahead_by", "begins"),
    [
        pytest.param(3 * HOUR, NOW, id="a clock that was hours ahead"),
        pytest.param(pauses.AHEAD, NOW + pauses.AHEAD, id="as far as hosts may differ"),
        pytest.param(-HOUR, NOW - HOUR, id="one that began long ago"),
    ],
)
@pytest.mark.parametrize("kind", [BLOCKED, LIMITED])
def test_a_rest_that_a_clock_ahead_wrote_lasts_as_long_but_begins_now(
    store: Store, kind: PauseKind, ahead_by: timedelta, begins: datetime
) -> None:
    put(store, pause(kind, NOW + ahead_by, NOW + ahead_by + 2 * HOUR))
    with store.writing() as tx:
        pauses.begin_no_later(tx, NOW)
    (rest,) = standing(store)
    assert (rest.since, rest.until) == (begins, begins + 2 * HOUR)


def test_a_trial_that_a_clock_ahead_began_is_stood_in_its_time_too(store: Store) -> None:
    put(store, pause(BLOCKED, NOW + 3 * HOUR, NOW + 3 * HOUR + PROBE))
    with store.writing() as tx:
        pauses.try_out(tx, "x-1", NOW + 3 * HOUR + TRIAL)
        pauses.begin_no_later(tx, NOW)
    assert to_probe(store, NOW + TRIAL) == [ON_TRIAL]
