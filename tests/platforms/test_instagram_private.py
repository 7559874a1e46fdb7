"""The unofficial way to Instagram is opened knowingly, calls once, keeps one session and reads answers rightly."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pydantic import ValidationError

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
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.base import Adapter, Job, Memory, Stopped, Surroundings
from bakohumas_bot.platforms.instagram_private import adapter as instagram_private
from bakohumas_bot.sandbox.core import Sandbox
from far_end import DRIP, DROP, SILENCE, FarEnd, Notebook, far_end, job_for
from far_end import keep as keep_file

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
CAPTION = "Rapat koordinasi dimulai pukul 09.00 WITA."
SECRET = "kata-sandi-9"
CONFIGURE = "/media/configure"
FEED = "/feed/user/77"
SESSION = {"authorization_data": {"ds_user_id": "77", "sessionid": "77%3Aabc"}, "cookies": {"ds_user_id": "77"}}


def media(pk: int, at: datetime = NOW, caption: str | None = CAPTION, **more: Any) -> dict[str, Any]:
    text = None if caption is None else {"text": caption}
    return {"pk": pk, "id": f"{pk}_77", "code": f"C{pk}", "taken_at": int(at.timestamp()), "caption": text, **more}


def done(**content: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"status": "ok", **content}


def failed(code: int, message: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return code, {"status": "fail", "message": message, **more}


def jpeg(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 640), colour).save(out, "JPEG", quality=93, comment=b"the approved bytes")
    return out.getvalue()


@pytest.fixture
def instagram() -> Iterator[FarEnd]:
    with far_end({"": done(upload_id="1")}) as end:
        yield end


@pytest.fixture
def picture(tmp_path: Path) -> RenderedMedia:
    return keep_file(tmp_path, jpeg(), MediaKind.IMAGE, "rakor.jpg", width=640, height=640, alt="Peserta rapat")


VAULTS: dict[Path, Memory] = {}


def vault_of(folder: Path) -> Memory:
    """What outlives a restart: one for each test."""
    return VAULTS.setdefault(folder, Memory())


def kept_session(folder: Path) -> dict[str, Any]:
    return dict(json.loads(vault_of(folder).get("session") or "{}"))


def opened(url: str, state_dir: Path, session: dict[str, Any] | None = SESSION) -> Adapter:
    if session is not None:
        vault_of(state_dir).put("session", json.dumps(session))
    settings = instagram_private.Settings(
        api_url=url, username="kpu_contoh", password=SECRET, session_file="instagram.json", accept_risk=True
    )
    account = Account(id="ig", office="64.69", platform="instagram_private", handle="@kpu_contoh", enabled=True)
    around = Surroundings(
        now=lambda: NOW, sleep=_never, media_host=None, state_dir=state_dir, vault=vault_of(state_dir)
    )
    return instagram_private.PLATFORM.open(account, settings, around)


def _never(_: timedelta) -> None:
    raise AssertionError("nothing here waits")


@pytest.fixture(autouse=True)
def _nothing_sleeps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The library sleeps before it repeats a call: here it may do neither."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    yield
    assert not any(slept)


def ready(adapter: Adapter, folder: Path, *files: RenderedMedia) -> Job:
    job = job_for(folder, CAPTION, *files)
    adapter.prepare(job)
    return job


def with_answer(end: FarEnd, path: str, answer: Any) -> None:
    end.answers = {path: answer, **{k: v for k, v in end.answers.items() if k != path}}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (failed(400, "challenge_required", challenge={"url": "https://i.instagram.com/challenge/1"}), AccountBlocked),
        (failed(400, "challenge_required", challenge={"url": "https://i.instagram.com/suspended/"}), AccountBlocked),
        (failed(400, "checkpoint_required"), AccountBlocked),
        (failed(400, "feedback_required", feedback_message="Try again later"), AccountBlocked),
        (failed(400, "", error_type="sentry_block"), AccountBlocked),
        (failed(400, "x", error_type="needs_upgrade"), AccountBlocked),
        (failed(403, "login_required"), AccountBlocked),
        (failed(403, "forbidden"), AccountBlocked),
        (failed(401, "unauthorized"), AccountBlocked),
        (failed(429, "too many"), RateLimited),
        (failed(400, "Please wait a few minutes before you try again."), RateLimited),
        (failed(400, "x", error_type="rate_limit_error"), RateLimited),
        (failed(400, "Media is unavailable"), Rejected),
        (failed(400, "Uploaded image isn't in an allowed aspect ratio"), Rejected),
        (failed(400, "Sorry, your caption is too long"), Rejected),
        (failed(202, "Transcode not finished yet."), NotSent),
        (done(error_title="bad image input", message="media_needs_reupload"), NotSent),
        (failed(400, "something never heard of"), Unknown),
        (failed(404, "no such endpoint"), Unknown),
        (failed(408, "timeout"), Unknown),
        (failed(500, "oops"), Unknown),
        (failed(200, "no reason"), Unknown),
        (done(), Unknown),
        (done(media={"code": "without an id"}), Unknown),
        (done(media=media(5, caption=None) | {"taken_at": None}), Unknown),
        ((200, "<html>hotel wifi</html>"), Unknown),
        ((403, "<html>a proxy</html>"), Unknown),
        ((429, "<html>a proxy</html>"), Unknown),
        ((404, "Not Found"), Unknown),
        ((502, "<html>nginx</html>"), Unknown),
        ((302, "<html>moved</html>"), Unknown),
        (DROP, Unknown),
        (SILENCE, Unknown),
        (DRIP, Unknown),
    ],
)
@pytest.mark.usefixtures("hurried")
def test_every_answer_to_the_live_call_has_one_meaning_and_the_call_is_made_once(
    instagram: FarEnd, tmp_path: Path, picture: RenderedMedia, answer: Any, outcome: type
) -> None:
    adapter = opened(instagram.url, tmp_path)
    job = ready(adapter, tmp_path, picture)
    with_answer(instagram, CONFIGURE, answer)

    assert isinstance(adapter.go_live(job), outcome)
    assert instagram.times(CONFIGURE) == 1


def test_the_approved_bytes_go_up_unchanged_and_one_call_names_them(
    instagram: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    adapter = opened(instagram.url, tmp_path)
    with_answer(instagram, CONFIGURE, done(media=media(501)))
    job = ready(adapter, tmp_path, picture)
    adapter.prepare(job)

    outcome = adapter.go_live(job)

    assert isinstance(outcome, Published)
    assert outcome.receipt.remote_id == "501_77"
    assert outcome.receipt.url == "https://www.instagram.com/p/C501/"
    assert outcome.receipt.published_at == NOW
    assert [path.split("/")[1] for path in instagram.asked] == ["rupload_igphoto", "api"]
    assert instagram.bodies[0] == jpeg()
    assert b"Peserta" in instagram.bodies[1]


def test_an_album_is_one_call_that_names_every_part(instagram: FarEnd, tmp_path: Path) -> None:
    files = [
        keep_file(tmp_path, jpeg(colour), MediaKind.IMAGE, f"{colour}.jpg", width=640, height=640)
        for colour in ("navy", "teal", "olive")
    ]
    adapter = opened(instagram.url, tmp_path)
    with_answer(instagram, "/media/configure_sidecar", done(media=media(7, carousel_media=[{}, {}, {}])))
    job = ready(adapter, tmp_path, *files)

    assert isinstance(adapter.go_live(job), Published)
    assert instagram.times("/media/configure_sidecar") == 1
    assert instagram.bodies[:3] == [jpeg(colour) for colour in ("navy", "teal", "olive")]
    ids = [json.loads(job.journal.get(f"upload:{file.sha256}") or "")["id"] for file in files]
    assert len(set(ids)) == 3
    assert all(i.encode() in instagram.bodies[3] for i in ids)


def test_a_lapsed_upload_is_forgotten_and_made_again(instagram: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    adapter = opened(instagram.url, tmp_path)
    job = ready(adapter, tmp_path, picture)
    with_answer(instagram, CONFIGURE, done(error_title="bad image input", message="media_needs_reupload"))
    adapter.go_live(job)

    adapter.prepare(job)

    assert sum(path.startswith("/rupload_igphoto") for path in instagram.asked) == 2


def test_without_a_session_the_live_call_waits_for_the_next_preparation(
    instagram: FarEnd, tmp_path: Path, picture: RenderedMedia
) -> None:
    job = ready(opened(instagram.url, tmp_path), tmp_path, picture)
    vault_of(tmp_path).forget("session")
    before = len(instagram.asked)

    assert isinstance(opened(instagram.url, tmp_path, session=None).go_live(job), NotSent)
    assert len(instagram.asked) == before


def test_without_its_uploads_nothing_is_sent(instagram: FarEnd, tmp_path: Path, picture: RenderedMedia) -> None:
    assert isinstance(opened(instagram.url, tmp_path).go_live(job_for(tmp_path, CAPTION, picture)), NotSent)
    assert instagram.asked == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (failed(400, "Image is not supported"), Rejected),
        (failed(403, "login_required"), AccountBlocked),
        (failed(429, "slow"), RateLimited),
        ((500, "<html>nginx</html>"), NotSent),
        ((413, "<html>a proxy</html>"), NotSent),
        (DROP, NotSent),
    ],
)
def test_an_upload_that_fails_stops_with_a_reason(
    instagram: FarEnd, tmp_path: Path, picture: RenderedMedia, answer: Any, outcome: type
) -> None:
    instagram.answers = {"": answer}
    with pytest.raises(Stopped) as stop:
        opened(instagram.url, tmp_path).prepare(job_for(tmp_path, CAPTION, picture))
    assert isinstance(stop.value.outcome, outcome)
    assert len(instagram.asked) == 1


class TestReadingBack:
    """The account's own list answers; an error is never taken for an empty list."""

    @pytest.fixture
    def reader(self, instagram: FarEnd, tmp_path: Path) -> Adapter:
        return opened(instagram.url, tmp_path)

    def find(self, reader: Adapter, folder: Path, picture: RenderedMedia, **delivery: str) -> Any:
        return reader.find(job_for(folder, CAPTION, picture, notebook=Notebook(delivery)), NOW)

    def test_a_post_whose_answer_was_lost_is_found_by_caption_and_time(
        self, instagram: FarEnd, reader: Adapter, tmp_path: Path, picture: RenderedMedia
    ) -> None:
        old = media(1, NOW - timedelta(days=7))
        with_answer(instagram, FEED, done(items=[media(3, caption="Lain"), media(2), old], more_available=True))

        seen = self.find(reader, tmp_path, picture)

        assert isinstance(seen, Found)
        assert seen.receipt.remote_id == "2_77"
        assert seen.media_count == 1
        assert len(instagram.asked) == 1

    def test_pinned_posts_at_the_top_do_not_end_the_search(
        self, instagram: FarEnd, reader: Adapter, tmp_path: Path, picture: RenderedMedia
    ) -> None:
        pinned = media(1, NOW - timedelta(days=90), caption="Sematan")
        first = done(items=[pinned, media(4, caption="Lain")], more_available=True, next_max_id="4_77")
        with_answer(instagram, FEED, [first, done(items=[media(3)], more_available=False)])

        assert isinstance(self.find(reader, tmp_path, picture), Found)
        assert "max_id=4_77" in instagram.asked[1]

    @pytest.mark.parametrize("items", [[], [media(1, NOW - timedelta(days=7))]])
    def test_a_list_that_reaches_back_without_it_proves_absence(
        self, instagram: FarEnd, reader: Adapter, tmp_path: Path, picture: RenderedMedia, items: list[Any]
    ) -> None:
        with_answer(instagram, FEED, done(items=items))

        assert isinstance(self.find(reader, tmp_path, picture), Absent)

    @pytest.mark.usefixtures("hurried")
    @pytest.mark.parametrize(
        "answer",
        [DROP, SILENCE, (200, "<html>"), (404, "Not Found"), failed(500, "x"), failed(403, "login_required"), done(),
         done(items=[{"pk": 1}])],
    )  # fmt: skip
    def test_trouble_while_reading_is_no_proof(
        self, instagram: FarEnd, tmp_path: Path, picture: RenderedMedia, answer: Any
    ) -> None:
        with_answer(instagram, FEED, answer)

        assert isinstance(self.find(opened(instagram.url, tmp_path), tmp_path, picture), CannotTell)

    @pytest.mark.parametrize(
        ("told", "sighting"),
        [
            ((done(items=[media(9, caption="Diubah")]), DROP), Found),
            ((failed(404, "Media not found"), done(items=[media(8)])), Absent),
            ((failed(404, "Media not found"), done(items=[media(9)])), Found),
            ((failed(404, "Media not found"), failed(403, "login_required")), CannotTell),
            ((failed(400, "Media not found or unavailable"), done(items=[])), Absent),
            (((404, "<html>a proxy</html>"), (404, "<html>a proxy</html>")), CannotTell),
            (((404, "Not Found"), (404, "Not Found")), CannotTell),
            ((failed(403, "login_required"), done(items=[])), CannotTell),
            ((DROP, done(items=[])), CannotTell),
        ],
    )
    def test_a_known_post_is_read_under_its_own_id(
        self, instagram: FarEnd, tmp_path: Path, picture: RenderedMedia, told: Any, sighting: type
    ) -> None:
        with_answer(instagram, FEED, told[1])
        with_answer(instagram, "/media/9/info", told[0])

        assert isinstance(self.find(opened(instagram.url, tmp_path), tmp_path, picture, remote_id="9_77"), sighting)


