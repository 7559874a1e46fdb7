"""A refused key pauses its account alone, people are told once, and a renewed one goes on without a restart."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.outcomes import Outcome, Published, RateLimited, Receipt
from bakohumas_bot.domain.pauses import PROBE, RAREST_TRIAL, TRIAL
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.blocked import try_access_again
from bakohumas_bot.platforms.base import Adapter
from bakohumas_bot.sandbox.graph.platform import PAGE_TOKEN
from bakohumas_bot.store import outbox, pauses
from joining import events
from office import FACEBOOK, OFFICE, TELEGRAM, TestOffice, X
from postgres import on_both_databases
from working import LIVELY, PATIENCE, at_work, until

MINUTE = timedelta(minutes=1)
PUBLISHED_AND_FULL = Published(receipt=Receipt(remote_id="1", url="https://facebook.com/1"), rest=5 * MINUTE)
NEW_TOKEN = "EAAD5sandboxRenewedContohSelatanZD"


def refuse_the_key(office: TestOffice) -> None:
    office.sandbox.platforms["graph"].state.expired.add(PAGE_TOKEN)


def renew_the_key(office: TestOffice) -> None:
    """A person fetches a new one and writes it where secrets lie; nobody restarts anything."""
    state = office.sandbox.platforms["graph"].state
    state.tokens[NEW_TOKEN] = state.tokens[PAGE_TOKEN]
    (office.folder / "config" / "rahasia" / FACEBOOK / "access_token").write_text(NEW_TOKEN, encoding="utf-8")


def told(office: TestOffice, kind: str) -> list[str]:
    with office.desk.store.reading() as tx:
        return sorted(row.person for row in outbox.unsent(tx) if row.kind == kind)


def blocked(office: TestOffice) -> list[str]:
    with office.desk.store.reading() as tx:
        return [pause.account for pause in pauses.in_force(tx, office.clock())]


def goes_on(office: TestOffice, by: timedelta) -> None:
    """As a worker that is left alone for so long."""
    for _ in range(int(by / MINUTE)):
        office.clock.forward(MINUTE)
        try_access_again(office.desk)
        office.go()


def test_a_key_that_reads_but_may_not_publish_is_tried_ever_more_rarely(office: TestOffice) -> None:
    """Some platforms punish insistence."""
    office.fault("x", "expired_token", operation="live", times=99)
    office.approved(accounts=(X,))
    office.go()
    waits = []
    for _ in range(5):
        with office.desk.store.reading() as tx:
            (pause,) = pauses.in_force(tx, office.clock())
        waits.append(pause.until - office.clock())
        office.clock.at = pause.until
        try_access_again(office.desk)
        office.go()
    assert waits == [PROBE, PROBE, 2 * PROBE, 4 * PROBE, 8 * PROBE]
    assert waits[-1] < RAREST_TRIAL


@on_both_databases
def test_a_renewed_key_goes_on_by_itself_and_people_hear_of_both_once(office: TestOffice) -> None:
    refuse_the_key(office)
    revision = office.approved(accounts=(FACEBOOK,))
    office.go()
    goes_on(office, 9 * MINUTE)
    assert blocked(office) == [FACEBOOK]
    assert office.states(revision.post) == {FACEBOOK: "scheduled"}
    assert told(office, "account") == ["dewi", "sari"]
    assert told(office, "account_back") == []
    renew_the_key(office)
    goes_on(office, PROBE + TRIAL + MINUTE)
    assert office.states(revision.post) == {FACEBOOK: "published"}
    assert blocked(office) == []
    assert told(office, "account") == ["dewi", "sari"]
    assert told(office, "account_back") == ["budi", "dewi", "rahmat", "sari"]
    goes_on(office, 10 * MINUTE)
    assert len(told(office, "account_back")) == 4
    assert events(office, "account.works") == [(OFFICE, "system")], "the record knows it, once"


def test_the_worker_does_it_unwatched(office: TestOffice) -> None:
    refuse_the_key(office)
    revision = office.approved(accounts=(FACEBOOK, X))
    with at_work(office, LIVELY):
        until(lambda: blocked(office) == [FACEBOOK], "the key is refused")
        until(lambda: office.states(revision.post)[X] == "published", "the other account goes on")
        renew_the_key(office)
        office.clock.forward(PROBE)
        until(lambda: office.states(revision.post)[FACEBOOK] == "published", "it goes on by itself")


def test_the_message_says_how_to_renew_it(office: TestOffice) -> None:
    refuse_the_key(office)
    office.approved(accounts=(FACEBOOK,))
    office.go()
    with office.desk.store.reading() as tx:
        (detail,) = {row.data["detail"] for row in outbox.unsent(tx) if row.kind == "account"}
    assert "1." in detail
    assert "token" in detail
    assert PAGE_TOKEN not in detail


def test_while_it_is_blocked_its_platform_is_asked_only_now_and_then(office: TestOffice) -> None:
    """A daemon that knocks all the time gets an account locked."""
    refuse_the_key(office)
    office.approved(accounts=(FACEBOOK,))
    office.go()
    before = sum(office.sandbox.world.calls.values())
    goes_on(office, 20 * MINUTE)
    assert sum(office.sandbox.world.calls.values()) - before <= 20 * MINUTE / PROBE


def test_a_key_that_reads_but_may_not_publish_is_told_once(office: TestOffice) -> None:
    """X without credit: every proof of access succeeds, every post is refused."""
    office.fault("x", "credits_depleted", times=99)
    office.approved(accounts=(X,))
    office.go()
    goes_on(office, 25 * MINUTE)
    assert told(office, "account") == ["dewi", "sari"]
    assert told(office, "account_back") == [], "it never worked again"


def test_blocked_again_the_next_hour_is_told_again(office: TestOffice) -> None:
    office.fault("x", "expired_token")
    office.approved("Pertama.", accounts=(X,))
    office.go()
    goes_on(office, 10 * MINUTE)
    assert office.public() == ["x"]
    office.fault("x", "expired_token")
    office.approved("Kedua.", accounts=(X,))
    office.go()
    assert told(office, "account") == ["dewi", "dewi", "sari", "sari"]


def test_what_waits_too_long_for_a_key_is_missed_and_asks(office: TestOffice) -> None:
    refuse_the_key(office)
    revision = office.approved(accounts=(FACEBOOK,))
    office.go()
    goes_on(office, 31 * MINUTE)
    assert office.states(revision.post) == {FACEBOOK: "missed"}
    assert told(office, "missed") == ["budi", "dewi", "sari"]


def test_a_block_met_while_uploading_ahead_pauses_it_too(office: TestOffice) -> None:
    """Hours before the post, when there is time to renew the key."""
    refuse_the_key(office)
    revision = office.approved(accounts=(FACEBOOK,), media=(office.picture(),), publish_at=office.clock() + 8 * MINUTE)
    (claimed,) = office.claimed(ahead=10 * MINUTE)
    attend(office.desk, claimed, "w")
    assert blocked(office) == [FACEBOOK]
    assert told(office, "account") == ["dewi", "sari"]
    renew_the_key(office)
    goes_on(office, 8 * MINUTE)
    assert office.states(revision.post) == {FACEBOOK: "published"}


@on_both_databases
@pytest.mark.parametrize("said", [RateLimited(detail="tunggu", wait=5 * MINUTE), PUBLISHED_AND_FULL], ids=["no", "yes"])
def test_a_limit_says_too_that_the_account_works_again(office: TestOffice, said: Outcome) -> None:
    """Only a key that may publish is told to publish less."""
    refuse_the_key(office)
    office.approved(accounts=(FACEBOOK,))
    office.go()
    renew_the_key(office)
    office.clock.forward(PROBE)
    assert try_access_again(office.desk) == 1
    adapter: Any = office.desk.adapters[FACEBOOK]
    adapter.go_live = lambda _: said
    office.go()
    assert told(office, "account_back") == ["budi", "dewi", "rahmat", "sari"]
    assert blocked(office) == [FACEBOOK], "limited, that is"
    del adapter.go_live
    goes_on(office, 20 * MINUTE)
    assert blocked(office) == []
    assert len(told(office, "account_back")) == 4
    assert told(office, "account") == ["dewi", "sari"]


def test_an_account_whose_proof_hangs_keeps_no_other_waiting(wide_office: TestOffice) -> None:
    office = wide_office
    accounts = (X, "x-0001", "x-0002", FACEBOOK)
    office.fault("x", "expired_token", times=3)
    office.fault("graph", "expired_token")
    for account in accounts:
        office.approved(accounts=(account,))
    office.go()
    assert blocked(office) == sorted(accounts)
    office.clock.forward(PROBE)
    asked, hangs = threading.Barrier(len(accounts)), office.desk.reopen

    def slow(account: str) -> Adapter | None:
        asked.wait(PATIENCE)  # passed only by all of them together
        return hangs(account)

    assert try_access_again(replace(office.desk, reopen=slow)) == len(accounts)
    assert blocked(office) == []


@pytest.mark.parametrize("trouble", ["drop_before", "error_before", "rate_limited"])
def test_a_proof_of_access_that_fails_for_another_reason_leaves_it_blocked(office: TestOffice, trouble: str) -> None:
    office.fault("x", "expired_token")
    office.approved(accounts=(X,))
    office.go()
    office.fault("x", trouble, operation="*")
    office.clock.forward(PROBE)
    assert try_access_again(office.desk) == 0
    assert blocked(office) == [X]


def test_an_account_whose_words_cannot_be_read_back_is_read_back_by_a_person(office: TestOffice) -> None:
    """Its answer was lost, and then its key is refused: nobody but a person can look."""
    office.fault("telegram", "drop_after")
    revision = office.approved(accounts=(TELEGRAM,))
    office.go()
    office.fault("telegram", "expired_token", operation="*", times=99)
    for _ in range(4):
        office.go(9 * MINUTE)
    delivery = office.deliveries(revision.post)[TELEGRAM]
    assert delivery.state is State.UNCONFIRMED
    assert delivery.asks
