"""The pretend X refuses what X refuses, answers as X answers, and remembers every departure."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import tweepy
from requests_oauthlib import OAuth1

from bakohumas_bot.sandbox.core import Fault, Sandbox
from bakohumas_bot.sandbox.x.identity import APP_BEARER, REFRESH_TOKEN, STRANGER_BEARER, USER_BEARER
from bakohumas_bot.sandbox.x.platform import X
from bakohumas_bot.sandbox.x.text import links, weight
from rewiring import heavy_picture, picture, rewired, video

ME = "1580000000000000001"
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox({"x": X}) as running:
        yield running


@pytest.fixture
def base(sandbox: Sandbox) -> str:
    return f"{sandbox.url}/x"


@pytest.fixture
def keys(sandbox: Sandbox, base: str) -> dict[str, str]:
    settings = sandbox.platforms["x"].sample_accounts(base)[0].settings
    return {name: settings[name] for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret")}


@pytest.fixture
def client(base: str, keys: dict[str, str]) -> tweepy.Client:
    client = tweepy.Client(**keys, return_type=requests.Response)
    rewired(client.session, base)
    return client


class Caller:
    """Plain HTTP with a user token, the office's unless told."""

    def __init__(self, base: str, bearer: str = USER_BEARER) -> None:
        self.base = base
        self.session = rewired(requests.Session(), base)
        self.session.headers["Authorization"] = f"Bearer {bearer}"

    def __call__(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.session.request(method, self.base + path, **more)

    def post(self, text: str, **more: Any) -> requests.Response:
        return self("POST", "/2/tweets", json={"text": text, **more})

    def upload(self, content: bytes, category: str = "tweet_image") -> requests.Response:
        return self("POST", "/2/media/upload", files={"media": ("berkas", content)}, data={"media_category": category})

    def upload_video(self, content: bytes, *, total: int | None = None, parts: int = 2) -> str:
        begun = self(
            "POST",
            "/2/media/upload/initialize",
            json={"media_type": "video/mp4", "total_bytes": total or len(content), "media_category": "tweet_video"},
        )
        media_id: str = begun.json()["data"]["id"]
        step = -(-len(content) // parts)
        for index in range(parts):
            chunk = content[index * step : (index + 1) * step]
            path = f"/2/media/upload/{media_id}/append"
            answer = self("POST", path, data={"segment_index": index}, files={"media": ("bagian", chunk)})
            assert answer.status_code == 200, answer.text
        return media_id

    def state(self, media_id: str) -> dict[str, Any]:
        answer = self("GET", "/2/media/upload", params={"command": "STATUS", "media_id": media_id})
        return dict(answer.json()["data"]["processing_info"])


@pytest.fixture
def call(base: str) -> Caller:
    return Caller(base)


def whats(sandbox: Sandbox) -> str:
    return "\n".join(violation["what"] for violation in sandbox.world.violations)


def test_tweepy_publishes_reads_back_and_deletes(sandbox: Sandbox, client: tweepy.Client) -> None:
    created = client.create_tweet(text="Tahapan & jadwal: https://kpu.go.id/tahapan")
    assert created.status_code == 201
    post = created.json()["data"]
    assert post["edit_history_post_ids"] == [post["id"]]

    read = client.get_users_tweets(
        ME, max_results=5, start_time="2020-01-01T00:00:00Z", tweet_fields=["created_at", "entities"], user_auth=True
    ).json()
    (found,) = read["data"]
    assert found["id"] == post["id"]
    assert found["text"].startswith("Tahapan &amp; jadwal: https://t.co/")
    assert found["entities"]["urls"][0]["expanded_url"] == "https://kpu.go.id/tahapan"

    (entry,) = sandbox.world.ledger
    assert (entry.place, entry.text) == ("@kpu_contohselatan", "Tahapan & jadwal: https://kpu.go.id/tahapan")
    assert client.delete_tweet(post["id"]).json() == {"data": {"deleted": True}}
    assert entry.deleted
    assert client.get_users_tweets(ME, user_auth=True).json() == {"meta": {"result_count": 0}}
    assert sandbox.world.violations == []


def test_tweepy_reads_typed_answers_in_its_own_dialect(client: tweepy.Client) -> None:
    client.create_tweet(text="Satu")
    client.return_type = tweepy.Response
    read = client.get_users_tweets(ME, tweet_fields=["public_metrics", "author_id"], user_auth=True)
    assert read.data[0].public_metrics["retweet_count"] == 0
    assert client.get_me(user_auth=True).data.username == "kpu_contohselatan"


def test_a_picture_goes_up_gets_its_description_and_stands_in_the_ledger(sandbox: Sandbox, call: Caller) -> None:
    content = picture()
    uploaded = call.upload(content).json()["data"]
    assert uploaded["image"] == {"image_type": "image/jpeg", "w": 64, "h": 64}
    assert 86000 < uploaded["expires_after_secs"] <= 86400
    alt = {"id": uploaded["id"], "metadata": {"alt_text": {"text": "Peta wilayah"}}}
    assert call("POST", "/2/media/metadata", json=alt).json()["data"]["id"] == uploaded["id"]
    post = call.post("Peta", media={"media_ids": [uploaded["id"]]}).json()["data"]
    (entry,) = sandbox.world.ledger
    assert entry.media == [hashlib.sha256(content).hexdigest()]
    assert entry.extra == {"alt": ["Peta wilayah"]}

    fields = {"post.fields": "attachments,entities", "expansions": "attachments.media_keys", "media.fields": "alt_text"}
    read = call("GET", f"/2/tweets/{post['id']}", params=fields).json()
    assert read["data"]["attachments"] == {"media_keys": [uploaded["media_key"]]}
    assert read["data"]["text"].startswith("Peta https://t.co/")  # the pictures' own link
    assert read["includes"]["media"] == [
        {"media_key": uploaded["media_key"], "type": "photo", "alt_text": "Peta wilayah"}
    ]
    assert sandbox.world.violations == []


def test_base64_in_json_is_an_upload_too(call: Caller) -> None:
    body = {"media": base64.b64encode(picture(form="PNG")).decode(), "media_category": "tweet_image"}
    assert call("POST", "/2/media/upload", json=body).json()["data"]["image"]["image_type"] == "image/png"


def test_a_video_is_usable_only_when_processed(sandbox: Sandbox, call: Caller) -> None:
    sandbox.world.faults.append(
        Fault(platform="x", operation="processing", mode="slow", detail={"polls": 2, "check_after_secs": 3})
    )
    media_id = call.upload_video(video())
    finished = call("POST", f"/2/media/upload/{media_id}/finalize").json()["data"]
    assert finished["processing_info"] == {"state": "pending", "check_after_secs": 3, "progress_percent": 0}
    attached = {"media_ids": [media_id]}
    assert call.post("Belum", media=attached).json()["errors"][0]["message"] == "Your media IDs are invalid."
    assert [call.state(media_id)["state"] for _ in range(3)] == ["in_progress", "in_progress", "succeeded"]
    assert call.post("Sudah", media=attached).status_code == 201
    assert sandbox.world.violations == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (video(seconds=141), "duration"),
        (video(seconds=0.2), "duration"),
        (video(width=1920, height=1080), "within"),
        (video(width=1200, height=320), "ratio"),
        (video()[:40], "cut off"),
    ],
    ids=["too long", "too short", "too large", "too wide", "cut off"],
)
def test_a_video_that_x_cannot_play_fails_in_processing(call: Caller, content: bytes, why: str) -> None:
    media_id = call.upload_video(content)
    assert call("POST", f"/2/media/upload/{media_id}/finalize").status_code == 200
    assert [call.state(media_id)["state"] for _ in range(2)] == ["in_progress", "failed"], why


