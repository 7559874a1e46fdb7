"""A *blok* that may be lifted is lifted by somebody entitled, with a reason, for exactly what was found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.lifting import Lift, spot_of
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.rule_changes import RuleChanges
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import create, revise
from bakohumas_bot.lifecycle.override import NEVER, OWN, ask, override
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import lifts, posts, record
from bakohumas_bot.store.people_tables import DeputyRow
from leaders import PATRON, add_patron
from office import OFFICE, TestOffice, X
from postgres import on_both_databases

WRONG_DAY = "#TemanPemilih, rapat digelar Senin, 6 April 2021 di aula kantor KPU."
CLOUD = "Daftar rekapitulasi: https://docs.google.com/spreadsheets/d/1abc/edit"
DAY = timedelta(days=1)
WHY = "Hari dikutip apa adanya dari dokumen sumber."


@pytest.fixture
def staffed(office: TestOffice) -> TestOffice:
    add_patron(office)
    return office


def draft(office: TestOffice, text: str = WRONG_DAY) -> Revision:
    return create(office.desk, office.person("sari"), office.content(text, accounts=(X,)))


def newest(office: TestOffice, post: int) -> Revision:
    with office.desk.store.reading() as tx:
        return posts.latest(tx, post)


def test_with_leave_of_the_pembina_it_is_submitted_approved_and_published(staffed: TestOffice) -> None:
    post = draft(staffed).post
    override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)
    revision = submit(staffed.desk, staffed.person("sari"), post)
    decide(staffed.desk, staffed.person("dewi"), post, Verdict.APPROVE, digest=revision.digest)
    staffed.go(timedelta(minutes=1))
    assert staffed.states(post) == {X: State.PUBLISHED}


def test_without_leave_it_stays_a_draft(staffed: TestOffice) -> None:
    post = draft(staffed).post
    with pytest.raises(Refused, match="F01"):
        submit(staffed.desk, staffed.person("sari"), post)
    assert newest(staffed, post).blocked


@pytest.mark.parametrize("person", ["dewi", "budi", "rahmat", "tono"])
def test_only_the_entitled_role_may(staffed: TestOffice, person: str) -> None:
    post = draft(staffed).post
    with pytest.raises(Refused, match="kewenangan"):
        override(staffed.desk, staffed.person(person), post, "F01", WHY)
    assert newest(staffed, post).lifts == ()


def test_an_office_may_entitle_its_chair(staffed: TestOffice) -> None:
    desk = replace(
        staffed.desk,
        knowledge=replace(staffed.desk.knowledge, changes=RuleChanges(may_lift=(Role.KETUA,))),
    )
    post = draft(staffed).post
    assert override(desk, staffed.person("dewi"), post, "F01", WHY).person == "dewi"


def test_nobody_lifts_what_stands_in_their_own_draft(staffed: TestOffice) -> None:
    post = create(staffed.desk, staffed.person(PATRON), staffed.content(WRONG_DAY, accounts=(X,))).post
    with pytest.raises(Refused, match=OWN):
        override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)


def test_a_number_of_a_person_is_lifted_by_nobody(staffed: TestOffice) -> None:
    post = draft(staffed, "Pendaftar dengan NIK 6402154107900002 diterima.").post
    with pytest.raises(Refused, match=NEVER.format(code="P01")):
        override(staffed.desk, staffed.person(PATRON), post, "P01", WHY)


def test_a_link_to_a_cloud_document_needs_a_second_person_of_any_role(staffed: TestOffice) -> None:
    post = draft(staffed, CLOUD).post
    with pytest.raises(Refused, match=OWN):
        override(staffed.desk, staffed.person("sari"), post, "L03", WHY)
    assert override(staffed.desk, staffed.person("rahmat"), post, "L03", WHY).code == "L03"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_wanted(staffed: TestOffice, reason: str) -> None:
    post = draft(staffed).post
    with pytest.raises(Refused, match="alasan"):
        override(staffed.desk, staffed.person(PATRON), post, "F01", reason)


@pytest.mark.parametrize("code", ["F02", "Z99"])
def test_what_was_not_found_cannot_be_lifted(staffed: TestOffice, code: str) -> None:
    post = draft(staffed).post
    with pytest.raises(Refused, match=f"Tidak ada temuan {code}"):
        override(staffed.desk, staffed.person(PATRON), post, code, WHY)


def test_an_edit_voids_it(staffed: TestOffice) -> None:
    post = draft(staffed).post
    override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)
    revise(staffed.desk, staffed.person("sari"), post, lambda c: replace(c, body=c.body + " Terbuka."))
    with pytest.raises(Refused, match="F01"):
        submit(staffed.desk, staffed.person("sari"), post)


def test_only_what_was_seen_is_lifted(staffed: TestOffice) -> None:
    """A second wrong day elsewhere, slipped into the row behind the desk's back, is not covered."""
    post = draft(staffed).post
    override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)
    with staffed.desk.store.writing() as tx:
        tx.execute(text("UPDATE lift SET spots = :spots"), {"spots": json.dumps([["isi", 0, 5]])})
    with pytest.raises(Refused, match="F01"):
        submit(staffed.desk, staffed.person("sari"), post)


def test_what_is_found_elsewhere_later_is_lifted_by_a_word_of_its_own(staffed: TestOffice) -> None:
    two = WRONG_DAY + " Lanjutannya Senin, 4 Mei 2021."
    post = draft(staffed, two).post
    with staffed.desk.store.reading() as tx:
        first = next(f for f in posts.latest(tx, post).findings if f.code == "F01")
    one = Lift(
        code="F01", spots=frozenset({spot_of(first)}), person=PATRON, reason=WHY, at=staffed.clock(), deputy=None
    )
    with staffed.desk.store.writing() as tx:
        lifts.add(tx, post, 1, one)
        record.append(
            tx,
            office=OFFICE,
            actor=PATRON,
            kind=lifts.RECORDED,
            now=one.at,
            post=post,
            revision=1,
            code="F01",
            reason=WHY,
            spots=[[s.field, s.start, s.end] for s in one.spots],
        )
    assert len(override(staffed.desk, staffed.person(PATRON), post, "F01", WHY).spots) == 1
    assert submit(staffed.desk, staffed.person("sari"), post).submitted_at is not None


