"""An office comes back from a backup: what the old machine published meanwhile is found, and never published again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.offices import Role
from bakohumas_bot.errors import Refused
from bakohumas_bot.lifecycle import membership
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.lifecycle.freeze import freeze
from bakohumas_bot.lifecycle.resolve import resolve
from bakohumas_bot.lifecycle.restore import restore
from bakohumas_bot.lifecycle.schedule import reschedule, retry
from bakohumas_bot.store import audit, cards, deliveries, inbox, outbox, record, restorations
from bakohumas_bot.store.journal import StoredJournal
from bakohumas_bot.store.tables import EventRow, QuestionRow
from joining import newcomer
from moving import new_machine, restored, taken
from office import FACEBOOK, INSTAGRAM, OFFICE, TELEGRAM, TestOffice, X
from postgres import on_both_databases
from working import at_work, until

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EVERYWHERE = (TELEGRAM, X, FACEBOOK, INSTAGRAM)
READABLE = (X, FACEBOOK, INSTAGRAM)
LOOKED = MINUTE * 11  # by then the platforms' reads lag no more
MOVES = [(a, b) for a in ("sqlite", "postgresql") for b in ("sqlite", "postgresql")]
every_move = pytest.mark.parametrize(("office", "there"), MOVES, indirect=["office"])


@pytest.fixture(autouse=True)
def earlier(office: TestOffice) -> None:
    """The platforms go by the real clock: the office begins ten minutes before it, and publishes when it is reached."""
    office.clock.at = datetime.now(UTC).replace(microsecond=0) - MINUTE * 10


def public(office: TestOffice) -> Counter[str]:
    return Counter(office.public())


def channel_is_known(office: TestOffice) -> None:
    """It has published before, so the channel's newest message is known."""
    office.approved("Selamat datang di kanal resmi satker.", accounts=(TELEGRAM,))
    office.go()


@every_move
def test_what_was_published_after_the_backup_is_found_and_the_rest_goes_out_once(
    office: TestOffice, there: str
) -> None:
    channel_is_known(office)
    soon = office.approved(accounts=EVERYWHERE, media=(office.picture(),), publish_at=office.clock() + MINUTE * 10)
    later = office.approved(
        "Kantor tutup pada hari libur.",
        accounts=READABLE,
        media=(office.picture("navy"),),
        publish_at=office.clock() + DAY,
    )
    file = taken(office)
    office.go(MINUTE * 10)
    old = office.deliveries(soon.post)
    before = public(office)
    with restored(office, file, there) as moved:
        moved.go()
        assert moved.claimed(ahead=LOOKED) == []  # not even to prepare: the platforms' reads may lag
        assert set(moved.states(soon.post).values()) == {"scheduled"}
        moved.go(LOOKED)
        assert set(moved.states(soon.post).values()) == {"published"}
        assert {d.account: d.remote_id for d in moved.deliveries(soon.post).values()} == {
            d.account: d.remote_id for d in old.values()
        }
        assert set(moved.states(later.post).values()) == {"scheduled"}
        assert public(moved) == before
        moved.go(DAY)
        assert set(moved.states(later.post).values()) == {"published"}
        moved.go(DAY)
        assert public(moved) == before + Counter({"x": 1, "facebook": 1, "instagram": 1})
        with moved.desk.store.reading() as tx:
            assert audit.verify(tx)[1] == []


@every_move
def test_the_restored_office_works_on(office: TestOffice, there: str) -> None:
    """New posts get new numbers, the record goes on, and still nobody can change it."""
    revision = office.approved(accounts=(X,))
    office.go()
    with restored(office, taken(office), there) as moved:
        new = moved.approved("Kantor tutup pada hari libur.", accounts=(X,))
        moved.go()
        assert new.post == revision.post + 1
        assert moved.states(new.post) == {X: "published"}
        with moved.desk.store.reading() as tx:
            assert record.history(tx, new.post)[0].kind == "draft.created"
            assert audit.verify(tx)[1] == []
        with pytest.raises(DBAPIError, match="append-only"), moved.desk.store.writing() as tx:
            tx.execute(text("UPDATE event SET actor = 'lain'"))
        assert moved.desk.blobs.root != office.desk.blobs.root