def test_a_video_with_a_false_name_or_missing_bytes_is_refused(sandbox: Sandbox, call: Caller) -> None:
    for media_id in (call.upload_video(picture()), call.upload_video(video(), total=len(video()) + 1)):
        assert call("POST", f"/2/media/upload/{media_id}/finalize").status_code == 400
    assert "no MP4" in whats(sandbox)
    assert "do not add up" in whats(sandbox)


@pytest.mark.parametrize(
    ("content", "category", "why"),
    [
        (b"bukan gambar", "tweet_image", "no whole picture"),
        (picture(400, 400)[:1500], "tweet_image", "no whole picture"),
        (picture(form="BMP"), "tweet_image", "with other"),
        (picture(form="GIF"), "tweet_image", "with image/gif"),
        (picture(), "tweet_gif", "with image/jpeg"),
        (picture(1281, 100, "GIF"), "tweet_gif", "GIF of 1281x100"),
        (heavy_picture(1400), "tweet_image", "bytes"),
        (picture(), "dm_image", "no post category"),
        (picture(), "gambar", "enumeration"),
    ],
    ids=["text", "truncated", "bmp", "gif as image", "jpeg as gif", "wide gif", "over 5 MB", "for messages", "unknown"],
)
def test_what_is_no_publishable_picture_is_refused(
    sandbox: Sandbox, call: Caller, content: bytes, category: str, why: str
) -> None:
    assert call.upload(content, category).status_code == 400
    assert why in whats(sandbox)


