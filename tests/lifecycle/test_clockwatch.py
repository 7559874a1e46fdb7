"""A clock that jumps forward publishes nothing early; one that goes back repeats nothing; people are told of both."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bakohumas_bot.domain.offices import Role
from bakohumas_bot.lifecycle.clockwatch import SETTLE, SKEW, TOLERANCE, ClockWatch, Turn
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.store import outbox
from office import OFFICE, TELEGRAM, TestOffice, X
from working import LIVELY, PATIENCE, at_work, until, worker_has_looked_again

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Clocks:
    """One on the wall, which may jump, and one that only runs."""

    wall: datetime = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    ran: timedelta = field(default_factory=timedelta)

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.ran += time

    def seconds(self) -> float:
        return self.ran.total_seconds()

    def watch(self) -> ClockWatch:
        return ClockWatch(lambda: self.wall, self.seconds)


def turns(watch: ClockWatch) -> list[Turn]:
    return [jump.turn for jump in watch.news]


def test_time_that_passes_is_no_jump_however_long_it_was_not_looked_at() -> None:
    """The steady clock runs on while the machine sleeps."""
    clocks = Clocks()
    watch = clocks.watch()
    clocks.pass_by(9 * HOUR)
    assert watch.may_send()
    assert turns(watch) == []


@pytest.mark.parametrize("jump", [TOLERANCE + SECOND, HOUR, timedelta(days=400)])
def test_after_a_jump_forward_nothing_is_begun_until_it_has_stood_for_a_while(jump: timedelta) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall += jump
    assert not watch.may_send()
    clocks.pass_by(SETTLE - SECOND)
    assert not watch.may_send()
    clocks.pass_by(SECOND)
    assert watch.may_send()
    assert turns(watch) == [Turn.AHEAD, Turn.ACCEPTED]
    clocks.pass_by(HOUR)
    assert watch.may_send()


def test_back_to_normal_it_goes_on_at_once() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall += HOUR
    assert not watch.may_send()
    clocks.wall -= HOUR
    assert watch.may_send()
    assert turns(watch) == [Turn.AHEAD, Turn.RETURNED]


def test_a_jump_backward_is_told_and_holds_nothing() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall -= HOUR
    assert watch.may_send()
    assert turns(watch) == [Turn.BEHIND]


@pytest.mark.parametrize("later", [SECOND, 9 * HOUR])
def test_what_sets_a_clock_right_that_went_back_holds_nothing(later: timedelta) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    for step_back in (20 * MINUTE, 40 * MINUTE):
        clocks.wall -= step_back
        assert watch.may_send()
    clocks.pass_by(later)
    clocks.wall += HOUR
    assert watch.may_send()
    assert turns(watch) == [Turn.BEHIND, Turn.BEHIND, Turn.RETURNED]
    clocks.wall += HOUR
    assert not watch.may_send(), "and what goes beyond is a jump forward like any other"


@pytest.mark.parametrize("way", [-1, 1])
def test_a_clock_that_is_not_the_databases_begins_nothing_until_it_is_again(way: int) -> None:
    clocks = Clocks()
    watch = clocks.watch()
    watch.compare(clocks.wall + way * (SKEW + SECOND), clocks.wall, clocks.wall)
    assert not watch.may_send()
    watch.compare(clocks.wall + way * SKEW, clocks.wall, clocks.wall)
    assert watch.may_send()
    assert turns(watch) == [Turn.APART, Turn.AGREED]


def test_a_database_that_answers_slowly_has_no_other_clock() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    watch.compare(clocks.wall, clocks.wall - 20 * SECOND, clocks.wall + 20 * SECOND)
    assert watch.may_send()
    assert turns(watch) == []


def test_a_clock_that_is_set_right_little_by_little_is_followed() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    for _ in range(600):
        clocks.pass_by(MINUTE)
        clocks.wall += SECOND
        assert watch.may_send()
    assert turns(watch) == []


# --- at the desk ---


def told(office: TestOffice) -> list[str]:
    with office.desk.store.reading() as tx:
        return [row.data["text"] for row in outbox.unsent(tx) if row.kind == "clock" and row.person == "sari"]


def test_an_hour_forward_publishes_nothing_early_and_calls_nothing_late(office: TestOffice) -> None:
    """Three posts: one for in half an hour, one for in two hours, one whose answer was lost."""
    office.fault("telegram", "drop_after")
    now = office.clock()
    soon = office.approved("Segera.", accounts=(X,), publish_at=now + 20 * MINUTE)
    later = office.approved("Nanti.", accounts=(X,), publish_at=now + 2 * HOUR)
    lost = office.approved("Hilang.", accounts=(TELEGRAM,))
    with at_work(office, LIVELY):
        until(lambda: office.states(lost.post) == {TELEGRAM: "unconfirmed"}, "its answer is lost")
        office.clock.jump(HOUR)
        until(lambda: told(office), "the desk is told")
        assert "melompat maju" in told(office)[0]
        worker_has_looked_again(office)
        assert [office.states(post)[X] for post in (soon.post, later.post)] == ["scheduled"] * 2
        assert office.states(lost.post) == {TELEGRAM: "unconfirmed"}
        assert office.deliveries(lost.post)[TELEGRAM].looks == 0, "nothing is believed by such a clock"
        office.clock.jump(-HOUR)
        until(lambda: len(told(office)) == 2, "and told again")
        assert "kembali benar" in told(office)[1]
        office.clock.forward(20 * MINUTE)
        until(lambda: office.states(soon.post) == {X: "published"}, "it goes out at its hour")
        until(lambda: office.states(lost.post) == {TELEGRAM: "published"}, "it is found")
    assert office.states(later.post) == {X: "scheduled"}
    assert len(office.public()) == 2


def test_what_is_under_way_when_the_clock_jumps_is_neither_called_late_nor_put_off(office: TestOffice) -> None:
    """One is still uploading, the other has written its intent; both go out once the clock has come back."""
    uploading, intended, go_on = threading.Event(), threading.Event(), threading.Event()
    prepare, holds = office.desk.adapters[X].prepare, office.desk.freeze_watch.holds

    def hang(job: Job) -> None:
        uploading.set()
        go_on.wait(PATIENCE)
        prepare(job)

    def hang_at_the_last_look(name: str, *, anew: bool = False) -> bool:
        if anew:
            intended.set()
            go_on.wait(PATIENCE)
        return holds(name, anew=anew)

    office.desk.adapters[X].prepare = hang  # type: ignore[method-assign]
    office.desk.freeze_watch.holds = hang_at_the_last_look  # type: ignore[method-assign]
    revision = office.approved(accounts=(X, TELEGRAM))
    with at_work(office, LIVELY):
        assert uploading.wait(PATIENCE)
        assert intended.wait(PATIENCE)
        office.clock.jump(HOUR)
        until(lambda: told(office), "the desk is told")
        go_on.set()
        until(lambda: office.states(revision.post)[TELEGRAM] == "scheduled", "the intent is abandoned")
        assert office.states(revision.post)[X] == "scheduled"
        office.clock.jump(-HOUR)
        until(lambda: set(office.states(revision.post).values()) == {"published"}, "both are out")
    assert sorted(office.public()) == ["telegram", "x"]


def test_a_clock_that_stands_by_its_new_time_is_believed(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,), publish_at=office.clock() + 50 * MINUTE)
    with at_work(office, LIVELY):
        office.clock.jump(45 * MINUTE)
        until(lambda: told(office), "held")
        office.clock.forward(SETTLE)
        until(lambda: office.states(revision.post) == {X: "published"}, "published by the new time")
        until(lambda: len(told(office)) == 2, "told")
    assert "dianggap benar" in told(office)[1]


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_a_host_whose_clock_is_not_the_databases_publishes_nothing_until_it_is(office: TestOffice) -> None:
    """Its clock may differ from the other hosts' by less than any jump: what it believes absent may be on its way."""
    office.clock.jump(datetime.now(UTC) - office.clock())
    revision = office.approved(accounts=(X,))
    office.clock.jump(30 * SECOND)
    with at_work(office, replace(LIVELY, skew=20 * SECOND)):
        until(lambda: told(office), "the desk is told")
        assert "berbeda sekitar" in told(office)[0]
        worker_has_looked_again(office)
        assert office.states(revision.post) == {X: "scheduled"}
        office.clock.jump(datetime.now(UTC) - office.clock())
        until(lambda: office.states(revision.post) == {X: "published"}, "published")
        until(lambda: len(told(office)) == 2, "told again")
    assert "sudah sama" in told(office)[1]


def test_an_hour_back_publishes_nothing_twice(office: TestOffice) -> None:
    first = office.approved("Pertama.", accounts=(X,))
    with at_work(office, LIVELY):
        until(lambda: office.states(first.post) == {X: "published"}, "published")
        office.clock.jump(-HOUR)
        until(lambda: told(office), "told")
        office.clock.forward(2 * HOUR)
        second = office.approved("Kedua.", accounts=(X,))
        until(lambda: office.states(second.post) == {X: "published"}, "and it goes on")
    assert "mundur" in told(office)[0]
    assert len(office.public()) == 2


def test_whoever_looks_after_the_machines_is_told_where_there_is_such_a_person(office: TestOffice) -> None:
    people = office.desk.directory.people
    people["tono"] = type(people["tono"])(
        id="tono", name="Tono Contoh", telegram_id=1005, roles=frozenset({(OFFICE, Role.ADMIN)})
    )
    with at_work(office, LIVELY):
        office.clock.jump(HOUR)
        until(lambda: _told_to(office), "told")
    assert _told_to(office) == {"tono"}


def _told_to(office: TestOffice) -> set[str]:
    with office.desk.store.reading() as tx:
        return {row.person for row in outbox.unsent(tx) if row.kind == "clock"}