def test_a_platform_that_proves_no_absence_is_never_sent_to_unasked(office: TestOffice) -> None:
    channel_is_known(office)
    revision = office.approved(accounts=(TELEGRAM,), publish_at=office.clock() + DAY)
    with restored(office, taken(office)) as moved:
        for _ in range(4):
            moved.go(LOOKED)
        (asked,) = moved.deliveries(revision.post).values()
        assert asked.asks
        moved.go(DAY)
        assert len(moved.public()) == 1
        resolve(moved.desk, moved.person("sari"), asked.id, published=False)
        reschedule(moved.desk, moved.person("dewi"), revision.post, moved.clock() + MINUTE)
        moved.go(MINUTE)
        assert moved.states(revision.post) == {TELEGRAM: "published"}
        assert len(moved.public()) == 2


@pytest.mark.parametrize("state", ["missed", "failed"])
def test_what_a_person_tries_again_is_looked_up_first_too(office: TestOffice, state: str) -> None:
    """The old machine's people had tried it again as well, after the backup."""
    if state == "failed":
        office.fault("x", "rejected")
    revision = office.approved(accounts=(X,))
    office.go(MINUTE * 40 if state == "missed" else MINUTE * 0)
    office.clock.at = datetime.now(UTC).replace(microsecond=0)
    assert office.states(revision.post) == {X: state}
    file = taken(office)
    retry(office.desk, office.person("dewi"), revision.post)
    office.go()
    assert office.states(revision.post) == {X: "published"}
    with restored(office, file) as moved:
        moved.go(LOOKED)
        assert moved.states(revision.post) == {X: state}
        retry(moved.desk, moved.person("dewi"), revision.post)
        moved.go()
        assert moved.states(revision.post) == {X: "scheduled"}  # reads may lag behind what the old machine did last
        moved.go(LOOKED)
        assert moved.states(revision.post) == {X: "published"}
        assert moved.public() == ["x"]


@pytest.mark.parametrize("account", READABLE)
def test_what_was_being_sent_at_that_very_moment_is_looked_up(office: TestOffice, account: str) -> None:
    """The backup holds the intent, and ids of uploads that the published post has used up."""
    revision = office.approved(accounts=(account,), media=(office.picture(),), publish_at=office.clock() + MINUTE * 10)
    office.clock.forward(MINUTE * 10)
    real, files = office.desk.adapters[account].go_live, []

    def while_backed_up(job: object) -> object:
        files.append(taken(office))
        return real(job)  # type: ignore[arg-type]

    office.desk.adapters[account].go_live = while_backed_up  # type: ignore[method-assign, assignment]
    office.go()
    assert office.states(revision.post) == {account: "published"}
    with restored(office, files[0]) as moved:
        assert moved.states(revision.post) == {account: "unconfirmed"}
        moved.go(LOOKED)
        assert moved.states(revision.post) == {account: "published"}
        assert len(moved.public()) == 1


def test_a_yes_that_was_given_on_both_machines_publishes_once(office: TestOffice) -> None:
    """In the backup it still waits; the old machine has got the yes and published it, and a leader says yes again."""
    waiting = office.submitted(accounts=(X, FACEBOOK))
    file = taken(office)
    office.clock.forward(MINUTE * 10)
    decide(office.desk, office.person("dewi"), waiting.post, Verdict.APPROVE, digest=waiting.digest)
    office.go()
    assert len(office.public()) == 2
    with restored(office, file) as moved:
        decide(moved.desk, moved.person("budi"), waiting.post, Verdict.APPROVE, digest=waiting.digest)
        moved.go()
        assert moved.states(waiting.post) == {X: "published", FACEBOOK: "published"}
        assert len(moved.public()) == 2
        new = moved.approved("Kantor tutup pada hari libur.", accounts=(X,))
        assert moved.deliveries(new.post)[X].look_since is None  # only what the old machine can have known


def test_the_same_words_for_next_week_are_not_taken_for_published(office: TestOffice) -> None:
    """An office repeats itself. What cannot be told apart is asked, with the link, and not silently left out."""
    post = {"accounts": (INSTAGRAM,), "media": (office.picture(),)}
    this_week = office.approved(**post, publish_at=office.clock() + MINUTE * 10)
    next_week = office.approved(**post, publish_at=office.clock() + DAY * 7, reason="Rubrik mingguan.")
    file = taken(office)
    office.go(MINUTE * 10)
    with restored(office, file) as moved:
        for _ in range(4):
            moved.go(LOOKED)
        assert moved.states(this_week.post) == {INSTAGRAM: "published"}
        (asked,) = moved.deliveries(next_week.post).values()
        assert asked.asks
        assert "https://www.instagram.com/" in (asked.error or "")
        resolve(moved.desk, moved.person("sari"), asked.id, published=False)
        moved.go(asked.due_at - moved.clock())
        assert moved.states(next_week.post) == {INSTAGRAM: "published"}
        assert len(moved.public()) == 2