@pytest.mark.parametrize(
    ("begun", "content", "why"),
    [
        ({"media_type": "image/png"}, picture(), "image/png is image/jpeg"),
        ({"media_category": "tweet_image"}, heavy_picture(1400), "bytes"),
        ({"total_bytes": 6 * 1024 * 1024, "media_category": "tweet_image"}, b"", "tweet_image of 6291456 bytes"),
        ({"total_bytes": -1}, b"", "minimum value of 0"),
        ({"media_type": "image/heic"}, b"", "enumeration"),
        ({"ukuran": 1}, b"", "$.ukuran: is not defined"),
    ],
    ids=["another type", "over 5 MB", "announced over 5 MB", "negative", "unknown type", "unknown field"],
)
def test_a_chunked_upload_is_what_it_was_announced_to_be(
    sandbox: Sandbox, call: Caller, begun: dict[str, Any], content: bytes, why: str
) -> None:
    answer = call("POST", "/2/media/upload/initialize", json=begun)
    if content:
        path = f"/2/media/upload/{answer.json()['data']['id']}"
        call("POST", f"{path}/append", data={"segment_index": 0}, files={"media": ("bagian", content)})
        answer = call("POST", f"{path}/finalize")
    assert answer.status_code == 400
    assert why in whats(sandbox)


@pytest.mark.parametrize("index", ["1000", "-1", "satu", None])
def test_a_segment_needs_its_place(call: Caller, index: str | None) -> None:
    media_id = call.upload_video(video())
    path = f"/2/media/upload/{media_id}/append"
    assert call("POST", path, data={"segment_index": index}, files={"media": ("b", b"x")}).status_code == 400


