"""The hazards of the libraries underneath, each by its name: what they do left alone, and that ours does not happen.

Measured with tweepy 4.17.0, facebook-sdk 3.1.0, instagrapi 3.2.2 and python-telegram-bot 22.8; a newer version that
behaves otherwise shows here first.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
from telegram.error import TimedOut

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import NotSent, Outcome, Published, RateLimited, Unknown
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.platforms import PLATFORMS, http
from bakohumas_bot.platforms.base import Adapter, Surroundings
from bakohumas_bot.platforms.http import session_for
from far_end import CUT, DROP, SILENCE, FarEnd, Notebook, far_end, job_for, keep
from proving import Bench, simplest
from provisions import EVERY

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."
OWN: dict[str, dict[str, Any]] = {
    "x": {"consumer_key": "a", "consumer_secret": "b", "access_token": "c", "access_token_secret": "d"},
    "facebook_page": {"page_id": "1000", "access_token": "e"},
    "telegram_channel": {"chat_id": -1001, "token": "100200:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"},
    "instagram_private": {"username": "u", "password": "p", "session_file": "s.json", "accept_risk": True},
}
SESSION = {"authorization_data": {"ds_user_id": "77", "sessionid": "77%3Aabc"}, "cookies": {"ds_user_id": "77"}}


@pytest.fixture
def end() -> Iterator[FarEnd]:
    with far_end({}) as end:
        yield end


def account(name: str, url: str, folder: Path) -> Adapter:
    platform = PLATFORMS[name]
    about = Account(id=name, office="64.69", platform=name, handle="@kpu_contoh", enabled=True)
    around = Surroundings(now=lambda: NOW, sleep=lambda _: None, media_host=None, state_dir=folder)
    return platform.open(about, platform.settings(api_url=url, **OWN[name]), around)


def posted(name: str, end: FarEnd, folder: Path) -> Outcome:
    return account(name, end.url, folder).go_live(job_for(folder, TEXT))


# --- tweepy ---


@pytest.mark.usefixtures("hurried")
def test_tweepy_knows_no_timeout_and_is_given_ours(end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/2/tweets": SILENCE}
    outcome = posted("x", end, tmp_path)
    assert isinstance(outcome, Unknown)
    assert outcome.unreachable
    assert end.times("/2/tweets") == 1


@pytest.mark.usefixtures("_nothing_sleeps")
def test_tweepy_does_not_wait_and_post_again_by_itself(end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/2/tweets": (429, {"title": "Too Many Requests"})}  # without a reset it would call on without end
    assert isinstance(posted("x", end, tmp_path), RateLimited)
    assert end.times("/2/tweets") == 1


@pytest.mark.parametrize("body", ['["a list"]', "<html>", "", "5"])
@pytest.mark.parametrize("status", [201, 400, 403])
def test_tweepy_stumbles_over_a_body_and_we_do_not(body: str, status: int, end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/2/tweets": (status, body)}
    assert isinstance(posted("x", end, tmp_path), Unknown)
    assert end.times("/2/tweets") == 1


def test_tweepy_closes_no_session_between_uploads_and_the_post(end: FarEnd, tmp_path: Path) -> None:
    """`tweepy.API` would, after every call: a TLS handshake each time."""
    end.answers = {
        "/2/media/upload": (200, {"data": {"id": "77"}}),
        "/2/tweets": (201, {"data": {"id": "5", "text": TEXT}}),
    }
    pictures = [keep(tmp_path, bytes([n]) * 300_000, MediaKind.IMAGE, f"{n}.jpg") for n in range(3)]
    adapter, job = account("x", end.url, tmp_path), job_for(tmp_path, TEXT, *pictures)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    assert len(end.asked) == 4
    assert len(end.callers) == 1


# --- facebook-sdk ---


@pytest.mark.parametrize(("status", "kind"), [(502, Unknown), (503, Unknown), (429, RateLimited), (404, Unknown)])
def test_facebook_sdk_takes_an_error_status_for_a_success_and_we_do_not(
    status: int, kind: type, end: FarEnd, tmp_path: Path
) -> None:
    end.answers = {"/feed": (status, {"id": "1000_1"})}
    assert _put_by_the_sdk(end.url) == {"id": "1000_1"}
    outcome = posted("facebook_page", end, tmp_path)
    assert isinstance(outcome, kind), outcome
    assert end.times("/feed") == 2, "once by the library alone, once by us"


@pytest.mark.usefixtures("hurried")
def test_facebook_sdk_waits_for_ever_and_is_given_our_deadline(end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/feed": SILENCE}
    outcome = posted("facebook_page", end, tmp_path)
    assert isinstance(outcome, Unknown)
    assert outcome.unreachable
    assert end.times("/feed") == 1


@pytest.mark.parametrize("body", ["<html>", "", '["a list"]', "5"])
def test_facebook_sdk_stumbles_over_a_body_and_we_do_not(body: str, end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/feed": (200, body)}
    assert isinstance(posted("facebook_page", end, tmp_path), Unknown)
    assert end.times("/feed") == 1


def _put_by_the_sdk(url: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import facebook
    graph = facebook.GraphAPI("e", session=session_for({"graph.facebook.com": url}))
    return graph.put_object("1000", "feed", message=TEXT)


# --- instagrapi ---


@pytest.fixture
def _nothing_sleeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    yield
    assert not any(slept)


@pytest.mark.parametrize(
    "answer",
    [
        (429, {"status": "fail", "message": "slow"}),
        (500, {"status": "fail"}),
        (502, "<html>"),
        (503, "<html>"),
        (504, "<html>"),
        (408, {"status": "fail", "message": "timeout"}),
        (400, {"status": "fail", "message": "challenge_required", "challenge": {"api_path": "/challenge/1/"}}),
        (403, {"status": "fail", "message": "login_required"}),
        DROP,
        CUT,
    ],
)
@pytest.mark.usefixtures("_nothing_sleeps", "hurried")
def test_instagrapi_sends_again_after_many_answers_and_ours_does_not(answer: Any, end: FarEnd, tmp_path: Path) -> None:
    end.answers = {"/media/configure": answer}
    (tmp_path / "s.json").write_text(json.dumps(SESSION))
    picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "rapat.jpg", width=640, height=640)
    upload = json.dumps({"id": "1763690400000", "until": (NOW + timedelta(hours=2)).isoformat()})
    job = job_for(tmp_path, TEXT, picture, notebook=Notebook({f"upload:{picture.sha256}": upload}))
    outcome = account("instagram_private", end.url, tmp_path).go_live(job)
    assert not isinstance(outcome, Published)
    assert end.times("/media/configure") == 1
    assert len(end.asked) == 1, "and asks for nothing else in the same second"


# --- python-telegram-bot ---


@pytest.mark.parametrize(
    ("cause", "kind", "unreachable"),
    [
        (httpx.ConnectTimeout, NotSent, True),
        (httpx.ConnectError, NotSent, True),
        (httpx.PoolTimeout, NotSent, False),  # our own crowd, not Telegram's fault
        (httpx.UnsupportedProtocol, NotSent, False),
        (httpx.WriteTimeout, Unknown, True),
        (httpx.ReadTimeout, Unknown, True),
        (httpx.ReadError, Unknown, True),
        (httpx.RemoteProtocolError, Unknown, True),
        (httpx.DecodingError, Unknown, False),
    ],
)
def test_telegrams_timed_out_is_said_of_every_phase_and_we_tell_them_apart(
    cause: type[Exception], kind: type, unreachable: bool
) -> None:
    from bakohumas_bot.platforms.telegram_channel.wire import _unanswered

    error = TimedOut()
    error.__cause__ = cause("...")
    outcome = _unanswered(error)
    assert isinstance(outcome, kind)
    assert outcome.unreachable is unreachable


@pytest.mark.usefixtures("hurried")
def test_a_call_that_finds_no_place_in_telegrams_pool_was_not_sent(end: FarEnd, tmp_path: Path) -> None:
    from bakohumas_bot.platforms.telegram_channel.wire import POOL_SIZE

    end.answers = {"/sendMessage": SILENCE}
    senders = POOL_SIZE + 4
    with ThreadPoolExecutor(senders) as threads:
        outcomes = list(threads.map(lambda _: posted("telegram_channel", end, tmp_path), range(senders)))
    unsent = [outcome for outcome in outcomes if isinstance(outcome, NotSent)]
    assert len(unsent) >= 1
    assert end.times("/sendMessage") == senders - len(unsent)


def test_all_channels_share_a_few_small_pools(tmp_path: Path) -> None:
    """httpx searches its pool with every call, and a client of its own for each bot costs 1.6 MB."""
    from bakohumas_bot.platforms.telegram_channel.wire import POOL_SIZE, POOLS, Wire

    wires = [Wire(f"{number}:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr", "http://127.0.0.1:9") for number in range(40)]
    assert len({id(wire._bot.request) for wire in wires}) == POOLS <= 4
    assert POOL_SIZE <= 16


# --- all of them ---


ONE_CONTEXT = f"""
from datetime import timedelta
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.instagram_private.client import Phone
from bakohumas_bot.platforms.telegram_channel import wire