def test_a_backup_of_a_restored_office_still_knows_what_it_does_not_know(office: TestOffice) -> None:
    """Moved to an earlier hour after the first backup and published; restored twice, and looked up by neither yet."""
    revision = office.approved(accounts=(INSTAGRAM,), media=(office.picture(),), publish_at=office.clock() + DAY)
    file = taken(office)
    reschedule(office.desk, office.person("dewi"), revision.post, office.clock() + MINUTE * 10)
    office.go(MINUTE * 10)
    assert office.public() == ["instagram"]
    office.clock.forward(MINUTE * 180)
    with restored(office, file) as second:
        again = taken(second, "lagi.tar")
    with restored(office, again, name="ketiga") as third:
        for _ in range(4):
            third.go(LOOKED)
        third.go(third.deliveries(revision.post)[INSTAGRAM].due_at - third.clock())
        assert third.public() == ["instagram"]
        assert third.states(revision.post) == {INSTAGRAM: "unconfirmed"}


def test_a_frozen_office_comes_back_frozen(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,), publish_at=office.clock() + MINUTE * 10)
    freeze(office.desk, office.person("dewi"), OFFICE, "isi sedang diperiksa")
    with restored(office, taken(office)) as moved:
        moved.go(LOOKED)
        assert moved.states(revision.post) == {X: "scheduled"}
        assert moved.public() == []


