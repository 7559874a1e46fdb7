"""Once, on time, unchanged; and what may be public is looked up before anything is sent again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.event import listen

from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.happenings import Intent, Withdrawn
from bakohumas_bot.domain.outcomes import Outcome
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle.attend import attend
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.media_host import StoredMediaHost
from bakohumas_bot.lifecycle.reconcile import recover
from bakohumas_bot.lifecycle.schedule import cancel, reschedule, retry
from bakohumas_bot.lifecycle.tidy import tidy_up
from bakohumas_bot.lifecycle.worker import PACE, work_off
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.store import door, outbox, queue
from bakohumas_bot.store.tables import HostedMediaRow, RevisionRow
from bakohumas_bot.store.workers import membership
from office import FACEBOOK, INSTAGRAM, OFFICE, TELEGRAM, TEXT, TestOffice, X
from postgres import on_both_databases

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@on_both_databases
def test_it_goes_out_at_the_approved_time_and_not_before(office: TestOffice) -> None:
    revision = office.approved(publish_at=office.clock() + HOUR, accounts=(TELEGRAM,))
    office.go(HOUR - SECOND)
    assert office.public() == []
    office.go(SECOND)
    assert office.public() == ["telegram"]
    assert office.states(revision.post) == {TELEGRAM: "published"}


@on_both_databases
def test_pictures_reach_every_platform(office: TestOffice) -> None:
    media = (office.picture("maroon"), office.picture("navy"))
    accounts = (TELEGRAM, X, FACEBOOK, INSTAGRAM)
    revision = office.approved(media=media, kind=Kind.FOTO, accounts=accounts)
    office.go()
    office.go(SECOND * 2)
    assert office.states(revision.post) == dict.fromkeys(accounts, "published")
    assert {entry.platform: len(entry.media) for entry in office.sandbox.world.ledger} == {
        "telegram": 2,
        "x": 2,
        "facebook": 2,
        "instagram": 2,
    }
    assert all(d.verified_at and d.url for d in office.deliveries(revision.post).values())


def test_published_posts_are_read_back_and_their_link_is_kept(office: TestOffice) -> None:
    revision = office.approved()
    office.go()
    office.go(SECOND * 2)
    for delivery in office.deliveries(revision.post).values():
        assert delivery.verified_at == office.clock()
        assert delivery.url
        assert delivery.error is None


def test_a_post_that_reads_differently_raises_an_alarm(office: TestOffice) -> None:
    """Someone edited the public post, or the platform cut it: the card turns red (DKPP 10-PKE-DKPP/I/2021)."""
    revision = office.approved(accounts=(X,))
    office.go()
    posts = office.sandbox.platforms["x"].posts.posts
    (id_,) = posts
    posts[id_] = replace(posts[id_], shown_text="Teks yang terpotong")
    office.go(SECOND * 2)
    assert "berbeda" in (office.deliveries(revision.post)[X].error or "")


@on_both_databases
def test_one_failing_account_does_not_hold_the_others(office: TestOffice) -> None:
    office.fault("x", "rejected")
    revision = office.approved()
    office.go()
    assert office.states(revision.post) == {TELEGRAM: "published", X: "failed", FACEBOOK: "published"}


@pytest.mark.parametrize(("platform", "account"), [("x", X), ("graph", FACEBOOK), ("telegram", TELEGRAM)])
def test_what_was_never_sent_is_sent_again(office: TestOffice, platform: str, account: str) -> None:
    office.fault(platform, "rate_limited", seconds=60)
    revision = office.approved(accounts=(account,))
    office.go()
    assert office.states(revision.post) == {account: "scheduled"}
    office.go(MINUTE * 2)
    assert office.states(revision.post) == {account: "published"}
    assert len(office.public()) == 1


@on_both_databases
@pytest.mark.parametrize("mode", ["drop_after", "error_after", "garbage_after", "html_after"])
@pytest.mark.parametrize(("platform", "account"), [("x", X), ("graph", FACEBOOK)])
def test_an_unanswered_call_is_found_and_never_repeated(
    office: TestOffice, platform: str, account: str, mode: str
) -> None:
    office.fault(platform, mode)
    revision = office.approved(accounts=(account,))
    office.go()
    assert office.states(revision.post) == {account: "unconfirmed"}
    office.go(MINUTE)
    assert office.states(revision.post) == {account: "published"}
    office.go(HOUR)
    assert len(office.public()) == 1


@pytest.mark.parametrize("mode", ["drop_before", "error_before"])
def test_what_is_proven_absent_is_sent_again_after_every_look(office: TestOffice, mode: str) -> None:
    office.fault("x", mode)
    revision = office.approved(accounts=(X,))
    office.go()
    assert office.states(revision.post) == {X: "unconfirmed"}
    for _ in range(3):
        office.go(MINUTE * 8)
    office.go(MINUTE)
    assert office.states(revision.post) == {X: "published"}
    assert len(office.public()) == 1


def test_telegram_can_be_found_but_never_proven_absent(office: TestOffice) -> None:
    office.fault("telegram", "drop_before")
    revision = office.approved(accounts=(TELEGRAM,))
    for _ in range(5):
        office.go(MINUTE * 4)
    delivery = office.deliveries(revision.post)[TELEGRAM]
    assert delivery.state is State.UNCONFIRMED
    assert delivery.asks
    assert office.public() == []


def test_too_late_asks_instead_of_publishing(office: TestOffice) -> None:
    revision = office.approved(publish_at=office.clock() + MINUTE)
    office.go(HOUR)
    assert set(office.states(revision.post).values()) == {"missed"}
    assert office.public() == []


def test_after_its_validity_it_is_not_published(office: TestOffice) -> None:
    now = office.clock()
    revision = office.approved(publish_at=now + MINUTE, expires_at=now + MINUTE * 2)
    office.go(MINUTE * 3)
    assert set(office.states(revision.post).values()) == {"missed"}


def test_only_a_leader_gives_a_missed_post_a_new_time(office: TestOffice) -> None:
    revision = office.approved(publish_at=office.clock() + MINUTE, accounts=(TELEGRAM,))
    office.go(HOUR)
    with pytest.raises(Refused, match="pimpinan"):
        retry(office.desk, office.person("sari"), revision.post)
    retry(office.desk, office.person("dewi"), revision.post)
    office.go()
    assert office.public() == ["telegram"]


def test_an_operator_retries_a_failure_within_the_approved_window(office: TestOffice) -> None:
    office.fault("x", "rejected")
    revision = office.approved(accounts=(X,))
    office.go()
    retry(office.desk, office.person("sari"), revision.post)
    office.go()
    assert office.states(revision.post) == {X: "published"}


def test_a_leader_moves_an_approved_time_and_an_operator_cannot(office: TestOffice) -> None:
    revision = office.approved(publish_at=office.clock() + HOUR, accounts=(TELEGRAM,))
    with pytest.raises(Refused, match="pimpinan"):
        reschedule(office.desk, office.person("sari"), revision.post, office.clock() + MINUTE)
    reschedule(office.desk, office.person("dewi"), revision.post, office.clock() + MINUTE)
    office.go(MINUTE)
    assert office.public() == ["telegram"]


def test_a_cancelled_post_never_goes_out(office: TestOffice) -> None:
    revision = office.approved(publish_at=office.clock() + HOUR)
    cancel(office.desk, office.person("sari"), revision.post, "Acara ditunda.")
    office.go(HOUR * 2)
    assert office.public() == []
    assert set(office.states(revision.post).values()) == {"cancelled"}


def test_what_is_public_cannot_be_cancelled(office: TestOffice) -> None:
    revision = office.approved()
    office.go()
    with pytest.raises(Refused, match="terbit"):
        cancel(office.desk, office.person("sari"), revision.post)


def test_tampered_media_never_go_out(office: TestOffice) -> None:
    """The digest is recomputed from the very bytes that would be sent."""
    revision = office.approved(media=(office.picture(),), accounts=(X,), publish_at=office.clock() + HOUR)
    prepared: Path = office.desk.blobs.path(revision.prepared[X][0].sha256)
    prepared.chmod(0o600)
    prepared.write_bytes(b"another picture")
    office.go(HOUR)
    assert office.states(revision.post) == {X: "failed"}
    assert office.public() == []


def test_a_rule_that_blocks_at_the_last_moment_stops_it(office: TestOffice) -> None:
    """The platform's limit shrank after approval: what was approved no longer fits."""
    revision = office.approved(accounts=(X,), publish_at=office.clock() + HOUR)
    office.clock.forward(HOUR)
    shrunk = {**office.desk.specs, "x": replace(office.desk.specs["x"], text_limit=10)}
    work_off(replace(office.desk, specs=shrunk))
    assert office.states(revision.post) == {X: "failed"}
    assert "X01" in (office.deliveries(revision.post)[X].error or "")


