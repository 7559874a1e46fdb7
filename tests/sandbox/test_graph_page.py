"""A Page on the pretend Graph: what it takes, what becomes public, what it shows afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.graph.platform import Graph
from graph_caller import Caller, Files, error, media_ids, serving
from rewiring import heavy_picture, picture, video


@pytest.fixture
def graph() -> Iterator[Caller]:
    with Sandbox({"graph": Graph}) as sandbox:
        yield Caller(sandbox)


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as running:
        yield running


def test_a_text_post_is_public_and_read_back(graph: Caller) -> None:
    post = graph.feed(message="Pengumuman", link="https://kab-contohselatan.kpu.go.id/berita/1")["id"]
    shown = graph.posts(fields="id,message,created_time,permalink_url,is_published,attachments{media_type,url}")
    assert shown[0]["message"] == "Pengumuman"
    assert shown[0]["permalink_url"] == f"https://www.facebook.com/{post.replace('_', '/posts/')}"
    assert shown[0]["attachments"]["data"] == [
        {"media_type": "link", "url": "https://kab-contohselatan.kpu.go.id/berita/1"}
    ]
    entry = graph.ledger[0]
    assert (entry.platform, entry.place, entry.id, entry.text) == ("facebook", "@kpucontohselatan", post, "Pengumuman")
    assert graph.violations == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 197),
        ({"message": ""}, 197),
        ({"link": "kpu.go.id"}, 1609005),
        ({"message": "x" * 63_207}, 100),
        ({"message": "a", "scheduled_publish_time": "1999999999"}, 100),
        ({"message": "a", "attached_media": media_ids("404")}, 100),
        ({"message": "a", "attached_media": "[7]"}, 100),
        ({"message": "a", "attached_media": media_ids(*(str(n) for n in range(11)))}, 100),
    ],
)
def test_a_post_that_facebook_does_not_take(graph: Caller, given: dict[str, str], code: int) -> None:
    assert error(graph.feed(**given))[0] == code
    assert len(graph.violations) == 1
    assert graph.ledger == []


def test_the_longest_message_is_taken(graph: Caller) -> None:
    assert "id" in graph.feed(message="é" * 63_206)


def test_only_identical_consecutive_texts_are_duplicates(graph: Caller) -> None:
    assert "id" in graph.feed(message="A")
    assert error(graph.feed(message="A")) == (506, 1455006)
    assert "id" in graph.feed(message="A", published="false")
    assert "id" in graph.feed(message="B")
    assert "id" in graph.feed(message="A")
    assert len(graph.ledger) == 3
    assert graph.violations == []


def test_pictures_are_never_duplicates(graph: Caller) -> None:
    for _ in range(2):
        photo = graph.photo(picture())["id"]
        assert "id" in graph.feed(message="Sama", attached_media=media_ids(photo))
    assert len(graph.ledger) == 2


def test_a_published_photo_has_two_ids(graph: Caller) -> None:
    answer = graph.photo(picture(), published="true", message="Foto", alt_text_custom="Gedung")
    assert answer["post_id"] != answer["id"]
    assert graph.posts()[0]["id"] == answer["post_id"]
    shown = graph.get(f"/{answer['id']}", fields="page_story_id,alt_text_custom,width")
    assert shown == {"id": answer["id"], "page_story_id": answer["post_id"], "alt_text_custom": "Gedung", "width": 64}


def test_a_hidden_photo_is_not_public(graph: Caller) -> None:
    assert set(graph.photo(picture())) == {"id"}
    assert graph.posts() == []
    assert graph.ledger == []


def test_a_photo_goes_public_once(graph: Caller) -> None:
    photo = graph.photo(picture())["id"]
    assert error(graph.feed(attached_media=media_ids(photo, photo))) == (100, 1366051)
    assert "id" in graph.feed(attached_media=media_ids(photo))
    assert error(graph.feed(attached_media=media_ids(photo))) == (100, 1366051)
    shown = graph.photo(picture(), published="true")["id"]
    assert error(graph.feed(attached_media=media_ids(shown))) == (100, 1366051)
    assert len(graph.violations) == 3


def test_attached_media_may_be_spelled_with_indexes(graph: Caller) -> None:
    one, two = (graph.photo(picture(colour=colour))["id"] for colour in ("navy", "maroon"))
    spelled = {"attached_media[0]": media_ids(one)[1:-1], "attached_media[1]": media_ids(two)[1:-1]}
    assert "id" in graph.feed(message="Album", **spelled)
    assert len(graph.ledger[0].media) == 2
    assert graph.violations == []


@pytest.mark.parametrize(
    "body", [b"", b"bukan gambar", picture()[:-200], heavy_picture(1_900)], ids=["empty", "text", "truncated", "10 MB"]
)
def test_what_is_no_photo_is_refused(graph: Caller, body: bytes) -> None:
    assert error(graph.photo(body)) == (100, 1366046)
    assert len(graph.violations) == 1


def test_a_photo_needs_its_bytes(graph: Caller) -> None:
    assert error(graph.post(f"/{graph.page}/photos", published="false")) == (324, None)


def test_a_photo_may_be_fetched_by_its_address(graph: Caller, files: Files) -> None:
    url = files.put("foto.jpg", picture())
    assert "post_id" in graph.post(f"/{graph.page}/photos", url=url)
    assert graph.ledger[0].media == [hashlib.sha256(picture()).hexdigest()]


def test_a_hidden_post_is_revealed_once(graph: Caller) -> None:
    photo = graph.photo(picture())["id"]
    post = graph.feed(message="Nanti", published="false", attached_media=media_ids(photo))["id"]
    assert graph.posts() == []
    assert graph.get(f"/{post}", fields="is_published")["is_published"] is False
    for _ in range(2):
        assert graph.post(f"/{post}", is_published="true") == {"success": True}
    assert [entry.id for entry in graph.ledger] == [post]
    assert graph.sandbox.world.calls["graph POST /{post} reveal"] == 2


@pytest.mark.parametrize("change", [{"is_published": "false"}, {"is_pinned": "true"}, {"message": "x" * 63_207}])
def test_a_public_post_is_not_changed_in_these_ways(graph: Caller, change: dict[str, str]) -> None:
    post = graph.feed(message="Tetap")["id"]
    assert error(graph.post(f"/{post}", **change)) == (100, None)
    assert graph.posts(fields="message,is_published")[0] == {"id": post, "message": "Tetap", "is_published": True}


def test_deleting_a_picture_takes_it_out_of_its_post(graph: Caller) -> None:
    one, two = (graph.photo(picture(colour=colour))["id"] for colour in ("navy", "maroon"))
    graph.feed(attached_media=media_ids(one, two))
    graph.delete(f"/{one}")
    assert graph.ledger[0].media == [hashlib.sha256(picture(colour="maroon")).hexdigest()]
    graph.delete(f"/{two}")
    assert graph.posts() == []
    assert graph.ledger[0].deleted


def test_withdrawing_a_hidden_photo_leaves_nothing(graph: Caller) -> None:
    photo = graph.photo(picture())["id"]
    assert graph.delete(f"/{photo}") == {"success": True}
    assert error(graph.get(f"/{photo}")) == (100, 33)
    assert error(graph.delete(f"/{photo}")) == (100, 33)


def test_a_deleted_post_is_gone_for_readers_and_marked_in_the_ledger(graph: Caller) -> None:
    post = graph.feed(message="Keliru")["id"]
    assert graph.delete(f"/{post}") == {"success": True}
    assert graph.posts() == []
    assert graph.ledger[0].deleted


def test_posts_are_listed_newest_first_page_by_page(graph: Caller) -> None:
    made = [graph.feed(message=f"Berita {number}")["id"] for number in range(5)]
    first = graph.get(f"/{graph.page}/published_posts", limit=2, fields="id")
    assert [post["id"] for post in first["data"]] == made[:2:-1]
    assert "next" in first["paging"]
    rest = graph.get(f"/{graph.page}/published_posts", limit=9, after=first["paging"]["cursors"]["after"])
    assert [post["id"] for post in rest["data"]] == made[2::-1]
    assert "next" not in rest["paging"]
    assert error(graph.get(f"/{graph.page}/published_posts", limit=101)) == (100, None)


def test_posts_are_listed_by_time(graph: Caller) -> None:
    graph.feed(message="Kemarin")
    graph.control("clock", hours=24)
    since = graph.get(f"/{graph.feed(message='Hari ini')['id']}", fields="created_time")["created_time"]
    assert [post["message"] for post in graph.posts(since=since)] == ["Hari ini"]
    assert [post["message"] for post in graph.posts(until=since, limit=9)][-1] == "Kemarin"


def test_lists_may_lag_behind(graph: Caller) -> None:
    graph.control("settings", unseen_reads=2)
    post = graph.feed(message="Baru")["id"]
    assert [len(graph.posts()) for _ in range(3)] == [0, 0, 1]
    assert graph.get(f"/{post}")["message"] == "Baru"


def test_people_change_and_remove_posts_by_hand(graph: Caller) -> None:
    post = graph.feed(message="Resmi")["id"]
    graph.control("edit", id=post, message="Diubah orang lain")
    assert graph.posts()[0]["message"] == "Diubah orang lain"
    graph.control("remove", id=post)
    assert graph.posts() == []


def test_a_whole_video_is_published_with_a_post_of_its_own(graph: Caller) -> None:
    made = graph.post(
        f"/{graph.page}/videos", files={"source": ("v.mp4", video())}, description="Video", title="Judul"
    )["id"]
    states = [graph.get(f"/{made}", fields="status")["status"]["video_status"] for _ in range(2)]
    assert states == ["processing", "ready"]
    shown = graph.get(f"/{made}", fields="permalink_url,post_id,published")
    assert graph.posts()[0]["id"] == shown["post_id"]
    assert graph.ledger[0].text == "Video"
    assert graph.violations == []


def test_a_hidden_video_joins_a_post(graph: Caller) -> None:
    made = graph.post(f"/{graph.page}/videos", files={"source": ("v.mp4", video())}, published="false")["id"]
    assert graph.ledger == []
    assert "id" in graph.feed(message="Tonton", attached_media=media_ids(made))
    assert graph.ledger[0].media == [hashlib.sha256(video()).hexdigest()]
    assert graph.posts(fields="attachments{media_type}")[0]["attachments"]["data"] == [{"media_type": "video"}]


def test_a_hidden_video_is_revealed_once(graph: Caller) -> None:
    made = graph.post(f"/{graph.page}/videos", files={"source": ("v.mp4", video())}, published="false")["id"]
    for _ in range(2):
        assert graph.post(f"/{made}", published="true") == {"success": True}
    assert len(graph.ledger) == 1


def chunked(graph: Caller, body: bytes) -> dict[str, Any]:
    """Every piece as Graph asks for it."""
    path = f"/{graph.page}/videos"
    session: dict[str, Any] = graph.post(path, upload_phase="start", file_size=str(len(body)))
    offsets = session
    while offsets["start_offset"] != offsets["end_offset"]:
        start, end = int(offsets["start_offset"]), int(offsets["end_offset"])
        offsets = graph.post(
            path,
            files={"video_file_chunk": ("piece", body[start:end])},
            upload_phase="transfer",
            upload_session_id=session["upload_session_id"],
            start_offset=str(start),
        )
    return session


def finish(graph: Caller, session: dict[str, Any], **given: str) -> Any:
    key = session["upload_session_id"]
    return graph.post(f"/{graph.page}/videos", upload_phase="finish", upload_session_id=key, **given)


def test_a_video_arrives_in_pieces(graph: Caller) -> None:
    body = video() + (2_500_000).to_bytes(4, "big") + b"free" + bytes(2_499_992)
    session = chunked(graph, body)
    assert graph.sandbox.world.calls["graph POST /{page}/videos transfer"] == 3
    assert graph.ledger == []
    for _ in range(2):
        assert finish(graph, session, description="Utuh") == {"success": True}
    assert [entry.media for entry in graph.ledger] == [[hashlib.sha256(body).hexdigest()]]
    assert graph.violations == []


def test_a_piece_from_the_wrong_place_is_answered_with_the_right_one(graph: Caller) -> None:
    path, body = f"/{graph.page}/videos", video()
    session = graph.post(path, upload_phase="start", file_size=str(len(body)))
    key = session["upload_session_id"]
    answer = graph.post(
        path,
        files={"video_file_chunk": ("piece", body)},
        upload_phase="transfer",
        upload_session_id=key,
        start_offset="5",
    )
    assert error(answer) == (6000, 1363037)
    assert answer["error"]["error_data"] == {"start_offset": "0", "end_offset": str(len(body))}
    assert error(finish(graph, session)) == (6000, 1363033)


@pytest.mark.parametrize("body", [b"", picture(), video()[:-3]], ids=["empty", "picture", "truncated"])
def test_what_is_no_video_is_refused(graph: Caller, body: bytes) -> None:
    assert error(graph.post(f"/{graph.page}/videos", files={"source": ("v.mp4", body)})) == (352, 1363024)
    assert graph.ledger == []


def test_a_video_whose_processing_fails_never_goes_public(graph: Caller) -> None:
    graph.control("settings", video_polls=0)
    graph.fault("processing /{video}", "container_error")
    made = graph.post(f"/{graph.page}/videos", files={"source": ("v.mp4", video())}, published="false")["id"]
    assert graph.get(f"/{made}", fields="status")["status"]["video_status"] == "error"
    assert error(graph.feed(message="Tonton", attached_media=media_ids(made))) == (100, None)
    graph.fault("processing /{video}", "container_error")
    graph.post(f"/{graph.page}/videos", files={"source": ("v.mp4", video())}, published="true")
    assert graph.ledger == []
