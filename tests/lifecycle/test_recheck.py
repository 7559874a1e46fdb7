"""What was approved is checked again at its hour, with what is known then: a stage may have begun meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import select

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.calendar import Basis, Calendar, ElectionKind, ElectionStage, StageRule, StageStatus
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.worker import work_off
from bakohumas_bot.store.tables import OutboxRow
from leaders import PATRON, add_patron
from office import TestOffice, X

SURVEY = "#TemanPemilih, hasil survei elektabilitas terbaru menunjukkan pasangan calon nomor urut 1 unggul 60 persen."


def quiet_days(today: date, status: StageStatus = StageStatus.FIXED) -> Calendar:
    stage = ElectionStage(
        code="masa-tenang",
        kind=ElectionKind.PEMILU,
        contest="pemilu-2024",
        name="Masa tenang",
        begins=today - timedelta(days=1),
        ends=today + timedelta(days=3),
        basis=Basis(kind="PKPU", number="3", year=2022),
        rules=frozenset({StageRule.QUIET, StageRule.NEUTRAL}),
        status=status,
    )
    return Calendar(stages=(stage,))


def knowing(office: TestOffice, calendar: Calendar) -> Desk:
    """The desk after a restart with this calendar."""
    return replace(office.desk, knowledge=replace(Knowledge(), calendar=calendar))


def approved_survey(office: TestOffice) -> int:
    add_patron(office)
    revision = office.submitted(
        SURVEY,
        accounts=(X,),
        sources=("Lembaga survei terdaftar",),
        publish_at=office.clock() + timedelta(hours=2),
        reason="Diminta pimpinan.",
    )
    for person in ("dewi", PATRON):
        decide(office.desk, office.person(person), revision.post, Verdict.APPROVE, digest=revision.digest)
    return revision.post


def test_a_stage_that_was_fixed_after_the_approval_stops_it_at_its_hour_and_people_are_told(
    office: TestOffice,
) -> None:
    post = approved_survey(office)
    desk = knowing(office, quiet_days(office.clock().date()))
    office.clock.forward(timedelta(hours=2, minutes=1))
    work_off(desk)
    delivery = office.deliveries(post)[X]
    assert (delivery.state, office.public()) == (State.FAILED, [])
    assert "N09" in (delivery.error or "")
    with desk.store.reading() as tx:
        told = {row.person for row in tx.exec(select(OutboxRow)) if row.kind == "result"}
    assert "sari" in told


def test_a_stage_that_is_only_a_draft_stops_nothing(office: TestOffice) -> None:
    post = approved_survey(office)
    desk = knowing(office, quiet_days(office.clock().date(), StageStatus.DRAFT))
    office.clock.forward(timedelta(hours=2, minutes=1))
    work_off(desk)
    assert office.states(post) == {X: State.PUBLISHED}
