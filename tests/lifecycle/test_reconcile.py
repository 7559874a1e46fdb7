"""Taking over: from the dead what was claimed and what may be public, from the silent only with a person's word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.domain.happenings import Intent
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    NotSent,
    Outcome,
    Published,
    RateLimited,
    Receipt,
    Rejected,
    Unknown,
)
from bakohumas_bot.domain.pauses import PauseKind
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.reconcile import recover
from bakohumas_bot.lifecycle.resolve import resolve
from bakohumas_bot.lifecycle.testify import testify as bears_witness
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.store import door, outbox, pauses, record
from bakohumas_bot.store.workers import Membership, membership
from office import TELEGRAM, TestOffice, X
from postgres import on_both_databases, on_postgresql
from working import CALM, LIVELY, another_host, at_work, until, worker_has_looked_again

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
LEASE, OVER = timedelta(seconds=60), timedelta(seconds=-1)


@contextmanager
def two_hosts(office: TestOffice, lease: timedelta = LEASE) -> Iterator[tuple[Membership, Desk, Membership]]:
    """Ours, and another one whose lease is as given."""
    with (
        another_host(office) as there,
        membership(office.desk.store, office.clock, LEASE) as we,
        membership(there.store, office.clock, lease) as they,
    ):
        yield we, there, they


def intended(desk: Desk, delivery: Delivery, worker: str) -> Delivery:
    """The intent is on the disk; whether the call was made, nobody knows."""
    with desk.store.writing() as tx:
        return door.move(
            tx, delivery, Intent(), now=desk.now(), spec=desk.specs[delivery.platform], actor="worker", worker=worker
        )


def cut_off(office: TestOffice, member: Membership) -> None:
    with office.desk.store.reading() as tx:
        query = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = :number"
        tx.execute(text(query), {"number": member.number})


def taken_over(office: TestOffice, member: Membership) -> int:
    return recover(office.desk, member, at_work=frozenset)


def asked(office: TestOffice, kind: str = "unconfirmed") -> int:
    with office.desk.store.reading() as tx:
        return sum(row.kind == kind for row in outbox.unsent(tx))


@on_postgresql
def test_the_claims_and_intents_of_the_living_are_left_alone(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    with two_hosts(office) as (we, there, they):
        (claimed,) = office.claimed(they.id)
        assert taken_over(office, we) == 0
        assert office.claimed(we.id) == []
        intended(there, claimed, they.id)
        assert taken_over(office, we) == 0
        assert office.states(1) == {X: "sending"}


@on_postgresql
@pytest.mark.parametrize("silent", [True, False])
def test_what_somebody_only_claimed_is_free_again(office: TestOffice, silent: bool) -> None:
    """Nothing was called: a claim is given back freely."""
    office.approved(accounts=(X,))
    with two_hosts(office, OVER if silent else LEASE) as (we, _, they):
        office.claimed(they.id)
        if not silent:
            cut_off(office, they)
        assert taken_over(office, we) == 0
        assert len(office.claimed(we.id)) == 1


@on_postgresql
def test_of_a_dead_sender_what_proves_absent_is_sent_again(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    with two_hosts(office) as (we, there, they):
        intended(there, office.claimed(they.id)[0], they.id)
        cut_off(office, they)
        assert taken_over(office, we) == 1
        delivery = office.deliveries(1)[X]
        assert (delivery.state, delivery.unproven) == (State.UNCONFIRMED, False)
    for _ in range(3):
        office.go(9 * MINUTE)
    office.go(MINUTE)
    assert office.states(1) == {X: "published"}
    assert len(office.public()) == 1
    assert asked(office) == 0


@on_postgresql
def test_of_a_silent_sender_what_is_not_found_is_asked_of_a_person(office: TestOffice) -> None:
    """It was only paused: it may wake any moment, so that not finding the post proves nothing."""
    office.approved(accounts=(X,))
    with two_hosts(office, OVER) as (we, there, they):
        intended(there, office.claimed(they.id)[0], they.id)
        assert taken_over(office, we) == 1
        assert office.deliveries(1)[X].unproven
        for _ in range(3):
            _attend_to_all(office, we, 9 * MINUTE)
    assert office.deliveries(1)[X].asks
    assert office.public() == []
    assert asked(office) > 0


@on_postgresql
def test_nobody_can_say_that_it_is_not_there_while_its_sender_sleeps_and_may_wake(office: TestOffice) -> None:
    """What a person saw a moment ago is no proof: the sender goes on where it stood."""
    office.approved(accounts=(X,))
    sari = office.person("sari")
    with two_hosts(office, OVER) as (we, there, they):
        intended(there, office.claimed(they.id)[0], they.id)
        taken_over(office, we)
        for _ in range(3):
            _attend_to_all(office, we, 9 * MINUTE)
        asked_about = office.deliveries(1)[X].id
        with pytest.raises(Refused, match="belum terbukti berhenti"):
            resolve(office.desk, sari, asked_about, published=False)
        cut_off(office, they)
        taken_over(office, we)
        again = resolve(office.desk, sari, asked_about, published=False)
    assert again.state is State.SCHEDULED
    assert again.next_at is not None
    assert again.next_at - office.clock() >= office.desk.specs["x"].answer_deadline


@on_postgresql
def test_of_a_silent_sender_what_is_found_is_published(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    with two_hosts(office, OVER) as (we, there, they):
        sending = intended(there, office.claimed(they.id)[0], they.id)
        _call(there, sending)
        taken_over(office, we)
        _attend_to_all(office, we, MINUTE)
    assert office.states(1) == {X: "published"}
    assert asked(office) == 0


@on_postgresql
def test_a_sender_that_wakes_after_it_was_taken_over_calls_nobody_and_moves_nothing(office: TestOffice) -> None:
    """Paused between claim and intent for longer than its lease; another worker has published meanwhile."""
    office.approved(accounts=(X,))
    with two_hosts(office, OVER) as (we, there, they):
        (claimed,) = office.claimed(they.id)
        taken_over(office, we)
        _attend_to_all(office, we, timedelta())
        assert office.states(1) == {X: "published"}
        attend(there, claimed, they.id)
    assert len(office.public()) == 1
    assert office.states(1) == {X: "published"}


@on_postgresql
def test_what_a_sender_was_told_while_it_was_silent_is_the_truth(office: TestOffice) -> None:
    """It wakes in the middle of its call, after the others have asked a person: the answer settles it."""
    office.approved(accounts=(X,))
    with two_hosts(office, OVER) as (we, there, they):
        adapter = there.adapters[X]
        real = adapter.go_live

        def pause_then_call(job: Job) -> Outcome:
            taken_over(office, we)
            for _ in range(3):
                _attend_to_all(office, we, 9 * MINUTE)
            assert office.deliveries(1)[X].asks
            return real(job)

        adapter.go_live = pause_then_call  # type: ignore[method-assign]
        attend(there, office.claimed(they.id)[0], they.id)
    assert office.states(1) == {X: "published"}
    assert len(office.public()) == 1


@on_postgresql
def test_a_worker_that_cannot_renew_its_lease_stops_sending_before_the_others_may_act(office: TestOffice) -> None:
    """Its beat is stuck. It still sees to what is late."""
    stuck = replace(CALM, beat=timedelta(hours=1), poll=LIVELY.poll)
    with at_work(office, stuck):
        first = office.approved("Pertama.", accounts=(X,))
        until(lambda: office.states(first.post) == {X: "published"}, "while its lease lasts it sends")
        now = office.clock()
        late = office.approved("Terlambat.", accounts=(X,), publish_at=now + 30 * SECOND, expires_at=now + 50 * SECOND)
        second = office.approved("Kedua.", accounts=(TELEGRAM,), publish_at=now + 55 * SECOND)
        office.clock.forward(stuck.lease)
        until(lambda: office.states(late.post) == {X: "missed"}, "what is late is seen to")
        worker_has_looked_again(office)
        assert office.states(second.post) == {TELEGRAM: "scheduled"}
        assert office.deliveries(second.post)[TELEGRAM].tries == 0
    assert len(office.public()) == 1


RECEIPT = Receipt(remote_id="77", url="https://x.com/kpu_contohselatan/status/77")


@on_both_databases
@pytest.mark.parametrize(
    ("said", "state"),
    [
        (Published(receipt=RECEIPT), "published"),
        (NotSent(detail="tak terkirim"), "scheduled"),
        (RateLimited(detail="tunggu", wait=MINUTE), "scheduled"),
        (Rejected(code="x", detail="ditolak"), "failed"),
        (Unknown(detail="hening"), "unconfirmed"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_a_late_answer_is_believed_while_the_matter_is_open(office: TestOffice, said: Outcome, state: str) -> None:
    sending = _interrupted(office)
    bears_witness(office.desk, sending, said)
    assert office.states(1) == {X: state}


@on_both_databases
def test_a_late_answer_that_contradicts_what_was_settled_is_kept_and_told(office: TestOffice) -> None:
    """Found under another link: perhaps it is public twice, and only people can look."""
    sending = _interrupted(office)
    bears_witness(office.desk, sending, Published(receipt=Receipt(remote_id="11", url="https://x.com/a/status/11")))
    bears_witness(office.desk, sending, Published(receipt=RECEIPT))
    assert office.deliveries(1)[X].remote_id == "11"
    assert asked(office, "contradicted") > 0
    with office.desk.store.reading() as tx:
        assert "delivery.contradicted" in {event.kind for event in record.history(tx, 1)}


@on_both_databases
def test_a_late_answer_that_says_what_is_known_alarms_nobody(office: TestOffice) -> None:
    """The database said no to the commit that it made: the second try finds its own work."""
    sending = _interrupted(office)
    for _ in range(2):
        bears_witness(office.desk, sending, Published(receipt=RECEIPT))
    assert asked(office, "contradicted") == 0


@on_both_databases
@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (RateLimited(detail="tunggu", wait=9 * MINUTE), PauseKind.LIMITED),
        (AccountBlocked(detail="Token ditolak."), PauseKind.BLOCKED),
        (Published(receipt=RECEIPT, rest=9 * MINUTE), PauseKind.LIMITED),
        (Published(receipt=RECEIPT), None),
        (Rejected(code="x", detail="ditolak"), None),
    ],
)
@pytest.mark.parametrize("settled", [False, True])
def test_a_late_answer_lets_its_account_rest(
    office: TestOffice, said: Outcome, kind: PauseKind | None, settled: bool
) -> None:
    """What the platform thinks of the account is true, whatever has become of the delivery."""
    sending = _interrupted(office)
    if settled:
        bears_witness(office.desk, sending, Published(receipt=Receipt(remote_id="11", url="https://x.com/a/status/11")))
    bears_witness(office.desk, sending, said)
    with office.desk.store.reading() as tx:
        resting = [(rest.account, rest.kind) for rest in pauses.in_force(tx, office.clock())]
    assert resting == ([(X, kind)] if kind else [])
    assert bool(asked(office, "account")) is (kind is PauseKind.BLOCKED)


def _interrupted(office: TestOffice) -> Delivery:
    office.approved(accounts=(X,))
    sending = intended(office.desk, office.claimed("gone")[0], "gone")
    with membership(office.desk.store, office.clock, LEASE) as we:
        assert taken_over(office, we) == 1
    return sending


def _attend_to_all(office: TestOffice, member: Membership, after: timedelta) -> None:
    office.clock.forward(after)
    while claimed := office.claimed(member.id):
        for delivery in claimed:
            attend(office.desk, delivery, member.id)


def _call(desk: Desk, sending: Delivery) -> None:
    """The one call, whose answer nobody lives to store."""
    from bakohumas_bot.lifecycle.deliver import job_for, take_up

    claimed = take_up(desk, sending, "gone")
    claimed.adapter.go_live(job_for(desk, claimed))
