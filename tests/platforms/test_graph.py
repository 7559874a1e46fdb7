"""Facebook and Instagram by Meta's Graph: error numbers, hidden media, one live call, and reading back."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
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
from bakohumas_bot.platforms.base import Adapter, MediaHost, Stopped, Surroundings
from bakohumas_bot.platforms.http import Answer
from bakohumas_bot.platforms.meta import facebook_page, instagram
from bakohumas_bot.platforms.meta.graph_errors import outcome_of
from bakohumas_bot.platforms.meta.graph_limits import UseCase
from far_end import DROP, FarEnd, Notebook, far_end, job_for, keep

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
STAMP = "2026-11-21T02:00:01+0000"
TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."
TOKEN = "EAAD5contohRahasia0123456789abcdef"
PAGE, USER = "1000", "17841400000000001"


@pytest.fixture
def end() -> Iterator[FarEnd]:
    with far_end({}) as end:
        yield end


@pytest.fixture
def picture(tmp_path: Path) -> RenderedMedia:
    return keep(tmp_path, b"jpeg", MediaKind.IMAGE, "rapat.jpg", alt="Peserta rapat")


@pytest.fixture
def film(tmp_path: Path) -> RenderedMedia:
    return keep(tmp_path, b"mp4", MediaKind.VIDEO, "rapat.mp4")


class Host:
    """Addresses of published media, by delivery."""

    def __init__(self) -> None:
        self.open: set[str] = set()

    def publish(self, sha256: str, mime: str, *, delivery: str) -> str:
        self.open.add(delivery)
        return f"https://desk.example.go.id/m/{sha256}.jpg"

    def withdraw(self, delivery: str) -> None:
        self.open.discard(delivery)


def around(slept: list[timedelta] | None = None, host: MediaHost | None = None) -> Surroundings:
    return Surroundings(
        now=lambda: NOW, sleep=(slept if slept is not None else []).append, media_host=host, state_dir=Path()
    )


def page(url: str, slept: list[timedelta] | None = None, **more: Any) -> Adapter:
    settings = facebook_page.Settings(api_url=url, page_id=PAGE, access_token=TOKEN, **more)
    account = Account(id="fb", office="64.69", platform="facebook_page", handle="@kpucontoh", enabled=True)
    return facebook_page.PLATFORM.open(account, settings, around(slept))


def profile(
    url: str, slept: list[timedelta] | None = None, host: MediaHost | None = None, handle: str = "@kpu_contoh"
) -> Adapter:
    settings = instagram.Settings(api_url=url, ig_user_id=USER, access_token=TOKEN)
    account = Account(id="ig", office="64.69", platform="instagram", handle=handle, enabled=True)
    return instagram.PLATFORM.open(account, settings, around(slept, host))


def error(code: int, subcode: int | None = None, status: int = 400, **more: Any) -> tuple[int, dict[str, Any]]:
    told = {"message": f"(#{code}) no", "type": "OAuthException", "code": code, **more}
    return status, {"error": told | ({"error_subcode": subcode} if subcode else {})}


GONE = error(100, 33)


# --- error numbers ---


def row(kind: str, minutes: int) -> dict[str, Any]:
    return {"type": kind, "call_count": 99, "estimated_time_to_regain_access": minutes}


@pytest.mark.parametrize(
    ("answer", "kind", "field"),
    [
        (error(190, 463), AccountBlocked, None),
        (error(190, status=401), AccountBlocked, None),
        (error(10), AccountBlocked, None),
        (error(200), AccountBlocked, None),
        (error(299), AccountBlocked, None),
        (error(368), AccountBlocked, None),
        (error(100, 33), AccountBlocked, None),
        (error(25, 2207050), AccountBlocked, None),
        (error(4), RateLimited, None),
        (error(4, 2207051), Unknown, None),  # the subcode speaks first: the post may be live
        (error(32, status=403), RateLimited, None),
        (error(80001), RateLimited, None),
        (error(80002), RateLimited, None),
        (error(9, 2207042), RateLimited, None),
        ((429, "slow down"), RateLimited, None),
        (error(1), Unknown, None),
        (error(2), Unknown, None),
        (error(2, status=500), Unknown, None),
        (error(190, status=503), Unknown, None),
        (error(506), Unknown, None),
        (error(-1, 2207001), Unknown, None),
        (error(-2), Unknown, None),
        (error(99_999, is_transient=True), Unknown, None),
        (error(100, status=200), Unknown, None),
        ((502, "<html>"), Unknown, None),
        ((400, "<html>"), Unknown, None),
        ((400, {"error": "a word"}), Unknown, None),
        (error(9007, 2207027), NotSent, None),
        (error(24, 2207008), NotSent, None),
        (error(-2, 2207020), NotSent, None),
        (error(9004, 2207052), NotSent, None),
        (error(100), Rejected, None),
        (error(1609005), Rejected, "isi"),
        (error(36003, 2207009), Rejected, "media"),
        (error(36004, 2207010), Rejected, "isi"),
        (error(352, 2207026), Rejected, "media"),
        (error(1, 2207057), Rejected, None),
        (error(100, 1366046), Rejected, "media"),
        (error(100, 1366051), Unknown, None),  # these photos are in a post already
        (error(197), Rejected, "isi"),
        (error(324), Rejected, "media"),
        (error(36003), Rejected, "media"),
        (error(100, message="(#100) Param attached_media must be an array"), Rejected, "media"),
        (error(100, message="(#100) Param message is too long"), Rejected, "isi"),
    ],
)
def test_metas_numbers_are_read_subcode_first(answer: Any, kind: type, field: str | None, end: FarEnd) -> None:
    end.answers["/feed"] = answer
    outcome = page(end.url).go_live(job_for(Path(), TEXT))
    assert isinstance(outcome, kind), outcome
    assert getattr(outcome, "field", None) == field
    assert end.times("/feed") == 1


@pytest.mark.parametrize(
    ("usage", "minutes"),
    [
        ({"1": [{"type": "pages", "estimated_time_to_regain_access": 7}], "2": [row("pages", 40)]}, 40),
        ({"1": [row("pages", 7), row("ads_management", 90), row("instagram", 40)]}, 7),
        ({"1": [row("pages", 0)]}, 15),
        ({"1": [row("pages", 999_999)]}, 24 * 60),
        ({"1": [{"estimated_time_to_regain_access": 40}]}, 15),
        ({"1": "busy"}, 15),
        ([1], 15),
    ],
)
def test_a_rate_limit_says_how_long_for_the_pages_themselves(usage: Any, minutes: int) -> None:
    assert _limited({"X-Business-Use-Case-Usage": json.dumps(usage)}) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 900),
        ({"X-Business-Use-Case-Usage": "not json"}, 900),
        ({"Retry-After": "33"}, 33),
        ({"Retry-After": "Sat, 21 Nov 2026 02:01:00 GMT"}, 60),
        ({"Retry-After": "soon"}, 900),
        ({"Retry-After": "33", "X-Business-Use-Case-Usage": json.dumps({"1": [row("pages", 2)]})}, 120),
    ],
)
def test_a_rate_limit_that_names_no_minutes_has_its_usual_wait(headers: dict[str, str], seconds: int) -> None:
    assert _limited(headers) == timedelta(seconds=seconds)


def _limited(headers: dict[str, str]) -> timedelta:
    answer = Answer(status=400, body={"error": {"code": 80001}}, headers=CaseInsensitiveDict(headers))
    outcome = outcome_of(answer, UseCase.PAGES, NOW)
    assert isinstance(outcome, RateLimited)
    return outcome.wait


# --- Facebook ---


@pytest.mark.parametrize("answer", [(200, {}), (200, {"id": ""}), (200, {"id": None}), (200, "<html>"), (200, "")])
def test_a_post_without_a_number_is_not_called_published(answer: Any, end: FarEnd) -> None:
    end.answers["/feed"] = answer
    assert isinstance(page(end.url).go_live(job_for(Path(), TEXT)), Unknown)


def test_pictures_go_up_hidden_and_are_named_by_the_one_live_call(
    end: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    end.answers = {"/photos": (200, {"id": "501"}), "/feed": (200, {"id": f"{PAGE}_9"})}
    job, adapter = job_for(tmp_path, TEXT, picture), page(end.url)
    adapter.prepare(job)
    assert b'name="published"\r\n\r\nfalse' in end.bodies[0]
    assert b'name="alt_text_custom"\r\n\r\nPeserta rapat' in end.bodies[0]
    outcome = adapter.go_live(job)
    assert isinstance(outcome, Published)
    assert outcome.receipt.remote_id == f"{PAGE}_9"
    sent = {key: value[0] for key, value in parse_qs(end.bodies[1].decode()).items()}
    assert json.loads(sent["attached_media"]) == [{"media_fbid": "501"}]
    assert sent["message"] == TEXT


def test_every_call_proves_that_the_app_itself_makes_it(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    end.answers = {"/photos": (200, {"id": "501"}), "/feed": (200, {"id": "9"}), "/me": (200, {"id": PAGE})}
    job, adapter = job_for(tmp_path, TEXT, picture), page(end.url, app_secret="rahasiaAplikasi")
    adapter.check_access()
    adapter.prepare(job)
    adapter.go_live(job)
    proof = hmac.new(b"rahasiaAplikasi", TOKEN.encode(), hashlib.sha256).hexdigest()
    assert all(proof in path + body.decode() for path, body in zip(end.asked, end.bodies, strict=True))


def test_a_film_is_waited_for_before_the_hour(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    status = [(200, {"status": {"video_status": word}}) for word in ("uploading", "processing", "ready")]
    end.answers = {"/videos": (200, {"id": "700"}), "/700": status}
    slept: list[timedelta] = []
    page(end.url, slept).prepare(job_for(tmp_path, TEXT, film))
    assert slept == [timedelta(seconds=5), timedelta(seconds=10)]


def test_a_film_that_facebook_cannot_read_is_rejected(end: FarEnd, tmp_path: Path, film: RenderedMedia) -> None:
    end.answers = {"/videos": (200, {"id": "700"}), "/700": (200, {"status": {"video_status": "error"}})}
    with pytest.raises(Stopped) as stop:
        page(end.url).prepare(job_for(tmp_path, TEXT, film))
    assert isinstance(stop.value.outcome, Rejected)


def test_films_go_to_their_own_host(tmp_path: Path, film: RenderedMedia) -> None:
    with (
        far_end({"/videos": (200, {"id": "7"})}) as films,
        far_end({"/7": (200, {"status": {"video_status": "ready"}})}) as end,
    ):
        page(end.url, upload_url=films.url).prepare(job_for(tmp_path, TEXT, film))
        assert films.times("/videos") == 1
        assert end.times("/videos") == 0


@pytest.mark.parametrize("open_at", [page, profile])
def test_an_address_that_is_no_graph_is_not_taken_for_a_strangers_token(open_at: Any, end: FarEnd) -> None:
    end.answers |= {"/me": (200, {}), f"/{USER}": (200, {"id": USER})}
    with pytest.raises(Stopped, match="Mohon periksa api_url"):
        open_at(end.url).check_access()


def test_a_token_of_somebody_else_is_noticed(end: FarEnd) -> None:
    end.answers["/me"] = (200, {"id": "42", "name": "Sari Contoh"})
    with pytest.raises(Stopped) as stop:
        page(end.url).check_access()
    assert isinstance(stop.value.outcome, AccountBlocked)


def fb_post(text: str = TEXT, created: str = STAMP, **more: Any) -> dict[str, Any]:
    return {"id": f"{PAGE}_9", "message": text, "created_time": created, "permalink_url": "https://fb/9"} | more


def listing(*posts: dict[str, Any], after: str | None = None) -> tuple[int, dict[str, Any]]:
    paging = {"cursors": {"after": after}, "next": "https://graph.facebook.com/next"} if after else {}
    return 200, {"data": list(posts), "paging": paging}


def onward(query: str) -> tuple[int, dict[str, Any]]:
    """A page of a list that goes on without a cursor."""
    following = f"https://graph.facebook.com/v26.0/{PAGE}/published_posts?access_token={TOKEN}&{query}"
    return 200, {"data": [fb_post("Lain")], "paging": {"next": following}}


@pytest.mark.parametrize(
    ("pages", "kind"),
    [
        ([listing(fb_post())], Found),
        ([listing()], Absent),
        ([listing(fb_post("Lain"), after="a"), listing(fb_post())], Found),
        ([listing(fb_post("Lain"), after="a"), error(1)], CannotTell),
        ([listing(fb_post("Lama", "2026-11-20T02:00:00+0000"), after="a"), error(1)], Absent),
        ([listing({"id": "1"})], CannotTell),
        ([listing(fb_post(created="kemarin"))], CannotTell),
        ([(200, {"data": ["a word"]})], CannotTell),
        ([error(190)], CannotTell),
        ([(200, "<html>")], CannotTell),
        ([(200, {})], CannotTell),  # an object, but no list of Graph
        ([onward("until=1795226400&__paging_token=enc"), listing(fb_post())], Found),
        ([onward("limit=25"), listing(fb_post())], CannotTell),
        ([listing(fb_post(attachments={"data": [{"type": "photo"}]}))], CannotTell),
        ([listing(fb_post(attachments={"data": [{"type": "something_new"}]}))], Found),
    ],
)
def test_the_pages_own_list_is_read_for_what_it_proves(pages: list[Any], kind: type, end: FarEnd) -> None:
    end.answers["/published_posts"] = pages
    assert isinstance(page(end.url).find(job_for(Path(), TEXT), NOW), kind)


def test_a_list_that_goes_on_by_time_is_asked_by_time(end: FarEnd) -> None:
    end.answers["/published_posts"] = [onward("until=1795226400&__paging_token=enc"), listing()]
    page(end.url).find(job_for(Path(), TEXT), NOW)
    asked = parse_qs(urlsplit(end.asked[-1]).query)
    assert (asked["until"], asked["__paging_token"], asked["access_token"]) == (["1795226400"], ["enc"], [TOKEN])


@pytest.mark.parametrize(
    ("attachments", "count"),
    [
        ([{"type": "photo"}], 1),
        ([{"type": "video_inline"}], 1),
        ([{"type": "share"}], 0),
        ([{"type": "album", "subattachments": {"data": [{"media_type": "photo"}, {"type": "photo"}]}}], 2),
        ([], 0),
        ([{"type": "something_new"}], None),
    ],
)
def test_pictures_of_a_post_are_counted(attachments: list[Any], count: int | None) -> None:
    seen = facebook_page.seen_in(fb_post(attachments={"data": attachments}))
    assert seen is not None
    assert seen.media_count == count


@pytest.mark.parametrize(
    ("answer", "listed", "kind"),
    [
        ((200, fb_post()), error(1), Found),
        (error(1), listing(), CannotTell),
        # "does not exist" is also said of what a token may not see: the Page's own list decides.
        (GONE, listing(fb_post("Lain", id=f"{PAGE}_8")), Absent),
        (GONE, listing(fb_post("Diubah")), Found),
        (GONE, error(200), CannotTell),
        (GONE, GONE, CannotTell),
    ],
)
def test_a_known_post_is_looked_at_itself(answer: Any, listed: Any, kind: type, end: FarEnd) -> None:
    end.answers = {f"/{PAGE}_9": answer, "/published_posts": listed}
    job = job_for(Path(), TEXT, notebook=Notebook({"remote_id": f"{PAGE}_9"}))
    assert isinstance(page(end.url).find(job, NOW), kind)


# --- Instagram ---


def status(code: str, words: str = "") -> tuple[int, dict[str, Any]]:
    return 200, {"id": "800", "status_code": code, "status": words}


def container(end: FarEnd, *codes: Any, publish: Any = None, listed: Any = None) -> None:
    end.answers = {
        "/800": list(codes),
        f"/{USER}/media": [(200, {"id": "800"}), listed] if listed else (200, {"id": "800"}),
        "/media_publish": publish or (200, {"id": "901"}),
    }


def test_media_are_lent_out_only_as_long_as_needed(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    container(end, status("IN_PROGRESS"), status("FINISHED"))
    host, slept = Host(), list[timedelta]()
    job, adapter = job_for(tmp_path, TEXT, picture), profile(end.url, slept, host)
    adapter.prepare(job)
    assert host.open == {"d1"}
    assert slept == [timedelta(seconds=3)]
    assert isinstance(adapter.go_live(job), Published)
    adapter.withdraw(job)
    assert host.open == set()


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (status("ERROR", "Error: Media upload has failed with error code 2207009"), Rejected),
        (status("ERROR", "Error: Media upload has failed with error code 2207053"), NotSent),
        (status("ERROR"), NotSent),
        (status("EXPIRED"), NotSent),
        (GONE, NotSent),
    ],
)
def test_a_broken_container_is_made_anew(
    ending: Any, kind: type, end: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    container(end, ending, status("FINISHED"))
    job, adapter = job_for(tmp_path, TEXT, picture), profile(end.url, host=Host())
    with pytest.raises(Stopped) as stop:
        adapter.prepare(job)
    assert isinstance(stop.value.outcome, kind)
    assert isinstance(adapter.go_live(job), NotSent)
    assert end.times("/media_publish") == 0
    adapter.prepare(job)
    assert end.times(f"/{USER}/media") == 2
    assert isinstance(adapter.go_live(job), Published)


def test_a_container_that_is_never_ready_is_tried_later(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    container(end, status("IN_PROGRESS"))
    slept: list[timedelta] = []
    with pytest.raises(Stopped) as stop:
        profile(end.url, slept, Host()).prepare(job_for(tmp_path, TEXT, picture))
    assert isinstance(stop.value.outcome, NotSent)
    assert timedelta(minutes=3) < sum(slept, timedelta()) <= timedelta(minutes=5)


def test_what_is_already_published_is_not_published_again(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    container(end, status("FINISHED"), status("PUBLISHED"), publish=(500, "no"))
    job, adapter = job_for(tmp_path, TEXT, picture), profile(end.url, host=Host())
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Unknown)
    adapter.prepare(job)
    assert isinstance(adapter.go_live(job), Unknown)
    assert end.times("/media_publish") == 1


OURS = {"id": "901", "caption": TEXT, "timestamp": STAMP, "media_type": "IMAGE", "permalink": "https://ig/p/1"}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ((status("PUBLISHED"), listing(OURS)), Found),
        ((status("PUBLISHED"), listing()), CannotTell),  # it is live; the list lags
        ((status("FINISHED"), listing()), Absent),
        ((status("FINISHED"), listing(OURS)), Found),
        ((status("EXPIRED"), listing()), Absent),
        ((status("ERROR"), listing()), Absent),
        ((GONE, listing()), Absent),
        ((error(2), listing()), CannotTell),
        ((status("NEW_WORD"), listing()), CannotTell),
        ((status("FINISHED"), error(2)), CannotTell),
    ],
)
def test_container_and_list_must_agree_on_absence(
    told: tuple[Any, Any], kind: type, end: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    container(end, status("FINISHED"), told[0], listed=told[1])
    job, adapter = job_for(tmp_path, TEXT, picture), profile(end.url, host=Host())
    adapter.prepare(job)
    assert isinstance(adapter.find(job, NOW), kind)


def test_an_album_counts_its_children(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    children = {"data": [{"id": "1"}, {"id": "2"}]}
    end.answers[f"/{USER}/media"] = listing(OURS | {"media_type": "CAROUSEL_ALBUM", "children": children})
    assert isinstance(profile(end.url).find(job_for(tmp_path, TEXT, picture, picture), NOW), Found)
    assert isinstance(profile(end.url).find(job_for(tmp_path, TEXT, picture), NOW), CannotTell)


def test_an_album_is_made_of_children_that_are_ready(end: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    other = keep(tmp_path, b"another", MediaKind.IMAGE, "lain.jpg")
    container(end, status("IN_PROGRESS"), status("FINISHED"))
    profile(end.url, host=Host()).prepare(job_for(tmp_path, TEXT, picture, other))
    calls = [path.partition("?")[0].rsplit("/", 1)[1] for path in end.asked]
    assert calls == ["media", "media", "800", "800", "800", "media", "800"]
    made = parse_qs(end.bodies[5].decode())
    assert made["media_type"] == ["CAROUSEL"]
    assert made["children"] == ["800,800"]


def test_words_alone_are_not_for_instagram(end: FarEnd) -> None:
    with pytest.raises(Stopped) as stop:
        profile(end.url, host=Host()).prepare(job_for(Path(), TEXT))
    assert isinstance(stop.value.outcome, Rejected)
    assert end.asked == []


def test_without_a_public_address_a_person_is_told_what_to_fill_in(
    end: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    with pytest.raises(Stopped) as stop:
        profile(end.url).prepare(job_for(tmp_path, TEXT, picture))
    assert isinstance(stop.value.outcome, AccountBlocked)
    assert "public_url" in stop.value.outcome.detail


def test_a_number_of_another_account_is_noticed(end: FarEnd) -> None:
    end.answers[f"/{USER}"] = (200, {"username": "kpu_contoh"})
    assert profile(end.url).check_access() == "@kpu_contoh"
    with pytest.raises(Stopped):
        profile(end.url, handle="@kpu_lain").check_access()


# --- both ---


@pytest.mark.parametrize("version", ["v26.0", "v25.0"])
def test_the_version_of_the_configuration_is_asked(version: str, end: FarEnd) -> None:
    end.answers["/me"] = (200, {"id": PAGE})
    page(end.url, graph_version=version).check_access()
    assert end.asked[0].startswith(f"/{version}/me?")


@pytest.mark.parametrize("wrong", [{"page_id": "kpu"}, {"graph_version": "26"}, {"tokn": "x"}, {"access_token": None}])
def test_a_wrong_setting_is_refused_without_showing_secrets(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        facebook_page.Settings(
            **{"api_url": "https://graph.facebook.com", "page_id": 1, "access_token": TOKEN, **wrong}
        )
    assert TOKEN not in repr(facebook_page.Settings(api_url="https://g", page_id=1, access_token=TOKEN))


def test_no_token_is_ever_logged_or_told(end: FarEnd, caplog: pytest.LogCaptureFixture) -> None:
    end.answers = {
        "/feed": error(190, message=f"Error validating access_token={TOKEN}"),
        "/me": [(200, {"id": PAGE}), DROP],
    }
    logging.getLogger("urllib3").setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG):
        page(end.url).check_access()
        outcome = page(end.url).go_live(job_for(Path(), TEXT))
        with pytest.raises(Stopped) as stop:
            page(end.url).check_access()
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(outcome)
    assert TOKEN not in repr(stop.value)
    assert stop.value.__cause__ is None
