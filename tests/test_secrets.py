"""An office's secrets: what it sealed can be listed, given another key, forgotten, and does not travel with its key."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import select

from bakohumas_bot import cli
from bakohumas_bot.app import open_app, set_up_logging
from bakohumas_bot.doctor import sealing
from bakohumas_bot.lifecycle.backup import backup
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.platforms.redaction import SHORTEST, keep_out_of_sight, redact
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


# --- what is written down ---

LIBRARIES = ("", "urllib3", "requests_oauthlib", "oauthlib", "httpx", "httpcore", "telegram", "instagrapi", "tweepy")
SECRETS = {
    "x": ["kunci-aplikasi-x", "rahasia-aplikasi-x", "158-kunciAkunYangRahasia", "rahasia-akun-x"],
    "meta": ["EAAcontohTokenMeta0123456789", "rahasia-aplikasi-meta"],
    "telegram": ["7000000001:AAcontoh_contoh_contoh_contoh_conto"],
    "plain": ["kata sandi dengan spasi", "Seemingly-Ordinary.Words"],
}


@pytest.fixture
def log() -> Iterator[Callable[[], str]]:
    """Everything that any library says at its chattiest, as our handler writes it."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    out = io.StringIO()
    set_up_logging(logging.DEBUG)
    root.handlers[-1].setStream(out)  # type: ignore[attr-defined]
    levels = {name: logging.getLogger(name).level for name in LIBRARIES}
    yield out.getvalue
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    root.handlers[:] = before
    root.setLevel(level)


def chatty() -> None:
    """Libraries set their loggers themselves, and some set them back."""
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)


@pytest.mark.parametrize("platform", ["x", "facebook_page", "instagram", "telegram_channel"])
def test_no_library_writes_a_token_down_however_loud_it_is(
    office: TestOffice, log: Callable[[], str], platform: str
) -> None:
    account = next(a.id for a in office.desk.directory.accounts.values() if a.platform == platform)
    adapter = office.desk.adapters[account]
    adapter.check_access()  # loads the library, which quietens or names its loggers
    chatty()
    adapter.check_access()
    office.fault(platform.split("_", maxsplit=1)[0], "expired_token", "*")
    with suppress(Stopped):
        adapter.check_access()
    logging.getLogger(platform).info("ended")
    said = log()
    assert "ended" in said
    for secret in _secrets_of(office):
        assert secret not in said


def _secrets_of(office: TestOffice) -> list[str]:
    """Of the accounts that are switched on, and of the desk: the others are not even read."""
    rooms = {*office.desk.adapters, "telegram"}
    files = [path for path in (office.folder / "config" / "rahasia").rglob("*") if path.parent.name in rooms]
    return [text for path in files if len(text := path.read_text(encoding="utf-8")) >= SHORTEST]


@pytest.mark.parametrize("secret", [secret for some in SECRETS.values() for secret in some])
def test_whatever_is_said_of_a_known_secret_it_does_not_reach_a_log_or_a_card(
    log: Callable[[], str], secret: str
) -> None:
    keep_out_of_sight(secret)
    for name in LIBRARIES:
        error = ValueError(f"https://contoh.go.id/?kunci={quote(secret, safe='')} {secret}")
        logging.getLogger(name).error("gagal dengan %s dan %r", secret, {"header": f"X {secret}"}, exc_info=error)
    said = log()
    assert said.count("gagal dengan ***") == len(LIBRARIES)
    assert secret not in said
    assert quote(secret, safe="") not in said
    assert secret not in redact(f"[{secret}]")


def test_a_secret_read_from_the_configuration_is_known_from_then_on(office: TestOffice) -> None:
    secrets = _secrets_of(office)
    assert len(secrets) > 5
    for secret in secrets:
        assert redact(f"kata {secret} kata") == "kata *** kata"
