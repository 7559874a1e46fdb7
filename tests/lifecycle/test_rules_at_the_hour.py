"""Just before it goes out the rules run for the very moment at which it does, whatever hour its author wished for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.calendar import Basis, Calendar, ElectionKind, ElectionStage, StageStatus
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.posts import Kind, Revision
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.draft import create
from bakohumas_bot.lifecycle.schedule import cancel, reschedule, retry
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.lifecycle.worker import work_off
from bakohumas_bot.store import outbox
from office import TEXT, TestOffice, X
from postgres import on_both_databases

MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 09.00 WITA
MIDNIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)  # Wednesday, 00.00 WITA
EMBARGO = f"{TEXT}\n\nEmbargo sampai 25 November 2026 pukul 10.00 WITA."


def forbidding(office: TestOffice, kind: Kind) -> Desk:
    """From Wednesday on nothing of this kind may go out."""
    stage = ElectionStage(
        code="contoh.tenang",
        kind=ElectionKind.PEMILU,
        contest="contoh",
        name="Masa tenang",
        begins=date(2026, 11, 25),
        ends=date(2026, 11, 27),
        basis=Basis(kind="PKPU", number="3", year=2022),
        status=StageStatus.FIXED,
        banned=frozenset({kind.value}),
    )
    return replace(office.desk, knowledge=replace(office.desk.knowledge, calendar=Calendar(stages=(stage,))))


def approved(office: TestOffice, desk: Desk, text: str = TEXT, at: datetime | None = None) -> Revision:
    post = create(desk, office.person("sari"), office.content(text, accounts=(X,), publish_at=at)).post
    revision = submit(desk, office.person("sari"), post)
    decide(desk, office.person("dewi"), post, Verdict.APPROVE, digest=revision.digest)
    return revision


def test_what_is_moved_to_before_the_end_of_its_embargo_does_not_go_out_and_people_are_told(office: TestOffice) -> None:
    office.clock.at = MONDAY
    post = approved(office, office.desk, EMBARGO, MONDAY + timedelta(days=3)).post
    reschedule(office.desk, office.person("dewi"), post, MONDAY + MINUTE)
    office.go(MINUTE)
    delivery = office.deliveries(post)[X]
    assert (delivery.state, office.public()) == (State.FAILED, [])
    assert delivery.error is not None
    assert "T02" in delivery.error
    with office.desk.store.reading() as tx:
        assert {row.person for row in outbox.unsent(tx) if row.kind == "result"} >= {"sari"}


def test_a_kind_that_the_stage_forbids_is_named_to_its_author(office: TestOffice) -> None:
    office.clock.at = MIDNIGHT + MINUTE
    desk = forbidding(office, Kind.PENGUMUMAN)
    draft = create(desk, office.person("sari"), office.content(accounts=(X,)))
    assert [(f.code, f.field) for f in draft.findings if f.code == "T01"] == [("T01", "jenis")]
    with pytest.raises(Refused, match="T01"):
        submit(desk, office.person("sari"), draft.post)


def test_what_waits_past_midnight_is_looked_at_anew(office: TestOffice) -> None:
    """Checked at 23.55, held up, and sent at 00.02: the stage that began meanwhile counts."""
    office.clock.at = MIDNIGHT - 5 * MINUTE
    desk = forbidding(office, Kind.PENGUMUMAN)
    post = approved(office, desk).post
    (claimed,) = office.claimed()
    assert desk.remembered.of(desk, post, 1, office.clock()).obstacle is None
    office.clock.forward(7 * MINUTE)
    attend(desk, claimed, "w")
    assert (office.states(post), office.public()) == ({X: State.FAILED}, [])


def test_what_was_looked_at_for_a_later_hour_is_looked_at_anew_for_an_earlier_one(office: TestOffice) -> None:
    office.clock.at = datetime(2026, 11, 25, 1, 55, tzinfo=UTC)
    post = approved(office, office.desk, EMBARGO, office.clock() + 6 * MINUTE).post
    remembered = office.desk.remembered
    assert remembered.of(office.desk, post, 1, office.clock() + 6 * MINUTE).obstacle is None
    assert remembered.of(office.desk, post, 1, office.clock() + MINUTE).obstacle is not None


@on_both_databases
def test_once_the_obstacle_is_gone_it_goes_out_at_the_next_try(office: TestOffice) -> None:
    """The same text was moved to the same hour: only one of the two is published, until the other is withdrawn."""
    first = office.submitted(accounts=(X,), publish_at=office.clock() + timedelta(days=3)).post
    content = office.content(accounts=(X,), publish_at=office.clock() + MINUTE)
    post = create(office.desk, office.person("sari"), content).post
    second = submit(office.desk, office.person("sari"), post, reason="Tayang dua kali memang direncanakan.")
    for one in (first, post):
        digest = second.digest
        decide(office.desk, office.person("dewi"), one, Verdict.APPROVE, digest=digest)
    reschedule(office.desk, office.person("dewi"), first, office.clock() + 2 * MINUTE)
    office.go(MINUTE)
    assert office.states(post) == {X: State.FAILED}
    cancel(office.desk, office.person("sari"), first)
    retry(office.desk, office.person("sari"), post)
    work_off(office.desk)
    assert (office.states(post), office.public()) == ({X: State.PUBLISHED}, ["x"])
