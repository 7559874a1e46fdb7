"""The pretend Instagram app server serves the real instagrapi, and refuses what the app's server refuses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import instagrapi
import instagrapi.exceptions as refusals
import pytest
import requests

from bakohumas_bot.sandbox.core import Fault, Sandbox
from bakohumas_bot.sandbox.instagram_private.login import PASSWORD, SEND_LOGIN, USERNAME
from bakohumas_bot.sandbox.instagram_private.platform import InstagramPrivate
from bakohumas_bot.sandbox.instagram_private.posts import short_code
from rewiring import picture, rewired, video

Open = Callable[..., instagrapi.Client]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox({"instagram": InstagramPrivate}) as running:
        yield running


@pytest.fixture
def phone(sandbox: Sandbox) -> Open:
    """A new client of the library: its built-in hosts lead here, its own retries and sleeps are off."""

    def open_client(settings: dict[str, Any] | None = None) -> instagrapi.Client:
        client = instagrapi.Client(
            settings=settings,
            private_transport="requests",
            with_challenge_flow=False,
            request_timeout=0,
            session_retry_total=0,
        )
        for session in (client.private, client.public):
            rewired(session, f"{sandbox.url}/instagram")
        return client

    return open_client


@pytest.fixture
def inside(phone: Open) -> instagrapi.Client:
    client = phone()
    client.login_legacy(USERNAME, PASSWORD)
    return client


def upload(client: instagrapi.Client, content: bytes, upload_id: str, **changed: Any) -> requests.Response:
    """The bytes as they are; the library's own photo_rupload would encode them anew."""
    changed = dict(changed)
    name = f"{upload_id}_0_1234567890"
    kind = changed.pop("kind", "photo")
    length = str(len(content))
    parameters = {"upload_id": upload_id, "media_type": "2" if kind == "video" else "1"}
    if changed.pop("album", False):
        parameters["is_sidecar"] = "1"
    headers = {
        "X-Instagram-Rupload-Params": json.dumps(parameters),
        "X-Entity-Type": "video/mp4" if kind == "video" else "image/jpeg",
        "X-Entity-Name": name,
        "X-Entity-Length": length,
        "Offset": "0",
        "Content-Type": "application/octet-stream",
        **changed,
    }
    address = f"https://i.instagram.com/rupload_ig{kind}/{name}"
    answer: requests.Response = client.private.post(address, data=content, headers=client.private_headers(headers))
    return answer


def child(upload_id: str, width: int = 1080, height: int = 1080, **more: Any) -> dict[str, Any]:
    edits = json.dumps({"crop_original_size": [width, height], "crop_center": [0.0, -0.0], "crop_zoom": 1.0})
    return {"upload_id": upload_id, "edits": edits, "scene_capture_type": "", "scene_type": None, **more}


def whats(sandbox: Sandbox) -> str:
    return "\n".join(violation["what"] for violation in sandbox.world.violations)


@pytest.mark.parametrize("way", ["login", "login_legacy"])
def test_the_library_logs_in_and_its_kept_session_goes_on(sandbox: Sandbox, phone: Open, way: str) -> None:
    first = phone()
    assert getattr(first, way)(USERNAME, PASSWORD)
    kept = json.loads(json.dumps(first.get_settings()))
    again = phone(kept)
    assert again.account_info().username == USERNAME
    assert again.get_timeline_feed()["status"] == "ok"
    assert sandbox.world.violations == []


def test_a_wrong_password_opens_nothing(phone: Open) -> None:
    with pytest.raises(refusals.BadPassword):
        phone().login_legacy(USERNAME, "salah")
    with pytest.raises(refusals.ClientError, match="did not return a session"):
        phone().login(USERNAME, "salah")
    with pytest.raises(refusals.ProxyAddressIsBlocked):  # so the library reads "The username you entered ..."
        phone().login_legacy("orang_lain", PASSWORD)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"jazoest": "21"}, "jazoest"),
        ({"guid": "lain"}, "guid"),
        ({"enc_password": PASSWORD}, "not #PWD_INSTAGRAM:4"),
        ({"enc_password": "#PWD_INSTAGRAM:4:1:AAAA"}, "sealed for another key"),
        ({"enc_password": "#PWD_INSTAGRAM:4:1:ASkAAAAA"}, "cannot be opened"),
        ({"enc_password": "#PWD_INSTAGRAM:4:1:A"}, "cannot be opened"),
    ],
)
def test_a_login_that_the_app_would_not_send_is_refused(
    sandbox: Sandbox, phone: Open, changed: dict[str, str], why: str
) -> None:
    client = phone()
    sealed = client.password_encrypt(PASSWORD)
    fits = {"phone_id": "a", "jazoest": "297", "guid": client.uuid, "username": USERNAME, "enc_password": sealed}
    with pytest.raises(refusals.UnknownError):
        client.private_request("accounts/login/", {**fits, **changed}, login=True)
    assert why in whats(sandbox)
    assert client.private_request("accounts/login/", fits, login=True)["logged_in_user"]["username"] == USERNAME


