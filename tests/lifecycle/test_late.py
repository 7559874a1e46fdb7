"""Too late is asked, never published; after an outage there is one list of all that was missed, not a flood."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bakohumas_bot.lifecycle.schedule import retry
from bakohumas_bot.store import outbox
from office import FACEBOOK, TELEGRAM, TestOffice, X
from postgres import on_both_databases
from working import LIVELY, at_work, until

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
EVERYWHERE = (TELEGRAM, X, FACEBOOK)


def lists(office: TestOffice, person: str = "dewi") -> list[int]:
    with office.desk.store.reading() as tx:
        return [row.id or 0 for row in outbox.unsent(tx) if row.kind == "missed" and row.person == person]


def sent(office: TestOffice) -> None:
    """The bot has sent what could be sent."""
    with office.desk.store.writing() as tx:
        while messages := outbox.waiting(tx, office.clock()):
            for message in messages:
                outbox.sent(tx, message.id, office.clock())


@pytest.mark.parametrize(
    ("expires", "moment", "state"),
    [
        pytest.param(None, 30 * MINUTE, "published", id="at the limit itself"),
        pytest.param(None, 30 * MINUTE + SECOND, "missed", id="a second past the limit"),
        pytest.param(10 * MINUTE, 10 * MINUTE - SECOND, "published", id="still valid"),
        pytest.param(10 * MINUTE, 10 * MINUTE, "missed", id="its validity ends now"),
    ],
)
def test_the_second_at_which_it_asks(
    office: TestOffice, expires: timedelta | None, moment: timedelta, state: str
) -> None:
    now = office.clock()
    revision = office.approved(accounts=(X,), expires_at=now + expires if expires else None)
    office.go(moment)
    assert office.states(revision.post) == {X: state}
    assert office.public() == ["x"] * (state == "published")


@on_both_databases
def test_after_a_nights_outage_there_is_one_list_and_nothing_goes_out(office: TestOffice) -> None:
    evening = office.clock()
    posts = [
        office.approved(f"Pengumuman {n}.", accounts=EVERYWHERE, publish_at=evening + n * HOUR).post
        for n in range(1, 6)
    ]
    office.go(10 * HOUR)
    assert {state for post in posts for state in office.states(post).values()} == {"missed"}
    assert office.public() == []
    assert [len(lists(office, person)) for person in ("dewi", "budi", "sari")] == [1, 1, 1]


def test_a_new_list_comes_only_for_what_is_missed_later(office: TestOffice) -> None:
    now = office.clock()
    office.approved("Malam.", accounts=(X,), publish_at=now + MINUTE)
    office.approved("Siang.", accounts=(X,), publish_at=now + 12 * HOUR)
    office.go(10 * HOUR)
    office.clock.forward(MINUTE)
    sent(office)
    office.go(MINUTE)
    assert lists(office) == []
    office.go(5 * HOUR)
    assert len(lists(office)) == 1


def test_while_the_list_waits_for_telegram_it_grows_and_is_not_repeated(office: TestOffice) -> None:
    """It is composed when it is sent, so it holds whatever was missed by then."""
    now = office.clock()
    for n in range(1, 6):
        office.approved(f"Pengumuman {n}.", accounts=(X,), publish_at=now + n * HOUR)
    office.go(40 * MINUTE)
    for _ in range(6):
        office.go(HOUR)
    assert office.public() == []
    assert len(lists(office)) == 1


def test_missed_again_after_a_new_time_it_is_told_again(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,), publish_at=office.clock() + MINUTE)
    office.go(HOUR)
    office.clock.forward(MINUTE)
    sent(office)
    retry(office.desk, office.person("dewi"), revision.post)
    office.go(HOUR)
    assert office.states(revision.post) == {X: "missed"}
    assert len(lists(office)) == 1


def test_a_worker_that_comes_back_asks_before_it_publishes_what_is_still_in_time(office: TestOffice) -> None:
    now = office.clock()
    late = office.approved("Terlambat.", accounts=(X,), publish_at=now + MINUTE)
    in_time = office.approved("Masih sempat.", accounts=(X,), publish_at=now + 50 * MINUTE)
    office.clock.forward(HOUR)
    with at_work(office, LIVELY):
        until(lambda: office.states(in_time.post) == {X: "published"}, "published within its limit")
    assert office.states(late.post) == {X: "missed"}
    assert [entry.text for entry in office.sandbox.world.ledger] == ["Masih sempat."]


def test_a_platform_that_asks_us_to_wait_until_tomorrow_is_answered_today(office: TestOffice) -> None:
    """The question comes at the lateness limit, not when the platform's wait is over."""
    office.fault("x", "rate_limited", seconds=24 * 3600)
    revision = office.approved(accounts=(X,))
    office.go()
    office.go(30 * MINUTE + SECOND)
    assert office.states(revision.post) == {X: "missed"}
    assert lists(office)


def test_a_long_upload_does_not_carry_it_past_its_hour(office: TestOffice) -> None:
    adapter = office.desk.adapters[X]
    real = adapter.prepare

    def slowly(job: object) -> None:
        real(job)  # type: ignore[arg-type]
        office.clock.forward(HOUR)

    adapter.prepare = slowly  # type: ignore[method-assign, assignment]
    revision = office.approved(accounts=(X,), media=(office.picture(),))
    office.go()
    assert office.states(revision.post) == {X: "missed"}
    assert office.public() == []


def test_the_hour_that_counts_is_that_of_utc_however_the_office_writes_it(office: TestOffice) -> None:
    at = (office.clock() + HOUR).astimezone(office.desk.office("64.69").zone)
    assert at.utcoffset() == timedelta(hours=8)
    revision = office.approved(accounts=(X,), publish_at=datetime.fromisoformat(at.isoformat()))
    office.go(HOUR - SECOND)
    assert office.public() == []
    office.go(SECOND)
    assert office.states(revision.post) == {X: "published"}
