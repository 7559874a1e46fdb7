"""What a leader holds stays inside, whatever else happens to it, and nothing else waits behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bakohumas_bot import answers, labels
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import Delivery
from bakohumas_bot.domain.happenings import Happening, Intent
from bakohumas_bot.domain.outcomes import NotSent, RateLimited
from bakohumas_bot.domain.status import Stage
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import schedule
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.hold import hold, release
from bakohumas_bot.lifecycle.restore import restore
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import door, posts, record
from office import FACEBOOK, TestOffice, X, on_a_machine
from postgres import on_both_databases

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def planned(office: TestOffice, text: str = "Satu. #TemanPemilih", accounts: tuple[str, ...] = (X,)) -> int:
    """Approved for an hour from now."""
    return office.approved(text, accounts=accounts, publish_at=office.clock() + HOUR).post


def moved(office: TestOffice, delivery: Delivery, happening: Happening) -> Delivery:
    with office.desk.store.writing() as tx:
        spec = office.desk.specs[delivery.platform]
        return door.move(tx, delivery, happening, now=office.clock(), spec=spec, actor="worker")


def kinds(office: TestOffice, post: int) -> list[str]:
    with office.desk.store.reading() as tx:
        return [event.kind for event in record.history(tx, post)]


@on_both_databases
def test_a_held_post_goes_out_at_no_hour_and_at_its_old_one_when_let_go_before_it(office: TestOffice) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu data resmi.")
    assert all(delivery.held for delivery in office.deliveries(post).values())
    release(office.desk, office.person("budi"), post)
    office.go(HOUR)
    assert office.public() == ["x"]
    said = kinds(office, post)
    assert said.index("held") < said.index("released") < said.index("delivery.intent")


def test_held_past_its_hour_it_is_neither_published_nor_called_missed_and_asks_for_a_new_one(
    office: TestOffice,
) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu.")
    office.go(DAY)
    assert office.public() == []
    assert office.states(post) == {X: "scheduled"}
    with pytest.raises(Refused, match="Waktu tayangnya sudah lewat"):
        release(office.desk, office.person("dewi"), post)
    release(office.desk, office.person("dewi"), post, office.clock() + HOUR)
    office.go(HOUR)
    assert office.public() == ["x"]


@on_both_databases
def test_nothing_waits_behind_a_held_post(office: TestOffice) -> None:
    """The posts of an account go in order; one that waits for nobody knows how long is not in the row."""
    first = planned(office)
    second = planned(office, "Dua. #TemanPemilih")
    hold(office.desk, office.person("dewi"), first, "Menunggu.")
    office.go(HOUR + timedelta(minutes=1))
    assert office.states(second) == {X: "published"}
    assert office.states(first) == {X: "scheduled"}


@pytest.mark.parametrize(
    "happening",
    [NotSent(detail="Sambungan terputus."), RateLimited(detail="Tunggu.", wait=timedelta(minutes=10))],
    ids=str,
)
def test_what_comes_back_to_the_queue_while_its_post_is_held_waits_with_it(
    office: TestOffice, happening: Happening
) -> None:
    """One account was under way when the leader pressed, and the platform did not take it."""
    post = planned(office, accounts=(X, FACEBOOK))
    office.clock.forward(HOUR)
    under_way = moved(office, office.deliveries(post)[X], Intent())
    hold(office.desk, office.person("dewi"), post, "Menunggu.")
    moved(office, under_way, happening)
    assert not office.deliveries(post)[X].held
    for _ in range(5):
        office.go(timedelta(minutes=5))
    assert office.public() == []
    assert all(delivery.held for delivery in office.deliveries(post).values())
    release(office.desk, office.person("dewi"), post, office.clock() + HOUR)
    office.go(HOUR)
    assert sorted(office.public()) == ["facebook", "x"]


def test_retry_is_refused_while_it_is_held(office: TestOffice) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu data.")
    with pytest.raises(Refused, match=r"sedang ditunda pimpinan \(Menunggu data.\)"):
        schedule.retry(office.desk, office.person("dewi"), post)


@on_both_databases
def test_a_new_time_by_a_leader_lets_it_go(office: TestOffice) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu.")
    schedule.reschedule(office.desk, office.person("dewi"), post, office.clock() + 2 * HOUR)
    with office.desk.store.reading() as tx:
        assert posts.held(tx, post) is None
    office.go(2 * HOUR)
    assert office.public() == ["x"]


@pytest.mark.parametrize(
    ("person", "reason", "refusal"),
    [("sari", "Alasan.", "kewenangan"), ("tono", "Alasan.", "kewenangan"), ("dewi", "  ", "alasan penundaannya")],
)
def test_only_a_leader_holds_and_says_why(office: TestOffice, person: str, reason: str, refusal: str) -> None:
    post = planned(office)
    with pytest.raises(Refused, match=refusal):
        hold(office.desk, office.person(person), post, reason)
    assert not any(delivery.held for delivery in office.deliveries(post).values())


@on_both_databases
def test_nobody_lets_go_what_they_wrote_and_it_is_held_once(office: TestOffice) -> None:
    revision = office.draft("Empat. #TemanPemilih", person="budi", accounts=(X,), publish_at=office.clock() + HOUR)
    submit(office.desk, office.person("sari"), revision.post)
    decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)
    hold(office.desk, office.person("budi"), revision.post, "Ada yang keliru.")
    with pytest.raises(Refused, match="sudah ditunda oleh Budi Contoh"):
        hold(office.desk, office.person("dewi"), revision.post, "Saya juga.")
    with pytest.raises(Refused, match="Konsep sendiri"):
        release(office.desk, office.person("budi"), revision.post)
    release(office.desk, office.person("dewi"), revision.post)
    with pytest.raises(Refused, match="tidak sedang ditunda"):
        release(office.desk, office.person("dewi"), revision.post)


def test_what_is_public_or_was_never_planned_cannot_be_held(office: TestOffice) -> None:
    out = office.approved("Lima. #TemanPemilih", accounts=(X,)).post
    office.go()
    waiting = office.submitted("Enam. #TemanPemilih").post
    for post in (out, waiting):
        with pytest.raises(Refused, match="Tidak ada penayangan"):
            hold(office.desk, office.person("dewi"), post, "Menunggu.")


def test_it_is_called_held_wherever_it_is_listed(office: TestOffice) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu.")
    with office.desk.store.reading() as tx:
        row = posts.get(tx, post)
        assert answers.status_of(tx, row).stage is Stage.HELD
        shown = answers.whole_post(office.desk, tx, row)
    assert shown["status"] == "ditunda"
    assert shown["held"]["reason"] == "Menunggu."
    assert [labels.state(d) for d in office.deliveries(post).values()] == ["ditunda"]


def test_after_a_restore_it_is_still_held(office: TestOffice, tmp_path: Path) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Menunggu.")
    archive = tmp_path / "cadangan.tar"
    backup(office.desk, archive)
    with on_a_machine(tmp_path / "lain", office.sandbox, office.clock) as other:
        restore(other.desk, archive)
        other.go(DAY)
        other.go(DAY)
        assert other.public() == []
        assert other.states(post) == {X: "scheduled"}
        with other.desk.store.reading() as tx:
            assert posts.held(tx, post) == "Menunggu."
        release(other.desk, other.person("dewi"), post, other.clock() + HOUR)
        for _ in range(6):
            other.go(HOUR)
        assert other.public() == ["x"]


def test_an_edit_voids_the_hold_with_the_approval(office: TestOffice) -> None:
    post = planned(office)
    hold(office.desk, office.person("dewi"), post, "Perbaiki dahulu.")
    revise(office.desk, office.person("sari"), post, lambda c: replace(c, body="Sudah diperbaiki. #TemanPemilih"))
    newest = submit(office.desk, office.person("sari"), post)
    decide(office.desk, office.person("dewi"), post, Verdict.APPROVE, digest=newest.digest)
    office.go(HOUR)
    assert office.public() == ["x"]
