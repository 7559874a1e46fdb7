"""On X a post goes out once; every answer is read for what it means, and uploads go on where they stopped."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from oauthlib.oauth1 import Client as Signer  # type: ignore[import-untyped]
from pydantic import ValidationError
from requests.structures import CaseInsensitiveDict

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    Found,
    NotSent,
    Published,
    RateLimited,
    Rejected,
    Unknown,
)
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms.base import Adapter, Stopped, Surroundings
from bakohumas_bot.platforms.http import Answer
from bakohumas_bot.platforms.x import adapter as x
from bakohumas_bot.platforms.x import answers as x_answers
from bakohumas_bot.platforms.x import media as x_media
from bakohumas_bot.platforms.x import posts as x_posts
from far_end import FarEnd, Notebook, far_end, job_for, keep

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."
KEYS = {
    "consumer_key": "kunciAplikasi",
    "consumer_secret": "rahasiaAplikasi",
    "access_token": "158-kunciAkun",
    "access_token_secret": "rahasiaAkun",
}
CREATED = (201, {"data": {"id": "1990000000000000001", "text": TEXT}})
ME = (200, {"data": {"id": "158", "username": "kpu_contoh", "name": "KPU Contoh"}})
UPLOADED = (200, {"data": {"id": "77", "media_key": "3_77", "expires_after_secs": 86_400}})


def account(url: str, handle: str = "@kpu_contoh", slept: list[timedelta] | None = None, **more: Any) -> Adapter:
    settings = x.Settings(api_url=url, **{**KEYS, **more})
    about = Account(id="x", office="64.69", platform="x", handle=handle, enabled=True)
    around = Surroundings(
        now=lambda: NOW, sleep=(slept if slept is not None else []).append, media_host=None, state_dir=Path()
    )
    return x.PLATFORM.open(about, settings, around)


@pytest.fixture
def end() -> Iterator[FarEnd]:
    with far_end({"/2/users/me": ME, "/2/tweets": CREATED, "/2/media/upload": UPLOADED}) as end:
        yield end


@pytest.fixture
def picture(tmp_path: Path) -> RenderedMedia:
    return keep(tmp_path, b"jpeg", MediaKind.IMAGE, "rapat.jpg")


@pytest.fixture
def film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RenderedMedia:
    monkeypatch.setattr(x_media, "CHUNK", 1000)
    return keep(tmp_path, b"a" * 1000 + b"b" * 1000 + b"c" * 500, MediaKind.VIDEO, "rapat.mp4")


# --- what an answer means ---


def problem(status: int, detail: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return status, {"title": "Problem", "detail": detail, "type": "about:blank", "status": status, **more}


REFUSALS: list[tuple[Any, type, str | None]] = [
    (problem(403, "You are not allowed to create a Tweet with duplicate content."), Unknown, None),
    (
        problem(403, "Your client app is not configured with the appropriate oauth1 app permissions"),
        AccountBlocked,
        None,
    ),
    (problem(401, "Unauthorized"), AccountBlocked, None),
    ((401, "<html>"), AccountBlocked, None),
    (problem(402, "Your enrolled account [1] does not have any credits"), AccountBlocked, None),
    (problem(429, "Too Many Requests"), RateLimited, None),
    ((429, "slow down"), RateLimited, None),
    (problem(400, "Your Tweet text is too long."), Rejected, "isi"),
    (problem(403, "Your Tweet text is too long."), Rejected, "isi"),
    ((400, {"errors": [{"message": "Your media IDs are invalid."}], "title": "Invalid Request"}), NotSent, None),
    ((400, {"errors": [{"message": "$.text: is missing"}]}), Rejected, "isi"),
    ((400, {"errors": [{"message": "Duplicate media items"}]}), Rejected, "media"),
    ((400, {"errors": 5, "title": "Invalid Request"}), Rejected, None),
    (problem(500, "Internal"), Unknown, None),
    ((503, "<html>over capacity</html>"), Unknown, None),
    ((403, "<html>a proxy says no</html>"), Unknown, None),
    ((400, {}), Unknown, None),
    ((201, {}), Unknown, None),
    ((201, {"data": {"text": TEXT}}), Unknown, None),
    ((201, {"data": {"id": ""}}), Unknown, None),
    ((201, "<html>"), Unknown, None),
    ((200, {"data": "1"}), Unknown, None),
    ((204, ""), Unknown, None),
]


@pytest.mark.parametrize(("answer", "kind", "field"), REFUSALS)
def test_every_answer_to_the_one_call_is_named(
    answer: Any, kind: type, field: str | None, end: FarEnd, tmp_path: Path
) -> None:
    end.answers["/2/tweets"] = answer
    outcome = account(end.url).go_live(job_for(tmp_path, TEXT))
    assert isinstance(outcome, kind), outcome
    assert getattr(outcome, "field", None) == field
    assert end.times("/2/tweets") == 1


def test_an_error_that_tweepy_cannot_read_is_unknown(end: FarEnd, tmp_path: Path) -> None:
    end.answers["/2/tweets"] = (400, '["not", "an object"]')
    assert isinstance(account(end.url).go_live(job_for(tmp_path, TEXT)), Unknown)


def test_a_post_with_an_id_is_published(end: FarEnd, tmp_path: Path) -> None:
    outcome = account(end.url).go_live(job_for(tmp_path, TEXT))
    assert isinstance(outcome, Published)
    assert outcome.receipt.remote_id == "1990000000000000001"
    assert outcome.receipt.url == "https://x.com/kpu_contoh/status/1990000000000000001"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 400), "x-rate-limit-remaining": "0"}, 400),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) - 400)}, 5),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 400), "x-rate-limit-remaining": "9"}, 900),
        ({"x-rate-limit-reset": "99999999999999999"}, 86_400),
        ({"x-rate-limit-reset": "soon"}, 900),
        ({"retry-after": "42"}, 42),
        ({}, 900),
    ],
)
def test_a_rate_limit_says_how_long(headers: dict[str, str], wait: int) -> None:
    outcome = x_answers.refusal(Answer(status=429, body=None, headers=CaseInsensitiveDict(headers)), NOW)
    assert isinstance(outcome, RateLimited)
    assert outcome.wait == timedelta(seconds=wait)


# --- uploads ---


def test_media_that_x_forgot_are_uploaded_anew(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    job, adapter = job_for(tmp_path, TEXT, picture), account(end.url)
    end.answers["/2/tweets"] = [(400, {"errors": [{"message": "Your media IDs are invalid."}]}), CREATED]
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), NotSent)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    assert end.times("/2/media/upload") == 2


@pytest.mark.parametrize("life", [1800, 60])
def test_a_media_id_about_to_expire_is_not_used(life: int, end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    end.answers["/2/media/upload"] = (200, {"data": {"id": "77", "expires_after_secs": life}})
    job, adapter = job_for(tmp_path, TEXT, picture), account(end.url)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), NotSent)
    assert end.times("/2/tweets") == 0


def test_a_film_goes_on_where_the_line_broke(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    end.answers = {
        "/initialize": UPLOADED,
        "/append": [(200, {"data": {"expires_at": 1}}), (503, "no"), (204, "")],
        "/finalize": UPLOADED,
        **end.answers,
    }
    job = job_for(tmp_path, TEXT, film)
    with pytest.raises(Stopped) as stop:
        account(end.url).prepare(job)
    assert isinstance(stop.value.outcome, NotSent)
    account(end.url).prepare(job)
    assert end.times("/initialize") == 1
    appended = [b for path, b in zip(end.asked, end.bodies, strict=True) if path.endswith("/append")]
    assert [re.search(rb'"segment_index"\r\n\r\n(\d+)', b)[1] for b in appended] == [b"0", b"1", b"1", b"2"]  # type: ignore[index]
    assert isinstance(account(end.url).go_live(job), Published)


def processing(state: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"data": {"id": "77", "processing_info": {"state": state, **more}}}


def film_at(end: FarEnd, *, finalize: Any, status: Any) -> None:
    end.answers = {
        "/initialize": UPLOADED,
        "/append": (200, {"data": {}}),
        "/finalize": finalize,
        "/2/media/upload": status,
        **{key: value for key, value in end.answers.items() if key != "/2/media/upload"},
    }


def test_a_film_is_waited_for_as_long_as_x_asks(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    film_at(
        end,
        finalize=processing("pending", check_after_secs=3),
        status=[processing("in_progress", check_after_secs=11), processing("succeeded")],
    )
    slept: list[timedelta] = []
    account(end.url, slept=slept).prepare(job_for(tmp_path, TEXT, film))
    assert slept == [timedelta(seconds=3), timedelta(seconds=11)]


def test_a_film_that_is_never_ready_is_tried_later(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    film_at(end, finalize=processing("pending"), status=processing("in_progress", check_after_secs=60))
    slept: list[timedelta] = []
    with pytest.raises(Stopped) as stop:
        account(end.url, slept=slept).prepare(job_for(tmp_path, TEXT, film))
    assert isinstance(stop.value.outcome, NotSent)
    assert sum(slept, timedelta()) <= timedelta(minutes=5)


def test_a_film_that_x_cannot_read_is_rejected_and_begun_anew(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    film_at(end, finalize=processing("failed"), status=processing("failed"))
    job = job_for(tmp_path, TEXT, film)
    for _ in range(2):
        with pytest.raises(Stopped) as stop:
            account(end.url).prepare(job)
        assert isinstance(stop.value.outcome, Rejected)
        assert stop.value.outcome.field == "media"
    assert end.times("/initialize") == 2


def test_an_alternative_text_is_sent_once_per_upload(end: FarEnd, tmp_path: Path) -> None:
    end.answers["/2/media/metadata"] = (200, {"data": {"id": "77"}})
    picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "rapat.jpg", alt="Peserta rapat")
    job = job_for(tmp_path, TEXT, picture)
    for _ in range(2):
        account(end.url).prepare(job)
    assert end.times("/2/media/metadata") == 1


# --- reading back ---


def post(**more: Any) -> dict[str, Any]:
    return {"id": "5", "text": TEXT, "created_at": "2026-11-21T02:00:01.000Z", **more}


LISTED = (200, {"data": [post()], "meta": {"result_count": 1}})


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        ([LISTED], Found),
        ([(200, {"meta": {"result_count": 0}})], Absent),
        ([(200, {"data": [post(text="Lain")], "meta": {"next_token": "b"}}), (200, {"data": [post()]})], Found),
        ([(200, {"data": [post(text="Lain")], "meta": {"next_token": "b"}}), (503, "no")], CannotTell),
        ([(200, {"data": [{"id": "5", "text": "Lain"}]})], CannotTell),  # fields that X silently left out
        ([(200, {"data": [post(attachments={"media_keys": ["3_1"]})]})], CannotTell),
        ([(401, {"detail": "Unauthorized"})], CannotTell),
        ([(200, "<html>")], CannotTell),
        ([(200, {})], CannotTell),  # an object, but no list of X
        ([(200, {"data": [], "meta": {"result_count": 3}})], CannotTell),  # cut short
        ([(200, {"data": [post(text="Lain")], "meta": {"next_token": "b"}})], CannotTell),  # never comes to its end
        ([(200, {"data": [post(created_at="kemarin")]})], CannotTell),
        ([(200, {"data": ["a word"]})], CannotTell),
        ([(200, {"data": {"id": "5"}})], CannotTell),
        ([(200, {"errors": [{"title": "Authorization Error"}]})], CannotTell),
        ([(200, {"data": [post(text="Lain")], "errors": [{"title": "Not Found Error"}]})], CannotTell),
        ([(200, {"data": [post()], "errors": [{"title": "Not Found Error"}]})], Found),
        # A server that knows the older dialect alone refuses the words of the other, or is silent about them.
        ([(400, {"errors": [{"message": "The query parameter [post.fields] is not one of [..]"}]}), LISTED], Found),
        ([(200, {"data": [{"id": "5", "text": TEXT}]}), LISTED], Found),
    ],
)
def test_the_own_timeline_is_read_for_what_it_proves(pages: list[Any], kind: type, end: FarEnd, tmp_path: Path) -> None:
    end.answers["/2/users/158/tweets"] = pages
    assert isinstance(account(end.url).find(job_for(tmp_path, TEXT), NOW), kind)


def test_one_request_never_mixes_the_two_dialects(end: FarEnd, tmp_path: Path) -> None:
    end.answers["/2/users/158/tweets"] = [(200, {"data": [{"id": "5", "text": TEXT}]}), LISTED]
    account(end.url).find(job_for(tmp_path, TEXT), NOW)
    asked = [parse_qs(urlsplit(path).query).keys() for path in end.asked if "/158/tweets" in path]
    assert [names - {"max_results", "start_time"} for names in asked] == [{"post.fields"}, {"tweet.fields"}]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, {"data": post()}), Found),
        ((200, {"errors": [{"type": "https://api.x.com/2/problems/resource-not-found"}]}), Absent),
        ((200, {"errors": [{"type": "https://api.x.com/2/problems/resource-unavailable"}]}), CannotTell),
        ((404, {"title": "Not Found", "detail": "no such route"}), CannotTell),
        ((200, {"data": {"id": "5"}}), CannotTell),
    ],
)
def test_a_known_post_is_looked_at_itself(answer: Any, kind: type, end: FarEnd, tmp_path: Path) -> None:
    end.answers["/2/tweets/5"] = answer
    job = job_for(tmp_path, TEXT, notebook=Notebook({"remote_id": "5"}))
    assert isinstance(account(end.url).find(job, NOW), kind)


@pytest.mark.parametrize(
    ("text", "urls", "public"),
    [
        ("Rapat &amp; sidang &lt;KPU&gt;", [], "Rapat & sidang <KPU>"),
        ("Tulis &amp;amp; apa adanya", [], "Tulis &amp; apa adanya"),
        (
            "Baca https://t.co/a https://t.co/b",
            [
                {"url": "https://t.co/a", "expanded_url": "https://kpu.go.id/x?a=1&b=2"},
                {"url": "https://t.co/b", "expanded_url": "https://x.com/kpu/status/5/photo/1"},
            ],
            "Baca https://kpu.go.id/x?a=1&b=2",
        ),
        ("Rapat https://t.co/b", [{"url": "https://t.co/b", "media_key": "3_1"}], "Rapat"),
    ],
)
def test_the_text_is_compared_as_a_reader_sees_it(text: str, urls: list[dict[str, Any]], public: str) -> None:
    assert x_posts.public_text(text, urls) == public


# --- keys ---


def test_calls_are_signed_for_the_address_of_x_itself(end: FarEnd, tmp_path: Path) -> None:
    """Whatever stands in for it: X checks the signature against its own address, not tweepy's old one."""
    account(end.url).go_live(job_for(tmp_path, TEXT))
    sent = dict(re.findall(r'(oauth_\w+)="([^"]+)"', end.headers[0]["Authorization"]))
    signer = Signer(
        KEYS["consumer_key"],
        client_secret=KEYS["consumer_secret"],
        resource_owner_key=KEYS["access_token"],
        resource_owner_secret=KEYS["access_token_secret"],
        nonce=sent["oauth_nonce"],
        timestamp=sent["oauth_timestamp"],
    )
    signed = signer.sign("https://api.x.com/2/tweets", http_method="POST")[1]["Authorization"]
    assert f'oauth_signature="{sent["oauth_signature"]}"' in signed