@on_both_databases
def test_a_killed_sender_is_looked_up_before_anything_is_sent_again(office: TestOffice) -> None:
    """The process dies between the intent and the answer; the call had gone through."""
    revision = office.approved(accounts=(X,))

    class Killed(BaseException):
        """Stands for SIGKILL: no handler of ours may catch it."""

    real = office.desk.adapters[X].go_live

    def go_live_then_die(job: object) -> Outcome:
        real(job)  # type: ignore[arg-type]
        raise Killed

    office.desk.adapters[X].go_live = go_live_then_die  # type: ignore[method-assign]
    with pytest.raises(Killed):
        work_off(office.desk)
    office.desk.adapters[X].go_live = real  # type: ignore[method-assign]
    assert office.states(revision.post) == {X: "sending"}
    office.go()
    assert office.states(revision.post) == {X: "unconfirmed"}
    office.go(MINUTE)
    assert office.states(revision.post) == {X: "published"}
    assert office.public() == ["x"]


def test_a_sender_that_slept_after_its_intent_abandons(office: TestOffice) -> None:
    """The machine was suspended for six seconds between the intent and the call."""
    revision = office.approved(accounts=(X,))
    work_off(replace(office.desk, steady=iter([0.0, 6.0, 6.0, 6.0]).__next__))
    delivery = office.deliveries(revision.post)[X]
    assert (delivery.tries, delivery.failures) == (2, 1)  # the first one made no call
    assert office.sandbox.world.calls["x POST /2/tweets"] == 1