def test_a_missing_segment_stops_the_upload_and_a_repeated_one_does_not(call: Caller) -> None:
    content = video()
    whole = call.upload_video(content)
    call("POST", f"/2/media/upload/{whole}/append", data={"segment_index": 0}, files={"media": ("b", content[:200])})
    assert call("POST", f"/2/media/upload/{whole}/finalize").status_code == 400  # the repeated segment counts
    again = -(-len(content) // 2)
    for index, part in ((1, content[again:]), (0, content[:again])):
        path = f"/2/media/upload/{whole}/append"
        call("POST", path, data={"segment_index": index}, files={"media": ("b", part)})
    assert call("POST", f"/2/media/upload/{whole}/finalize").status_code == 200
    assert call("POST", f"/2/media/upload/{whole}/finalize").status_code == 200  # asking again changes nothing
    late = {"data": {"segment_index": 2}, "files": {"media": ("b", b"x")}}
    assert call("POST", f"/2/media/upload/{whole}/append", **late).status_code == 400


def test_an_upload_without_category_is_refused(sandbox: Sandbox, call: Caller) -> None:
    answer = call("POST", "/2/media/upload", files={"media": ("a.jpg", picture())})
    assert answer.status_code == 400
    assert "$.media_category: is missing but it is required" in whats(sandbox)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"text": "a", "judul": "b"}, "$.judul: is not defined in the schema"),
        ({"text": 5}, "$.text: integer found, string expected"),
        ({"text": None}, "$.text: null found"),
        ({"text": "a", "reply_settings": "everyone"}, "enumeration"),
        ({"text": "a", "media": {"media_ids": []}}, "minimum of 1 items"),
        ({"text": "a", "media": {"media_ids": ["1", "2", "3", "4", "5"]}}, "maximum of 4 items"),
        ({"text": "a", "media": {"media_ids": [123]}}, "integer found"),
        ({"text": "a", "media": {"media_ids": ["abc"]}}, "regex pattern"),
        ({"text": "a", "media": {}}, "$.media.media_ids: is missing"),
        ({"text": "a", "made_with_ai": "yes"}, "string found, boolean expected"),
        ({"text": "a", "poll": {"options": ["ya"], "duration_minutes": 4}}, "minimum value of 5"),
        ({"text": "a", "poll": {"options": ["ya", "tidak"], "duration_minutes": True}}, "boolean found, integer"),
        ([], "array found, object expected"),
        ({"text": ""}, "at least text or media"),
        ({}, "at least text or media"),
        ({"text": "a\ufeffb"}, "U+FEFF"),
    ],
)
def test_a_body_that_the_description_does_not_allow_is_refused_and_noted(
    sandbox: Sandbox, call: Caller, body: Any, why: str
) -> None:
    answer = call("POST", "/2/tweets", json=body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "https://api.x.com/2/problems/invalid-request"
    assert why in whats(sandbox)
    assert sandbox.world.ledger == []


def test_a_body_must_say_that_it_is_json(call: Caller) -> None:
    answer = call("POST", "/2/tweets", data='{"text": "a"}', headers={"Content-Type": "text/plain"})
    assert answer.json()["errors"][0]["message"] == "Requests with bodies must have content-type of application/json."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Halo", 4),
        ("kpu.go.id", 23),
        ("Lihat https://kpu.go.id/sangat/panjang/" + "a" * 200, 6 + 23),
        ("(kpu.go.id), ya.", 1 + 23 + 6),
        ("sari@kpu.go.id", 14),
        ("Pukul 09.00 WIB", 15),
        ("…", 2),
        ("“a–b”", 5),
        ("• butir", 8),
        ("日本", 4),
        ("e\u0301", 1),
        ("👨‍👩‍👧‍👦", 2),
        ("🇮🇩", 2),
        ("👍🏽", 2),
        ("1️⃣", 2),
        ("©", 1),
        ("𝗧𝗲𝗯𝗮𝗹", 10),
    ],
)
def test_length_is_counted_as_x_counts_it(text: str, expected: int) -> None:
    assert weight(text) == expected


def test_links_end_where_the_sentence_goes_on() -> None:
    text = "Lihat kpu.go.id/a_(b)?x=1&y=2, jdih.kpu.go.id. dan http://contoh.id/#c; bukan nama.berkas"
    assert [link.url for link in links(text)] == ["kpu.go.id/a_(b)?x=1&y=2", "jdih.kpu.go.id", "http://contoh.id/#c"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Saham $ABC dan $DEF"},
        {"text": "Setuju?", "poll": {"options": ["ya", "tidak"], "duration_minutes": 60}},
        {"text": "Lihat", "quote_tweet_id": "1"},
        {"text": "Ubah", "edit_options": {"previous_post_id": "1"}},
    ],
)
def test_what_a_self_serve_app_may_not_do_is_forbidden(sandbox: Sandbox, call: Caller, body: dict[str, Any]) -> None:
    answer = call("POST", "/2/tweets", json=body)
    assert (answer.status_code, answer.json()["title"]) == (403, "Forbidden")
    assert sandbox.world.violations
    assert call.post("Harga $5 dan $10, saham $ABC").status_code == 201