class TestTheSession:
    """One login, kept for its owner only; the password is never tried twice."""

    def test_a_kept_session_is_used_without_logging_in(self, instagram: FarEnd, tmp_path: Path) -> None:
        with_answer(instagram, "/accounts/current_user", done(user={"username": "kpu_contoh"}))

        assert opened(instagram.url, tmp_path).check_access() == "@kpu_contoh"
        assert len(instagram.asked) == 1

    def test_a_session_is_kept_in_the_vault_alone_and_without_the_password(
        self, instagram: FarEnd, tmp_path: Path, picture: RenderedMedia
    ) -> None:
        ready(opened(instagram.url, tmp_path), tmp_path, picture)

        assert SECRET not in (vault_of(tmp_path).get("session") or "")
        assert [kept_session(tmp_path)[key] for key in ("country", "locale")] == ["ID", "id_ID"]
        assert not list(tmp_path.glob("*.json"))

    def test_a_session_left_in_clear_is_sealed_and_its_file_removed(self, instagram: FarEnd, tmp_path: Path) -> None:
        name = "instagram.json"
        (tmp_path / name).write_text(json.dumps(SESSION))
        with_answer(instagram, "/accounts/current_user", done(user={"username": "kpu_contoh"}))

        assert opened(instagram.url, tmp_path, session=None).check_access() == "@kpu_contoh"
        assert kept_session(tmp_path) == SESSION
        assert not (tmp_path / name).exists()

    def test_a_login_that_fails_before_the_password_left_may_be_tried_again(
        self, instagram: FarEnd, tmp_path: Path
    ) -> None:
        instagram.answers = {"": failed(500, "oops")}
        for _ in range(2):
            with pytest.raises(Stopped) as stop:
                opened(instagram.url, tmp_path, session=None).check_access()
            assert isinstance(stop.value.outcome, NotSent)
        assert len(instagram.asked) == 2

    def test_an_ended_session_asks_for_a_person_and_never_for_the_password(
        self, instagram: FarEnd, tmp_path: Path
    ) -> None:
        with_answer(instagram, "/accounts/current_user", failed(403, "login_required"))
        with pytest.raises(Stopped) as stop:
            opened(instagram.url, tmp_path).check_access()
        assert isinstance(stop.value.outcome, AccountBlocked)
        assert len(instagram.asked) == 1

    def test_a_wrong_password_is_tried_once_in_a_life(self, pretend: Sandbox, tmp_path: Path) -> None:
        sent: list[int] = []
        for _ in range(3):
            with pytest.raises(Stopped) as stop:
                opened(f"{pretend.url}/instagram", tmp_path, session=None).check_access()
            assert isinstance(stop.value.outcome, AccountBlocked)
            sent.append(pretend.world.calls.total())
        assert pretend.world.calls["instagram GET /api/v1/qe/sync/"] == 1, "the key to seal a password with"
        assert sent == [sent[0]] * 3

    def test_a_session_renewed_by_a_person_is_taken_up_without_a_restart(
        self, instagram: FarEnd, tmp_path: Path
    ) -> None:
        with_answer(instagram, "/accounts/current_user", failed(403, "login_required"))
        adapter = opened(instagram.url, tmp_path)
        with pytest.raises(Stopped):
            adapter.check_access()
        renewed = SESSION | {"authorization_data": {"ds_user_id": "77", "sessionid": "77%3Anew"}}
        (tmp_path / "instagram.json").write_text(json.dumps(renewed))
        with_answer(instagram, "/accounts/current_user", done(user={"username": "kpu_contoh"}))

        assert adapter.check_access() == "@kpu_contoh"
        before, after = (headers["Authorization"] for headers in instagram.headers)
        assert before != after

    def test_a_session_of_another_account_is_noticed_before_it_publishes(
        self, instagram: FarEnd, tmp_path: Path
    ) -> None:
        with_answer(instagram, "/accounts/current_user", done(user={"username": "sari_pribadi"}))
        with pytest.raises(Stopped, match="milik @sari_pribadi") as stop:
            opened(instagram.url, tmp_path).check_access()
        assert isinstance(stop.value.outcome, AccountBlocked)

    @pytest.mark.parametrize(
        ("content", "remedy"), [('{"login": "tried"}', "secrets forget ig"), ("{broken", "berkas")]
    )
    def test_a_noted_failure_blocks_until_a_person_removes_it(
        self, instagram: FarEnd, tmp_path: Path, content: str, remedy: str
    ) -> None:
        (tmp_path / "instagram.json").write_text(content)
        for _ in range(2):
            with pytest.raises(Stopped) as stop:
                opened(instagram.url, tmp_path, session=None).check_access()
            assert isinstance(stop.value.outcome, AccountBlocked)
            assert remedy in stop.value.outcome.detail
        assert instagram.asked == []

    def test_while_another_process_logs_in_nobody_tries_the_password(self, pretend: Sandbox, tmp_path: Path) -> None:
        class Elsewhere(Memory):
            @contextmanager
            def turn(self) -> Iterator[bool]:
                yield False

        VAULTS[tmp_path] = Elsewhere()
        with pytest.raises(Stopped, match="sedang masuk"):
            opened(f"{pretend.url}/instagram", tmp_path, session=None).check_access()
        assert not pretend.world.calls


