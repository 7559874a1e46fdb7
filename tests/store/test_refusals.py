"""What a database server refuses is said in one sentence with its remedy, and never with the password."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

import postgres
from bakohumas_bot.bench.postgres import open_postgres
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store.database import Store, open_store
from bakohumas_bot.store.tables import ChainHeadRow

SECRET = "kata-sandi-rahasia"


@pytest.fixture
def url() -> Iterator[str]:
    fresh = postgres.fresh_database()
    yield fresh
    postgres.server().drop(fresh)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def in_vain(url: str) -> Unavailable:
    with pytest.raises(Unavailable) as refused:
        open_store(url)
    return refused.value


def other_password(url: str) -> str:
    return re.sub(r"desk:\w+@", f"desk:{SECRET}@", url)


def crowded(url: str) -> str:
    (name,) = re.findall(r"/(\w+)\?", url)
    postgres.server().run(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    return url


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [
        (other_password, "menolak nama atau kata sandi"),
        (lambda url: url.replace("@/", "@/tidak_ada_"), "belum dibuat di server. Mohon buat dengan createdb"),
        (crowded, "kehabisan sambungan. Mohon naikkan max_connections"),
        (lambda url: url + "&warna=merah", "Pilihan pada alamat [database] url tidak dikenal"),
        (lambda _: f"postgresql+psycopg://desk:{SECRET}@127.0.0.1:1/desk", "tidak dapat dihubungi. Mohon periksa"),
        (lambda _: f"postgresql://desk:{SECRET}@/desk?host=/tidak-ada", "tidak dapat dihubungi. Mohon periksa"),
        (lambda _: f"postgresql+psycopg://desk:{SECRET}@tidak-ada.invalid/desk", "tidak dapat dihubungi"),
        (lambda _: f"mysql://desk:{SECRET}@db/desk", "tidak dikenal. Contoh"),
        (lambda _: f"postgresql+asyncpg://desk:{SECRET}@db/desk", "tidak dikenal. Contoh"),
        (lambda _: f"postgresql+psycopg://desk:{SECRET}@db:pintu/desk", "tidak dikenal. Contoh"),
    ],
)
def test_a_server_that_cannot_be_used_is_one_sentence(url: str, otherwise: Callable[[str], str], says: str) -> None:
    refused = in_vain(otherwise(url))
    assert says in str(refused)
    assert len(str(refused).splitlines()) == 1
    for error in (refused, refused.__cause__):
        assert SECRET not in f"{error!r} {error}"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("disk_full", "Disk penuh"),
        ("io_error", "Disk menolak"),
        ("data_corrupted", "rusak. Mohon pulihkan dari cadangan"),
        ("insufficient_privilege", "tidak memiliki hak"),
        ("admin_shutdown", "sedang dimulai atau dihentikan"),
        ("deadlock_detected", "dipakai proses lain"),
        ("statement_too_complex", "Basis data menolak (kode 54001)"),
    ],
)
def test_what_goes_wrong_on_the_server_is_one_sentence(store: Store, code: str, says: str) -> None:
    """As the server words it, whatever language it speaks: only the code counts."""
    raised = f"DO $$ BEGIN RAISE EXCEPTION 'kein Platz' USING ERRCODE = '{code}'; END $$"
    with pytest.raises(Unavailable) as refused, store.writing() as tx:
        tx.execute(text(raised))
    assert says in str(refused.value)


def test_a_row_that_another_holds_is_not_waited_for_without_end(store: Store) -> None:
    with store.writing() as tx:
        tx.add(ChainHeadRow(office="1", number=1, hash="x"))
    hold = text("SELECT 1 FROM chain_head FOR UPDATE")
    with store.writing() as holder:
        holder.execute(hold)
        with pytest.raises(Unavailable, match="dipakai proses lain"), store.writing() as tx:
            tx.execute(text("SET LOCAL lock_timeout = '50ms'"))
            tx.execute(hold)


def test_a_process_that_stops_in_the_middle_holds_nobody_up(store: Store) -> None:
    """Paused within a transaction: the server ends it, and when it wakes it learns so."""
    with store.writing() as tx:
        tx.add(ChainHeadRow(office="1", number=1, hash="x"))
    hold = text("SELECT 1 FROM chain_head FOR UPDATE")
    with pytest.raises(Unavailable, match="terputus"), store.writing() as paused:
        paused.execute(text("SET LOCAL idle_in_transaction_session_timeout = '50ms'"))
        paused.execute(hold)
        with store.writing() as tx:
            tx.execute(hold)
        paused.execute(hold)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "15s"), ("synchronous_commit", "on")],
)
def test_every_connection_is_prudent_whatever_the_servers_habit(store: Store, setting: str, value: str) -> None:
    with store.reading() as tx:
        assert tx.execute(text(f"SHOW {setting}")).scalar() == value


def test_the_store_goes_on_by_itself_when_the_server_is_back() -> None:
    with open_postgres(fsync=True) as server:
        store = open_store(server.fresh())
        with store.writing() as tx:
            tx.add(ChainHeadRow(office="1", number=1, hash="x"))
        with pytest.raises(Unavailable, match="terputus"), store.writing() as tx:
            server.stop("immediate")
            tx.execute(text("SELECT 1"))
        with pytest.raises(Unavailable, match="tidak dapat dihubungi"), store.reading():
            pass
        server.start()
        with store.reading() as tx:
            assert tx.get_one(ChainHeadRow, "1").number == 1
        store.close()


def test_a_sign_that_the_server_refuses_does_not_lose_the_answer(store: Store) -> None:
    """A platform's words may hold a NUL."""
    with store.writing() as tx:
        tx.add(ChainHeadRow(office="1", number=1, hash="a\x00b"))
    with store.reading() as tx:
        assert tx.get_one(ChainHeadRow, "1").hash == "a\ufffdb"