def test_the_screens_of_the_newer_login_must_come_in_order(sandbox: Sandbox, phone: Open) -> None:
    client = phone()
    given: dict[str, Any] = {"client_input_params": {"aac": "tak dikenal", "contact_point": USERNAME}}
    for context in ("tak dikenal", client.bloks_extract_aac(client.bloks_caa_login_process_client_data())):
        given["client_input_params"]["aac"] = context
        with pytest.raises(refusals.UnknownError):
            client.bloks_async_action(SEND_LOGIN, given, extra_headers={"X-IG-Attest-Params": "{}"}, login=True)
    assert [v["what"] for v in sandbox.world.violations] == [
        "aac was not issued here",
        "challenge_nonce was not issued here",
    ]


def test_logging_out_ends_the_session(phone: Open, inside: instagrapi.Client) -> None:
    kept = inside.get_settings()
    assert inside.logout()
    with pytest.raises(refusals.LoginRequired):
        phone(kept).account_info()


def test_a_session_on_another_phone_is_noted(sandbox: Sandbox, phone: Open, inside: instagrapi.Client) -> None:
    half = {"authorization_data": inside.get_settings()["authorization_data"]}
    phone(half).account_info()
    assert "another phone" in whats(sandbox)


def test_a_photo_is_published_with_the_very_bytes_and_its_description(
    sandbox: Sandbox, inside: instagrapi.Client
) -> None:
    content = picture(1080, 1350)
    assert upload(inside, content, "1700000000001").json()["upload_id"] == "1700000000001"
    alt = {"custom_accessibility_caption": "Infografik tahapan"}
    media = inside.photo_configure("1700000000001", 1080, 1350, "Tahapan Pemilu", extra_data=alt)["media"]
    (entry,) = sandbox.world.ledger
    assert (entry.platform, entry.place) == ("instagram", "@kpu_contohselatan_lama")
    assert (entry.id, entry.text) == (media["id"], "Tahapan Pemilu")
    assert entry.media == [hashlib.sha256(content).hexdigest()]
    assert entry.extra["alt"] == ["Infografik tahapan"]
    assert sandbox.world.violations == []


