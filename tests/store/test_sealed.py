"""What the desk keeps secret is of no use to whoever has the database alone, and its key can be changed at any time."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bakohumas_bot.errors import BadConfiguration, Refused
from bakohumas_bot.lifecycle.vault import StoredVault
from bakohumas_bot.platforms.instagram_private.session import Session
from bakohumas_bot.store import sealed
from bakohumas_bot.store.database import Store, open_store
from bakohumas_bot.store.keyring import Keyring
from bakohumas_bot.store.people_tables import SealedNoteRow

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TOKEN = "rahasia-yang-tidak-boleh-terbaca"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(path=tmp_path / "var" / "secrets.key", where="secrets.key", own=True)


def put(store: Store, ring: Keyring, account: str, value: str = TOKEN) -> None:
    with store.writing() as tx:
        sealed.write(tx, ring, account, "oauth2", value, now=NOW)


def get(store: Store, ring: Keyring, account: str) -> str | None:
    with store.reading() as tx:
        return sealed.read(tx, ring, account, "oauth2")


def stored(store: Store, account: str) -> str:
    with store.reading() as tx:
        return tx.get_one(SealedNoteRow, (account, "oauth2")).value


def frozen(ring: Keyring) -> Keyring:
    """The keys as they are now, as a thief of the file would keep them."""
    return Keyring(given=" ".join(ring.keys()))


def test_whoever_has_the_database_reads_no_token(store: Store, ring: Keyring, tmp_path: Path) -> None:
    put(store, ring, "x")
    assert get(store, ring, "x") == TOKEN
    assert TOKEN not in stored(store, "x")
    for file in tmp_path.glob("bakohumas.db*"):
        assert TOKEN.encode() not in file.read_bytes()
        assert ring.keys()[0].encode() not in file.read_bytes()


def test_the_key_is_a_file_of_its_own_for_the_service_alone(ring: Keyring) -> None:
    with ThreadPoolExecutor(8) as starting:
        sealing = list(starting.map(lambda _: ring.sealing(), range(8)))
    assert len({cipher.decrypt(sealing[0].encrypt(b"x")) for cipher in sealing}) == 1
    assert len(ring.keys()) == 1
    assert ring.path is not None
    assert ring.path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in ring.path.parent.iterdir()] == ["secrets.key"]
    assert not ring.open_to_others()
    assert TOKEN not in repr(ring)


@pytest.mark.parametrize("change", ["of another account", "altered", "of another key"])
def test_a_note_that_somebody_moved_or_altered_does_not_open(store: Store, ring: Keyring, change: str) -> None:
    put(store, ring, "x")
    put(store, ring, "y", "punya orang lain")
    value = {
        "of another account": stored(store, "x"),
        "altered": stored(store, "y")[:-8] + "AAAAAAA=",
        "of another key": "bukan sandi",
    }[change]
    with store.writing() as tx:
        tx.get_one(SealedNoteRow, ("y", "oauth2")).value = value
    with pytest.raises(sealed.Unopened, match=r"bakohumas secrets forget y"):
        get(store, ring, "y")
    assert get(store, ring, "x") == TOKEN


def test_after_a_change_of_the_key_the_old_one_opens_nothing(store: Store, ring: Keyring) -> None:
    for account in ("x", "y"):
        put(store, ring, account)
    old = frozen(ring)
    assert sealed.rekey(store, ring) == sealed.Rekeyed(rewritten=2, unopened=())
    assert len(ring.keys()) == 1
    assert ring.keys() != old.keys()
    assert [get(store, ring, account) for account in ("x", "y")] == [TOKEN, TOKEN]
    with pytest.raises(sealed.Unopened):
        get(store, old, "x")


@pytest.mark.parametrize("until", ["the new key was written", "the notes were rewritten"])
def test_a_change_of_the_key_that_was_cut_off_loses_nothing_and_is_finished(
    store: Store, ring: Keyring, until: str
) -> None:
    put(store, ring, "x")
    old = frozen(ring)
    ring.add()
    if until == "the notes were rewritten":
        sealed.rekey(store, frozen(ring))
    new = ring.keys()[0]
    assert get(store, ring, "x") == TOKEN

    sealed.rekey(store, ring)
    assert ring.keys() == (new,)
    assert get(store, ring, "x") == TOKEN
    with pytest.raises(sealed.Unopened):
        get(store, old, "x")


def test_notes_that_are_written_while_the_key_changes_open_afterwards(store: Store, ring: Keyring) -> None:
    put(store, ring, "x0")
    over = threading.Event()

    def write(number: int) -> int:
        times = 0
        while not over.is_set():
            put(store, ring, f"x{number}", f"{TOKEN}-{times}")
            times += 1
        return times

    with ThreadPoolExecutor(3) as threads:
        writing = [threads.submit(write, number) for number in range(3)]
        for _ in range(5):
            sealed.rekey(store, ring)
        over.set()
        times = [done.result() for done in writing]
    assert [get(store, ring, f"x{n}") for n in range(3)] == [f"{TOKEN}-{last - 1}" for last in times]
    assert len(ring.keys()) == 1


def test_a_note_that_no_key_opens_is_named_and_left_as_it_is(store: Store, ring: Keyring, tmp_path: Path) -> None:
    put(store, ring, "x")
    put(store, Keyring(path=tmp_path / "lain.key", own=True), "y")
    before = stored(store, "y")
    assert sealed.rekey(store, ring) == sealed.Rekeyed(rewritten=1, unopened=("y/oauth2",))
    assert stored(store, "y") == before
    with store.reading() as tx:
        assert [(n.account, n.opens, n.newest) for n in sealed.notes(tx, ring)] == [
            ("x", True, True),
            ("y", False, False),
        ]


def test_a_key_that_is_kept_elsewhere_is_changed_by_its_keeper(store: Store, ring: Keyring, tmp_path: Path) -> None:
    put(store, ring, "x")
    only = frozen(ring)
    with pytest.raises(Refused, match="di depan kunci lama"):
        sealed.rekey(store, only)
    fresh = Keyring(path=tmp_path / "baru.key", own=True)
    fresh.add()
    both = Keyring(given=f"{fresh.keys()[0]} {only.given}")
    with store.reading() as tx:
        assert [note.newest for note in sealed.notes(tx, both)] == [False]
    sealed.rekey(store, both)
    assert get(store, Keyring(given=both.keys()[0]), "x") == TOKEN


def test_where_the_key_was_not_brought_along_nothing_opens_and_no_other_key_is_made(
    store: Store, ring: Keyring, tmp_path: Path
) -> None:
    put(store, ring, "x")
    elsewhere = Keyring(path=tmp_path / "mesin-baru" / "secrets.key", own=True)
    with pytest.raises(sealed.Unopened):
        get(store, elsewhere, "x")
    with store.reading() as tx:
        assert [note.opens for note in sealed.notes(tx, elsewhere)] == [False]
    assert not (tmp_path / "mesin-baru").exists()


@pytest.mark.parametrize("content", ["", "kunci", "a" * 43, "\xff"])
def test_a_file_that_holds_no_key_is_said_and_never_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / "secrets.key"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(BadConfiguration, match="bukan kunci"):
        Keyring(path=path, where="secrets.key", own=True).keys()
    assert path.read_text(encoding="latin-1") == content


def test_a_turn_is_had_by_one_at_a_time_across_threads_and_processes(database_url: str, store: Store) -> None:
    """A second store on the same database is what another process has."""
    elsewhere = open_store(database_url)
    ours, theirs = sealed.Turns(store), sealed.Turns(elsewhere)
    with ours.take("x") as first, theirs.take("x") as second, theirs.take("y") as other:
        assert (first, second, other) == (True, False, True)
    with theirs.take("x") as second:
        assert second
    inside: list[int] = []
    most: list[int] = []

    def work(_: int) -> None:
        with ours.take("x") as mine:
            assert mine
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(40)))
    assert max(most) == 1
    elsewhere.close()


def test_uploads_that_end_together_keep_one_whole_session(store: Store, ring: Keyring) -> None:
    """Two posts of one Instagram account are prepared side by side; each saves the session."""
    vault = StoredVault(store=store, ring=ring, turns=sealed.Turns(store), account="ig", now=lambda: NOW)
    kept = Session(account="ig", vault=vault)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: kept.save({"number": n, "filler": "x" * 20_000}), range(60)))
    whole = kept.load() or {}
    assert whole["number"] in range(60)
    assert len(whole["filler"]) == 20_000
    assert json.loads(vault.get("session") or "") == whole