@on_both_databases
def test_two_workers_on_one_row_send_it_once(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,))
    claimed = [office.claimed(name) for name in ("one", "two")]
    assert [len(rows) for rows in claimed] == [1, 0]
    threads = [threading.Thread(target=attend, args=(office.desk, claimed[0][0], name)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.states(revision.post) == {X: "published"}
    assert office.public() == ["x"]


def test_one_result_card_comes_when_every_account_has_ended(office: TestOffice) -> None:
    office.fault("x", "drop_after")
    office.approved()
    office.go()
    office.go(SECOND * 2)
    assert _told(office, "result") == []
    office.go(MINUTE)
    office.go(SECOND * 2)
    assert _told(office, "result") == ["dewi", "sari"]


def test_an_account_that_needs_a_person_is_told_once(office: TestOffice) -> None:
    office.fault("x", "expired_token", times=3)
    office.approved(accounts=(X,))
    for _ in range(3):
        office.go(MINUTE * 3)
    with office.desk.store.reading() as tx:
        told = [row.person for row in outbox.unsent(tx) if row.kind == "account"]
    assert sorted(told) == ["dewi", "sari"]


def test_an_account_switched_off_after_approval_is_never_silent(office: TestOffice) -> None:
    """Approved and silently not public is the third of our harms."""
    revision = office.approved(accounts=(X,))
    others = {k: v for k, v in office.desk.adapters.items() if k != X}
    desk = replace(office.desk, adapters=others, reopen=lambda _: None)
    work_off(desk)
    assert office.public() == []
    assert "tidak aktif" in (office.deliveries(revision.post)[X].error or "")
    office.clock.forward(HOUR)
    work_off(desk)
    assert office.states(revision.post) == {X: "missed"}
    assert _told(office, "missed") == ["budi", "dewi", "sari"]


def test_a_missing_public_address_is_said_in_words_that_mend_it(office: TestOffice) -> None:
    """Instagram fetches pictures; without [web] public_url the delivery waits and says so."""
    revision = office.approved(media=(office.picture(),), accounts=(INSTAGRAM,))
    adapter: Any = office.desk.adapters[INSTAGRAM]
    nowhere = StoredMediaHost(office.desk.store, "", b"key", office.clock)
    adapter._around = replace(adapter._around, media_host=nowhere)
    office.go()
    delivery = office.deliveries(revision.post)[INSTAGRAM]
    assert (delivery.state.value, "public_url" in (delivery.error or "")) == ("scheduled", True)


def test_what_was_uploaded_is_removed_once_it_is_no_longer_needed(office: TestOffice) -> None:
    """Instagram's picture was public on our own web only while it was fetched."""
    office.approved(media=(office.picture(),), accounts=(INSTAGRAM,))
    office.go()
    assert _hosted(office) == 1
    office.go(SECOND * 2)
    assert tidy_up(office.desk) == 1
    assert tidy_up(office.desk) == 0
    assert _hosted(office) == 0


def test_cancelling_closes_the_address_of_a_hosted_picture_at_once(office: TestOffice) -> None:
    revision = office.approved(media=(office.picture(),), accounts=(INSTAGRAM,), publish_at=office.clock() + MINUTE)
    (delivery,) = office.claimed(ahead=HOUR)
    attend(office.desk, delivery, "w")
    assert _hosted(office) == 1
    cancel(office.desk, office.person("dewi"), revision.post)
    assert _hosted(office) == 0
    office.go(HOUR)
    assert office.public() == []


def _hosted(office: TestOffice) -> int:
    with office.desk.store.reading() as tx:
        return len(tx.execute(select(HostedMediaRow)).all())


def _told(office: TestOffice, kind: str) -> list[str]:
    with office.desk.store.reading() as tx:
        return sorted({row.person for row in outbox.unsent(tx) if row.kind == kind})


def test_an_upload_that_stumbled_ahead_of_its_hour_never_brings_publication_forward(office: TestOffice) -> None:
    due = office.clock() + timedelta(minutes=8)
    revision = office.approved(accounts=(FACEBOOK,), media=(office.picture(),), publish_at=due)
    office.fault("graph", "error_before", operation="*")
    for _ in range(16):
        ahead(office)
        office.clock.forward(timedelta(seconds=29))
        assert office.public() == []
    office.clock.at = due
    office.go()
    assert office.states(revision.post) == {FACEBOOK: "published"}


def test_a_blocked_account_is_not_asked_again_before_its_wait_is_over(office: TestOffice) -> None:
    office.approved(accounts=(X,), media=(office.picture(),), publish_at=office.clock() + timedelta(minutes=8))
    office.fault("x", "expired_token", operation="*", times=99)
    for _ in range(10):
        ahead(office)
    assert office.deliveries(1)[X].failures == 1


def ahead(office: TestOffice) -> None:
    """What the worker does ten minutes before the hour."""
    for delivery in office.claimed("ahead", PACE.ahead):
        attend(office.desk, delivery, "ahead")


def test_an_operators_retries_never_leave_the_approved_window(office: TestOffice) -> None:
    """Each try of his own would otherwise open a new half hour (DESIGN section 6)."""
    office.fault("x", "rejected", times=2)
    revision = office.approved(accounts=(X,))
    office.go()
    office.clock.forward(MINUTE * 29)
    retry(office.desk, office.person("sari"), revision.post)
    office.go()
    office.clock.forward(MINUTE * 2)
    with pytest.raises(Refused, match="pimpinan"):
        retry(office.desk, office.person("sari"), revision.post)


def test_a_fault_of_our_own_before_the_call_waits_and_then_asks(office: TestOffice) -> None:
    """Its office left the configuration: no endless loop, and people learn that it did not go out."""
    revision = office.approved(accounts=(X,))
    gone = office.desk.directory.offices.pop(OFFICE)
    office.go()
    assert office.deliveries(revision.post)[X].next_at == office.clock() + SECOND * 5
    office.go(HOUR)
    assert office.states(revision.post) == {X: "missed"}
    assert _told(office, "missed") == ["budi", "dewi", "sari"]
    office.desk.directory.offices[OFFICE] = gone


def test_a_picture_hosted_while_its_post_was_cancelled_is_withdrawn(office: TestOffice) -> None:
    revision = office.approved(media=(office.picture(),), accounts=(INSTAGRAM,), publish_at=office.clock() + MINUTE)
    real = office.desk.adapters[INSTAGRAM].prepare

    def cancelled_meanwhile(job: Job) -> None:
        cancel(office.desk, office.person("dewi"), revision.post)
        real(job)

    office.desk.adapters[INSTAGRAM].prepare = cancelled_meanwhile  # type: ignore[method-assign]
    ahead(office)
    assert _hosted(office) == 1
    tidy_up(office.desk)
    assert _hosted(office) == 0


def test_an_edit_closes_the_address_of_a_hosted_picture_at_once(office: TestOffice) -> None:
    revision = office.approved(media=(office.picture(),), accounts=(INSTAGRAM,), publish_at=office.clock() + MINUTE)
    ahead(office)
    assert _hosted(office) == 1
    revise(office.desk, office.person("sari"), revision.post, lambda c: replace(c, body="Isi lain."))
    assert _hosted(office) == 0


@on_both_databases
@pytest.mark.parametrize("act", ["edit", "cancel", "move"])
def test_whoever_withdraws_before_the_intent_is_obeyed(office: TestOffice, act: str) -> None:
    """The worker holds the claim, has read the approval and is still uploading: the last window before the intent."""
    revision = office.approved(media=(office.picture(),), accounts=(X,))
    real = office.desk.adapters[X].prepare
    acts: dict[str, Callable[[], object]] = {
        "edit": lambda: revise(
            office.desk, office.person("sari"), revision.post, lambda c: replace(c, body="Isi lain.")
        ),
        "cancel": lambda: cancel(office.desk, office.person("sari"), revision.post),
        "move": lambda: reschedule(office.desk, office.person("dewi"), revision.post, office.clock() + HOUR),
    }

    def meanwhile(job: Job) -> None:
        real(job)
        acts.pop(act, lambda: None)()

    office.desk.adapters[X].prepare = meanwhile  # type: ignore[method-assign]
    office.go()
    assert office.public() == []
    assert office.states(revision.post) == {X: "scheduled" if act == "move" else "cancelled"}
    office.go(HOUR)
    assert office.public() == (["x"] if act == "move" else [])


def test_what_begins_while_the_sweep_looks_is_no_interrupted_delivery(office: TestOffice) -> None:
    """`at_work` is asked after the rows were read, never before: else a sender at work loses its result."""
    revision = office.approved(accounts=(X,))
    said: list[str] = []
    listen(office.desk.store.engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    (claimed,) = office.claimed(ahead=PACE.ahead)
    with office.desk.store.writing() as tx:
        spec = office.desk.specs["x"]
        door.move(tx, claimed, Intent(), now=office.clock(), spec=spec, actor="worker", worker="w")

    def at_work() -> frozenset[str]:
        rows_were_read = any("state = 'sending'" in statement for statement in said)
        return frozenset({claimed.id} if rows_were_read else ())

    with membership(office.desk.store, office.clock, PACE.lease) as member:
        assert recover(office.desk, member, at_work=at_work) == 0
    assert office.states(revision.post) == {X: "sending"}


@on_both_databases
@pytest.mark.parametrize(
    ("body", "changes"),
    [
        pytest.param(TEXT.replace("08.00", "07.00"), "", id="a word"),
        pytest.param(
            TEXT.replace("08.00", "07.00"),
            "UPDATE revision SET digest = (SELECT hash FROM event LIMIT 1)",
            id="a word and its digest",
        ),
        pytest.param(TEXT, "UPDATE delivery SET digest = (SELECT hash FROM event LIMIT 1)", id="the planned digest"),
        pytest.param(TEXT, "UPDATE decision SET digest = (SELECT hash FROM event LIMIT 1)", id="the decided digest"),
        pytest.param(TEXT, "UPDATE decision SET verdict = 'revise'", id="the verdict"),
        pytest.param(TEXT, "DELETE FROM decision", id="the decision"),
    ],
)
def test_what_is_not_the_approved_to_the_letter_never_goes_out(office: TestOffice, body: str, changes: str) -> None:
    """Behind the desk's back, a word, a digest or the decision itself was changed."""
    revision = office.approved(accounts=(X,), publish_at=office.clock() + HOUR)
    with office.desk.store.writing() as tx:
        row = tx.execute(select(RevisionRow)).scalar_one()
        row.content = row.content | {"body": body}
        if changes:
            tx.execute(text(changes))
    office.go(HOUR)
    assert office.states(revision.post) == {X: "failed"}
    assert office.public() == []


def test_an_account_that_would_show_more_than_was_approved_shows_nothing(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,), sources=("Keputusan KPU",), publish_at=office.clock() + HOUR)
    accounts = office.desk.directory.accounts
    accounts[X] = replace(accounts[X], shows_sources=True)
    office.go(HOUR)
    assert office.states(revision.post) == {X: "failed"}
    assert office.public() == []


@on_both_databases
def test_a_row_that_changed_since_it_was_read_is_not_moved(office: TestOffice) -> None:
    """The version alone tells it: a leader chose another time, and the state is still the same."""
    revision = office.approved(accounts=(X,), publish_at=office.clock() + HOUR)
    as_read = office.deliveries(revision.post)[X]
    reschedule(office.desk, office.person("dewi"), revision.post, office.clock() + HOUR * 2)
    with pytest.raises(door.LostRace), office.desk.store.writing() as tx:
        spec = office.desk.specs["x"]
        door.move(tx, as_read, Withdrawn(), now=office.clock(), spec=spec, actor="sari")
    assert office.states(revision.post) == {X: "scheduled"}


@on_both_databases
def test_a_worker_whose_claim_went_to_another_writes_no_intent(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,))
    (slow,) = office.claimed("slow")
    with office.desk.store.writing() as tx:
        queue.free(tx, queue.leased(tx))
    (_quick,) = office.claimed("quick")
    attend(office.desk, slow, "slow")
    assert office.states(revision.post) == {X: "scheduled"}
    assert office.public() == []