@every_move
def test_what_only_the_old_machine_could_finish_is_void(office: TestOffice, there: str) -> None:
    """Its messages may have arrived long ago, its questions were answered there, its updates are handled."""
    revision = office.approved(accounts=(X,), publish_at=office.clock() + MINUTE * 10)
    (delivery,) = office.claimed(ahead=MINUTE * 20)
    for key in ("container", "after"):
        StoredJournal(office.desk.store, delivery).put(key, "17")
    with office.desk.store.writing() as tx:
        inbox.keep(tx, 7, "{}", None, office.clock())
        cards.ask(tx, _question(office, revision.post))
    file = taken(office)
    with restored(office, file, there) as moved, moved.desk.store.reading() as tx:
        waiting = outbox.waiting(tx, moved.clock())
        assert {(m.person, m.kind) for m in waiting} == {("dewi", "restored"), ("budi", "restored")}

        def rows(table: str) -> int:
            return int(tx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

        assert rows("outbox") > len(waiting)
        for nothing in ("question", "worker", "telegram_update WHERE handled_at IS NULL"):
            assert rows(nothing) == 0, nothing
        assert tx.execute(text("SELECT key FROM journal")).scalars().all() == ["after"]  # where reading begins
        assert rows("delivery WHERE leased_by IS NULL") == 1


def _question(office: TestOffice, post: int) -> QuestionRow:
    return QuestionRow(
        person="dewi",
        chat_id=1003,
        message_id=9,
        subject="reject",
        post_id=post,
        revision=1,
        digest="",
        asked_at=office.clock(),
    )


def test_the_people_are_told_what_happened_and_the_record_keeps_it(office: TestOffice) -> None:
    office.approved(accounts=(X, FACEBOOK), publish_at=office.clock() + DAY)
    file = taken(office)
    with restored(office, file) as moved, moved.desk.store.reading() as tx:
        said = outbox.waiting(tx, moved.clock())[0].data["text"]
        for words in ("1 konten", "2 penayangan yang belum selesai", "Mesin lama harus tetap mati", "11 menit"):
            assert words in said
        kinds = [row.kind for row in tx.execute(text("SELECT kind FROM event ORDER BY id DESC LIMIT 3"))]
        assert kinds == ["delivery.restored", "delivery.restored", "restored"]


def test_whoever_left_since_the_backup_comes_back_and_is_named(office: TestOffice) -> None:
    newcomer(office, "rina", role=Role.KETUA)
    file = taken(office)
    membership.leave(office.desk, office.person("ani"), "rina", "Pindah tugas.")
    assert "rina" not in office.desk.directory.people
    with restored(office, file) as moved, moved.desk.store.reading() as tx:
        cards = [(one.person, one.data["text"]) for one in outbox.waiting(tx, moved.clock()) if one.kind == "restored"]
    assert "rina" in {person for person, _ in cards}, "who came by invitation hears of it too"
    assert all("Rina Contoh (rina)" in said and "bakohumas people leave ID" in said for _, said in cards)


@on_both_databases
def test_a_backup_while_the_worker_publishes_is_of_one_moment(office: TestOffice) -> None:
    """Each holds no state without its event and no event without its state, and nothing goes out again from any."""
    for number in range(10):
        office.approved(f"Pengumuman nomor {number} dari kantor.", accounts=(X, FACEBOOK))
    files: list[Path] = []
    with at_work(office):
        while len(office.public()) < 20:
            files.append(taken(office, f"{len(files)}.tar"))
        until(lambda: not _unfinished(office), "published and read back")
        office.clock.forward(MINUTE)
    midway = files[1 :: max(1, len(files) // 3)]
    assert midway
    for number, file in enumerate(midway):
        with restored(office, file, name=f"baru-{number}") as moved:
            with moved.desk.store.reading() as tx:
                for post in range(1, 11):
                    _require_agreement(record.history(tx, post))
            for _ in range(3):
                moved.go(LOOKED)
            assert not _unfinished(moved)
            assert public(moved) == {"x": 10, "facebook": 10}


def _unfinished(office: TestOffice) -> list[str]:
    with office.desk.store.reading() as tx:
        return [d.id for d in deliveries.everything(tx) if d.state is not State.PUBLISHED]


def _require_agreement(history: list[EventRow]) -> None:
    """What a delivery was restored as is what its newest event before had made of it."""
    last: dict[str | None, str] = {}
    for event in history:
        said = record.data_of(event)
        if event.kind == "delivery.restored":
            assert said["before"] == last[event.delivery]
        elif event.kind.startswith("delivery."):
            last[event.delivery] = said.get("after", "scheduled")


def test_an_office_that_is_at_work_is_not_replaced(office: TestOffice) -> None:
    revision = office.approved(accounts=(X,))
    file = taken(office)
    with pytest.raises(Refused, match="sudah berisi data"):
        restore(office.desk, file)
    assert office.states(revision.post) == {X: "scheduled"}


def test_a_backup_belongs_to_the_offices_of_its_configuration(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    file = taken(office)
    with new_machine(office) as there:
        elsewhere = replace(there.desk.directory, offices={})
        with pytest.raises(Refused, match=r"KPU Kabupaten Contoh Selatan \(64.69\)"):
            restore(replace(there.desk, directory=elsewhere), file)


def test_a_machine_whose_clock_is_behind_the_backup_is_not_trusted(office: TestOffice) -> None:
    office.approved(accounts=(X,))
    file = taken(office)
    with new_machine(office) as there:
        there.clock.forward(-MINUTE * 6)
        with pytest.raises(Refused, match="betulkan jamnya"):
            restore(there.desk, file)


def test_an_account_that_is_switched_off_meanwhile_is_named(office: TestOffice) -> None:
    office.approved(accounts=(X, FACEBOOK), publish_at=office.clock() + DAY)
    file = taken(office)
    with new_machine(office) as there:
        accounts = {id_: replace(a, enabled=id_ != X) for id_, a in there.desk.directory.accounts.items()}
        desk = replace(there.desk, directory=replace(there.desk.directory, accounts=accounts))
        assert restore(desk, file).unserved == (X,)


def test_a_lost_picture_is_left_out_and_named_and_the_rest_is_kept(office: TestOffice) -> None:
    office.approved(accounts=(X,), media=(office.picture(),))
    kept = office.approved("Kantor tutup pada hari libur.", accounts=(X,), media=(office.picture("navy"),))
    (lost,) = (m.sha256 for m in office.draft(media=(office.picture(),)).content.media)
    office.desk.blobs.path(lost).write_bytes(b"rusak")
    file = office.folder / "cadangan.tar"
    assert backup(office.desk, file).absent == (lost,)
    with new_machine(office) as there:
        assert restore(there.desk, file).manifest.media.absent == 1
        for medium in kept.prepared[X]:
            assert there.desk.blobs.verify(medium.sha256)


def test_when_the_first_of_several_backups_counts(office: TestOffice) -> None:
    first, second = office.clock() - DAY, office.clock()
    with office.desk.store.writing() as tx:
        for taken_at in (second, first):
            restorations.note(tx, [X], taken_at=taken_at, now=office.clock())
    with office.desk.store.reading() as tx:
        assert restorations.look_since(tx, [X, FACEBOOK], first - DAY) == {X: first}
        assert restorations.look_since(tx, [X], first + MINUTE) == {X: second}
        assert restorations.look_since(tx, [X], second + MINUTE) == {}
