"""Nothing goes public without a yes to exactly this."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.schedule import cancel, reschedule
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import audit, outbox, record
from office import FACEBOOK, INSTAGRAM, OFFICE, TELEGRAM, TestOffice, X
from postgres import on_both_databases


def test_nothing_goes_out_before_a_leader_approves(office: TestOffice) -> None:
    revision = office.submitted()
    office.go(timedelta(hours=1))
    assert office.public() == []
    assert office.states(revision.post) == {}


@on_both_databases
def test_an_approved_post_reaches_every_chosen_account_once(office: TestOffice) -> None:
    revision = office.approved()
    office.go()
    office.go(timedelta(minutes=1))
    assert sorted(office.public()) == ["facebook", "telegram", "x"]
    assert set(office.states(revision.post).values()) == {"published"}


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("sari", "belum memiliki kewenangan"),  # the operator who submitted it
        ("rahmat", "belum memiliki kewenangan"),  # another operator
        ("tono", "belum memiliki kewenangan"),  # an auditor
    ],
)
def test_only_leaders_decide(office: TestOffice, person: str, why: str) -> None:
    revision = office.submitted()
    with pytest.raises(Refused, match=why):
        decide(office.desk, office.person(person), revision.post, Verdict.APPROVE, digest=revision.digest)
    assert office.states(revision.post) == {}


@pytest.mark.parametrize("part", ["author", "editor", "submitter"])
def test_nobody_approves_what_passed_through_their_hands(office: TestOffice, part: str) -> None:
    """Budi is ketua_pelaksana and operator: his own work needs another leader."""
    budi = office.person("budi")
    revision = office.draft(person="budi" if part == "author" else "sari")
    if part == "editor":
        revision = revise(office.desk, budi, revision.post, lambda c: replace(c, body=c.body + " Terima kasih."))
    revision = submit(office.desk, budi if part == "submitter" else office.person("sari"), revision.post)
    with pytest.raises(Refused, match="Konsep sendiri tidak dapat disetujui"):
        decide(office.desk, budi, revision.post, Verdict.APPROVE, digest=revision.digest)
    decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)


@on_both_databases
def test_edit_after_approval_is_never_published(office: TestOffice) -> None:
    later = office.clock() + timedelta(hours=1)
    revision = office.approved(publish_at=later)
    revise(office.desk, office.person("sari"), revision.post, lambda c: replace(c, body="Isi lain."))
    office.go(timedelta(hours=2))
    assert office.public() == []
    assert set(office.states(revision.post).values()) == {"cancelled"}


def test_a_decision_on_an_outdated_version_changes_nothing(office: TestOffice) -> None:
    seen = office.submitted()
    newer = revise(office.desk, office.person("sari"), seen.post, lambda c: replace(c, body="Isi yang lebih baru."))
    submit(office.desk, office.person("sari"), newer.post)
    with pytest.raises(Refused, match="tidak berlaku"):
        decide(office.desk, office.person("dewi"), seen.post, Verdict.APPROVE, digest=seen.digest)
    assert office.states(seen.post) == {}


def test_an_approval_of_one_hour_is_no_approval_of_another(office: TestOffice) -> None:
    """Only the time was changed: what goes public, and so the digest, is the same, but not what was seen."""
    seen = office.submitted(publish_at=office.clock() + timedelta(hours=1))
    dewi, sari = office.person("dewi"), office.person("sari")
    revise(office.desk, sari, seen.post, lambda c: replace(c, publish_at=office.clock() + timedelta(hours=5)))
    newer = submit(office.desk, sari, seen.post)
    assert newer.digest == seen.digest
    with pytest.raises(Refused, match="tidak berlaku"):
        decide(office.desk, dewi, seen.post, Verdict.APPROVE, digest=seen.digest, revision=seen.number)
    assert office.states(seen.post) == {}
    decide(office.desk, dewi, seen.post, Verdict.APPROVE, digest=newer.digest, revision=newer.number)


@pytest.mark.parametrize("digest", ["", "abcdefgh", "short"])
def test_a_decision_must_name_what_was_seen(office: TestOffice, digest: str) -> None:
    revision = office.submitted()
    with pytest.raises(Refused):
        decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=digest)


def test_eight_characters_of_the_digest_are_enough(office: TestOffice) -> None:
    revision = office.submitted()
    decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest[:8])
    assert set(office.states(revision.post).values()) == {"scheduled"}


@pytest.mark.parametrize("verdict", [Verdict.REVISE, Verdict.REJECT])
def test_sending_back_and_rejecting_need_a_reason(office: TestOffice, verdict: Verdict) -> None:
    revision = office.submitted()
    with pytest.raises(Refused, match="alasan"):
        decide(office.desk, office.person("dewi"), revision.post, verdict, digest=revision.digest, reason=" ")
    decide(office.desk, office.person("dewi"), revision.post, verdict, digest=revision.digest, reason="Judul keliru.")
    assert office.states(revision.post) == {}


@on_both_databases
def test_the_second_leader_is_told_who_decided_first(office: TestOffice) -> None:
    revision = office.approved()
    with pytest.raises(Refused, match="sudah diputuskan oleh Dewi Contoh"):
        decide(
            office.desk,
            office.person("budi"),
            revision.post,
            Verdict.REJECT,
            digest=revision.digest,
            reason="Terlambat",
        )


@on_both_databases
def test_of_two_leaders_who_decide_at_once_one_is_told_of_the_other(office: TestOffice) -> None:
    """Neither waits in vain, and no post is planned twice."""
    revision, both = office.submitted(), threading.Barrier(2)

    def approve(person: str) -> str:
        both.wait(10)
        try:
            decide(office.desk, office.person(person), revision.post, Verdict.APPROVE, digest=revision.digest)
        except Refused as refused:
            return str(refused)
        return "decided"

    with ThreadPoolExecutor(2) as pool:
        said = {person: pool.submit(approve, person) for person in ("dewi", "budi")}
        first, second = sorted((answer.result() for answer in said.values()), key=lambda words: words != "decided")
    assert first == "decided"
    assert "sudah diputuskan oleh" in second
    assert office.states(revision.post) == dict.fromkeys((TELEGRAM, X, FACEBOOK), "scheduled")
    office.go()
    assert sorted(office.public()) == ["facebook", "telegram", "x"]


def test_a_returned_post_can_be_corrected_and_approved(office: TestOffice) -> None:
    revision = office.submitted()
    dewi, sari = office.person("dewi"), office.person("sari")
    decide(office.desk, dewi, revision.post, Verdict.REVISE, digest=revision.digest, reason="Sebutkan tempatnya.")
    better = revise(office.desk, sari, revision.post, lambda c: replace(c, body=c.body + " Bertempat di kantor."))
    submit(office.desk, sari, revision.post)
    decide(office.desk, dewi, revision.post, Verdict.APPROVE, digest=better.digest)
    office.go()
    assert {entry.text for entry in office.sandbox.world.ledger} == {better.content.body}


def test_a_leader_gives_a_late_approval_a_new_time(office: TestOffice) -> None:
    revision = office.submitted(publish_at=office.clock() + timedelta(minutes=5))
    office.clock.forward(timedelta(hours=1))
    dewi = office.person("dewi")
    with pytest.raises(Refused, match="sudah lewat"):
        decide(office.desk, dewi, revision.post, Verdict.APPROVE, digest=revision.digest)
    decide(office.desk, dewi, revision.post, Verdict.APPROVE, digest=revision.digest, publish_at=office.clock())
    office.go()
    assert set(office.states(revision.post).values()) == {"published"}


def test_a_blocked_draft_cannot_be_submitted(office: TestOffice) -> None:
    revision = office.draft("Rapat digelar Senin, 26 November 2026 pukul 09.00 WITA.")
    with pytest.raises(Refused, match="F01"):
        submit(office.desk, office.person("sari"), revision.post)


def test_a_warning_needs_a_written_reason(office: TestOffice) -> None:
    revision = office.draft(media=(office.picture(alt=""),))
    with pytest.raises(Refused, match="alasan"):
        submit(office.desk, office.person("sari"), revision.post)
    assert submit(office.desk, office.person("sari"), revision.post, reason="Gambar hiasan.").reason == "Gambar hiasan."


def test_every_entitled_leader_is_asked_and_nobody_else(office: TestOffice) -> None:
    office.submitted()
    with office.desk.store.reading() as tx:
        asked = [m.person for m in outbox.waiting(tx, office.clock()) if m.kind == "approval"]
    assert sorted(asked) == ["budi", "dewi"]


@on_both_databases
def test_the_record_tells_the_whole_story_in_order(office: TestOffice) -> None:
    revision = office.approved(accounts=(TELEGRAM,))
    office.go()
    office.go(timedelta(seconds=2))
    with office.desk.store.reading() as tx:
        story = [event.kind for event in record.history(tx, revision.post)]
        count, broken = audit.verify(tx)
    assert story == [
        "draft.created",
        "submitted",
        "decision.approve",
        "delivery.planned",
        "delivery.intent",
        "delivery.published",
        "delivery.verified",
    ]
    assert (count, broken) == (7, [])


def test_a_disabled_account_is_named_when_a_leader_approves(office: TestOffice) -> None:
    revision = office.submitted(accounts=(TELEGRAM, X))
    accounts = office.desk.directory.accounts
    accounts[X] = replace(accounts[X], enabled=False)
    with pytest.raises(Refused, match=X):
        decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)
    assert office.states(revision.post) == {}


def test_a_person_of_another_office_can_do_nothing_here(office: TestOffice) -> None:
    stranger = replace(office.person("dewi"), id="orang-lain", roles=frozenset())
    revision = office.submitted()
    with pytest.raises(Refused):
        decide(office.desk, stranger, revision.post, Verdict.APPROVE, digest=revision.digest)
    with pytest.raises(Refused):
        revise(office.desk, stranger, revision.post, lambda c: replace(c, body="x"))
    assert OFFICE not in stranger.offices


def test_a_post_for_no_account_cannot_be_submitted(office: TestOffice) -> None:
    """Approved and silently not public: nobody would be told, for nothing would ever come to rest."""
    with pytest.raises(Refused, match="paling sedikit satu kanal"):
        office.submitted(accounts=())


def test_two_adapters_on_one_handle_are_one_place(office: TestOffice) -> None:
    accounts = office.desk.directory.accounts
    twin = accounts["ig-twin"] = replace(accounts[INSTAGRAM], id="ig-twin", platform="instagram_private")
    with pytest.raises(Refused, match=f"{INSTAGRAM} dan {twin.id} menuju akun yang sama"):
        office.submitted(accounts=(INSTAGRAM, twin.id), media=(office.picture(),))


def test_an_account_gone_since_it_was_submitted_is_named(office: TestOffice) -> None:
    revision = office.submitted(accounts=(TELEGRAM, X))
    del office.desk.directory.accounts[X]
    with pytest.raises(Refused, match=X):
        decide(office.desk, office.person("dewi"), revision.post, Verdict.APPROVE, digest=revision.digest)
    assert office.states(revision.post) == {}


def test_nobody_is_led_to_approve_what_would_have_run_out(office: TestOffice) -> None:
    revision = office.submitted(expires_at=office.clock() + timedelta(minutes=5))
    dewi = office.person("dewi")
    for chosen in (office.clock() + timedelta(minutes=5), None):
        with pytest.raises(Refused, match="masa berlaku"):
            decide(office.desk, dewi, revision.post, Verdict.APPROVE, digest=revision.digest, publish_at=chosen)
        office.clock.forward(timedelta(minutes=6))


def test_a_cancelled_post_is_not_worked_on_any_more(office: TestOffice) -> None:
    sari, revision = office.person("sari"), office.submitted()
    cancel(office.desk, sari, revision.post)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        revise(office.desk, sari, revision.post, lambda c: replace(c, body="Isi lain."))
    with pytest.raises(Refused, match="sudah dibatalkan"):
        reschedule(office.desk, sari, revision.post, office.clock() + timedelta(hours=1))
