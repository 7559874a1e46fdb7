"""The embedded database: durable, private, one writer at a time, and plain about why it cannot be used."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import database, tables
from bakohumas_bot.store.database import NEWEST, Store, open_store
from bakohumas_bot.store.only_worker import only_worker


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'bakohumas.db'}"


def test_a_database_from_before_the_first_migration_is_brought_up(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "bakohumas.db").close()
    store = open_store(url(tmp_path))
    with store.reading() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST
    store.close()


def test_a_file_that_is_no_database_is_named_so(tmp_path: Path) -> None:
    (tmp_path / "bakohumas.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(Unavailable, match="bukan basis data"):
        open_store(url(tmp_path))


def test_a_read_only_disk_is_said_in_one_sentence() -> None:
    """To root nothing is read-only, so a process without rights tries, in a folder that it may enter."""
    with tempfile.TemporaryDirectory() as name:
        said = subprocess.run([sys.executable, "-c", _READ_ONLY, name], capture_output=True, text=True, check=False)
        Path(name).chmod(0o755)
    assert (said.returncode, said.stderr) == (0, "")
    assert "tidak dapat" in said.stdout


_READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.store import posts
from bakohumas_bot.store.database import open_store
os.chdir(sys.argv[1])
open_store("sqlite:///bakohumas.db").close()
os.chmod("bakohumas.db", 0o444)
os.chmod(".", 0o555)
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with open_store("sqlite:///bakohumas.db").writing() as tx:
        posts.create(tx, office="1", person="a", now=datetime.now(UTC))
except Unavailable as error:
    print(error)
"""


def test_every_commit_is_durable_and_every_writer_waits_its_turn(tmp_path: Path) -> None:
    store = open_store(url(tmp_path))
    with store.writing() as tx:
        assert tx.execute(text("PRAGMA synchronous")).scalar() == 2
        assert tx.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    store.close()


def test_a_busy_database_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY", 0.05)
    one, two = open_store(url(tmp_path)), open_store(url(tmp_path))
    with one.writing(), pytest.raises(Unavailable, match="dipakai proses lain"), two.writing():
        pass
    one.close()
    two.close()


def test_a_second_worker_refuses_to_start(tmp_path: Path) -> None:
    store: Store = open_store(url(tmp_path))
    with (
        only_worker(store.engine),
        pytest.raises(Unavailable, match="Sudah ada proses penayang"),
        only_worker(store.engine),
    ):
        pass
    with only_worker(store.engine):
        pass
    store.close()


def test_another_name_of_the_database_is_the_same_database(tmp_path: Path) -> None:
    """A worker whose configuration reaches it through a link refuses to start, too."""
    (tmp_path / "data").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "data" / "bakohumas.db")
    one, two = open_store(url(tmp_path / "data")), open_store(f"sqlite:///{tmp_path}/link.db")
    with only_worker(one.engine), pytest.raises(Unavailable, match="Sudah ada proses"), only_worker(two.engine):
        pass
    one.close()
    two.close()


def test_nobody_else_reads_the_database(tmp_path: Path) -> None:
    store = open_store(url(tmp_path / "var"))
    with store.writing() as tx:
        tx.add(tables.ChainHeadRow(office="1", number=1, hash="x"))
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "var").iterdir()}
    assert modes == dict.fromkeys(("bakohumas.db", "bakohumas.db-wal", "bakohumas.db-shm"), "0o600")
    assert oct((tmp_path / "var").stat().st_mode & 0o777) == "0o700"
    store.close()