def test_what_belongs_to_others_cannot_be_touched(sandbox: Sandbox, call: Caller, base: str) -> None:
    stranger = Caller(base, STRANGER_BEARER)
    theirs = stranger.post("Dari warga").json()["data"]["id"]
    photo = stranger.upload(picture()).json()["data"]["id"]
    assert call("DELETE", f"/2/tweets/{theirs}").status_code == 403
    assert call.post("Halo", reply={"in_reply_to_tweet_id": theirs}).status_code == 403
    assert call.post("Foto", media={"media_ids": [photo]}).status_code == 400
    alt = {"id": photo, "metadata": {"alt_text": {"text": "Foto"}}}
    assert call("POST", "/2/media/metadata", json=alt).status_code == 404
    assert call("GET", f"/2/users/{ME}/tweets").json()["meta"]["result_count"] == 0
    assert call.post("Dari warga").status_code == 201  # their words are no duplicate of ours
    assert [entry.place for entry in sandbox.world.ledger] == ["@warga_contoh", "@kpu_contohselatan"]


def test_280_pass_and_281_do_not(sandbox: Sandbox, call: Caller) -> None:
    fits = "a" * (280 - 24) + " kpu.go.id"
    assert call.post(fits).status_code == 201
    refused = call.post("b" + fits)
    assert refused.status_code == 403
    assert refused.json()["detail"] == "Your Tweet text is too long."
    assert "text of weight 281" in whats(sandbox)


def test_the_same_words_twice_are_a_duplicate_until_deleted(sandbox: Sandbox, call: Caller) -> None:
    first = call.post("Selamat pagi").json()["data"]["id"]
    again = call.post("Selamat pagi")
    assert again.status_code == 403
    assert (again.json()["type"], again.json()["detail"]) == ("about:blank", DUPLICATE)
    call("DELETE", f"/2/tweets/{first}")
    assert call.post("Selamat pagi").status_code == 201
    assert sandbox.world.violations == []


def test_the_same_words_with_media_uploaded_anew_pass(call: Caller) -> None:
    """X's refusal is no guard there: the desk must not lean on it."""
    for _ in range(2):
        media_id = call.upload(picture()).json()["data"]["id"]
        assert call.post("Foto", media={"media_ids": [media_id]}).status_code == 201


def test_media_of_two_kinds_foreign_or_expired_are_refused(sandbox: Sandbox, call: Caller, base: str) -> None:
    photo = call.upload(picture()).json()["data"]["id"]
    clip = call.upload_video(video())
    call("POST", f"/2/media/upload/{clip}/finalize")
    call.state(clip), call.state(clip)
    for media_ids in ([photo, clip], [photo, photo], ["99"]):
        assert call.post("Campur", media={"media_ids": media_ids}).status_code == 400
    assert "4 pictures, or one video" in whats(sandbox)
    requests.post(f"{sandbox.url}/sandbox/x/media/expire", timeout=5)
    assert call.post("Basi", media={"media_ids": [photo]}).status_code == 400
    assert sandbox.world.ledger == []


def test_a_thread_replies_to_itself_and_to_nobody_else(sandbox: Sandbox, call: Caller) -> None:
    root = call.post("Utas 1").json()["data"]["id"]
    call.post("Utas 2", reply={"in_reply_to_tweet_id": root})
    assert call.post("Halo", reply={"in_reply_to_tweet_id": "123"}).status_code == 403
    read = call("GET", f"/2/users/{ME}/tweets", params={"post.fields": "conversation_id,referenced_posts"})
    assert [post["conversation_id"] for post in read.json()["data"]] == [root, root]
    without = call("GET", f"/2/users/{ME}/tweets", params={"exclude": "replies,retweets"})
    assert [post["id"] for post in without.json()["data"]] == [root]
    assert sandbox.world.ledger[1].extra["reply_to"] == root