def test_an_album_keeps_its_order(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    contents = [picture(colour=colour, width=1080, height=1080) for colour in ("red", "white")]
    for number, content in enumerate(contents):
        upload(inside, content, f"170000000000{number}", album=True)
    children = [child(f"170000000000{number}", custom_accessibility_caption=f"Foto {number}") for number in (0, 1)]
    media = inside.album_configure(children, "Bendera")["media"]
    assert (media["media_type"], media["carousel_media_count"]) == (8, 2)
    (entry,) = sandbox.world.ledger
    assert entry.media == [hashlib.sha256(content).hexdigest() for content in contents]
    assert entry.extra["alt"] == ["Foto 0", "Foto 1"]
    assert sandbox.world.violations == []


def test_the_librarys_own_clip_upload_works_with_a_given_cover(
    sandbox: Sandbox, inside: instagrapi.Client, tmp_path: Path
) -> None:
    (tmp_path / "klip.mp4").write_bytes(video(5, 720, 1280))
    (tmp_path / "sampul.jpg").write_bytes(picture(720, 1280))
    sandbox.world.faults.append(
        Fault(platform="instagram", operation="POST /api/v1/media/configure_to_clips/", mode="transcoding")
    )
    clip = inside.clip_upload(tmp_path / "klip.mp4", "Klip", thumbnail=tmp_path / "sampul.jpg", configure_timeout=0)
    assert (clip.product_type, clip.video_duration) == ("clips", 5.0)
    assert sandbox.world.calls["instagram POST /api/v1/media/configure_to_clips/"] == 2
    assert [entry.text for entry in sandbox.world.ledger] == ["Klip"]
    assert sandbox.world.violations == []


def test_the_feed_is_read_newest_first_in_pages_and_deletion_shows(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    upload(inside, picture(1080, 1080), "1700000000001")
    for number in range(5):
        inside.photo_configure("1700000000001", 1080, 1080, f"Pos {number}")
    page, cursor = inside.user_medias_paginated_v1(inside.user_id, 3)
    assert [media.caption_text for media in page] == ["Pos 4", "Pos 3", "Pos 2"]
    rest, end = inside.user_medias_paginated_v1(inside.user_id, 3, end_cursor=cursor)
    assert ([media.caption_text for media in rest], end) == (["Pos 1", "Pos 0"], "")
    assert inside.media_info_v1(page[0].pk).code == short_code(int(page[0].pk))
    assert inside.media_delete(page[0].id)
    with pytest.raises(refusals.MediaNotFound):
        inside.media_info_v1(page[0].pk)
    assert [entry.deleted for entry in sandbox.world.ledger] == [False] * 4 + [True]
    assert sandbox.world.violations == []


@pytest.mark.parametrize(
    ("content", "changed", "why"),
    [
        (picture(form="PNG"), {}, "no whole JPEG"),
        (picture(400, 400)[:900], {}, "no whole JPEG"),
        (b"", {}, "no whole JPEG"),
        (picture(), {"X-Entity-Length": "5"}, "X-Entity-Length is 5"),
        (picture(), {"X-Entity-Name": "lain"}, "X-Entity-Name"),
        (picture(), {"X-Entity-Type": "image/png"}, "image/jpeg expected"),
        (picture(), {"Offset": "7"}, "Offset: 0"),
        (picture(), {"X-Instagram-Rupload-Params": "{}"}, "names no upload_id"),
        (picture(), {"X-Instagram-Rupload-Params": "bukan json"}, "holds no JSON"),
        (picture(), {"Content-Type": "image/jpeg"}, "octet-stream expected"),
        (picture(), {"kind": "video"}, "no whole MP4"),
        (video()[:60], {"kind": "video"}, "no whole MP4"),
        (picture() + bytes(8 * 1024 * 1024), {}, "a photo of"),
    ],
    ids=[
        *("png", "truncated", "empty", "false length", "false name", "false type", "offset", "no id", "no parameters"),
        *("wrong content type", "no video", "truncated video", "over 8 MB"),
    ],
)
def test_an_upload_that_is_not_what_it_says_is_refused(
    sandbox: Sandbox, inside: instagrapi.Client, content: bytes, changed: dict[str, str], why: str
) -> None:
    assert upload(inside, content, "1700000000001", **changed).status_code == 400
    assert why in whats(sandbox)


@pytest.mark.parametrize(
    ("size", "caption", "more", "why"),
    [
        ((1080, 1440), "", {}, "not within 4:5 to 1.91:1"),
        ((1080, 500), "", {}, "not within 4:5 to 1.91:1"),
        ((1080, 1080), "a" * 2201, {}, "a caption of 2201"),
        ((1080, 1080), "#a " * 31, {}, "more than 30 hashtags"),
        ((1080, 1080), "", {"upload_id": 17}, "upload_id is missing or not digits"),
        ((1080, 1080), "", {"caption": None}, "caption is missing"),
        ((1080, 1080), "", {"device": "ponsel"}, "device is missing"),
        ((1080, 1080), "", {"_uuid": "lain"}, "_uuid is not"),
        ((1080, 1080), "", {"edits": {"crop_original_size": [1080, 1350]}}, "crop_original_size"),
        ((1080, 1080), "", {"custom_accessibility_caption": 5}, "no text"),
    ],
)
def test_a_post_that_the_app_would_not_make_is_refused(  # noqa: PLR0917
    sandbox: Sandbox, inside: instagrapi.Client, size: tuple[int, int], caption: str, more: dict[str, Any], why: str
) -> None:
    upload(inside, picture(*size), "1700000000001")
    with pytest.raises(refusals.ClientError):
        inside.photo_configure("1700000000001", *size, caption, extra_data=more)
    assert why in whats(sandbox)
    assert sandbox.world.ledger == []


def test_what_was_never_uploaded_cannot_be_configured(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    with pytest.raises(refusals.ClientError, match="media_needs_reupload"):
        inside.photo_configure("1700000000009", 1080, 1080, "Hampa")
    assert "never uploaded" in whats(sandbox)
    assert sandbox.world.ledger == []


def test_a_photo_alone_and_a_part_of_an_album_are_uploaded_apart(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    for number in (1, 2):
        upload(inside, picture(1080, 1080), f"170000000000{number}", album=number == 2)
    with pytest.raises(refusals.ClientError, match="media_needs_reupload"):
        inside.album_configure([child("1700000000001"), child("1700000000002")], "Album")
    with pytest.raises(refusals.ClientError, match="media_needs_reupload"):
        inside.photo_configure("1700000000002", 1080, 1080, "Foto")
    twins = {"upload_id": "1700000000009", "client_sidecar_id": "1", "caption": "", "device": inside.device}
    children = [child("1700000000001"), child("1700000000002")]
    with pytest.raises(refusals.ClientError, match="client_sidecar_id"):
        body = inside.with_default_data({**twins, "children_metadata": children})
        inside.private_request("media/configure_sidecar/", body)
    assert sandbox.world.ledger == []


@pytest.mark.parametrize(
    ("seconds", "length", "address", "why"),
    [
        (5, 9.0, "media/configure_to_clips/?video=1", "length is not the video's"),
        (901, 901.0, "media/configure_to_clips/?video=1", "a video of 901 s"),
        (5, 5.0, "media/configure_to_clips/", "?video=1 expected"),
    ],
)
def test_a_clip_says_its_own_length(  # noqa: PLR0917
    sandbox: Sandbox, inside: instagrapi.Client, seconds: int, length: float, address: str, why: str
) -> None:
    upload(inside, video(seconds, 720, 1280), "1700000000001", kind="video")
    body = {"upload_id": "1700000000001", "caption": "Klip", "length": length, "device": inside.device}
    with pytest.raises(refusals.ClientError, match="media_needs_reupload" if "=1" in address else "video=1"):
        inside.private_request(address, inside.with_default_data(body))  # its cover is still missing
    upload(inside, picture(720, 1280), "1700000000001")
    with pytest.raises(refusals.ClientError):
        inside.private_request(address, inside.with_default_data(body))
    assert why in whats(sandbox)
    assert sandbox.world.ledger == []


def test_a_plain_video_is_configured_as_in_older_apps(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    upload(inside, video(5, 720, 1280), "1700000000001", kind="video")
    upload(inside, picture(720, 1280), "1700000000001")
    body = {"upload_id": "1700000000001", "caption": "Video", "length": 5.0, "device": inside.device}
    media = inside.private_request("media/configure/?video=1", inside.with_default_data(body))["media"]
    assert (media["media_type"], media["video_duration"]) == (2, 5.0)
    assert sandbox.world.violations == []


def test_an_album_takes_videos_too(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    upload(inside, picture(1080, 1080), "1700000000001", album=True)
    upload(inside, video(5, 720, 720), "1700000000002", kind="video", album=True)
    upload(inside, picture(720, 720), "1700000000002")
    parts = inside.album_configure([child("1700000000001"), child("1700000000002")], "Campur")["media"]
    assert [part["media_type"] for part in parts["carousel_media"]] == [1, 2]
    assert sandbox.world.violations == []


@pytest.mark.parametrize(("numbers", "why"), [([1], "2 to 20 parts"), ([1, 1], "share one upload_id")])
def test_an_album_is_of_several_different_parts(
    sandbox: Sandbox, inside: instagrapi.Client, numbers: list[int], why: str
) -> None:
    upload(inside, picture(1080, 1080), "1700000000001", album=True)
    with pytest.raises(refusals.ClientError):
        inside.album_configure([child(f"170000000000{number}") for number in numbers], "Album")
    assert why in whats(sandbox)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "signed_body=SIGNATURE.{json} expected"),
        ("caption=Halo", "signed_body=SIGNATURE.{json} expected"),
        ("signed_body={}", "signed_body=SIGNATURE.{json} expected"),
        ("signed_body=SIGNATURE.bukan", "holds no JSON"),
        ("signed_body=SIGNATURE.[]", "holds no JSON object"),
    ],
)
def test_a_body_must_be_signed_json(sandbox: Sandbox, inside: instagrapi.Client, body: str, why: str) -> None:
    headers = inside.private_headers({"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"})
    url = "https://i.instagram.com/api/v1/media/configure/"
    assert inside.private.post(url, data=body, headers=headers).status_code == 400
    assert why in whats(sandbox)
    assert sandbox.world.ledger == []


def test_a_caller_that_is_no_phone_or_has_no_session_is_noted(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    url = f"{sandbox.url}/instagram/api/v1/accounts/current_user/"
    assert requests.get(url, timeout=5).status_code == 400
    headers = {name: value for name, value in inside.private_headers().items() if value and name != "Authorization"}
    assert requests.get(url, headers=headers, timeout=5).status_code == 403
    for odd in ("Bearer IGT:2:###", "Basic " + inside.authorization.partition(" ")[2]):
        assert requests.get(url, headers={**headers, "Authorization": odd}, timeout=5).status_code == 403
    nowhere = requests.get(f"{sandbox.url}/instagram/api/v1/entah/", headers=headers, timeout=5)
    assert nowhere.status_code == 404
    for what in ("the app always sends", "names no session", "holds no session", "not Bearer IGT", "no such call"):
        assert what in whats(sandbox)


@pytest.mark.parametrize(
    ("mode", "refusal"),
    [
        ("rate_limited", refusals.PleaseWaitFewMinutes),
        ("throttled", refusals.RateLimitError),
        ("expired_token", refusals.LoginRequired),
        ("checkpoint", refusals.ChallengeRequired),
        ("masked_checkpoint", refusals.ChallengeRequired),
        ("suspended", refusals.AccountSuspended),
        ("feedback_required", refusals.FeedbackRequired),
        ("rejected", refusals.UnknownError),
        ("needs_reupload", refusals.ClientError),
        ("transcoding", refusals.ClientError),
    ],
)
def test_instagram_fails_in_words_the_library_knows_and_nothing_stands(
    sandbox: Sandbox, inside: instagrapi.Client, mode: str, refusal: type[Exception]
) -> None:
    upload(inside, picture(1080, 1080), "1700000000001")
    sandbox.world.faults.append(Fault(platform="instagram", operation="live", mode=mode))
    with pytest.raises(refusal):
        inside.photo_configure("1700000000001", 1080, 1080, "Halo")
    assert sandbox.world.ledger == []
    assert inside.photo_configure("1700000000001", 1080, 1080, "Halo")["status"] == "ok"


def test_a_photo_published_without_an_answer_stands_once(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    upload(inside, picture(1080, 1080), "1700000000001")
    sandbox.world.faults.append(Fault(platform="instagram", operation="live", mode="drop_after"))
    with pytest.raises(refusals.ClientConnectionError):
        inside.photo_configure("1700000000001", 1080, 1080, "Diam-diam terbit")
    assert [media.caption_text for media in inside.user_medias_v1(inside.user_id, 5)] == ["Diam-diam terbit"]
    assert sandbox.world.calls["instagram POST /api/v1/media/configure/"] == 1


def test_people_post_and_delete_by_hand_and_reads_may_lag(sandbox: Sandbox, inside: instagrapi.Client) -> None:
    control = f"{sandbox.url}/sandbox/instagram"
    requests.post(f"{control}/lag", json={"reads": 1}, timeout=5)
    by_hand = requests.post(f"{control}/posts", json={"text": "Dari ponsel"}, timeout=5).json()["id"]
    seen = [[media.caption_text for media in inside.user_medias_v1(inside.user_id, 5)] for _ in range(2)]
    assert seen == [[], ["Dari ponsel"]]
    requests.delete(f"{control}/posts/{by_hand}", timeout=5)
    assert inside.user_medias_v1(inside.user_id, 5) == []
    requests.post(f"{control}/logout", timeout=5)
    with pytest.raises(refusals.LoginRequired):
        inside.account_info()
    assert requests.post(f"{control}/entah", timeout=5).status_code == 404


def test_the_sample_account_works_and_points_at_its_ledger(sandbox: Sandbox, phone: Open) -> None:
    (sample,) = sandbox.platforms["instagram"].sample_accounts("http://127.0.0.1/instagram")
    assert sample.settings["platform"] == "instagram_private"
    assert phone().login_legacy(sample.settings["username"], sample.settings["password"])
    assert sample.ledger == ("instagram", sample.settings["handle"])
