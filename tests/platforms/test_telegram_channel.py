"""A Telegram channel gets a post once, and every answer of Telegram is read for what it means."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
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
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.platforms.base import Adapter, Stopped
from bakohumas_bot.platforms.telegram_channel import adapter as telegram_channel
from bakohumas_bot.platforms.telegram_channel import event_loop
from bakohumas_bot.sandbox.core import Sandbox
from far_end import DRIP, DROP, SILENCE, FarEnd, Notebook, far_end, job_for, keep
from proving import Bench
from provisions import Shelf

TOKEN = "100200:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
CHANNEL = {"id": -1001112223334, "type": "channel", "title": "KPU Contoh", "username": "kpu_contoh"}
LOG = {"id": -500, "type": "group", "title": "Log"}
SENT_AT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
TEXT = "Rapat koordinasi dimulai pukul 09.00 WITA."
GARBAGE = (200, "<html>hotel wifi</html>")


def message(number: int, chat: dict[str, Any] = CHANNEL, **content: Any) -> dict[str, Any]:
    return {"message_id": number, "date": int(SENT_AT.timestamp()), "chat": chat, **content}


def copy_of(number: int, at: datetime = SENT_AT, **content: Any) -> tuple[int, dict[str, Any]]:
    origin = {"type": "channel", "chat": CHANNEL, "message_id": number, "date": int(at.timestamp())}
    return ok(message(9000 + number, LOG, forward_origin=origin, **content))


def photo(file_id: str = "A") -> list[dict[str, Any]]:
    return [
        {"file_id": f"{file_id}{size}", "file_unique_id": f"u{size}", "width": size, "height": size}
        for size in (90, 800)
    ]


def ok(result: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": result}


def refused(code: int, description: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    answer = {"ok": False, "error_code": code, "description": description}
    return code, answer | ({"parameters": parameters} if parameters else {})


NOT_THERE = refused(400, "Bad Request: message to forward not found")


def channel(url: str, **more: Any) -> Adapter:
    settings = telegram_channel.Settings(**{"api_url": url, "chat_id": CHANNEL["id"], "token": TOKEN, **more})
    account = Account(id="tg", office="64.69", platform="telegram_channel", handle="@kpu_contoh", enabled=True)
    return telegram_channel.PLATFORM.open(account, settings, None)  # type: ignore[arg-type]


@pytest.fixture
def telegram() -> Iterator[FarEnd]:
    with far_end({}) as end:
        yield end


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (refused(429, "Too Many Requests: retry after 7", retry_after=7), RateLimited),
        (refused(429, "Too Many Requests"), RateLimited),
        (refused(401, "Unauthorized"), AccountBlocked),
        (refused(404, "Not Found"), AccountBlocked),
        (refused(403, "Forbidden: bot was kicked from the channel chat"), AccountBlocked),
        (refused(400, "Bad Request: chat not found"), AccountBlocked),
        (refused(400, "Bad Request: need administrator rights in the channel chat"), AccountBlocked),
        (
            refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009),
            AccountBlocked,
        ),
        (refused(409, "Conflict: terminated by other getUpdates request"), NotSent),
        (refused(400, "Bad Request: message is too long"), Rejected),
        (refused(400, "Bad Request: something never heard of"), Rejected),
        (refused(413, "Request Entity Too Large"), Rejected),
        (refused(400, "Bad Request: wrong file identifier/HTTP URL specified"), NotSent),
        (refused(500, "Internal Server Error"), Unknown),
        (refused(502, "Bad Gateway"), Unknown),
        ((502, "<html>nginx</html>"), Unknown),
        ((404, "<html>a proxy's own page</html>"), Unknown),
        ((403, "<html>a proxy's own page</html>"), Unknown),
        ((429, "<html>a proxy's own page</html>"), Unknown),
        (GARBAGE, Unknown),
        ((200, {"ok": True}), Unknown),
        ((200, {"ok": True, "result": {"date": 1}}), Unknown),
        ((200, {"ok": True, "result": True}), Unknown),
        (DROP, Unknown),
        (SILENCE, Unknown),
        (DRIP, Unknown),
    ],
)
@pytest.mark.usefixtures("hurried")
def test_every_answer_to_the_live_call_has_one_meaning_and_the_call_is_made_once(
    telegram: FarEnd, tmp_path: Path, answer: Any, outcome: type
) -> None:
    telegram.answers["/sendMessage"] = answer
    job = job_for(tmp_path, TEXT)

    assert isinstance(channel(telegram.url).go_live(job), outcome)
    assert telegram.times("/sendMessage") == 1


def test_a_refusal_names_the_field_to_mend_and_the_wait(telegram: FarEnd, tmp_path: Path) -> None:
    telegram.answers["/sendMessage"] = [
        refused(400, "Bad Request: message is too long"),
        refused(429, "Too Many Requests: retry after 7", retry_after=7),
        refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009),
    ]
    adapter, job = channel(telegram.url), job_for(tmp_path, TEXT)

    too_long, flooded, moved = (adapter.go_live(job) for _ in range(3))

    assert isinstance(too_long, Rejected)
    assert too_long.field == "isi"
    assert isinstance(flooded, RateLimited)
    assert flooded.wait == timedelta(seconds=7)
    assert isinstance(moved, AccountBlocked)
    assert "-1009" in moved.detail


def test_what_cannot_even_connect_was_certainly_not_sent(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        assert isinstance(channel(url).go_live(job_for(tmp_path, TEXT)), NotSent)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "answer",
    [
        DROP,
        SILENCE,
        GARBAGE,
        (404, "x"),
        refused(401, "Unauthorized"),
        refused(500, "no"),
        refused(400, f"{TOKEN} odd"),
    ],
)
def test_no_outcome_carries_the_token(
    telegram: FarEnd, tmp_path: Path, answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answers["/sendMessage"] = answer
    with caplog.at_level("DEBUG"):
        outcome = channel(telegram.url).go_live(job_for(tmp_path, TEXT))

    assert TOKEN not in repr(outcome)
    assert TOKEN not in caplog.text


def test_no_proxy_of_the_environment_stands_between() -> None:
    from bakohumas_bot.platforms.telegram_channel import wire as telegram_wire

    assert not any(pool._client.trust_env for pool in telegram_wire.POOLED)


def test_a_post_gets_its_id_time_and_public_link(telegram: FarEnd, tmp_path: Path) -> None:
    telegram.answers["/sendMessage"] = ok(message(42, text=TEXT))
    job = job_for(tmp_path, TEXT, html=f"<b>{TEXT}</b>")

    outcome = channel(f"{telegram.url}/own/server").go_live(job)

    assert isinstance(outcome, Published)
    assert outcome.receipt.remote_id == "42"
    assert outcome.receipt.url == "https://t.me/kpu_contoh/42"
    assert outcome.receipt.published_at == SENT_AT
    assert telegram.asked == [f"/own/server/bot{TOKEN}/sendMessage"]
    assert b"parse_mode=HTML" in telegram.bodies[0]


def test_a_channel_known_by_its_name_is_linked_by_it_though_the_answer_leaves_the_name_out(
    telegram: FarEnd, tmp_path: Path
) -> None:
    telegram.answers["/sendMessage"] = ok(message(8, {"id": CHANNEL["id"], "type": "channel"}, text=TEXT))

    outcome = channel(telegram.url, chat_id="@kpu_contoh").go_live(job_for(tmp_path, TEXT))

    assert isinstance(outcome, Published)
    assert outcome.receipt.url == "https://t.me/kpu_contoh/8"


def test_a_private_channel_is_linked_for_its_members(telegram: FarEnd, tmp_path: Path) -> None:
    private = {"id": -1001112223334, "type": "channel", "title": "Internal"}
    telegram.answers["/sendMessage"] = ok(message(7, private, text=TEXT))

    outcome = channel(telegram.url).go_live(job_for(tmp_path, TEXT))

    assert isinstance(outcome, Published)
    assert outcome.receipt.url == "https://t.me/c/1112223334/7"


def test_files_are_laid_ready_once_and_the_live_call_carries_only_their_ids(telegram: FarEnd, tmp_path: Path) -> None:
    picture = keep(tmp_path, b"jpeg" * 500, MediaKind.IMAGE, "rakor.jpg", width=800, height=800)
    telegram.answers["/sendPhoto"] = [ok(message(1, LOG, photo=photo())), ok(message(43, photo=photo()))]
    telegram.answers["/deleteMessages"] = ok(True)
    adapter, job = channel(telegram.url, log_chat_id=LOG["id"]), job_for(tmp_path, TEXT, picture)

    adapter.prepare(job)
    adapter.prepare(job)
    staged = telegram.times("/sendPhoto")
    outcome = adapter.go_live(job)
    adapter.withdraw(job)

    assert staged == 1
    assert isinstance(outcome, Published)
    assert b"jpegjpeg" in telegram.bodies[0]
    assert b"photo=A800" in telegram.bodies[1]
    assert telegram.times("/deleteMessages") == 1


def test_without_a_log_chat_the_file_travels_with_the_live_call(telegram: FarEnd, tmp_path: Path) -> None:
    paper = keep(tmp_path, b"%PDF" * 9, MediaKind.DOCUMENT, "siaran-pers.pdf")
    telegram.answers["/sendDocument"] = ok(message(44, document={"file_id": "D", "file_unique_id": "d"}))
    adapter, job = channel(telegram.url), job_for(tmp_path, TEXT, paper)

    adapter.prepare(job)

    assert telegram.asked == []
    assert isinstance(adapter.go_live(job), Published)
    assert telegram.times("/sendDocument") == 1
    assert b"%PDF%PDF" in telegram.bodies[0]


def test_an_album_is_one_call_with_the_text_on_its_first_part(telegram: FarEnd, tmp_path: Path) -> None:
    picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "a.jpg", width=800, height=600)
    film = keep(tmp_path, b"mp4", MediaKind.VIDEO, "b.mp4", width=1280, height=720, duration=12.4)
    telegram.answers["/sendMediaGroup"] = ok([message(50, photo=photo(), caption=TEXT), message(51, photo=photo())])
    job = job_for(tmp_path, TEXT, picture, film)

    outcome = channel(telegram.url).go_live(job)

    assert isinstance(outcome, Published)
    assert job.journal.get("album") == "50 51"
    assert telegram.bodies[0].count(TEXT.encode()) == 1
    assert b'"duration": 12' in telegram.bodies[0]


def test_a_file_id_that_lapsed_is_forgotten_so_that_the_next_attempt_uploads(telegram: FarEnd, tmp_path: Path) -> None:
    picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "a.jpg")
    job = job_for(tmp_path, TEXT, picture, notebook=Notebook({f"file:{picture.sha256}": "stale"}))
    telegram.answers["/sendPhoto"] = refused(400, "Bad Request: wrong file identifier/HTTP URL specified")

    assert isinstance(channel(telegram.url).go_live(job), NotSent)
    assert job.journal.get(f"file:{picture.sha256}") is None


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("answer", [DROP, SILENCE, GARBAGE, refused(500, "Internal Server Error")])
def test_an_upload_without_an_answer_may_simply_be_made_again(telegram: FarEnd, tmp_path: Path, answer: Any) -> None:
    picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "a.jpg")
    telegram.answers["/sendPhoto"] = answer

    with pytest.raises(Stopped) as stopped:
        channel(telegram.url, log_chat_id=-500).prepare(job_for(tmp_path, TEXT, picture))

    assert isinstance(stopped.value.outcome, NotSent)
    assert stopped.value.outcome.detail.startswith("Grup log: ")


def test_what_no_message_can_hold_is_refused_before_anything_is_sent(telegram: FarEnd, tmp_path: Path) -> None:
    pictures = [keep(tmp_path, bytes([n]), MediaKind.IMAGE, f"{n}.jpg") for n in range(11)]
    paper = keep(tmp_path, b"%PDF", MediaKind.DOCUMENT, "a.pdf")
    for media in (pictures, [pictures[0], paper]):
        with pytest.raises(Stopped) as stopped:
            channel(telegram.url).prepare(job_for(tmp_path, TEXT, *media))
        assert isinstance(stopped.value.outcome, Rejected)
    assert telegram.asked == []


class TestReadingBack:
    """A bot cannot read a channel: it forwards message by message to the log chat."""

    @pytest.fixture
    def reader(self, telegram: FarEnd) -> Adapter:
        telegram.answers["/deleteMessages"] = ok(True)
        return channel(telegram.url, log_chat_id=LOG["id"])

    def test_a_post_whose_answer_was_lost_is_found_after_the_last_known_message(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        telegram.answers["/forwardMessage"] = [NOT_THERE, copy_of(42, text="Yang lain"), copy_of(43, text=f" {TEXT}\n")]
        notebook = Notebook(account={"last_message_id": "40"})
        job = job_for(tmp_path, TEXT, notebook=notebook)
        reader.prepare(job)

        seen = reader.find(job, SENT_AT)

        assert isinstance(seen, Found)
        assert seen.receipt.remote_id == "43"
        assert seen.receipt.url == "https://t.me/kpu_contoh/43"
        assert seen.receipt.published_at == SENT_AT
        assert seen.media_count == 0
        assert [b"message_id=41" in body for body in telegram.bodies[:1]] == [True]
        assert b"9042" in telegram.bodies[-1]
        assert b"9043" in telegram.bodies[-1]

    def test_the_same_text_from_last_week_is_another_post(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        telegram.answers["/forwardMessage"] = [copy_of(1, SENT_AT - timedelta(days=7), text=TEXT), NOT_THERE]

        assert isinstance(reader.find(job_for(tmp_path, TEXT), SENT_AT), CannotTell)

    def test_the_same_text_without_the_picture_is_another_post(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        picture = keep(tmp_path, b"jpeg", MediaKind.IMAGE, "a.jpg")
        telegram.answers["/forwardMessage"] = [
            copy_of(1, text=TEXT),
            copy_of(2, photo=photo(), caption=TEXT),
            NOT_THERE,
        ]

        seen = reader.find(job_for(tmp_path, TEXT, picture), SENT_AT)

        assert isinstance(seen, Found)
        assert seen.receipt.remote_id == "2"
        assert seen.media_count == 1

    def test_an_empty_search_proves_nothing_ends_soon_and_goes_on_later(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        service = refused(400, "Bad Request: the message can't be forwarded")
        telegram.answers["/forwardMessage"] = [service, copy_of(2, text="Lain"), NOT_THERE]
        job = job_for(tmp_path, TEXT)

        assert isinstance(reader.find(job, SENT_AT), CannotTell)
        assert telegram.times("/forwardMessage") == 12
        telegram.answers["/forwardMessage"] = copy_of(3, text=TEXT)
        assert isinstance(reader.find(job, SENT_AT), Found)
        assert b"message_id=3" in telegram.bodies[-2]

    def test_another_delivery_that_succeeds_meanwhile_does_not_move_the_start_of_the_search(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        notebook = Notebook(account={"last_message_id": "40"})
        job = job_for(tmp_path, TEXT, notebook=notebook)
        reader.prepare(job)
        notebook.account_put("last_message_id", "60")
        telegram.answers["/forwardMessage"] = copy_of(41, text=TEXT)

        assert isinstance(reader.find(job, SENT_AT), Found)
        assert b"message_id=41" in telegram.bodies[0]

    def test_what_was_prepared_on_a_machine_that_is_gone_is_searched_from_the_last_known_message(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        telegram.answers["/forwardMessage"] = copy_of(41, text=TEXT)

        seen = reader.find(job_for(tmp_path, TEXT, notebook=Notebook(account={"last_message_id": "40"})), SENT_AT)

        assert isinstance(seen, Found)
        assert b"message_id=41" in telegram.bodies[0]

    def test_the_first_post_of_a_channel_is_searched_from_its_beginning(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        notebook = Notebook()
        job = job_for(tmp_path, TEXT, notebook=notebook)
        reader.prepare(job)
        notebook.account_put("last_message_id", "60")
        telegram.answers["/forwardMessage"] = copy_of(1, text=TEXT)

        assert isinstance(reader.find(job, SENT_AT), Found)
        assert b"message_id=1" in telegram.bodies[0]

    def test_a_published_post_is_read_under_its_own_id_whatever_its_text_became(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path
    ) -> None:
        telegram.answers["/forwardMessage"] = copy_of(77, text="Diubah orang")

        seen = reader.find(job_for(tmp_path, TEXT, notebook=Notebook({"remote_id": "77"})), SENT_AT)

        assert isinstance(seen, Found)
        assert seen.text == "Diubah orang"

    def test_only_an_id_that_was_ours_can_be_absent(self, telegram: FarEnd, reader: Adapter, tmp_path: Path) -> None:
        telegram.answers["/forwardMessage"] = NOT_THERE

        assert isinstance(reader.find(job_for(tmp_path, TEXT, notebook=Notebook({"remote_id": "77"})), SENT_AT), Absent)

    @pytest.mark.parametrize(
        ("known", "second", "count"),
        [("50 51", NOT_THERE, 1), ("50 51", copy_of(51, photo=photo()), 2), (None, copy_of(51, photo=photo()), 2)],
    )
    def test_the_parts_of_an_album_are_counted(
        self, telegram: FarEnd, tmp_path: Path, known: str | None, second: Any, count: int
    ) -> None:
        media = [keep(tmp_path, name.encode(), MediaKind.IMAGE, name) for name in ("a.jpg", "b.jpg")]
        telegram.answers["/forwardMessage"] = [copy_of(50, photo=photo(), caption=TEXT), second]
        notebook = Notebook({"remote_id": "50", "album": known} if known else {"after": "49"})

        adapter = channel(telegram.url, log_chat_id=LOG["id"])
        seen = adapter.find(job_for(tmp_path, TEXT, *media, notebook=notebook), SENT_AT)

        assert isinstance(seen, Found)
        assert seen.media_count == count

    @pytest.mark.usefixtures("hurried")
    @pytest.mark.parametrize(
        "answer", [DROP, GARBAGE, refused(403, "Forbidden: kicked"), refused(429, "x", retry_after=3)]
    )
    def test_trouble_while_reading_is_no_answer(
        self, telegram: FarEnd, reader: Adapter, tmp_path: Path, answer: Any
    ) -> None:
        telegram.answers["/forwardMessage"] = answer

        assert isinstance(reader.find(job_for(tmp_path, TEXT), SENT_AT), CannotTell)

    def test_without_a_log_chat_nothing_can_be_read(self, telegram: FarEnd, tmp_path: Path) -> None:
        assert isinstance(channel(telegram.url).find(job_for(tmp_path, TEXT), SENT_AT), CannotTell)
        assert telegram.asked == []


RIGHTS = {
    "can_be_edited": False, "is_anonymous": False, "can_manage_chat": True, "can_delete_messages": True,
    "can_manage_video_chats": False, "can_restrict_members": True, "can_promote_members": False,
    "can_change_info": False, "can_invite_users": True, "can_post_stories": False, "can_edit_stories": False,
    "can_delete_stories": False,
}  # fmt: skip


def member(status: str, **rights: Any) -> tuple[int, dict[str, Any]]:
    return ok({"status": status, "user": {"id": 100200, "is_bot": True, "first_name": "Bot"}, **rights})


@pytest.mark.parametrize(
    ("standing", "works"),
    [
        (member("administrator", **RIGHTS, can_post_messages=True), True),
        (member("administrator", **RIGHTS, can_post_messages=False), False),
        (member("member"), False),
        (refused(403, "Forbidden: bot is not a member of the channel chat"), False),
    ],
)
def test_access_means_an_administrator_who_may_post(telegram: FarEnd, standing: Any, works: bool) -> None:
    telegram.answers |= {
        "/getMe": ok({"id": 100200, "is_bot": True, "first_name": "Bot", "username": "kpu_bot"}),
        "/getChat": ok(CHANNEL | {"accent_color_id": 1, "max_reaction_count": 1, "accepted_gift_types": GIFTS}),
        "/getChatMember": standing,
    }
    adapter = channel(telegram.url)
    if works:
        assert adapter.check_access() == "@kpu_contoh"
        return
    with pytest.raises(Stopped) as stopped:
        adapter.check_access()
    assert isinstance(stopped.value.outcome, AccountBlocked)


GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@pytest.mark.parametrize(("written", "read"), [("@kpu_contoh", "@kpu_contoh"), ("-1001", -1001), (-1001, -1001)])
def test_a_chat_is_a_number_or_a_name(written: Any, read: Any) -> None:
    assert telegram_channel.Settings(api_url="http://x", chat_id=written, token=TOKEN).chat_id == read


@pytest.mark.parametrize("written", ["kpu_contoh", "https://t.me/kpu_contoh", ""])
def test_anything_else_is_a_mistake_in_the_configuration(written: str) -> None:
    with pytest.raises(ValidationError, match="angka seperti"):
        telegram_channel.Settings(api_url="http://x", chat_id=written, token=TOKEN)


@pytest.mark.parametrize("shape", ["text", "image", "album", "video", "document"])
def test_on_a_channel_that_behaves_a_lost_answer_is_found_again(shape: str, sandboxed: Bench) -> None:
    job, since = sandboxed.job(shape), datetime.now(UTC)
    sandboxed.adapter.prepare(job)
    sandboxed.fails("drop_after")
    assert isinstance(sandboxed.adapter.go_live(job), Unknown)

    seen = sandboxed.opened().find(job, since)

    assert isinstance(seen, Found), seen
    assert seen.receipt.remote_id == sandboxed.public[0].id
    assert seen.media_count == len(job.rendered.media)
    assert len(sandboxed.public) == 1
    assert sandboxed.sandbox.world.violations == []


@pytest.fixture
def sandboxed(pretend: Sandbox, shelf: Shelf, tmp_path: Path) -> Bench:
    host: Any = None
    return Bench(telegram_channel.PLATFORM, pretend, shelf.files, shelf.blob, host, tmp_path)


def test_many_channels_share_one_loop_and_each_post_goes_out_once(telegram: FarEnd, tmp_path: Path) -> None:
    telegram.answers["/sendMessage"] = ok(message(42, text=TEXT))
    with ThreadPoolExecutor(24) as threads:
        outcomes = list(threads.map(lambda _: channel(telegram.url).go_live(job_for(tmp_path, TEXT)), range(48)))

    assert all(isinstance(outcome, Published) for outcome in outcomes)
    assert telegram.times("/sendMessage") == 48


def test_a_call_that_outlives_its_time_is_given_up_and_the_loop_goes_on() -> None:
    gone: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            gone.append("cancelled")

    async def quick() -> str:
        return "answer"

    with pytest.raises(TimeoutError):
        event_loop.run(endless(), within=timedelta(milliseconds=50))
    assert event_loop.run(quick(), within=timedelta(seconds=5)) == "answer"
    assert gone == ["cancelled"]


def test_naming_the_platforms_loads_none_of_their_libraries() -> None:
    script = (
        "import sys; from bakohumas_bot.platforms import instagram_private, telegram_channel\n"
        "print(sorted({'telegram', 'httpx', 'instagrapi', 'curl_cffi'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