session = http.session_for({{"api.x.com": "https://127.0.0.1:9"}})
phone = Phone("https://127.0.0.1:9", {SESSION!r}, timedelta(hours=8), lambda: None)
adapters = [one.get_adapter("https://") for one in (session, phone.private, phone.public)]
contexts = [adapter.poolmanager.connection_pool_kw["ssl_context"] for adapter in adapters]
contexts += [pool._client._transport._pool._ssl_context for pool in wire.POOLED]
assert all(context is http.tls() for context in contexts), contexts
"""


def test_every_library_trusts_by_the_one_context_of_the_process() -> None:
    """In a process of its own: here, a test of another certificate may have asked for a second one."""
    subprocess.run([sys.executable, "-c", ONE_CONTEXT], check=True, timeout=60)


def test_nothing_stands_in_for_urllib3() -> None:
    """niquests brings a urllib3 of its own, on which the other libraries would run unasked."""
    installed = {distribution.metadata["Name"].casefold() for distribution in distributions()}
    assert not installed & {"urllib3-future", "niquests"}


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_live_call_opens_no_session_no_thread_and_no_trust_of_its_own(
    name: str, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the first post of an account everything is there. A new connection would be a thread of the sandbox."""
    first, second = (bench.job(simplest(bench.spec), f"Rapat {number}") for number in (1, 2))
    for job in (first, second):
        bench.adapter.prepare(job)
    assert isinstance(bench.adapter.go_live(first), Published)
    opened: list[str] = []

    def noting(what: Any, name: str) -> None:
        original = getattr(what, name)

        def noted(*args: Any, **kwargs: Any) -> Any:
            opened.append(f"{what.__name__}.{name}")
            return original(*args, **kwargs)

        monkeypatch.setattr(what, name, noted)

    noting(requests.Session, "__init__")
    noting(threading.Thread, "start")
    noting(http.ssl, "create_default_context")
    noting(asyncio, "new_event_loop")
    outcome = bench.adapter.go_live(second)
    monkeypatch.undo()
    assert isinstance(outcome, Published)
    assert opened == []
