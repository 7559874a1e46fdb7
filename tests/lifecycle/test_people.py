"""Who works here at this moment: who was let in, who left, and who stands in for whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.offices import DeputyKind, Person, Role
from bakohumas_bot.errors import BadInput, DeskError, Refused
from bakohumas_bot.lifecycle import deputies, draft, freeze, hold, people, resolve, schedule, submit
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.invitations import accept, invite, withdraw
from bakohumas_bot.lifecycle.membership import come_back, end_role, leave
from bakohumas_bot.store import cards, posts, record
from bakohumas_bot.store.tables import CardRow, QuestionRow
from joining import admin, events, newcomer, told
from office import OFFICE, TestOffice, X
from postgres import on_both_databases

NORTH = "64.70"


def invited(office: TestOffice, person: str = "rina", role: Role = Role.KETUA, **more: Any) -> str:
    name = {"name": "Rina Contoh"} if person == "rina" else {}
    by = office.desk.directory.people.get("ani") or admin(office)
    return invite(office.desk, by, office=OFFICE, role=role, person=person, **(name | more)).secret


def two_offices(office: TestOffice) -> None:
    """Sari works in a second office, which has an admin of its own: Umi."""
    directory = office.desk.directory
    directory.offices[NORTH] = replace(directory.offices[OFFICE], code=NORTH, name="KPU Kabupaten Contoh Utara")
    sari = directory.configured["sari"]
    directory.configured["sari"] = replace(sari, roles=sari.roles | {(NORTH, Role.OPERATOR)})
    admin(office, "umi", 1102, where=NORTH)


# --- Coming ---


@on_both_databases
def test_who_was_invited_works_here_from_the_first_word(office: TestOffice) -> None:
    secret = invited(office)
    assert accept(office.desk, secret, 2001) is not None
    rina = office.desk.directory.by_telegram(2001)
    assert rina is not None
    assert (rina.id, set(rina.roles)) == ("rina", {(OFFICE, Role.KETUA)})
    revision = office.submitted(accounts=(X,))
    decide(office.desk, rina, revision.post, Verdict.APPROVE, digest=revision.digest)
    assert office.states(revision.post) == {X: "scheduled"}
    assert events(office, "people.joined") == [(OFFICE, "rina")]
    assert "Rina Contoh menerima undangan" in told(office, "ani")[0]


def test_a_secret_fits_a_telegram_link_and_only_its_hash_is_kept(office: TestOffice) -> None:
    secret = invited(office)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22,64}", secret)
    assert secret != invited(office)
    with office.desk.store.reading() as tx:
        tables = ("invitation", "event", "outbox")
        kept = "".join(str(tuple(row)) for name in tables for row in tx.execute(text(f"SELECT * FROM {name}")))
    assert secret not in kept


def used(office: TestOffice, secret: str) -> None:
    accept(office.desk, secret, 2002)


def taken_back(office: TestOffice, _: str) -> None:
    withdraw(office.desk, office.person("ani"), 1)


def expired(office: TestOffice, _: str) -> None:
    office.clock.forward(timedelta(hours=24))


def its_maker_left(office: TestOffice, _: str) -> None:
    leave(office.desk, admin(office, "umi", 1102), "ani", "Pindah tugas.")


def its_maker_is_no_admin_any_more(office: TestOffice, _: str) -> None:
    del office.desk.directory.configured["ani"]


def its_person_is_known_from_another_phone(office: TestOffice, _: str) -> None:
    accept(office.desk, invited(office, role=Role.OPERATOR), 2003)


@pytest.mark.parametrize(
    "spoil",
    [used, taken_back, expired, its_maker_left, its_maker_is_no_admin_any_more, its_person_is_known_from_another_phone],
)
def test_a_link_that_is_over_opens_nothing(office: TestOffice, spoil: Callable[[TestOffice, str], None]) -> None:
    secret = invited(office)
    spoil(office, secret)
    assert accept(office.desk, secret, 2001) is None
    assert accept(office.desk, secret + "x", 2001) is None
    people.refresh(office.desk)
    assert office.desk.directory.by_telegram(2001) is None


@pytest.mark.parametrize("telegram_id", [1003, 1101], ids=["a leader's", "the admin's own"])
def test_an_invitation_takes_over_nobodys_telegram(office: TestOffice, telegram_id: int) -> None:
    secret = invited(office)
    assert accept(office.desk, secret, telegram_id) is None
    whose = office.desk.directory.by_telegram(telegram_id)
    assert whose is not None
    assert whose.id != "rina"
    assert accept(office.desk, secret, 2001) is not None


def test_who_left_does_not_come_back_under_another_name(office: TestOffice) -> None:
    ani = admin(office)
    leave(office.desk, ani, "dewi", "Pensiun.")
    assert accept(office.desk, invited(office), 1003) is None


@on_both_databases
def test_of_two_who_open_one_link_in_the_same_second_one_comes_in(office: TestOffice) -> None:
    secret = invited(office)
    with ThreadPoolExecutor(2) as threads:
        came = list(threads.map(lambda id_: accept(office.desk, secret, id_), (2001, 2002)))
    assert sorted(person is not None for person in came) == [False, True]
    assert len(events(office, "people.joined")) == 1


@on_both_databases
def test_of_two_links_for_one_person_opened_by_two_phones_in_the_same_second_one_binds(office: TestOffice) -> None:
    links = [(invited(office), 2001), (invited(office, role=Role.OPERATOR), 2002)]
    with ThreadPoolExecutor(2) as threads:
        came = list(threads.map(lambda link: accept(office.desk, *link), links))
    assert sorted(person is not None for person in came) == [False, True]
    assert sum(office.desk.directory.by_telegram(id_) is not None for id_ in (2001, 2002)) == 1


def test_somebody_known_gets_one_more_role_from_the_phone_they_have(office: TestOffice) -> None:
    secret = invited(office, "sari", Role.PEMBINA)
    assert accept(office.desk, secret, 2001) is None
    assert accept(office.desk, secret, 1001) is not None
    assert office.person("sari").roles_in(OFFICE) == {Role.OPERATOR, Role.PEMBINA}


@pytest.mark.parametrize(
    ("who", "asked", "says"),
    [
        ("ani", {"person": "ani", "role": Role.KETUA}, "Hak sendiri"),
        ("dewi", {"person": "rina", "name": "Rina Contoh"}, "hanya admin"),
        ("umi", {"person": "rina", "name": "Rina Contoh"}, "hanya admin"),
        ("ani", {"person": "rina", "name": "Rina Contoh", "office": "99.99"}, "tidak ada di konfigurasi"),
        ("ani", {"person": "dewi", "name": "Orang Lain"}, "sudah dipakai oleh Dewi Contoh"),
        ("ani", {"person": "dewi", "role": Role.KETUA}, "sudah menjadi ketua"),
        ("ani", {"person": "Rina Contoh", "name": "Rina"}, "huruf kecil"),
        ("ani", {"person": "rina"}, "Nama"),
        ("ani", {"person": "rina", "name": "Rina\x1b[2J"}, "Nama"),
        ("ani", {"person": "rina", "name": "Rina Contoh", "hours": 0}, "jam"),
        ("ani", {"person": "rina", "name": "Rina Contoh", "hours": 24 * 365}, "jam"),
    ],
)
def test_an_invitation_that_may_not_be_is_refused(
    office: TestOffice, who: str, asked: dict[str, Any], says: str
) -> None:
    admin(office)
    two_offices(office)
    with pytest.raises(DeskError, match=says):
        invite(office.desk, office.person(who), **({"office": OFFICE, "role": Role.OPERATOR} | asked))
    assert events(office, "people.invited") == []


# --- Leaving ---


def asked_to_decide(office: TestOffice) -> Any:
    """A post waits for Dewi; she has the card open, and a question about it."""
    revision = office.submitted(accounts=(X,))
    now = office.clock()
    place: dict[str, Any] = {
        "chat_id": 1003,
        "message_id": 7,
        "post_id": revision.post,
        "revision": 1,
        "digest": revision.digest,
    }
    with office.desk.store.writing() as tx:
        cards.put(tx, CardRow(token="kartu", kind="approval", person="dewi", created_at=now, **place))
        cards.ask(tx, QuestionRow(person="dewi", subject="reject", asked_at=now, **place))
    return revision


@on_both_databases
def test_an_approver_who_leaves_while_the_card_is_open_decides_nothing_more(office: TestOffice) -> None:
    revision = asked_to_decide(office)
    dewi = office.person("dewi")  # as another process still knows her
    leave(office.desk, admin(office), "dewi", "Pindah tugas.")
    with pytest.raises(Refused, match="belum memiliki kewenangan"):
        decide(office.desk, dewi, revision.post, Verdict.APPROVE, digest=revision.digest)
    with office.desk.store.reading() as tx:
        assert posts.decision_on(tx, revision.post, 1) is None
        card = cards.by_token(tx, "kartu")
        assert card is not None
        assert card.closed_at is not None
        assert cards.question_to(tx, "dewi") is None
    assert office.desk.directory.by_telegram(1003) is None
    assert events(office, "people.left") == [(OFFICE, "ani")]


LEFT_BEHIND: dict[str, Callable[[TestOffice, Person], object]] = {
    "write": lambda o, p: draft.create(o.desk, p, o.content()),
    "change": lambda o, p: draft.revise(o.desk, p, 1, lambda c: replace(c, title="Lain")),
    "submit": lambda o, p: submit.submit(o.desk, p, 2),
    "move": lambda o, p: schedule.reschedule(o.desk, p, 1, o.clock() + timedelta(hours=1)),
    "cancel": lambda o, p: schedule.cancel(o.desk, p, 1),
    "retry": lambda o, p: schedule.retry(o.desk, p, 1),
    "hold": lambda o, p: hold.hold(o.desk, p, 1, "Tunggu."),
    "freeze": lambda o, p: freeze.freeze(o.desk, p, OFFICE, "Berhenti."),
    "invite": lambda o, p: invite(o.desk, p, office=OFFICE, role=Role.KETUA, person="x", name="Orang X"),
}


@pytest.mark.parametrize("act", LEFT_BEHIND)
def test_nothing_is_done_any_more_by_who_left_a_moment_ago_in_another_process(office: TestOffice, act: str) -> None:
    office.approved(accounts=(X,), publish_at=office.clock() + timedelta(hours=2))
    office.draft("Lain.")
    gone = replace(office.person("dewi"), roles=office.person("dewi").roles | {(OFFICE, Role.ADMIN)})
    leave(office.desk, admin(office), "dewi", "Pindah tugas.")
    with pytest.raises(Refused, match="belum memiliki kewenangan"):
        LEFT_BEHIND[act](office, gone)


def test_another_process_knows_within_its_next_look(office: TestOffice) -> None:
    newcomer(office)
    office.desk.directory.know(dict(office.desk.directory.configured))  # as that process knew it before
    assert office.desk.directory.by_telegram(2001) is None
    people.refresh(office.desk)
    assert office.desk.directory.by_telegram(2001) is not None


@on_both_databases
def test_two_admins_who_remove_each_other_at_once_do_not_both_go(office: TestOffice) -> None:
    admin(office), admin(office, "umi", 1102)

    def go(pair: tuple[str, str]) -> bool:
        by, whom = pair
        try:
            leave(office.desk, office.desk.directory.configured[by], whom, "Pindah tugas.")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(go, [("ani", "umi"), ("umi", "ani")])) == [False, True]


def test_nobody_removes_the_last_admin_of_any_office(office: TestOffice) -> None:
    two_offices(office)
    ani = admin(office)
    accept(office.desk, invited(office, "umi", Role.OPERATOR), 1102)  # so she is of Ani's office, too
    with pytest.raises(Refused, match="satu-satunya admin KPU Kabupaten Contoh Utara"):
        leave(office.desk, ani, "umi", "Pindah tugas.")
    assert office.person("umi").has(NORTH, Role.ADMIN)


@pytest.mark.parametrize(
    ("who", "whom", "says"),
    [
        ("ani", "ani", "Hak sendiri"),
        ("budi", "dewi", "hanya admin"),
        ("umi", "dewi", "hanya admin"),
        ("ani", "siapa", "Tidak ada orang"),
    ],
)
def test_leaving_is_recorded_by_an_admin_of_an_office_of_theirs(
    office: TestOffice, who: str, whom: str, says: str
) -> None:
    two_offices(office)
    admin(office)
    with pytest.raises(Refused, match=says):
        leave(office.desk, office.person(who), whom, "Pindah tugas.")
    assert events(office, "people.left") == []


def test_who_serves_several_offices_leaves_all_of_them_and_each_record_says_so(office: TestOffice) -> None:
    two_offices(office)
    leave(office.desk, office.person("umi"), "sari", "Telepon hilang.")
    assert events(office, "people.left") == [(OFFICE, "umi"), (NORTH, "umi")]
    assert "sari" not in office.desk.directory.people


def test_who_comes_back_has_what_the_configuration_says_and_nothing_else(office: TestOffice) -> None:
    ani = admin(office)
    accept(office.desk, invited(office, "sari", Role.PEMBINA), 1001)
    newcomer(office)
    for id_ in ("sari", "rina"):
        leave(office.desk, ani, id_, "Cuti panjang.")
        come_back(office.desk, ani, id_)
    assert office.person("sari").roles_in(OFFICE) == {Role.OPERATOR}
    rina = office.person("rina")
    assert (rina.roles, rina.telegram_id) == (frozenset(), None)
    assert accept(office.desk, invited(office), 2005) is not None  # with a new phone


def test_a_role_that_was_given_ends_and_one_of_the_configuration_does_not(office: TestOffice) -> None:
    ani = admin(office)
    newcomer(office)
    end_role(office.desk, ani, "rina", office=OFFICE, role=Role.KETUA)
    assert office.person("rina").roles == frozenset()
    with pytest.raises(Refused, match="konfigurasi"):
        end_role(office.desk, ani, "dewi", office=OFFICE, role=Role.KETUA)
    with pytest.raises(Refused, match="tidak memegang"):
        end_role(office.desk, ani, "rina", office=OFFICE, role=Role.KETUA)
    assert events(office, "people.role_ended") == [(OFFICE, "ani")]


# --- Standing in ---


def today(office: TestOffice) -> date:
    return office.clock().astimezone(office.desk.office(OFFICE).zone).date()


def deputized(office: TestOffice, first: int, last: int, on: dict[str, Any] | None = None) -> None:
    """Rahmat for the chair, from so many days after today."""
    said: dict[str, Any] = {
        "office": OFFICE,
        "role": Role.KETUA,
        "kind": DeputyKind.PLH,
        "person": "rahmat",
        "principal": "Dewi Contoh",
        "number": "SK 12/2026",
        "first": today(office) + timedelta(days=first),
        "last": today(office) + timedelta(days=last),
    }
    by = office.desk.directory.people.get("ani") or admin(office)
    deputies.deputize(office.desk, by, **(said | (on or {})))


def test_the_record_shows_both_names_of_a_deputys_decision(office: TestOffice) -> None:
    deputized(office, 0, 0)
    revision = office.submitted(accounts=(X,))
    decision = decide(office.desk, office.person("rahmat"), revision.post, Verdict.APPROVE, digest=revision.digest)
    said = "Plh. ketua, menggantikan Dewi Contoh (SK 12/2026)"
    assert decision.deputy == said
    with office.desk.store.reading() as tx:
        event = next(row for row in record.history(tx, revision.post) if row.kind == "decision.approve")
    assert (event.actor, record.data_of(event)["deputy"]) == ("rahmat", said)


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [(-3, -1, False), (-3, 0, True), (0, 0, True), (0, 3, True), (1, 3, False)],
    ids=["ended yesterday", "ends today", "today only", "begins today", "begins tomorrow"],
)
@on_both_databases
def test_a_deputy_decides_on_the_days_of_the_decision_only(
    office: TestOffice, first: int, last: int, may: bool
) -> None:
    revision = office.submitted(accounts=(X,))
    office.clock.forward(timedelta(days=-5))  # when it was decided that Rahmat will stand in
    deputized(office, first + 5, last + 5)
    office.clock.forward(timedelta(days=5))
    rahmat = replace(office.person("rahmat"), roles=frozenset({(OFFICE, Role.KETUA)}))  # as a process that slept says
    if may:
        decide(office.desk, rahmat, revision.post, Verdict.APPROVE, digest=revision.digest)
        return
    with pytest.raises(Refused, match="belum memiliki kewenangan"):
        decide(office.desk, rahmat, revision.post, Verdict.APPROVE, digest=revision.digest)


def test_a_deputy_does_not_approve_what_they_wrote_themselves(office: TestOffice) -> None:
    deputized(office, 0, 0)
    mine = office.draft(person="rahmat", accounts=(X,))
    submit.submit(office.desk, office.person("sari"), mine.post)
    with pytest.raises(Refused, match="Konsep sendiri"):
        decide(office.desk, office.person("rahmat"), mine.post, Verdict.APPROVE, digest=mine.digest)


def test_a_deputyship_ends_early_by_an_admin(office: TestOffice) -> None:
    deputized(office, 0, 9)
    deputies.end(office.desk, office.person("ani"), 1)
    assert office.person("rahmat").roles_in(OFFICE) == {Role.OPERATOR}
    with pytest.raises(Refused, match="sudah diakhiri"):
        deputies.end(office.desk, office.person("ani"), 1)
    assert events(office, "people.deputy_ended") == [(OFFICE, "ani")]


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"first": date(2026, 1, 1), "last": date(2026, 1, 2)}, Refused, "sudah lewat"),
        ({"first": date(2030, 1, 2), "last": date(2030, 1, 1)}, BadInput, "mendahului"),
        ({"first": date(2030, 1, 1), "last": date(2032, 1, 1)}, BadInput, "satu tahun"),
        ({"person": "ani"}, Refused, "Hak sendiri"),
        ({"person": "siapa"}, Refused, "Tidak ada orang"),
        ({"person": "dewi"}, Refused, "jabatan itu sendiri"),
        ({"role": Role.ADMIN}, Refused, "hanya untuk"),
        ({"number": " "}, BadInput, "Nomor keputusan"),
        ({"principal": ""}, BadInput, "digantikan"),
    ],
)
def test_a_deputyship_that_may_not_be_is_refused(
    office: TestOffice, changed: dict[str, Any], error: type[DeskError], says: str
) -> None:
    with pytest.raises(error, match=says):
        deputized(office, 0, 0, on=changed)
    assert events(office, "people.deputized") == []


def test_the_same_deputyship_is_not_given_twice_for_one_day(office: TestOffice) -> None:
    deputized(office, 0, 5)
    with pytest.raises(Refused, match="masa yang sama"):
        deputized(office, 5, 6)
    deputized(office, 6, 7)


def test_a_leaders_answer_about_an_unconfirmed_post_needs_a_right_of_this_moment(office: TestOffice) -> None:
    office.fault("x", "lost_answer")
    revision = office.approved(accounts=(X,))
    office.go()
    dewi = office.person("dewi")
    leave(office.desk, admin(office), "dewi", "Pindah tugas.")
    with pytest.raises(Refused):
        resolve.resolve(office.desk, dewi, office.deliveries(revision.post)[X].id, published=True)