def test_the_timeline_filters_and_pages(sandbox: Sandbox, call: Caller) -> None:
    ids = [call.post(f"Pos {number}").json()["data"]["id"] for number in range(7)]
    path = f"/2/users/{ME}/tweets"
    page = call("GET", path, params={"max_results": 5}).json()
    assert [post["id"] for post in page["data"]] == ids[:1:-1]
    rest = call("GET", path, params={"max_results": 5, "pagination_token": page["meta"]["next_token"]}).json()
    assert [post["id"] for post in rest["data"]] == ids[1::-1]
    assert call("GET", path, params={"since_id": ids[5]}).json()["meta"]["result_count"] == 1
    assert call("GET", path, params={"start_time": "2100-01-01T00:00:00Z"}).json()["meta"]["result_count"] == 0
    assert call("GET", "/2/users/42/tweets").json()["errors"][0]["resource_type"] == "user"
    assert sandbox.world.violations == []


@pytest.mark.parametrize(
    "query",
    [
        {"max_results": "3"},
        {"max_results": "101"},
        {"exclude": "retweet"},
        {"since_id": "abc"},
        {"start_time": "kemarin"},
        {"limit": "5"},
    ],
)
def test_a_wrong_query_is_refused_and_noted(sandbox: Sandbox, call: Caller, query: dict[str, str]) -> None:
    assert call("GET", f"/2/users/{ME}/tweets", params=query).status_code == 400
    assert sandbox.world.violations


@pytest.mark.parametrize(
    ("query", "seen", "oddity"),
    [
        ({"post.fields": "created_at,public_metrics"}, ("edit_history_post_ids", "edit_history_tweet_ids"), ""),
        ({"tweet.fields": "created_at"}, ("edit_history_tweet_ids", "edit_history_post_ids"), ""),
        ({"post.fields": "retweet_count"}, ("id", "retweet_count"), "unknown retweet_count"),
        ({"post.fields": "author_id"}, ("id", "author_id"), "unknown author_id"),
        ({"post.fields": ""}, ("id", "created_at"), "names nothing"),
        ({"post.fields": "entities", "tweet.fields": "created_at"}, ("entities", "created_at"), "mixes"),
        ({"post.fields": "entities", "expansions": "referenced_tweets.id"}, ("entities", "referenced_tweets"), "mixes"),
    ],
)
def test_two_dialects_are_served_and_a_wrong_word_is_silence(
    sandbox: Sandbox, call: Caller, query: dict[str, str], seen: tuple[str, str], oddity: str
) -> None:
    call.post("Lihat kpu.go.id")
    (post,) = call("GET", f"/2/users/{ME}/tweets", params=query).json()["data"]
    assert [name in post for name in seen] == [True, False]
    assert oddity in whats(sandbox)
    assert bool(oddity) == bool(sandbox.world.violations)


def test_a_read_may_lag_behind_a_write(sandbox: Sandbox, call: Caller) -> None:
    requests.post(f"{sandbox.url}/sandbox/x/lag", json={"reads": 2}, timeout=5)
    call.post("Terlambat tampak")
    counts = [call("GET", f"/2/users/{ME}/tweets").json()["meta"]["result_count"] for _ in range(3)]
    assert counts == [0, 0, 1]


def test_the_net_against_duplicates_can_be_taken_away(sandbox: Sandbox, call: Caller) -> None:
    requests.post(f"{sandbox.url}/sandbox/x/duplicates", json={"refused": False}, timeout=5)
    assert [call.post("Dua kali").status_code for _ in range(2)] == [201, 201]


