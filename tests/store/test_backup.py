"""The file of a backup: whole or not there, and nothing is taken from one that is cut, changed, newer or forged."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bakohumas_bot.errors import BadInput, DeskError, Refused, Unavailable
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.lifecycle.restore import restore
from bakohumas_bot.store import audit, database, deliveries
from bakohumas_bot.store.archive.manifest import TablePart
from bakohumas_bot.store.archive.reading import open_archive
from bakohumas_bot.store.archive.writing import Tar
from moving import new_machine, restored, taken
from office import FACEBOOK, TestOffice, X
from postgres import DATABASES

DAY = timedelta(days=1)


@pytest.fixture
def file(office: TestOffice) -> Path:
    """One post is public, one waits for its hour."""
    office.approved(accounts=(X,), media=(office.picture(),))
    office.go()
    office.approved("Kantor tutup pada hari libur.", accounts=(X, FACEBOOK), publish_at=office.clock() + DAY)
    return taken(office)


def nothing_is_restored(office: TestOffice, file: Path, why: str) -> None:
    with new_machine(office) as there:
        with pytest.raises(DeskError, match=why):
            restore(there.desk, file)
        with there.desk.store.reading() as tx:
            for table in ("post", "event", "delivery", "chain_head", "outbox"):
                assert tx.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0


# --- writing ---


def test_any_tar_can_list_it_and_only_its_owner_may_read_it(file: Path) -> None:
    with tarfile.open(file) as tar:
        names = tar.getnames()
        assert names[0] == "manifest.json"
        assert names[-1] == "manifest.sha256"
        for member in tar.getmembers():
            if member.name.startswith("media/"):
                content = tar.extractfile(member)
                assert content is not None
                assert hashlib.sha256(content.read()).hexdigest() == member.name.removeprefix("media/")
    assert file.stat().st_mode & 0o777 == 0o600


def test_no_secret_is_in_it(office: TestOffice, file: Path) -> None:
    secrets = [path.read_bytes() for path in (office.folder / "config" / "rahasia").rglob("*") if path.is_file()]
    assert len(secrets) > 5
    assert office.app.media_key not in file.read_bytes()
    assert not [secret for secret in secrets if len(secret) > 8 and secret in file.read_bytes()]


def test_an_earlier_backup_is_replaced_only_on_request(office: TestOffice, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Refused, match="--overwrite"):
        backup(office.desk, file)
    assert file.read_bytes() == before
    office.approved("Kantor pindah alamat.", accounts=(X,))
    backup(office.desk, file, overwrite=True)
    assert file.read_bytes() != before


_UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from bakohumas_bot.app import open_app
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.backup import backup
app = open_app(Path(sys.argv[1]), secrets=False)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    backup(app.desk, Path(sys.argv[2]), overwrite=True)
except Unavailable as error:
    print(error)
"""


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_full_disk_leaves_the_last_backup_and_no_half_of_the_next(
    office: TestOffice, file: Path, share: float
) -> None:
    before, beside = file.read_bytes(), set(file.parent.iterdir())
    words = [str(office.folder / "config"), str(file), str(int(len(before) * share))]
    program = [sys.executable, "-c", _UNDER_A_LIMIT, *words]
    said = subprocess.run(program, capture_output=True, text=True, check=False)
    assert "Mohon kosongkan ruang" in said.stdout, said.stderr
    assert file.read_bytes() == before
    assert set(file.parent.iterdir()) == beside


def test_a_folder_that_is_not_there_is_said_plainly(office: TestOffice) -> None:
    with pytest.raises(Unavailable, match="Mohon periksa foldernya"):
        backup(office.desk, office.folder / "tidak" / "ada.tar")


# --- files that are not whole and ours ---


@pytest.mark.parametrize(
    "content",
    [b"", b"bukan cadangan", b"\0" * 4096, os.urandom(4096), b"PK\x03\x04" + b"\0" * 2000],
    ids=["empty", "a text", "zeros", "noise", "a zip"],
)
def test_another_file_is_refused(office: TestOffice, content: bytes) -> None:
    file = office.folder / "lain.tar"
    file.write_bytes(content)
    nothing_is_restored(office, file, "bukan cadangan bakohumas-bot")


def test_a_pipe_a_folder_and_a_missing_file_are_refused(office: TestOffice) -> None:
    os.mkfifo(office.folder / "pipa")
    nothing_is_restored(office, office.folder / "pipa", "bukan cadangan")
    nothing_is_restored(office, office.folder, "bukan cadangan|tidak dapat di")
    nothing_is_restored(office, office.folder / "tidak-ada.tar", "tidak dapat dibuka")


