"""Nobody is forgotten, nobody is told twice, and no voice is skipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bakohumas_bot.app import open_app
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.posts import Kind, Revision
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.hold import hold, release
from bakohumas_bot.lifecycle.reminding import remind
from bakohumas_bot.lifecycle.schedule import cancel
from bakohumas_bot.store import outbox, record
from office import OFFICE, TestOffice, clarification
from postgres import on_both_databases

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09.00 WITA, a Tuesday


@pytest.fixture(autouse=True)
def morning(office: TestOffice) -> None:
    office.clock.at = NINE
    hire(office, "putri", Role.PEMBINA)
    hire(office, "agus", Role.ADMIN)


def hire(office: TestOffice, id_: str, role: Role) -> None:
    office.desk.directory.configured[id_] = Person(
        id=id_, name=f"{id_.title()} Contoh", telegram_id=None, roles=frozenset({(OFFICE, role)})
    )
    remind(office.desk)


def dismiss(office: TestOffice, id_: str) -> None:
    del office.desk.directory.configured[id_]


def told(office: TestOffice, *kinds: str) -> list[tuple[str, str]]:
    """(kind, person) of what was queued, but for the requests themselves."""
    wanted = kinds or ("reminder", "hangs", "expired", "reconsider")
    with office.desk.store.reading() as tx:
        return sorted((row.kind, row.person) for row in outbox.unsent(tx) if row.kind in wanted)


def events(office: TestOffice, post: int, kind: str) -> list[dict[str, object]]:
    with office.desk.store.reading() as tx:
        return [record.data_of(row) for row in record.history(tx, post) if row.kind == kind]


def go(office: TestOffice, hours: float) -> int:
    """Every minute of these hours would be much the same; a few looks at the end of them are enough."""
    office.clock.forward(timedelta(hours=hours))
    count = remind(office.desk)
    assert remind(office.desk) == 0  # the same minute again
    return count


def yes(office: TestOffice, person: str, revision: Revision, **more: Any) -> None:
    decide(office.desk, office.person(person), revision.post, Verdict.APPROVE, digest=revision.digest, **more)


def with_hour(office: TestOffice, hours: float = 6, **changes: Any) -> Revision:
    return office.submitted(publish_at=office.clock() + timedelta(hours=hours), **changes)


OTHER = "#TemanPemilih, kantor kami menerima kunjungan belajar setiap hari kerja."
BOTH = [("reminder", "budi"), ("reminder", "dewi")]


@on_both_databases
def test_both_who_may_say_it_are_reminded_two_hours_and_half_an_hour_before(office: TestOffice) -> None:
    with_hour(office)
    go(office, 3.9)
    assert told(office) == []
    go(office, 0.1)
    assert told(office, "reminder") == BOTH
    go(office, 1.5)
    assert told(office, "reminder") == sorted(BOTH * 2)


def test_after_a_restart_nothing_is_repeated(office: TestOffice) -> None:
    with_hour(office)
    go(office, 4)
    before = told(office)
    again = open_app(office.app.configuration.folder, secrets=False, now=office.clock)
    try:
        assert remind(again.desk) == 0
    finally:
        again.close()
    assert told(office) == before


def test_whoever_was_away_for_hours_is_told_once(office: TestOffice) -> None:
    with_hour(office)
    go(office, 5.8)
    assert told(office, "reminder") == BOTH


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_decision_ends_the_reminders(office: TestOffice, verdict: Verdict) -> None:
    revision = with_hour(office)
    decide(office.desk, office.person("dewi"), revision.post, verdict, digest=revision.digest, reason="Mohon diubah.")
    assert go(office, 5) + go(office, 3) == 0
    assert told(office) == []


def test_so_does_its_withdrawal_and_a_new_version_begins_anew(office: TestOffice) -> None:
    first, second = with_hour(office), with_hour(office, hours=7, text=OTHER)
    cancel(office.desk, office.person("sari"), first.post)
    revise(office.desk, office.person("sari"), second.post, lambda c: replace(c, body="Isi yang diperbaiki."))
    assert go(office, 5) + go(office, 5) == 0
    assert told(office) == []


def test_when_nobody_has_answered_the_others_and_the_admins_learn_it_once(office: TestOffice) -> None:
    revision = office.submitted()
    go(office, 4)
    assert told(office, "hangs") == [("hangs", "agus"), ("hangs", "putri")]
    go(office, 4)
    assert told(office, "hangs") == [("hangs", "agus"), ("hangs", "putri")]
    (event,) = events(office, revision.post, "escalated")
    assert event["told"] == ["agus", "putri"]
    assert event["waits"] == "ketua pelaksana atau ketua"


def test_escalation_skips_no_voice(office: TestOffice) -> None:
    """A press release waits for ketua_pelaksana, then ketua: the next one learns that it hangs, and may not say it."""
    revision = office.submitted(kind=Kind.SIARAN_PERS)
    go(office, 4)
    assert told(office, "reminder") == [("reminder", "budi")]
    assert told(office, "hangs") == [("hangs", "agus"), ("hangs", "dewi"), ("hangs", "putri")]
    assert told(office, "approval") == [("approval", "budi")]
    yes(office, "budi", revision)
    assert office.states(revision.post) == {}
    go(office, 4)
    assert told(office, "reminder") == [("reminder", "budi"), ("reminder", "dewi")]
    assert [event["waits"] for event in events(office, revision.post, "escalated")] == ["ketua pelaksana", "ketua"]
    assert office.states(revision.post) == {}


def test_a_leader_who_left_is_reminded_of_nothing(office: TestOffice) -> None:
    with_hour(office)
    dismiss(office, "budi")
    go(office, 4)
    assert told(office, "reminder") == [("reminder", "dewi")]


def test_a_leader_who_came_meanwhile_is_asked_instead_of_reminded(office: TestOffice) -> None:
    with_hour(office)
    hire(office, "lia", Role.KETUA)
    go(office, 4)
    go(office, 0.1)
    assert told(office, "approval") == [("approval", "budi"), ("approval", "dewi"), ("approval", "lia")]
    assert told(office, "reminder") == BOTH


def test_when_the_hour_has_passed_the_authors_are_asked_and_the_leaders_cards_say_so(office: TestOffice) -> None:
    revision = with_hour(office)
    go(office, 6)
    assert told(office) == [
        ("expired", "sari"),
        ("reconsider", "budi"),
        ("reconsider", "dewi"),
        ("reconsider", "putri"),
    ]
    go(office, 30)
    assert len(told(office)) == 4
    assert len(events(office, revision.post, "expired")) == 1
    assert office.states(revision.post) == {}


def test_a_post_without_an_hour_asks_its_authors_after_two_days(office: TestOffice) -> None:
    office.submitted()
    go(office, 47)
    assert told(office, "expired") == []
    go(office, 1)
    assert told(office, "expired") == [("expired", "sari")]
    assert go(office, 100) == 0


def test_an_expired_post_may_still_be_approved(office: TestOffice) -> None:
    """Expiry asks; it decides nothing."""
    revision = with_hour(office)
    go(office, 6)
    yes(office, "dewi", revision, publish_at=office.clock())
    assert set(office.states(revision.post).values()) == {"scheduled"}


def test_the_hour_that_the_first_leader_chose_counts(office: TestOffice) -> None:
    revision = with_hour(office, kind=Kind.SIARAN_PERS)
    yes(office, "budi", revision, publish_at=NINE + timedelta(hours=10))
    go(office, 7.9)
    assert told(office, "expired", "reminder") == []
    go(office, 0.1)
    assert told(office, "expired", "reminder") == [("reminder", "dewi")]


def test_an_urgent_approval_is_reminded_of_until_it_is_confirmed(office: TestOffice) -> None:
    revision = office.submitted(**clarification())
    yes(office, "dewi", revision, urgent=True, reason="Kabar bohong beredar cepat.")
    assert set(office.states(revision.post).values()) == {"scheduled"}
    go(office, 4)
    go(office, 4)
    assert told(office) == [("reminder", "putri")] * 2
    yes(office, "putri", revision)
    assert go(office, 40) == 0


def test_whoever_holds_a_post_past_its_hour_is_reminded_once_a_day(office: TestOffice) -> None:
    revision = with_hour(office, hours=2)
    yes(office, "dewi", revision)
    hold(office.desk, office.person("putri"), revision.post, "Menunggu data terbaru.")
    go(office, 1.9)
    assert told(office) == []
    go(office, 0.1)
    go(office, 23)
    assert told(office) == [("reminder", "putri")]
    go(office, 1)
    assert told(office) == [("reminder", "putri")] * 2
    dismiss(office, "putri")
    go(office, 24)
    assert told(office, "reminder") == [*BOTH, ("reminder", "putri"), ("reminder", "putri")]
    release(office.desk, office.person("dewi"), revision.post, office.clock() + timedelta(days=9))
    assert go(office, 48) == 0


def test_a_post_that_cannot_be_read_hides_no_other(office: TestOffice, caplog: pytest.LogCaptureFixture) -> None:
    broken = with_hour(office)
    with_hour(office, text=OTHER)
    with office.desk.store.writing() as tx:
        tx.execute(text("UPDATE revision SET content = '{}' WHERE post_id = :post"), {"post": broken.post})
    office.clock.forward(timedelta(hours=4))
    remind(office.desk)
    assert told(office, "reminder") == BOTH
    assert f"post #{broken.post} could not be reminded of" in caplog.text


def test_an_office_that_is_gone_from_the_configuration_is_left_alone(office: TestOffice) -> None:
    with_hour(office)
    del office.desk.directory.offices[OFFICE]
    assert go(office, 4) == 0
