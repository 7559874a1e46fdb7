"""The queue: who gets what, in which order, and what must wait; a claim is a lease and nothing more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.pauses import Pause, PauseKind
from bakohumas_bot.store import deliveries, freezes, pauses, queue
from bakohumas_bot.store.database import Store
from queued import HOUR, MINUTE, NOW, SECOND, change, delivery, put, taken

AGO = NOW - MINUTE
UPLOADED = {"prepared_at": AGO}
MAY_BE_PUBLIC: dict[str, Any] = {"state": State.UNCONFIRMED, "sent_at": AGO}
PUBLIC: dict[str, Any] = {"state": State.PUBLISHED, "sent_at": AGO, "published_at": AGO}
LATE: dict[str, Any] = {"late_after": NOW - SECOND}


@pytest.mark.parametrize(
    ("row", "is_taken"),
    [
        pytest.param({}, True, id="due"),
        pytest.param({"due_at": NOW + SECOND, **UPLOADED}, False, id="not yet due"),
        pytest.param({"next_at": NOW + SECOND}, False, id="waits to be tried again"),
        pytest.param({"next_at": None}, False, id="waits for a person"),
        pytest.param({"platform": "telegram_channel"}, False, id="of another platform"),
        pytest.param(MAY_BE_PUBLIC, True, id="to be looked up"),
        pytest.param({**MAY_BE_PUBLIC, "next_at": NOW + SECOND}, False, id="to be looked up later"),
        pytest.param(PUBLIC, True, id="to be read back"),
        *(
            pytest.param({"state": state}, False, id=f"is {state}")
            for state in (State.SENDING, State.MISSED, State.FAILED, State.CANCELLED, State.TAKEN_DOWN)
        ),
    ],
)
def test_what_is_due_is_taken_and_nothing_else(store: Store, row: dict[str, Any], is_taken: bool) -> None:
    put(store, delivery(1, **row))
    assert taken(store) == [(1, "x-1")] * is_taken
    assert taken(store, "another") == []


@pytest.mark.parametrize(
    ("row", "is_taken"),
    [
        pytest.param({}, True, id="its uploads are still to come"),
        pytest.param(UPLOADED, False, id="its uploads lie ready"),
        pytest.param({"failures": 1}, False, id="an upload has stumbled: it waits its turn"),
        pytest.param({"look_since": AGO}, False, id="restored from a backup: looked up at its own time"),
    ],
)
def test_uploads_begin_ahead_of_the_hour(store: Store, row: dict[str, Any], is_taken: bool) -> None:
    put(store, delivery(1, due_at=NOW + 5 * MINUTE, **row))
    assert taken(store) == []
    assert taken(store, ahead=10 * MINUTE) == [(1, "x-1")] * is_taken


def test_the_oldest_comes_first_and_what_waits_to_go_out_before_what_waits_to_be_seen(store: Store) -> None:
    put(
        store,
        delivery(1, "x-1", **PUBLIC),
        delivery(2, "x-2", due_at=AGO),
        delivery(3, "x-3", due_at=AGO - MINUTE),
        delivery(4, "x-4", **MAY_BE_PUBLIC),
    )
    assert taken(store, limit=2) == [(3, "x-3"), (2, "x-2")]
    assert taken(store) == [(4, "x-4")]
    assert taken(store, unseen=False) == []
    assert taken(store) == [(1, "x-1")]


# --- what may not go out ---


def frozen(store: Store) -> None:
    with store.writing() as tx:
        freezes.put(tx, office="64.69", person="sari", reason="keliru", now=NOW)


def resting(kind: PauseKind, until: datetime) -> Any:
    def rest(store: Store) -> None:
        with store.writing() as tx:
            pauses.put(tx, Pause(account="x-1", kind=kind, since=AGO, until=until, detail=""))

    return rest


def not_sending(_: Store) -> None:
    """The circuit is open, or the worker doubts itself: `taken` asks for nothing to send."""


HOLDS: list[Any] = [
    pytest.param(frozen, {}, id="its office is frozen"),
    pytest.param(resting(PauseKind.BLOCKED, AGO), {}, id="its account is blocked"),
    pytest.param(resting(PauseKind.LIMITED, NOW + SECOND), {}, id="its account is limited"),
    pytest.param(not_sending, {"sending": False}, id="its platform is left alone"),
]


@pytest.mark.parametrize(("hold", "wanted"), HOLDS)
def test_what_is_held_back_stays_but_what_is_too_late_or_may_be_public_is_seen_to(
    store: Store, hold: Any, wanted: dict[str, Any]
) -> None:
    put(
        store,
        delivery(1),
        delivery(2, due_at=NOW + MINUTE),
        delivery(3, **LATE),
        delivery(4, expires_at=NOW),
        delivery(5, **MAY_BE_PUBLIC),
    )
    hold(store)
    assert sorted(post for post, _ in taken(store, ahead=HOUR, **wanted)) == [3, 4, 5]


@pytest.mark.parametrize(
    "rest", [resting(PauseKind.LIMITED, NOW), resting(PauseKind.ON_TRIAL, NOW + HOUR)], ids=["over", "on trial"]
)
def test_a_rest_that_is_over_holds_nothing(store: Store, rest: Any) -> None:
    put(store, delivery(1))
    rest(store)
    assert taken(store) == [(1, "x-1")]


def test_the_rest_of_one_account_and_the_freeze_of_one_office_hold_no_other(store: Store) -> None:
    put(store, delivery(1), delivery(1, "x-2"), delivery(2, "x-3", office="64.70"))
    resting(PauseKind.BLOCKED, AGO)(store)
    assert taken(store) == [(1, "x-2"), (2, "x-3")]
    with store.writing() as tx:
        queue.free(tx, queue.leased(tx))
    frozen(store)
    assert taken(store) == [(2, "x-3")]


# --- the order of one account ---


@pytest.mark.parametrize(
    ("first", "second_is_taken"),
    [
        pytest.param({}, False, id="waits before it"),
        pytest.param({"next_at": NOW + MINUTE}, False, id="waits to be tried again"),
        pytest.param({"state": State.SENDING, "sent_at": AGO}, False, id="is on its way"),
        pytest.param({**MAY_BE_PUBLIC, "next_at": NOW + MINUTE}, True, id="may be public"),
        pytest.param({"state": State.FAILED}, True, id="has failed"),
        pytest.param({"state": State.MISSED}, True, id="was missed"),
    ],
)
def test_a_post_is_not_overtaken_by_the_next_of_its_account(
    store: Store, first: dict[str, Any], second_is_taken: bool
) -> None:
    put(store, delivery(1, **{"due_at": AGO, "next_at": AGO} | first), delivery(2))
    if first.get("state") is State.SENDING:
        change(store, 1, leased_by="somebody")
    assert ((2, "x-1") in taken(store)) is second_is_taken


def test_posts_of_the_same_minute_go_out_in_the_order_they_were_written(store: Store) -> None:
    put(store, *(delivery(post) for post in (3, 1, 2)))
    order = []
    while posts := taken(store):
        assert len(posts) == 1
        order.append(posts[0][0])
        change(store, posts[0][0], state="published", next_at=None, leased_by=None)
    assert order == [1, 2, 3]


def test_reading_back_is_not_one_at_a_time(store: Store) -> None:
    put(store, *(delivery(post, **MAY_BE_PUBLIC) for post in range(1, 65)))
    assert len(taken(store, limit=100)) == 64


def test_of_claims_at_the_same_moment_each_gets_its_own(store: Store) -> None:
    """Eight workers, forty accounts with two posts each: none is given twice, and of each account only the first."""
    put(store, *(delivery(post, f"x-{n}") for n in range(40) for post in (2 * n + 1, 2 * n + 2)))
    with ThreadPoolExecutor(8) as pool:
        claims = [pool.submit(taken, store, f"w{n % 8}", limit=5) for n in range(24)]
        given = [row for claim in claims for row in claim.result()]
    assert len(given) == len(set(given)) == 40
    assert {post % 2 for post, _ in given} == {1}


# --- giving back ---


def held(store: Store, post: int = 1) -> Delivery:
    with store.reading() as tx:
        return deliveries.get(tx, delivery(post).id)


def release(store: Store, worker: str, **more: Any) -> list[bool | Exception]:
    with store.writing() as tx:
        return queue.release(tx, [queue.Release(delivery=held(store), worker=worker, **more)])


def test_a_claim_is_given_back_by_whoever_holds_it(store: Store) -> None:
    put(store, delivery(1))
    taken(store, "one")
    assert release(store, "another") == [False]
    assert taken(store) == []
    assert release(store, "one") == [True]
    assert taken(store, "another") == [(1, "x-1")]


def test_a_claim_changes_nothing_of_the_delivery(store: Store) -> None:
    put(store, delivery(1))
    before = held(store)
    taken(store)
    release(store, "w")
    assert held(store) == before


def test_what_lies_ready_waits_for_its_hour(store: Store) -> None:
    put(store, delivery(1, due_at=NOW + 5 * MINUTE))
    taken(store, ahead=10 * MINUTE)
    assert release(store, "w", prepared_at=NOW) == [True]
    assert held(store) == replace(delivery(1, due_at=NOW + 5 * MINUTE), prepared_at=NOW)
    assert taken(store, ahead=10 * MINUTE) == []
    assert taken(store, now=NOW + 5 * MINUTE) == [(1, "x-1")]


def test_an_intent_is_never_given_back(store: Store) -> None:
    put(store, delivery(1, state=State.SENDING, sent_at=NOW))
    change(store, 1, leased_by="somebody")
    with store.writing() as tx:
        assert queue.leased(tx) == {}
        queue.free(tx, {delivery(1).id: "somebody"})
    assert release(store, "somebody") == [False]


def test_a_claim_is_voided_only_while_its_holder_has_it(store: Store) -> None:
    put(store, *(delivery(n, f"x-{n}") for n in (1, 2, 3)))
    for worker in ("dead", "another", "living"):
        assert len(taken(store, worker, limit=1)) == 1
    first, second, third = (delivery(n, f"x-{n}").id for n in (1, 2, 3))
    with store.writing() as tx:
        assert queue.leased(tx) == {first: "dead", second: "another", third: "living"}
        queue.free(tx, {first: "dead", second: "dead"})
    assert taken(store) == [(1, "x-1")]


# --- hours that a wrong clock set ---


@pytest.mark.parametrize(
    ("row", "is_seen_to"),
    [
        pytest.param(LATE, True, id="late"),
        pytest.param({"expires_at": NOW}, True, id="expired"),
        pytest.param({}, False, id="neither: it may wait to be tried again"),
        pytest.param({"late_after": NOW, "expires_at": NOW + SECOND}, False, id="not yet"),
        pytest.param({**LATE, "look_since": AGO}, False, id="restored: looked up first"),
        pytest.param({**LATE, **MAY_BE_PUBLIC}, False, id="may be public: late or not, it waits for its look"),
        pytest.param({**LATE, **PUBLIC}, False, id="public"),
        pytest.param({**LATE, "state": State.MISSED, "next_at": None}, False, id="asks already"),
    ],
)
def test_what_is_late_is_seen_to_whatever_hour_a_wrong_clock_set_for_it(
    store: Store, row: dict[str, Any], is_seen_to: bool
) -> None:
    put(store, delivery(1, **{"next_at": NOW + HOUR, **row}))
    assert taken(store) == []
    with store.writing() as tx:
        queue.ask_no_later(tx, NOW)
    assert taken(store) == [(1, "x-1")] * is_seen_to


@pytest.mark.parametrize(
    ("row", "next_at"),
    [
        pytest.param(MAY_BE_PUBLIC, NOW + 10 * MINUTE, id="may be public"),
        pytest.param({**MAY_BE_PUBLIC, "next_at": NOW + MINUTE}, NOW + MINUTE, id="soon enough"),
        pytest.param({}, NOW + HOUR, id="not sent yet"),
    ],
)
def test_no_look_waits_longer_than_any_platform_asks_for(store: Store, row: dict[str, Any], next_at: datetime) -> None:
    put(store, delivery(1, **{"next_at": NOW + HOUR, **row}))
    with store.writing() as tx:
        queue.look_no_later(tx, NOW + 10 * MINUTE)
    with store.reading() as tx:
        assert [d.next_at for d in deliveries.of_post(tx, 1)] == [next_at]


# --- when to wake ---


@pytest.mark.parametrize(
    ("row", "wakes"),
    [
        pytest.param({"due_at": NOW + HOUR}, NOW + HOUR - 10 * MINUTE, id="to upload"),
        pytest.param({"due_at": NOW + HOUR, **UPLOADED}, NOW + HOUR, id="to send"),
        pytest.param({**MAY_BE_PUBLIC, "next_at": NOW + MINUTE}, NOW + MINUTE, id="to look"),
        pytest.param({**PUBLIC, "next_at": NOW + SECOND}, NOW + SECOND, id="to read back"),
        pytest.param({"state": State.MISSED, "next_at": None}, None, id="for nothing"),
    ],
)
def test_a_worker_knows_when_its_next_work_begins(store: Store, row: dict[str, Any], wakes: datetime | None) -> None:
    put(store, delivery(1, **row))
    with store.reading() as tx:
        heads = queue.heads(tx, ["x", "telegram_channel"], timedelta(minutes=10))
    assert heads == ({"x": wakes} if wakes else {})


def test_what_somebody_holds_wakes_nobody(store: Store) -> None:
    put(store, delivery(1))
    taken(store)
    with store.reading() as tx:
        assert queue.heads(tx, ["x"], timedelta()) == {}
        assert queue.heads(tx, [], timedelta()) == {}
