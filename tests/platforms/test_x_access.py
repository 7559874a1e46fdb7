"""X's access renews itself: in time, once, by one at a time; its tokens are sealed and stand in no words of ours."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import ValidationError

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import AccountBlocked, NotSent, Published, RateLimited
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.vault import StoredVault
from bakohumas_bot.platforms.base import Adapter, Memory, Stopped, Surroundings, Vault
from bakohumas_bot.platforms.redaction import redact
from bakohumas_bot.platforms.x import adapter as x
from bakohumas_bot.platforms.x.access import App, Renewed
from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.store.database import open_store
from bakohumas_bot.store.keyring import Keyring
from bakohumas_bot.store.sealed import Turns
from far_end import DROP, FarEnd, far_end, job_for

TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."
FIRST = "penyegar-pertama-dari-konfigurasi"
TOKEN, ME, POSTS = "/2/oauth2/token", "/2/users/me", "/2/tweets"
IS_ME = (200, {"data": {"id": "158", "username": "kpu_contoh", "name": "KPU"}})
CREATED = (201, {"data": {"id": "1990000000000000001", "text": TEXT}})
REFUSED = (401, {"title": "Unauthorized", "detail": "Unauthorized", "status": 401})
OWN = {"auth": "oauth2", "client_id": "aplikasi", "client_secret": "rahasia-aplikasi", "refresh_token": FIRST}


def given(number: int, seconds: int = 7200) -> tuple[int, dict[str, Any]]:
    tokens = {"access_token": f"akses-nomor-{number}", "refresh_token": f"penyegar-nomor-{number}"}
    return 200, {"token_type": "bearer", "expires_in": seconds, **tokens}


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 2, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault() -> Memory:
    return Memory()


@pytest.fixture
def end() -> Iterator[FarEnd]:
    with far_end({TOKEN: [given(1), given(2), given(3)], ME: IS_ME, POSTS: CREATED}) as end:
        yield end


def account(url: str, vault: Vault, clock: Clock, **more: str) -> Adapter:
    about = Account(id="x", office="64.69", platform="x", handle="@kpu_contoh", enabled=True)
    around = Surroundings(now=clock, sleep=lambda _: None, media_host=None, state_dir=Path(), vault=vault)
    return x.PLATFORM.open(about, x.Settings.model_validate({"api_url": url, **OWN, **more}), around)


def bearers(end: FarEnd, path: str) -> list[str]:
    asked = zip(end.asked, end.headers, strict=True)
    return [headers["Authorization"].removeprefix("Bearer ") for asked_path, headers in asked if path in asked_path]


def spent(end: FarEnd) -> list[str]:
    """The refresh tokens that X was asked with, in order."""
    asked = zip(end.asked, end.bodies, strict=True)
    return [parse_qs(body.decode())["refresh_token"][0] for path, body in asked if path == TOKEN]


def test_the_first_token_comes_from_the_configuration_and_the_next_from_the_vault(
    end: FarEnd, vault: Memory, clock: Clock, tmp_path: Path
) -> None:
    adapter, job = account(end.url, vault, clock), job_for(tmp_path, TEXT)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    clock.forward(hours=1)
    account(end.url, vault, clock).check_access()
    clock.forward(minutes=55)
    account(end.url, vault, clock).check_access()
    assert spent(end) == [FIRST, "penyegar-nomor-1"]
    assert bearers(end, POSTS) == ["akses-nomor-1"]
    assert bearers(end, ME) == ["akses-nomor-1", "akses-nomor-2"]


def test_an_app_with_a_secret_names_itself_by_it_and_one_without_by_its_id(
    end: FarEnd, vault: Memory, clock: Clock
) -> None:
    account(end.url, vault, clock).check_access()
    account(end.url, Memory(), clock, client_secret="").check_access()
    with_secret, without = (headers.get("Authorization", "") for headers in end.headers if "form" in _type(headers))
    assert with_secret.startswith("Basic ")
    assert without == ""
    assert b"client_id=aplikasi" in end.bodies[0]


def _type(headers: dict[str, str]) -> str:
    return headers.get("Content-Type", "")


def test_the_live_call_never_waits_for_a_renewal(end: FarEnd, vault: Memory, clock: Clock, tmp_path: Path) -> None:
    adapter, job = account(end.url, vault, clock), job_for(tmp_path, TEXT)
    adapter.prepare(job)
    clock.forward(hours=3)
    outcome = adapter.go_live(job)
    assert isinstance(outcome, NotSent)
    assert end.times(TOKEN) == 1
    assert end.times(POSTS) == 0
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)


def test_a_token_that_x_ends_early_is_renewed_and_the_post_goes_out_once(
    end: FarEnd, vault: Memory, clock: Clock, tmp_path: Path
) -> None:
    end.answers[POSTS] = [REFUSED, CREATED]
    adapter, job = account(end.url, vault, clock), job_for(tmp_path, TEXT)
    adapter.prepare(job)
    clock.forward(minutes=20)
    assert isinstance(adapter.go_live(job), NotSent)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    assert bearers(end, POSTS) == ["akses-nomor-1", "akses-nomor-2"]


def test_reading_goes_on_with_the_renewed_token_at_once(end: FarEnd, vault: Memory, clock: Clock) -> None:
    adapter = account(end.url, vault, clock)
    adapter.check_access()
    clock.forward(minutes=20)
    end.answers[ME] = [REFUSED, IS_ME]
    adapter.check_access()
    assert bearers(end, ME) == ["akses-nomor-1", "akses-nomor-1", "akses-nomor-2"]


def test_a_fresh_token_that_is_refused_is_not_renewed_for_ever(
    end: FarEnd, vault: Memory, clock: Clock, tmp_path: Path
) -> None:
    end.answers |= {POSTS: REFUSED, ME: REFUSED}
    adapter, job = account(end.url, vault, clock), job_for(tmp_path, TEXT)
    for _ in range(3):
        adapter.prepare(job)
        assert isinstance(adapter.go_live(job), AccountBlocked)
        with pytest.raises(Stopped):
            adapter.check_access()
    assert end.times(TOKEN) == 1


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        ((400, {"error": "invalid_request", "error_description": f"Value passed {FIRST} was invalid."}),
         AccountBlocked, "refresh token baru"),
        ((401, {"error": "invalid_client"}), AccountBlocked, "Client ID"),
        ((429, {"title": "Too Many Requests"}), RateLimited, "menunggu"),
        ((503, "<html>over capacity</html>"), NotSent, "HTTP 503"),
        ((400, "<html>a proxy</html>"), NotSent, "belum dapat diperbarui"),
        ((200, {"token_type": "bearer"}), NotSent, "belum dapat diperbarui"),
        (DROP, NotSent, "tidak diterima"),
    ],
)  # fmt: skip
def test_a_renewal_that_fails_says_what_to_do_and_is_tried_again(
    end: FarEnd, clock: Clock, answer: Any, kind: type, says: str
) -> None:
    end.answers[TOKEN] = [answer, given(1)]
    adapter = account(end.url, Memory(), clock)
    with pytest.raises(Stopped) as stop:
        adapter.check_access()
    assert isinstance(stop.value.outcome, kind)
    assert says in stop.value.outcome.detail
    assert FIRST not in stop.value.outcome.detail
    assert adapter.check_access() == "@kpu_contoh"
    assert spent(end) == [FIRST, FIRST]


def test_a_new_first_token_in_the_configuration_is_the_one_that_is_meant(
    end: FarEnd, vault: Memory, clock: Clock
) -> None:
    account(end.url, vault, clock).check_access()
    account(end.url, vault, clock, refresh_token="penyegar-baru-dari-petugas").check_access()
    assert spent(end) == [FIRST, "penyegar-baru-dari-petugas"]


def test_what_cannot_be_written_down_now_is_used_and_written_down_later(end: FarEnd, clock: Clock) -> None:
    class Full(Memory):
        puts, full_from = 0, 99

        def put(self, key: str, value: str) -> None:
            self.puts += 1
            if self.puts >= self.full_from:
                raise Unavailable("Disk penuh.")
            super().put(key, value)

    vault = Full()
    vault.full_from = 1
    adapter = account(end.url, vault, clock)
    with pytest.raises(Stopped, match="tidak dapat ditulis"):
        adapter.check_access()
    assert spent(end) == [], "a token that is good once is not spent where its successor cannot be kept"

    vault.puts, vault.full_from = 0, 2
    adapter.check_access()
    assert "akses-nomor-1" not in (vault.get("oauth2") or "")
    vault.full_from = 99
    adapter.check_access()
    assert json.loads(vault.get("oauth2") or "")["refresh"] == "penyegar-nomor-1"
    assert spent(end) == [FIRST]


def test_while_another_process_renews_an_old_token_serves_and_none_waits(end: FarEnd, clock: Clock) -> None:
    class Elsewhere(Memory):
        ours = True

        @contextmanager
        def turn(self) -> Iterator[bool]:
            yield self.ours

    vault = Elsewhere()
    adapter = account(end.url, vault, clock)
    adapter.check_access()
    vault.ours = False
    clock.forward(minutes=115)
    assert adapter.check_access() == "@kpu_contoh"
    clock.forward(minutes=10)
    with pytest.raises(Stopped, match="sedang diperbarui"):
        adapter.check_access()
    assert spent(end) == [FIRST]


def test_however_many_need_it_at_once_the_refresh_token_is_spent_once(
    pretend: Sandbox, database_url: str, tmp_path: Path
) -> None:
    """Two processes with six threads each, on one database and one key; the pretend X takes a token once."""
    stores = [open_store(database_url), open_store(database_url)]
    ring = Keyring(path=tmp_path / "secrets.key", own=True)
    app = App(
        api_url=f"{pretend.url}/x",
        client_id="sandbox-client-id",
        client_secret="sandbox-client-secret",
        refresh_token="sandbox-refresh-token",
    )
    accesses = [
        Renewed(app, StoredVault(store=s, ring=ring, turns=Turns(s), account="x", now=_now), _now) for s in stores
    ]
    together = threading.Barrier(12)

    def ask(number: int) -> str | None:
        together.wait()
        try:
            return accesses[number % 2].bearer()
        except Stopped as stop:
            return None if isinstance(stop.outcome, NotSent) else stop.outcome.detail

    with ThreadPoolExecutor(12) as threads:
        got = set(threads.map(ask, range(12))) - {None}
    assert pretend.world.calls[f"x POST {TOKEN}"] == 1
    assert {access.bearer() for access in accesses} == got
    assert len(got) == 1
    for store in stores:
        store.close()
    for file in tmp_path.glob("bakohumas.db*"):
        assert str(*got).encode() not in file.read_bytes()


def _now() -> datetime:
    return datetime.now(UTC)


def test_no_token_of_x_stands_in_words_of_ours(end: FarEnd, vault: Memory, clock: Clock) -> None:
    account(end.url, vault, clock).check_access()
    said = f"kunci {FIRST}, rahasia-aplikasi, lalu akses-nomor-1 dan penyegar-nomor-1 pada satu baris"
    assert redact(said) == "kunci ***, ***, lalu *** dan *** pada satu baris"


@pytest.mark.parametrize(
    ("own", "missing"),
    [
        ({"auth": "oauth2"}, "client_id, refresh_token"),
        ({"auth": "oauth2", "client_id": "a"}, "refresh_token"),
        ({"auth": "oauth2", "refresh_token": "a"}, "client_id"),
        ({"auth": "oauth2", "access_token": "a", "refresh_token": "b"}, "client_id"),
        ({"auth": "oauth1", "consumer_key": "a"}, "consumer_secret, access_token, access_token_secret"),
        ({"auth": "oauth2", "access_token": "a"}, None),
        ({"auth": "oauth2", "client_id": "a", "refresh_token": "b"}, None),
    ],
)
def test_the_settings_name_what_is_missing(own: dict[str, str], missing: str | None) -> None:
    whole = {"api_url": "https://api.x.com", **own}
    if missing is None:
        assert "SecretStr" in repr(x.Settings.model_validate(whole))
        return
    with pytest.raises(ValidationError, match=f"memerlukan juga {missing}"):
        x.Settings.model_validate(whole)