def refusal(file: Path) -> str:
    """What is said of it when all of it is read; nothing where it is whole."""
    try:
        with open_archive(file) as archive:
            archive.require_whole()
    except BadInput as error:
        return str(error)
    return ""


def test_a_file_cut_short_anywhere_is_refused(office: TestOffice, file: Path) -> None:
    whole = file.read_bytes()
    assert not refusal(file)
    for length in (len(whole) - 1, len(whole) - 1024, len(whole) // 2, 700, 511):
        file.write_bytes(whole[:length])
        assert refusal(file)
    file.write_bytes(whole + b"\0")
    nothing_is_restored(office, file, "penyalinannya terputus")


def test_a_changed_byte_anywhere_is_noticed(office: TestOffice, file: Path) -> None:
    """In the manifest too: a later hour there would hide what was published meanwhile."""
    whole = bytearray(file.read_bytes())
    for at in range(0, len(whole), 97):
        whole[at] ^= 1
        file.write_bytes(whole)
        assert refusal(file), at
        whole[at] ^= 1
    whole[len(whole) // 2] ^= 0x20
    file.write_bytes(whole)
    nothing_is_restored(office, file, "Tidak ada yang dipulihkan")


# --- files that somebody has made ---

Tables = dict[str, tuple[list[str], list[Any]]]  # columns and rows, which are lines when they are bytes


def forge(file: Path, change: Callable[[Tables], None], **said: Any) -> Path:
    """The same backup with other tables and an other manifest, all of whose checksums fit."""
    with open_archive(file) as archive:
        manifest = archive.manifest
        media = [(sha256, b"".join(chunks)) for sha256, chunks in archive.media()]
        tables: Tables = {}
        for part in manifest.tables:
            with archive.rows(part) as lines:
                tables[part.table] = list(part.columns), [json.loads(line) for line in lines]
    change(tables)
    contents = {table: (columns, b"".join(map(_line, rows))) for table, (columns, rows) in tables.items()}
    parts = tuple(
        TablePart(
            table=table,
            columns=tuple(columns),
            rows=len(tables[table][1]),
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
        )
        for table, (columns, data) in contents.items()
    )
    forged = file.with_name("tiruan.tar")
    with forged.open("wb") as out:
        tar = Tar(out, dataclasses.replace(manifest, tables=parts, **said))
        for sha256, data in media:
            tar.add(f"media/{sha256}", len(data), [data])
        for table, (_, data) in contents.items():
            tar.add(f"tables/{table}.jsonl", len(data), [data])
        tar.close()
    return forged


def _line(row: Any) -> bytes:
    return row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n"


def unchanged(tables: Tables) -> None:
    pass


def put(table: str, column: str, value: Any, row: int = 0) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        columns, rows = tables[table]
        rows[row][columns.index(column)] = value

    return change


def drop(*names: str) -> Callable[[Tables], None]:
    """Tables, or columns as `table.column`."""

    def change(tables: Tables) -> None:
        for name in names:
            table, _, column = name.partition(".")
            if not column:
                del tables[table]
                continue
            columns, rows = tables[table]
            at = columns.index(column)
            tables[table] = columns[:at] + columns[at + 1 :], [row[:at] + row[at + 1 :] for row in rows]

    return change


def add_row(table: str, row: Any) -> Callable[[Tables], None]:
    return lambda tables: tables[table][1].append(row)


def rename_column(tables: Tables) -> None:
    tables["post"][0][0] = "id; DROP TABLE post"


def repeat_a_post(tables: Tables) -> None:
    tables["post"][1].append(tables["post"][1][0])


FORGED = {
    "a text where a number belongs": put("delivery", "tries", "7"),
    "a number where a text belongs": put("post", "office", 7),
    "a time without its offset": put("post", "created_at", "2026-11-26T09:00:00"),
    "a state that does not exist": put("delivery", "state", "flying"),
    "a number beyond all counting": put("delivery", "tries", 2**70),
    "a delivery of no post": put("delivery", "post_id", 4711),
    "nothing where something must be": put("revision", "digest", None),
    "half a letter": put("post", "created_by", "\ud800"),
    "a row twice": repeat_a_post,
    "a short row": add_row("post", [1]),
    "no row": add_row("post", {"id": 1}),
    "no JSON": add_row("post", b"{{{\n"),
    "a nest of lists": add_row("post", b"[" * 100_000 + b"\n"),
    "a column of our own making": rename_column,
}


BY_THE_DATABASE = ("a number beyond all counting", "a delivery of no post", "half a letter")


@pytest.mark.parametrize(
    ("how", "there"), [(how, "sqlite") for how in FORGED] + [(how, "postgresql") for how in BY_THE_DATABASE]
)
def test_rows_that_do_not_fit_are_refused_whole(office: TestOffice, file: Path, how: str, there: str) -> None:
    forged = forge(file, FORGED[how])
    with new_machine(office, there) as moved:
        with pytest.raises(BadInput, match="rusak pada bagian tables/"):
            restore(moved.desk, forged)
        with moved.desk.store.reading() as tx:
            assert tx.execute(text("SELECT count(*) FROM post")).scalar() == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("event", "actor", "lain", row=2), "Catatan audit"),
        (lambda tables: tables["event"][1].pop(), "Catatan audit"),
        (drop("event"), "bukan cadangan"),
        (lambda tables: tables.update(sqlite_master=(["sql"], [])), "bukan cadangan"),
        (lambda tables: tables.update(worker=(["id"], [])), "bukan cadangan"),
    ],
    ids=["an event changed", "an event removed", "no record", "a table of the database", "a table that stays behind"],
)
def test_a_record_that_does_not_hold_is_not_restored(
    office: TestOffice, file: Path, change: Callable[[Tables], None], why: str
) -> None:
    nothing_is_restored(office, forge(file, change), why)


