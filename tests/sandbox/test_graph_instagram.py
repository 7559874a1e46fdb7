"""Instagram on the pretend Graph: fetching, containers, publishing once, quotas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.graph.platform import INSTAGRAM_TOKEN, Graph
from graph_caller import Caller, Files, error, serving
from rewiring import heavy_picture, picture, video

SQUARE = picture(640, 640)
REEL = video(seconds=5)


@pytest.fixture
def graph() -> Iterator[Caller]:
    with Sandbox({"graph": Graph}) as sandbox:
        yield Caller(sandbox)


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as running:
        yield running


@pytest.fixture
def image(files: Files) -> str:
    return files.put("infografis.jpg", SQUARE)


def read(graph: Caller, node: str, fields: str) -> Any:
    return graph.get(f"/{node}", INSTAGRAM_TOKEN, fields=fields)


def test_an_image_is_fetched_published_read_back_and_deleted(graph: Caller, files: Files, image: str) -> None:
    container = graph.container(image_url=image, caption="Ayo cek DPT #KPU", alt_text="Ajakan cek DPT")["id"]
    assert files.asked == ["/infografis.jpg"]
    assert graph.status(container)["status_code"] == "FINISHED"
    assert graph.ledger == []
    media = graph.reveal(container)["id"]
    assert graph.status(container)["status_code"] == "PUBLISHED"
    shown = read(graph, media, "permalink,caption,media_type,media_product_type,username,alt_text")
    assert shown["permalink"].startswith("https://www.instagram.com/p/")
    assert (shown["caption"], shown["media_type"], shown["media_product_type"]) == ("Ayo cek DPT #KPU", "IMAGE", "FEED")
    assert graph.get(f"/{graph.ig}/media", fields="id", limit=5)["data"] == [{"id": media}]
    entry = graph.ledger[0]
    assert (entry.platform, entry.place, entry.id) == ("instagram", "@kpu_contohselatan", media)
    assert entry.media == [hashlib.sha256(SQUARE).hexdigest()]
    assert graph.delete(f"/{media}", INSTAGRAM_TOKEN) == {"success": True, "deleted_id": media}
    assert graph.ledger[0].deleted
    assert graph.get(f"/{graph.ig}/media")["data"] == []
    assert graph.violations == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (picture(640, 640, "PNG"), (36001, 2207005)),
        (SQUARE[:-300], (36001, 2207005)),
        (b"", (36001, 2207005)),
        (picture(640, 801), (36003, 2207009)),
        (picture(1440, 750), (36003, 2207009)),
        (heavy_picture(1_800), (36000, 2207004)),
    ],
    ids=["PNG", "truncated", "empty", "too tall", "too wide", "too heavy"],
)
def test_an_image_that_instagram_does_not_take(graph: Caller, files: Files, body: bytes, said: tuple[int, int]) -> None:
    assert error(graph.container(image_url=files.put("a.jpg", body))) == said
    assert len(graph.violations) == 1


@pytest.mark.parametrize(("width", "height"), [(640, 800), (641, 801), (1080, 566), (1440, 754), (320, 320)])
def test_ratios_at_the_edge_are_taken(graph: Caller, files: Files, width: int, height: int) -> None:
    assert "id" in graph.container(image_url=files.put("a.jpg", picture(width, height)))
    assert graph.violations == []


@pytest.mark.parametrize("width", [319, 1441])
def test_widths_that_instagram_would_scale_are_written_down(graph: Caller, files: Files, width: int) -> None:
    assert "id" in graph.container(image_url=files.put("a.jpg", picture(width, width)))
    assert graph.violations == [f"width {width} is scaled to 320 to 1440"]


@pytest.mark.parametrize(
    "address",
    [
        "{url}/tiada.jpg",
        "{url}/pindah",
        "{url}/salah.jpg",
        "{url}/é.jpg",
        "a.jpg",
        "http://127.0.0.1:9/a.jpg",
    ],
)
def test_an_address_that_meta_cannot_fetch(graph: Caller, files: Files, address: str) -> None:
    files.served["/pindah"] = (302, "/infografis.jpg")
    files.put("infografis.jpg", SQUARE)
    files.put("salah.jpg", SQUARE, "application/octet-stream")
    files.put("%C3%A9.jpg", SQUARE)
    assert error(graph.container(image_url=address.format(url=files.url))) == (9004, 2207052)
    assert "/infografis.jpg" not in files.asked


@pytest.mark.parametrize("host", ["desk.example.go.id", "127.0.0.1.example.go.id", "192.0.2.1", "[2001:db8::1]"])
def test_nothing_beyond_loopback_is_fetched(graph: Caller, host: str) -> None:
    assert error(graph.container(image_url=f"https://{host}/a.jpg")) == (9004, 2207052)
    assert graph.violations == [f"nothing but loopback is fetched here, not {host.strip('[]')}"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"caption": "x" * 2_201}, (36004, 2207010)),
        ({"caption": " ".join(f"#t{n}" for n in range(31))}, (36004, 2207010)),
        ({"caption": " ".join(f"@t{n}" for n in range(21))}, (100, 2207040)),
        ({"alt_text": "x" * 1_001}, (100, None)),
        ({"media_type": "VIDEO"}, (100, 2207023)),
        ({"media_type": "FOTO"}, (100, 2207023)),
        ({"media_type": "REELS"}, (100, None)),
        ({"media_type": "CAROUSEL", "children": "1,2"}, (100, None)),
        ({"is_carousel_item": "true", "caption": "x"}, (100, None)),
        ({"is_carousel_item": "True"}, (100, None)),
        ({"video_url": "http://127.0.0.1:9/v.mp4"}, (100, None)),
    ],
)
def test_a_container_that_instagram_does_not_make(
    graph: Caller, image: str, given: dict[str, str], said: tuple[int, int | None]
) -> None:
    assert error(graph.container(image_url=image, **given)) == said
    assert len(graph.violations) == 1


def test_the_longest_caption_is_taken(graph: Caller, image: str) -> None:
    assert "id" in graph.container(image_url=image, caption="é" * 2_200, alt_text="x" * 1_000)


def test_publishing_too_early_is_refused_and_may_be_repeated(graph: Caller, image: str) -> None:
    graph.control("settings", image_polls=2)
    container = graph.container(image_url=image)["id"]
    assert error(graph.reveal(container)) == (9007, 2207027)
    assert [graph.status(container)["status_code"] for _ in range(3)] == ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]
    assert "id" in graph.reveal(container)
    assert graph.violations == []


def test_a_container_is_published_once(graph: Caller, image: str) -> None:
    container = graph.container(image_url=image)["id"]
    graph.reveal(container)
    assert error(graph.reveal(container)) == (24, 2207006)
    assert len(graph.ledger) == 1
    assert graph.violations == ["media_publish again on a published container"]


def test_a_container_lives_a_day(graph: Caller, image: str) -> None:
    container = graph.container(image_url=image)["id"]
    graph.control("clock", hours=23.9)
    assert graph.status(container)["status_code"] == "FINISHED"
    graph.control("clock", hours=0.2)
    assert graph.status(container)["status_code"] == "EXPIRED"
    assert error(graph.reveal(container)) == (-2, 2207020)


@pytest.mark.parametrize(("creation_id", "code"), [("404", 24), ("satu", 100), ("", 100)])
def test_a_container_that_is_not_there_is_not_published(graph: Caller, creation_id: str, code: int) -> None:
    assert error(graph.reveal(creation_id))[0] == code


def test_processing_that_fails_spoils_the_container(graph: Caller, image: str) -> None:
    graph.fault("processing /{container}", "container_error")
    spoiled, sound = (graph.container(image_url=image)["id"] for _ in range(2))
    assert graph.status(spoiled)["status_code"] == "ERROR"
    assert "2207053" in graph.status(spoiled)["status"]
    assert error(graph.reveal(spoiled)) == (9007, 2207027)
    assert "id" in graph.reveal(sound)


def test_the_spam_block_may_hide_a_post_that_is_public(graph: Caller, image: str) -> None:
    container = graph.container(image_url=image)["id"]
    graph.fault("POST /{ig}/media_publish", "spam_after")
    assert error(graph.reveal(container)) == (4, 2207051)
    assert graph.status(container)["status_code"] == "PUBLISHED"
    assert len(graph.ledger) == 1


def test_the_spam_block_may_have_published_nothing(graph: Caller, image: str) -> None:
    container = graph.container(image_url=image)["id"]
    graph.fault("POST /{ig}/media_publish", "spam")
    assert error(graph.reveal(container)) == (4, 2207051)
    assert graph.status(container)["status_code"] == "FINISHED"
    assert graph.ledger == []


def test_a_rate_limit_of_the_account_has_its_own_code(graph: Caller) -> None:
    graph.fault("POST /{ig}/media_publish", "rate_limited", seconds=300)
    answer = graph.send("POST", f"/{graph.ig}/media_publish", data={"creation_id": "1"})
    assert error(answer.json()) == (80002, None)
    assert '"estimated_time_to_regain_access": 5' in answer.headers["X-Business-Use-Case-Usage"]


def test_the_daily_quota_counts_a_carousel_once_and_forgets_after_a_day(graph: Caller, image: str) -> None:
    graph.control("settings", quota=2)
    items = [graph.container(image_url=image, is_carousel_item="true")["id"] for _ in range(2)]
    graph.reveal(graph.container(media_type="CAROUSEL", children=",".join(items))["id"])
    media = graph.reveal(graph.container(image_url=image)["id"])["id"]
    graph.delete(f"/{media}", INSTAGRAM_TOKEN)
    limit = graph.get(f"/{graph.ig}/content_publishing_limit", fields="config,quota_usage")["data"]
    assert limit == [{"config": {"quota_total": 2, "quota_duration": 86400}, "quota_usage": 2}]
    assert error(graph.reveal(graph.container(image_url=image)["id"])) == (9, 2207042)
    graph.control("clock", hours=24)
    assert "id" in graph.reveal(graph.container(image_url=image)["id"])


def test_a_carousel_holds_finished_items(graph: Caller, files: Files) -> None:
    pictures = [picture(640, 640, colour=colour) for colour in ("navy", "maroon", "teal")]
    items = [
        graph.container(image_url=files.put(f"{n}.jpg", body), is_carousel_item="true", alt_text=f"Gambar {n}")["id"]
        for n, body in enumerate(pictures)
    ]
    album = graph.container(media_type="CAROUSEL", children=",".join(items), caption="Album")["id"]
    media = graph.reveal(album)["id"]
    assert graph.ledger[0].media == [hashlib.sha256(body).hexdigest() for body in pictures]
    assert graph.ledger[0].extra["alt"] == ["Gambar 0", "Gambar 1", "Gambar 2"]
    shown = read(graph, media, "media_type,children")
    assert shown["media_type"] == "CAROUSEL_ALBUM"
    assert [set(child) for child in shown["children"]["data"]] == [{"id"}] * 3
    assert len(graph.get(f"/{media}/children", INSTAGRAM_TOKEN)["data"]) == 3
    assert len(graph.get(f"/{graph.ig}/media")["data"]) == 1
    assert error(graph.delete(f"/{shown['children']['data'][0]['id']}", INSTAGRAM_TOKEN)) == (100, None)
    assert graph.violations == ["a carousel is deleted whole, not by its items"]


@pytest.mark.parametrize("count", [1, 11])
def test_a_carousel_holds_two_to_ten(graph: Caller, image: str, count: int) -> None:
    items = [graph.container(image_url=image, is_carousel_item="true")["id"] for _ in range(count)]
    assert error(graph.container(media_type="CAROUSEL", children=",".join(items))) == (100, 2207028)


def test_a_carousel_waits_for_its_items_and_takes_only_items(graph: Caller, image: str) -> None:
    graph.control("settings", image_polls=1)
    items = [graph.container(image_url=image, is_carousel_item="true")["id"] for _ in range(2)]
    assert error(graph.container(media_type="CAROUSEL", children=",".join(items))) == (9007, 2207027)
    whole = graph.container(image_url=image)["id"]
    assert error(graph.container(media_type="CAROUSEL", children=f"{whole},{items[0]}")) == (100, None)
    for item in items:
        graph.status(item)
    assert error(graph.reveal(items[0])) == (9007, 2207027)
    assert "id" in graph.container(media_type="CAROUSEL", children=",".join(items))


def test_a_reel_is_fetched_and_processed(graph: Caller, files: Files) -> None:
    url = files.put("v.mp4", REEL, "video/mp4")
    container = graph.container(media_type="REELS", video_url=url, caption="Video")["id"]
    assert error(graph.reveal(container)) == (9007, 2207027)
    assert [graph.status(container)["status_code"] for _ in range(2)] == ["IN_PROGRESS", "FINISHED"]
    shown = read(graph, graph.reveal(container)["id"], "media_type,media_product_type,permalink")
    assert (shown["media_type"], shown["media_product_type"]) == ("VIDEO", "REELS")
    assert "/reel/" in shown["permalink"]
    assert graph.ledger[0].media == [hashlib.sha256(REEL).hexdigest()]


@pytest.mark.parametrize(
    ("body", "content_type", "subcode"),
    [
        (REEL, "text/html", 2207052),
        (picture(), "video/mp4", 2207026),
        (b"", "video/mp4", 2207026),
        (REEL[:-1], "video/mp4", 2207026),
        (video(seconds=2.9), "video/mp4", 2207026),
        (video(seconds=901), "video/mp4", 2207026),
        (video(seconds=5, width=1921), "video/mp4", 2207026),
    ],
)
def test_a_bad_reel_spoils_its_container(
    graph: Caller, files: Files, body: bytes, content_type: str, subcode: int
) -> None:
    url = files.put("v.mp4", body, content_type)
    container = graph.container(media_type="REELS", video_url=url)["id"]
    states = [graph.status(container) for _ in range(2)]
    assert states[1]["status_code"] == "ERROR"
    assert str(subcode) in states[1]["status"]


def upload(graph: Caller, container: str, body: bytes, **headers: str) -> Any:
    headers = {"offset": "0", "file_size": str(len(body)), "Authorization": f"OAuth {INSTAGRAM_TOKEN}"} | headers
    url = f"{graph.base}/ig-api-upload/v26.0/{container}"
    return graph.session.post(url, data=body, headers=headers).json()


def test_a_reel_is_uploaded_through_the_upload_host(graph: Caller) -> None:
    container = graph.container(media_type="REELS", upload_type="resumable", caption="Video")["id"]
    assert [graph.status(container)["status_code"] for _ in range(3)] == ["IN_PROGRESS"] * 3
    assert upload(graph, container, REEL)["success"] is True
    assert [graph.status(container)["status_code"] for _ in range(2)] == ["IN_PROGRESS", "FINISHED"]
    assert "id" in graph.reveal(container)
    assert graph.ledger[0].media == [hashlib.sha256(REEL).hexdigest()]
    assert graph.violations == []


def test_an_upload_must_say_its_true_size(graph: Caller, image: str) -> None:
    container = graph.container(media_type="REELS", upload_type="resumable")["id"]
    assert error(upload(graph, container, REEL, file_size="7")) == (100, None)
    assert error(upload(graph, container, REEL, offset="7")) == (100, None)
    assert error(upload(graph, graph.container(image_url=image)["id"], REEL)) == (100, None)


def test_comments_are_all_that_can_be_changed(graph: Caller, image: str) -> None:
    media = graph.reveal(graph.container(image_url=image, caption="Tetap")["id"])["id"]
    assert graph.post(f"/{media}", INSTAGRAM_TOKEN, comment_enabled="false") == {"success": True}
    assert read(graph, media, "is_comment_enabled")["is_comment_enabled"] is False
    graph.post(f"/{media}", INSTAGRAM_TOKEN, caption="Diubah")
    assert read(graph, media, "caption")["caption"] == "Tetap"
    assert graph.violations == ["unknown parameter caption"]


def test_people_remove_posts_in_the_app(graph: Caller, image: str) -> None:
    media = graph.reveal(graph.container(image_url=image)["id"])["id"]
    graph.control("remove", id=media)
    assert error(read(graph, media, "id")) == (100, 33)
    assert graph.ledger[0].deleted
