"""The doctor where an office stands a proxy before the platforms: any host, any path, and a certificate of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bakohumas_bot.config import FILE
from bakohumas_bot.doctor import examine
from bakohumas_bot.lifecycle.freeze import freeze
from bakohumas_bot.lifecycle.hold import hold
from bakohumas_bot.store import health
from bakohumas_bot.store.workers import membership
from office import OFFICE, TELEGRAM, TestOffice, X
from postgres import on_postgresql
from proxy import OWN_CA, front


@pytest.fixture
def behind_proxies(office: TestOffice) -> Iterator[Path]:
    """The office's configuration, every platform at another kind of address."""
    config = office.folder / "config"
    said = (config / FILE).read_text(encoding="utf-8")
    rooms = {name: f"{office.sandbox.url}/{name}" for name in ("telegram", "x", "graph")}
    with ExitStack() as open_:
        telegram = open_.enter_context(front(rooms["telegram"], path="/keluar/telegram", over_tls=True))
        x = open_.enter_context(front(rooms["x"], over_tls=True))
        graph = open_.enter_context(front(rooms["graph"]))
        said = said.replace(f'"{rooms["telegram"]}"', f'"https://localhost:{telegram}/keluar/telegram/"')
        said = said.replace(f'"{rooms["x"]}"', f'"https://127.0.0.1:{x}"')
        said = said.replace(f'"{rooms["graph"]}"', f'"http://localhost:{graph}/"')
        (config / FILE).write_text(said, encoding="utf-8")
        yield config


def doctor(config: Path, **environment: str) -> dict[str, str]:
    """What is not well, in a process of its own: whom to trust is read once."""
    start = "from bakohumas_bot.cli import main; main()"
    command = [sys.executable, "-c", start, "--config", str(config), "doctor", "--json"]
    surroundings = {k: v for k, v in os.environ.items() if "CERT" not in k and "BUNDLE" not in k}
    done = subprocess.run(command, env=surroundings | environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return {row["name"]: row["detail"] for row in json.loads(done.stdout) if not row["ok"]}


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_platform_may_stand_behind_a_proxy_whose_certificate_the_office_names(
    name: str, behind_proxies: Path
) -> None:
    assert doctor(behind_proxies, **{name: str(OWN_CA)}) == {}


def test_a_certificate_that_nobody_named_is_refused(behind_proxies: Path) -> None:
    unwell = doctor(behind_proxies)
    assert set(unwell) == {"Bot Telegram", "Kanal telegram-contoh-selatan", "Kanal x-contoh-selatan"}
    assert all("CERTIFICATE_VERIFY_FAILED" in detail for detail in unwell.values())


def test_a_named_certificate_that_cannot_be_read_is_a_mistake_of_configuration(behind_proxies: Path) -> None:
    (sentence,) = doctor(behind_proxies, SSL_CERT_FILE="tidak-ada.pem").values()
    assert "SSL_CERT_FILE: sertifikat tidak-ada.pem tidak dapat dibaca" in sentence


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("expired_token", "token ditolak Telegram"),
        ("rate_limited", "Too Many Requests"),
        ("html_after", "HTTP 502"),
        ("garbage_after", "HTTP 200"),
        ("drop_before", "Jawaban platform tidak diterima"),
    ],
)
def test_the_doctor_tells_a_refused_token_from_an_address_that_is_no_telegram(
    mode: str, said: str, office: TestOffice
) -> None:
    office.fault("telegram", mode, operation="getMe")
    unwell = {row.name: row.detail for row in examine(office.folder / "config") if not row.ok}
    assert set(unwell) == {"Bot Telegram"}
    assert said in unwell["Bot Telegram"]


def unwell(office: TestOffice) -> dict[str, str]:
    return {row.name: row.detail for row in examine(office.folder / "config") if not row.ok}


def frozen(office: TestOffice) -> None:
    freeze(office.desk, office.person("sari"), OFFICE, "Ada konten bocor")


def resting(office: TestOffice) -> None:
    office.fault("x", "expired_token")
    office.approved(accounts=(X,))
    office.go()


def unconfirmed(office: TestOffice) -> None:
    office.fault("telegram", "drop_before", "live")
    post = office.approved(accounts=(TELEGRAM,)).post
    while not office.deliveries(post)[TELEGRAM].asks:
        office.go(timedelta(minutes=2))


def missed(office: TestOffice) -> None:
    office.approved(accounts=(TELEGRAM,))
    office.go(timedelta(hours=1))


def nobody_at_work(office: TestOffice) -> None:
    office.clock.at -= timedelta(minutes=5)
    office.approved(accounts=(TELEGRAM,))


def nobody_told(office: TestOffice) -> None:
    office.clock.at -= timedelta(minutes=15)
    office.submitted()


@pytest.mark.parametrize(
    ("what", "name", "said"),
    [
        (frozen, "Pembekuan KPU Kabupaten Contoh Selatan", "dibekukan oleh Sari Contoh sejak"),
        (frozen, "Pembekuan KPU Kabupaten Contoh Selatan", "bakohumas unfreeze --office 64.69"),
        (resting, f"Jeda {X}", "menunggu aksesnya diperbarui"),
        (unconfirmed, "Perlu dicek", "1 menunggu petugas"),
        (missed, "Terlewat", "1 menunggu pimpinan"),
        (nobody_at_work, "Penayang", "1 penayangan tertahan. Mohon jalankan: bakohumas run"),
        (nobody_told, "Pesan ke Telegram", "2 pesan belum terkirim. Apakah bot berjalan?"),
    ],
)
def test_what_holds_publishing_up_is_named_with_what_to_do(
    office: TestOffice, what: Callable[[TestOffice], None], name: str, said: str
) -> None:
    what(office)
    assert said in unwell(office)[name]


def test_a_held_post_is_no_fault_but_is_named(office: TestOffice) -> None:
    post = office.approved(accounts=(X,), publish_at=office.clock() + timedelta(hours=1)).post
    assert _said_of_held(office) == (True, "tidak ada.")
    hold(office.desk, office.person("budi"), post, "Menunggu data.")
    well, said = _said_of_held(office)
    assert well
    assert f"#{post} oleh Budi Contoh sejak" in said
    assert "bakohumas release POST" in said


def _said_of_held(office: TestOffice) -> tuple[bool, str]:
    (row,) = [one for one in examine(office.folder / "config") if one.name == "Ditunda"]
    return row.ok, row.detail


def test_the_workers_that_live_are_named(office: TestOffice) -> None:
    with membership(office.desk.store, office.clock, timedelta(minutes=5)):
        said = {row.name: row for row in examine(office.folder / "config")}["Penayang"]
    assert said.ok
    assert f"1 berjalan: {socket.gethostname()} (pid {os.getpid()}, sejak " in said.detail


@on_postgresql
def test_a_clock_that_differs_from_the_databases_is_found(office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {row.name: row.detail for row in examine(office.folder / "config")}
    assert said["Jam basis data"] == "selaras."
    monkeypatch.setattr(health, "clock", lambda _: datetime.now(UTC) - timedelta(seconds=90))
    assert "selisih 90 detik" in unwell(office)["Jam basis data"]