@pytest.mark.parametrize("written", [{}, {"accept_risk": False}, {"accept_risk": "true"}, {"accept_risk": 1}])
def test_the_risk_must_be_accepted_in_so_many_words(written: dict[str, Any]) -> None:
    own = {"api_url": "https://i.instagram.com", "username": "u", "password": "p", "session_file": "s.json"}
    with pytest.raises(ValidationError) as refusal:
        instagram_private.Settings(**own, **written)
    assert "accept_risk = true" in str(refusal.value)
    assert "ditutup" in str(refusal.value)
    assert "instagram (resmi)" in str(refusal.value)


@pytest.mark.parametrize("name", ["../x.json", "/etc/x", "a/b", "", ".hidden"])
def test_the_session_stays_in_its_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        instagram_private.Settings(api_url="https://x", username="u", password="p", session_file=name, accept_risk=True)


def test_the_setup_names_the_risk() -> None:
    assert "ditutup" in instagram_private.PLATFORM.setup
    assert "persetujuan tertulis" in instagram_private.PLATFORM.setup


def test_nothing_but_the_configured_host_is_reached_and_nobody_is_asked(instagram: FarEnd, tmp_path: Path) -> None:
    from instagrapi.exceptions import ChallengeRequired

    from bakohumas_bot.platforms.instagram_private.client import Phone

    phone = Phone(instagram.url, SESSION, timedelta(hours=8), lambda: None)
    for session in (phone.private, phone.public, phone.graphql):
        with pytest.raises(http.UnknownHost):
            session.get("https://graph.facebook.com/")
        assert session.get("https://i.instagram.com/x").status_code == 200
    phone.set_settings(phone.get_settings())
    assert phone.private.get_adapter("https://").max_retries.total == 0
    assert phone.public.get_adapter("https://").max_retries.total == 0
    assert phone.timezone_offset == 8 * 3600
    for asks in (phone.challenge_code_handler, phone.change_password_handler):
        with pytest.raises(ChallengeRequired):
            asks("kpu_contoh")