def test_a_row_that_would_fill_the_memory_is_not_read(
    office: TestOffice, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bakohumas_bot.store.archive.rows.LONGEST", 300)
    nothing_is_restored(office, file, "rusak pada bagian tables/")


@pytest.mark.parametrize("said", [{"format": 2}, {"schema": "9999"}])
def test_a_backup_of_a_newer_version_asks_for_that_version(
    office: TestOffice, file: Path, said: dict[str, Any]
) -> None:
    nothing_is_restored(office, forge(file, unchanged, app="7.1.0", **said), r"bakohumas-bot 7\.1\.0 yang lebih baru")


def a_link(info: tarfile.TarInfo) -> None:
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"


def a_path(info: tarfile.TarInfo) -> None:
    info.name = "../../../etc/cron.d/x"


def a_giant(info: tarfile.TarInfo) -> None:
    info.size = 2**60


def a_debt(info: tarfile.TarInfo) -> None:
    info.size = -512


@pytest.mark.parametrize("make", [a_link, a_path, a_giant, a_debt])
@pytest.mark.parametrize("member", ["manifest.json", "media/", "tables/post.jsonl"])
def test_no_member_reaches_beyond_the_file(
    office: TestOffice, file: Path, make: Callable[[tarfile.TarInfo], None], member: str
) -> None:
    whole = file.read_bytes()
    with tarfile.open(file) as tar:
        found = next(one for one in tar.getmembers() if one.name.startswith(member))
    at = found.offset
    make(found)
    header = found.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")[:512]
    file.write_bytes(whole[:at] + header + whole[at + 512 :])
    nothing_is_restored(office, file, "Tidak ada yang dipulihkan")


# --- older files ---

_SINCE_0005 = ("lift", "decision.ticks", "fingerprint")
_SINCE_0004 = (
    *_SINCE_0005,
    *(f"revision.{name}" for name in ("approved_at", "voices")),
    *(f"decision.{name}" for name in ("roles", "deputy", "urgent")),
    *(f"post.{name}" for name in ("held_by", "held_at", "held_reason")),
    *("member", "member_role", "invitation", "deputy", "pin", "remark", "witness", "sealed_note"),
)
_SINCE_0003 = ("card.subject",)
_SINCE_0002 = ("account_pause", "freeze", "delivery.office", "delivery.unproven", "delivery.look_since")


@pytest.mark.parametrize("there", DATABASES)
@pytest.mark.parametrize(
    ("schema", "later"),
    [("0003", _SINCE_0004), ("0002", _SINCE_0004 + _SINCE_0003), ("0001", _SINCE_0004 + _SINCE_0003 + _SINCE_0002)],
)
def test_a_backup_of_an_older_version_goes_through_its_migrations(
    office: TestOffice, file: Path, schema: str, later: tuple[str, ...], there: str
) -> None:
    old = forge(file, drop(*later), schema=schema)
    with restored(office, old, there) as moved:
        with moved.desk.store.reading() as tx:
            assert tx.execute(text("SELECT version_num FROM alembic_version")).scalar() == database.NEWEST
            assert {d.office for d in deliveries.everything(tx)} == {"64.69"}
            assert audit.verify(tx)[1] == []
        moved.go(timedelta(minutes=11))
        moved.go(DAY)
        assert moved.states(2) == {X: "published", FACEBOOK: "published"}
