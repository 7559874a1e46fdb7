"""Every mistake in the configuration is named with file, key and remedy; secrets are never written into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bakohumas_bot.config import load
from bakohumas_bot.domain.reminders import DEFAULT
from bakohumas_bot.errors import BadConfiguration, BadInput
from bakohumas_bot.example import SOURCE, write_example
from bakohumas_bot.platforms import PLATFORMS

EXAMPLE = SOURCE.read_text(encoding="utf-8")


def mistakes(folder: Path, text: str, *, secrets: bool = False) -> str:
    (folder / "bakohumas.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadConfiguration) as caught:
        load(folder, PLATFORMS, secrets=secrets)
    return str(caught.value)


def test_the_example_loads_and_publishes_nothing(tmp_path: Path) -> None:
    write_example(tmp_path)
    read = load(tmp_path, PLATFORMS, secrets=False)
    assert set(read.directory.accounts) == {
        "telegram-contoh-selatan",
        "x-contoh-selatan",
        "fb-contoh-selatan",
        "ig-contoh-selatan",
    }
    assert not any(account.enabled for account in read.directory.accounts.values())


def test_the_example_is_never_written_over(tmp_path: Path) -> None:
    write_example(tmp_path)
    with pytest.raises(BadInput, match="sudah ada"):
        write_example(tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('name = "KPU Kabupaten Contoh Selatan"', "", "offices' ke-1 'name': wajib diisi"),
        ('zone = "Asia/Makassar"', 'zone = "Asia/Makasar"', "zona waktu 'Asia/Makasar' tidak dikenal"),
        ("telegram_id = 1001", 'telegram_id = "1001"', "seharusnya bilangan bulat"),
        ("telegram_id = 1001", "telegram_id = 1002", "telegram_id '1002' dipakai lebih dari sekali"),
        ('role = "ketua_pelaksana"', 'role = "ketua_pelaksna"', "nilai 'ketua_pelaksna' tidak dikenal"),
        ('platform = "x"', 'platform = "twitter"', "platform 'twitter' tidak dikenal"),
        ('office = "64.69"\nplatform = "x"', 'office = "64.70"\nplatform = "x"', "satker '64.70' tidak ada"),
        ("lateness_minutes = 30", "latenes_minutes = 30", "latenes_minutes': kunci ini tidak dikenal"),
        ("lateness_minutes = 30", 'lateness_minutes = "30"', "seharusnya bilangan bulat"),
        ("enabled = false\nlat", 'enabled = "false"\nlat', "seharusnya true atau false"),
        ('city = "Contoh Baru"', 'city = "Contoh Baru"\nkota = "x"', "kota': kunci ini tidak dikenal"),
        ('"env:BAKOHUMAS_X_ACCESS_TOKEN"', '"1234-rahasia"', "rahasia tidak boleh ditulis langsung"),
        ('"https://api.x.com"', '"api.x.com"', "'api_url': harus berupa alamat lengkap"),
        ('"https://api.x.com"', '"https://satker:rahasia@proxy.go.id"', "'api_url': harus berupa alamat lengkap"),
        ('"https://api.telegram.org"', '"https:/api.telegram.org"', "'api_url': harus berupa alamat lengkap"),
        (
            '"sqlite:///var',
            '"postgresql+psycopg://desk:1234-rahasia@db/desk',
            "database, kunci 'url': memuat kata sandi",
        ),
        ('"sqlite:///var', '"postgresql+psycopg://db/x?password=1234-rahasia', "kunci 'url': memuat kata sandi"),
        ('url = "sqlite:///var/bakohumas.db"', 'url = "env:BAKOHUMAS_NONE"', "BAKOHUMAS_NONE belum diisi"),
        ('graph_version = "v26.0"', 'graph_version = "26"', "'graph_version': nilai '26' tidak berbentuk"),
        ("[web]", "[web", "penulisan TOML keliru"),
        ('listen = "127.0.0.1:8080"', 'listen = "8080"', "'listen': harus berupa alamat dan port"),
        ('listen = "127.0.0.1:8080"', 'listen = "127.0.0.1:80800"', "'listen': harus berupa alamat dan port"),
        ('public_url = "https', 'public_url = "ftp', "'public_url': harus berupa alamat lengkap"),
        ('id = "sari"', 'id = "sari/contoh"', "'id': nilai 'sari/contoh' tidak berbentuk"),
        ("telegram_id = 1001", "telegram_id = 99999999999999999999", "seharusnya bilangan yang lebih kecil"),
        ('city = "Contoh Baru"', "city = 2026-01-01", "seharusnya teks dalam tanda kutip"),
        ("# chat = -1001234567890", "chat = 0", "harus berupa nomor obrolan Telegram, misalnya -1001234567890"),
        ("# chat = -1001234567890", 'chat = "-1001234567890"', "'record' 'chat': seharusnya bilangan bulat"),
        ("# chat = -1001234567890", "chat = true", "'record' 'chat': seharusnya bilangan bulat"),
        ("# chat = -1001234567890", "chat = 9007199254740993", "'record' 'chat': seharusnya bilangan"),
        ("# chat = -1001234567890", "caht = -1001234567890", "caht': kunci ini tidak dikenal"),
        ('at = "18.00"', 'at = "25.00"', "'record' 'at': harus berupa jam seperti"),
        ('at = "18.00"', "at = 18", "'record' 'at': seharusnya teks dalam tanda kutip"),
        ("[web]", "nested = " + "[" * 5000 + "\n[web]", "bersarang terlalu dalam"),
    ],
)
def test_each_mistake_is_said_with_its_place_and_remedy(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in EXAMPLE
    text = mistakes(tmp_path, EXAMPLE.replace(before, after, 1))
    assert said in text
    assert "bakohumas.toml" in text
    assert "1234-rahasia" not in text


def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path) -> None:
    text = mistakes(tmp_path, EXAMPLE.replace('listen = "', 'lisen = "', 1))
    assert "Mungkin maksudnya 'listen'" in text


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    text = EXAMPLE.replace('platform = "x"', 'platform = "y"').replace('platform = "instagram"', 'platform = "z"')
    assert len(mistakes(tmp_path, text).splitlines()) == 2


def test_a_missing_file_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="bakohumas init"):
        load(tmp_path / "none", PLATFORMS, secrets=False)


def test_a_missing_token_is_named_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BAKOHUMAS_TELEGRAM_TOKEN", raising=False)
    text = mistakes(tmp_path, EXAMPLE, secrets=True)
    assert "variabel lingkungan BAKOHUMAS_TELEGRAM_TOKEN belum diisi" in text


def test_a_disabled_account_needs_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_example(tmp_path)
    monkeypatch.setenv("BAKOHUMAS_TELEGRAM_TOKEN", "1:x")
    assert load(tmp_path, PLATFORMS, secrets=True).telegram is not None


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("1:abc\n", encoding="utf-8")
    (tmp_path / "bakohumas.toml").write_text(
        EXAMPLE.replace('token = "env:BAKOHUMAS_TELEGRAM_TOKEN"      #', 'token = "file:token" #', 1), encoding="utf-8"
    )
    telegram = load(tmp_path, PLATFORMS, secrets=True).telegram
    assert telegram is not None
    assert telegram.token.get_secret_value() == "1:abc"
    assert "abc" not in repr(telegram)


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\n", "masih kosong"), (b"\xff\xfe", "bukan teks UTF-8"), (None, "tidak dapat dibaca")],
)
def test_a_secret_that_cannot_be_read_is_named_with_its_file(tmp_path: Path, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / "token").write_bytes(data)
    text = EXAMPLE.replace('token = "env:BAKOHUMAS_TELEGRAM_TOKEN"      #', 'token = "file:token" #', 1)
    assert said in mistakes(tmp_path, text, secrets=True)


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "bakohumas.toml").write_text(EXAMPLE, encoding="utf-8-sig")
    assert load(tmp_path, PLATFORMS, secrets=False).listen == "127.0.0.1:8080"


def test_the_unofficial_instagram_must_be_accepted_in_words(tmp_path: Path) -> None:
    commented = EXAMPLE[EXAMPLE.index("# [[accounts]]") :]
    account = re.sub(r"(?m)^# ?", "", commented).replace("accept_risk = true\n", "").replace("= false", "= true")
    text = mistakes(tmp_path, EXAMPLE + account)
    assert "accept_risk" in text


def test_relative_paths_count_from_the_configuration(tmp_path: Path) -> None:
    write_example(tmp_path)
    read = load(tmp_path, PLATFORMS, secrets=False)
    assert read.database_url == f"sqlite:///{tmp_path}/var/bakohumas.db"
    assert read.data_dir == tmp_path / "var"


def test_the_address_of_a_database_server_is_kept_as_a_secret(tmp_path: Path) -> None:
    """It holds a password; every command needs it, also those that need no other secret."""
    address = "postgresql+psycopg://desk:1234-rahasia@db.contoh.go.id/bakohumas"
    (tmp_path / "database").write_text(address + "\n", encoding="utf-8")
    text = EXAMPLE.replace('url = "sqlite:///var/bakohumas.db"', 'url = "file:database"', 1)
    (tmp_path / "bakohumas.toml").write_text(text, encoding="utf-8")
    read = load(tmp_path, PLATFORMS, secrets=False)
    assert read.database_url == address
    assert "1234-rahasia" not in repr(read)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('quiet = ["21.00"]', "berisi dua jam yang berbeda"),
        ('quiet = ["21.00", "25.00"]', "berisi dua jam yang berbeda"),
        ('quiet = ["06.00", "06:00"]', "berisi dua jam yang berbeda"),
        ("remind_every_hours = 0", "seharusnya bilangan yang lebih besar"),
        ("remind_before_minutes = [120, 0]", "seharusnya bilangan yang lebih besar"),
        ('office = "11.00"', "approvals: satker '11.00' tidak ada di [[offices]]"),
        ("remind_every = 4", "Mungkin maksudnya 'remind_every_hours'"),
    ],
)
def test_terms_of_approval_that_cannot_be_kept_are_named(tmp_path: Path, table: str, said: str) -> None:
    assert said in mistakes(tmp_path, f"{EXAMPLE}\n[[approvals]]\n{table}\n")


def test_the_example_s_terms_are_those_that_hold_without_any(tmp_path: Path) -> None:
    write_example(tmp_path)
    assert load(tmp_path, PLATFORMS, secrets=False).reminders == (DEFAULT,)


def test_an_office_may_do_without_quiet_hours(tmp_path: Path) -> None:
    text = EXAMPLE.replace('quiet = ["21.00", "06.00"]', "quiet = []")
    (tmp_path / "bakohumas.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path, PLATFORMS, secrets=False).reminders[0].quiet is None
