"""An office's secrets: what it sealed can be listed, given another key, forgotten, and does not travel with its key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bakohumas_bot import cli
from bakohumas_bot.app import open_app
from bakohumas_bot.doctor import sealing
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.store import sealed
from bakohumas_bot.store.tables import EventRow
from office import TestOffice, X

TOKEN = "penyegar-yang-sangat-rahasia"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(office: TestOffice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str, folder: Path = office.folder / "config") -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["bakohumas", "--config", str(folder), *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    return call


@pytest.fixture
def kept(office: TestOffice) -> TestOffice:
    """An office that has a sealed note."""
    with office.desk.store.writing() as tx:
        sealed.write(tx, office.app.configuration.keyring, X, "oauth2", TOKEN, now=office.clock())
    return office


def key_file(office: TestOffice) -> Path:
    path = office.app.configuration.keyring.path
    assert path is not None
    return path


def test_a_list_names_what_is_kept_and_never_shows_it(run: Run, kept: TestOffice) -> None:
    code, said = run("secrets", "list")
    assert code == 0
    assert X in said
    assert "dapat dibuka" in said
    for hidden in (TOKEN, *kept.app.configuration.keyring.keys()):
        assert hidden not in said + run("secrets", "list", "--json")[1]


def test_another_key_is_one_command_and_stands_in_the_record(run: Run, kept: TestOffice) -> None:
    before = kept.app.configuration.keyring.keys()
    code, said = run("secrets", "rekey")
    assert (code, "1 catatan rahasia" in said) == (0, True)
    after = kept.app.configuration.keyring.keys()
    assert len(after) == 1
    assert after != before
    with kept.desk.store.reading() as tx:
        assert sealed.read(tx, kept.app.configuration.keyring, X, "oauth2") == TOKEN
        assert "secrets.rekeyed" in set(tx.execute(select(EventRow.kind)).scalars())


def test_what_is_forgotten_is_gone(run: Run, kept: TestOffice) -> None:
    assert run("secrets", "forget", X) == (0, f"1 catatan rahasia kanal {X} telah dihapus.\n")
    assert run("secrets", "forget", X) == (0, f"Kanal {X} tidak memiliki catatan rahasia.\n")
    assert "Tidak ada catatan rahasia" in run("secrets", "list")[1]


def test_a_backup_holds_the_sealed_note_but_neither_its_words_nor_its_key(kept: TestOffice, tmp_path: Path) -> None:
    file = tmp_path / "cadangan.tar"
    backup(kept.desk, file)
    data = file.read_bytes()
    assert b"sealed_note" in data
    assert TOKEN.encode() not in data
    assert kept.app.configuration.keyring.keys()[0].encode() not in data


def test_on_a_new_machine_the_key_must_be_brought_along_and_is_asked_for(
    run: Run, kept: TestOffice, tmp_path: Path
) -> None:
    file = tmp_path / "cadangan.tar"
    backup(kept.desk, file)
    there = tmp_path / "mesin-baru"
    there.mkdir()
    toml = (kept.folder / "config" / "bakohumas.toml").read_text(encoding="utf-8")
    toml = "\n".join(line for line in toml.splitlines() if "database" not in line and not line.startswith("url = "))
    (there / "bakohumas.toml").write_text(toml, encoding="utf-8")
    code, said = run("restore", str(file), folder=there)
    assert code == 0, said
    assert f"Token tersandi milik {X} belum dapat dibuka" in said
    assert "secrets.key" in said

    app = open_app(there, secrets=False)
    try:
        (finding,) = sealing.look(app)
        assert (finding.ok, "kembalikan kunci lama" in finding.detail) == (False, True)
        new = app.configuration.keyring.path
        assert new is not None
        new.write_bytes(key_file(kept).read_bytes())
        new.chmod(0o644)
        assert ["chmod 600" in f.detail for f in sealing.look(app)] == [True]
        new.chmod(0o600)
        assert [f.ok for f in sealing.look(app)] == [True]
    finally:
        app.close()