def test_after_the_submission_there_is_nothing_to_lift(staffed: TestOffice) -> None:
    post = staffed.submitted().post
    with pytest.raises(Refused, match="sudah diajukan"):
        override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)


def test_the_record_keeps_who_lifted_what_and_why_for_ever(staffed: TestOffice) -> None:
    revision = draft(staffed)
    override(staffed.desk, staffed.person(PATRON), revision.post, "F01", WHY)
    with staffed.desk.store.reading() as tx:
        events = {event.kind: record.data_of(event) for event in record.history(tx, revision.post)}
    spot = next([f.field, f.start, f.end] for f in revision.findings if f.code == "F01")
    assert (events["overridden"]["code"], events["overridden"]["spots"]) == ("F01", [spot])
    assert events["overridden"]["reason"] == WHY
    assert ["F01", revision.findings[0].version, "blok", *spot] in events["draft.created"]["spots"]


def test_everyone_entitled_is_asked_and_nobody_else(staffed: TestOffice) -> None:
    post = draft(staffed).post
    assert [person.id for person in ask(staffed.desk, staffed.person("sari"), post)] == [PATRON]


def test_where_nothing_may_be_lifted_nobody_is_asked(staffed: TestOffice) -> None:
    post = draft(staffed, "Batas waktu 31 Juni 2026.").post
    with pytest.raises(Refused, match="Tidak ada temuan"):
        ask(staffed.desk, staffed.person("sari"), post)


def test_where_nobody_is_entitled_it_says_so(office: TestOffice) -> None:
    with pytest.raises(Refused, match="Belum ada yang dapat mengizinkan"):
        ask(office.desk, office.person("sari"), draft(office).post)


def test_who_lifted_does_not_submit_it_too(staffed: TestOffice) -> None:
    """A file may name another as its author: then one person alone would bring it, let it pass and submit it."""
    post = draft(staffed, CLOUD).post
    override(staffed.desk, staffed.person("rahmat"), post, "L03", WHY)
    with pytest.raises(Refused, match="orang lain"):
        submit(staffed.desk, staffed.person("rahmat"), post)
    assert newest(staffed, post).submitted_at is None
    submit(staffed.desk, staffed.person("sari"), post)


@on_both_databases
def test_a_word_that_the_record_does_not_know_lifts_nothing(office: TestOffice) -> None:
    """The table of lifts stands outside the chain of the record: a row slipped in there publishes nothing."""
    add_patron(office)
    revision = draft(office)
    (spot,) = [f for f in revision.findings if f.code == "F01"]
    said = Lift(code="F01", spots=frozenset({spot_of(spot)}), person=PATRON, reason=WHY, at=office.clock())
    with office.desk.store.writing() as tx:
        lifts.add(tx, revision.post, revision.number, said)
    with pytest.raises(Refused, match="F01"):
        submit(office.desk, office.person("sari"), revision.post)


@pytest.mark.parametrize("changed", ["person = 'tono'", "reason = 'Lain.'", "spots = '[[\"isi\", 0, 9]]'"])
def test_a_word_that_was_altered_holds_no_longer(staffed: TestOffice, changed: str) -> None:
    post = draft(staffed).post
    override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)
    assert len(newest(staffed, post).lifts) == 1
    with staffed.desk.store.writing() as tx:
        tx.execute(text(f"UPDATE lift SET {changed}"))
    assert newest(staffed, post).lifts == ()


def test_a_word_cannot_be_carried_over_to_a_later_version(staffed: TestOffice) -> None:
    post = draft(staffed).post
    override(staffed.desk, staffed.person(PATRON), post, "F01", WHY)
    revise(staffed.desk, staffed.person("sari"), post, lambda c: replace(c, publish_at=staffed.clock() + DAY))
    with staffed.desk.store.writing() as tx:
        tx.execute(text("UPDATE lift SET revision = 2"))
    assert newest(staffed, post).lifts == ()


def test_who_approves_sees_what_is_found_at_the_submission(staffed: TestOffice) -> None:
    """The draft lay for a week, and the same text was submitted meanwhile for another day."""
    at = staffed.clock() + 3 * DAY
    post = staffed.draft(accounts=(X,), publish_at=at).post
    staffed.submitted(accounts=(X,))
    assert newest(staffed, post).findings == ()
    revision = submit(staffed.desk, staffed.person("sari"), post, reason="Diulang untuk pengunjung baru.")
    assert [finding.code for finding in revision.findings] == ["F12"]


def test_a_deputyship_that_entitles_to_nothing_is_not_named_beside_the_lift(staffed: TestOffice) -> None:
    """The pembina lifts by her own role, though she stands in for the chair today."""
    now = staffed.clock()
    with staffed.desk.store.writing() as tx:
        tx.add(
            DeputyRow(
                office=OFFICE,
                role=Role.KETUA.value,
                kind="plh",
                person=PATRON,
                principal="Dewi Contoh",
                number="SK 12/2026",
                begins=now - DAY,
                ends=now + DAY,
                made_by="dewi",
                made_at=now,
            )
        )
    lift = override(staffed.desk, staffed.person(PATRON), draft(staffed).post, "F01", WHY)
    assert lift.deputy is None