@pytest.mark.parametrize("host", ["https://api.x.com", "https://api.twitter.com", ""])
def test_a_signature_may_stand_over_either_host(base: str, keys: dict[str, str], host: str) -> None:
    session = rewired(requests.Session(), base)
    auth = OAuth1(*(keys[name] for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret")))
    answer = session.get(f"{host or base}/2/users/me", params={"user.fields": "verified,url"}, auth=auth)
    assert answer.json()["data"]["id"] == ME


@pytest.mark.parametrize("broken", ["consumer_secret", "access_token_secret", "consumer_key", "access_token"])
def test_a_wrong_key_is_unauthorized(base: str, keys: dict[str, str], broken: str) -> None:
    client = tweepy.Client(**{**keys, broken: "salah"})
    rewired(client.session, base)
    with pytest.raises(tweepy.Unauthorized):
        client.create_tweet(text="Halo")


def test_a_signed_request_counts_once(sandbox: Sandbox, base: str, keys: dict[str, str]) -> None:
    session = rewired(requests.Session(), base)
    auth = OAuth1(*(keys[name] for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret")))
    url = "https://api.x.com/2/tweets"
    prepared = session.prepare_request(requests.Request("POST", url, json={"text": "Sekali"}, auth=auth))
    assert session.send(prepared).status_code == 201
    assert session.send(prepared).status_code == 401
    assert "the same signed request came twice" in whats(sandbox)


def test_a_changed_address_breaks_the_signature(base: str, keys: dict[str, str]) -> None:
    session = rewired(requests.Session(), base)
    auth = OAuth1(*(keys[name] for name in ("consumer_key", "consumer_secret", "access_token", "access_token_secret")))
    prepared = session.prepare_request(requests.Request("GET", "https://api.x.com/2/users/me", auth=auth))
    prepared.url = "https://api.x.com/2/users/me?user.fields=verified"
    assert session.send(prepared).status_code == 401


@pytest.mark.parametrize(
    ("header", "status"),
    [(None, 401), ("Bearer salah", 401), (f"Bearer {APP_BEARER}", 403), (f"Bearer {USER_BEARER}", 201)],
)
def test_only_a_user_may_publish(base: str, header: str | None, status: int) -> None:
    headers = {"Authorization": header} if header else {}
    answer = requests.post(f"{base}/2/tweets", json={"text": "Halo"}, headers=headers, timeout=5)
    assert answer.status_code == status


def test_refresh_tokens_rotate(call: Caller, base: str) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": REFRESH_TOKEN}
    client = ("sandbox-client-id", "sandbox-client-secret")
    fresh = requests.post(f"{base}/2/oauth2/token", data=form, auth=client, timeout=5).json()
    assert call("GET", "/2/users/me").status_code == 401  # the old access token
    call.session.headers["Authorization"] = f"Bearer {fresh['access_token']}"
    assert call("GET", "/2/users/me").status_code == 200
    assert requests.post(f"{base}/2/oauth2/token", data=form, auth=client, timeout=5).status_code == 400


def test_the_window_of_calls_is_counted_down_and_closes(sandbox: Sandbox, call: Caller) -> None:
    requests.post(f"{sandbox.url}/sandbox/x/limits", json={"POST /2/tweets": 2}, timeout=5)
    answers = [call.post(f"Pos {number}") for number in range(3)]
    assert [answer.headers["x-rate-limit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert 0 < int(answers[2].headers["x-rate-limit-reset"]) - time.time() <= 901


def test_the_posts_of_one_app_in_a_day_are_counted_beside_the_window(sandbox: Sandbox, call: Caller) -> None:
    requests.post(f"{sandbox.url}/sandbox/x/app_limits", json={"POST /2/tweets": 1}, timeout=5)
    taken, refused = call.post("Satu"), call.post("Dua")
    assert (taken.status_code, refused.status_code) == (201, 429)
    assert [answer.headers["x-app-limit-24hour-remaining"] for answer in (taken, refused)] == ["0", "0"]
    assert refused.headers["x-rate-limit-remaining"] == "98"
    assert 86_000 < int(refused.headers["x-app-limit-24hour-reset"]) - time.time() <= 86_401
    assert "x-app-limit-24hour-reset" not in call("GET", "/2/users/me").headers


@pytest.mark.parametrize(
    ("count", "mode"),
    [
        ("x-rate-limit", "rate_limited"),
        ("x-user-limit-24hour", "user_day_spent"),
        ("x-app-limit-24hour", "app_day_spent"),
    ],
)
def test_each_count_runs_out_by_itself(count: str, mode: str, sandbox: Sandbox, call: Caller) -> None:
    sandbox.world.faults.append(Fault(platform="x", operation="live", mode=mode, seconds=300))
    headers = call.post("Halo").headers
    assert headers[f"{count}-remaining"] == "0"
    assert 290 < int(headers[f"{count}-reset"]) - time.time() <= 300
    spent = [name for name, value in headers.items() if name.endswith("-remaining") and value == "0"]
    assert spent == [f"{count}-remaining"]


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ({"mode": "rate_limited"}, 429, "Too Many Requests"),
        ({"mode": "user_day_spent"}, 429, "Too Many Requests"),
        ({"mode": "app_day_spent"}, 429, "Too Many Requests"),
        ({"mode": "usage_capped"}, 429, "UsageCapExceeded"),
        ({"mode": "usage_capped", "detail": {"period": "Daily"}}, 429, "Daily"),
        ({"mode": "expired_token"}, 401, "Unauthorized"),
        ({"mode": "credits_depleted"}, 402, "CreditsDepleted"),
        ({"mode": "duplicate"}, 403, DUPLICATE),
        ({"mode": "too_long", "detail": {"status": 400}}, 400, "too long"),
        ({"mode": "rejected"}, 400, "invalid-request"),
        ({"mode": "forbidden"}, 403, "not permitted"),
    ],
)
def test_x_fails_in_its_own_words_and_nothing_stands(
    sandbox: Sandbox, call: Caller, fault: dict[str, Any], status: int, words: str
) -> None:
    sandbox.world.faults.append(Fault(platform="x", operation="live", seconds=30, **fault))
    assert call("GET", "/2/users/me").status_code == 200
    answer = call.post("Halo")
    assert answer.status_code == status
    assert words in answer.text
    assert sandbox.world.ledger == []
    assert call.post("Halo").status_code == 201


def test_a_rate_limit_says_when_it_ends(sandbox: Sandbox, client: tweepy.Client) -> None:
    sandbox.world.faults.append(Fault(platform="x", operation="POST /2/tweets", mode="rate_limited", seconds=30))
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.create_tweet(text="Halo")
    assert 25 < caught.value.reset_time - time.time() <= 30


def test_a_post_accepted_without_an_answer_stands_once(sandbox: Sandbox, client: tweepy.Client) -> None:
    sandbox.world.faults.append(Fault(platform="x", operation="live", mode="drop_after"))
    with pytest.raises(requests.exceptions.ConnectionError):
        client.create_tweet(text="Diam-diam terbit")
    assert [entry.text for entry in sandbox.world.ledger] == ["Diam-diam terbit"]
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        client.create_tweet(text="Diam-diam terbit")
    assert sandbox.world.calls["x POST /2/tweets"] == 2


def test_people_of_the_office_post_and_delete_by_hand(sandbox: Sandbox, call: Caller) -> None:
    by_hand = requests.post(f"{sandbox.url}/sandbox/x/posts", json={"text": "Dari ponsel"}, timeout=5).json()["id"]
    assert call("GET", f"/2/tweets/{by_hand}").json()["data"]["text"] == "Dari ponsel"
    requests.delete(f"{sandbox.url}/sandbox/x/posts/{by_hand}", timeout=5)
    assert "data" not in call("GET", f"/2/tweets/{by_hand}").json()
    assert requests.get(f"{sandbox.url}/sandbox/x/entah", timeout=5).status_code == 404


def test_an_unknown_call_is_noted(sandbox: Sandbox, call: Caller) -> None:
    assert call("POST", "/1.1/statuses/update.json", data={"status": "Halo"}).status_code == 404
    assert "no such call" in whats(sandbox)