def test_an_oauth2_token_goes_as_a_bearer(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    adapter = account(end.url, auth="oauth2", access_token="tokenPengguna")
    job = job_for(tmp_path, TEXT, picture)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Published)
    assert {headers["Authorization"] for headers in end.headers} == {"Bearer tokenPengguna"}


@pytest.mark.parametrize("answer", [{}, {"data": []}, {"data": {"username": "kpu_contoh"}}])
def test_an_address_that_is_no_x_is_not_taken_for_a_strangers_key(answer: dict[str, Any], end: FarEnd) -> None:
    end.answers["/2/users/me"] = (200, answer)
    with pytest.raises(Stopped, match="Mohon periksa api_url"):
        account(end.url).check_access()


def test_keys_of_another_account_are_noticed(end: FarEnd) -> None:
    assert account(end.url).check_access() == "@kpu_contoh"
    with pytest.raises(Stopped) as stop:
        account(end.url, handle="@kpu_lain").check_access()
    assert isinstance(stop.value.outcome, AccountBlocked)


def test_settings_name_what_is_missing_and_hide_what_is_secret() -> None:
    with pytest.raises(ValidationError, match="consumer_secret"):
        x.Settings(api_url="https://api.x.com", access_token="a", consumer_key="b", access_token_secret="c")
    assert "rahasia" not in repr(x.Settings(api_url="https://api.x.com", **KEYS))


def test_no_key_is_ever_logged(end: FarEnd, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("tweepy", "requests_oauthlib", "oauthlib"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG):
        for auth in ("oauth1", "oauth2"):
            adapter = account(end.url, auth=auth)
            adapter.check_access()
            adapter.go_live(job_for(tmp_path, TEXT))
    assert not any(secret in caplog.text for secret in (*KEYS.values(), "oauth_signature"))
