"""Slow lines, full disks, floods, crashes between two steps: nothing is lost, nothing is done twice."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import File
from telegram.error import NetworkError, RetryAfter

from bakohumas_bot.approval_bot import downloads, incoming, running
from bakohumas_bot.approval_bot.pace import MESSAGES, PRESSES
from bakohumas_bot.approval_bot.parcels import Attachment
from bakohumas_bot.approval_bot.presses import Pressed, act
from bakohumas_bot.approval_bot.sentences import NOT_TAKEN, PIECE_STAYS, TROUBLE, UNSUPPORTED
from bakohumas_bot.domain.approval import Verdict
from bakohumas_bot.errors import BadMedia, Refused, Unavailable
from bakohumas_bot.lifecycle.approve import decide
from bakohumas_bot.lifecycle.draft import revise
from bakohumas_bot.lifecycle.submit import submit
from bakohumas_bot.store import freezes, inbox, posts
from office import OFFICE, TestOffice
from telegram_phones import LAYANAN, Bot, Phone, data_of, file, jpeg, labels, photo

SENTENCE = "Layanan informasi publik dibuka setiap hari kerja. "


def drafts(office: TestOffice) -> int:
    with office.desk.store.reading() as tx:
        return len(posts.all_posts(tx, "64.69"))


def arrives(office: TestOffice, kind: str, **content: Any) -> None:
    """An update that the pretend phones cannot make."""
    network = office.sandbox.platforms["telegram"].network
    with network.changed:
        person = {"id": 1001, "is_bot": False, "first_name": "Sari"}
        chat = {"id": 1001, "type": "private", "first_name": "Sari"}
        message = {"message_id": 900_000, "date": 1_790_000_000, "chat": chat, "from": person}
        network.updates.add(kind, content if kind == "callback_query" else message | content)


# --- What a phone sends ---


@pytest.mark.parametrize(
    "content",
    [
        {"location": {"latitude": -0.5, "longitude": 117.1}},
        {"contact": {"phone_number": "0812", "first_name": "Tono"}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": False,
            }
        },
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_the_desk_cannot_use_is_answered_in_one_sentence(
    bot: Bot, sari: Phone, office: TestOffice, content: dict[str, Any]
) -> None:
    arrives(office, "message", **content)
    await bot.settle()
    assert await sari.last() == UNSUPPORTED
    assert drafts(office) == 0


async def test_words_under_a_recording_are_kept_and_the_recording_is_named(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    audio = {"file_id": "a", "file_unique_id": "a", "duration": 3}
    arrives(office, "message", audio=audio, caption=LAYANAN)
    await bot.settle()
    assert bot.newest().content.body == LAYANAN
    assert NOT_TAKEN in "".join(await sari.texts())


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("message", {"pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1001, "type": "private"}}}),
        ("message", {"chat": {"id": -5, "type": "group", "title": "Grup"}, "text": "Halo"}),
        ("edited_message", {"text": "Pesan yang tidak pernah datang", "edit_date": 1_790_000_001}),
        ("channel_post", {"chat": {"id": -6, "type": "channel", "title": "Kanal"}, "text": "Halo"}),
    ],
    ids=["pinned", "group", "edit of an unknown message", "channel"],
)
async def test_what_is_not_meant_for_the_desk_is_passed_over(
    bot: Bot, sari: Phone, office: TestOffice, kind: str, content: dict[str, Any]
) -> None:
    before = await sari.texts()
    arrives(office, kind, **content)
    await bot.settle()
    assert await sari.texts() == before
    assert drafts(office) == 0


@pytest.mark.parametrize(
    "message",
    [
        None,
        {"message_id": 7, "date": 0, "chat": {"id": 1001, "type": "private"}},
        {"message_id": 7, "date": 1_790_000_000, "chat": {"id": -5, "type": "group", "title": "Grup"}},
    ],
    ids=["no message", "inaccessible", "in a group"],
)
async def test_a_tap_on_a_message_that_is_out_of_reach_is_answered(
    bot: Bot, sari: Phone, office: TestOffice, message: dict[str, Any] | None
) -> None:
    network = office.sandbox.platforms["telegram"].network
    from bakohumas_bot.sandbox.telegram.chats import Tap

    tap = network.taps["77"] = Tap(id="77")
    query = {"id": "77", "from": {"id": 1001, "is_bot": False, "first_name": "Sari"}, "chat_instance": "1"}
    arrives(office, "callback_query", **query, data="approve:AAAA", **({"message": message} if message else {}))
    await bot.settle()
    assert (tap.answered, tap.show_alert) == (True, True)


async def test_a_text_that_the_phone_cut_in_pieces_is_one_draft(bot: Bot, sari: Phone, office: TestOffice) -> None:
    text = (SENTENCE * 200).strip()
    first = await sari.say(text)
    assert drafts(office) == 1
    assert bot.newest().content.body == text
    await sari.edit(first, text="Hanya potongan ini.")
    assert bot.newest().content.body == text
    assert PIECE_STAYS in await sari.texts()


async def test_a_long_answer_that_the_phone_cut_is_one_answer(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Isi")
    await sari.say((SENTENCE * 150).strip())
    assert bot.newest().content.body == (SENTENCE * 150).strip()
    assert drafts(office) == 1


async def test_a_part_of_an_album_that_comes_late_joins_its_draft(bot: Bot, sari: Phone, office: TestOffice) -> None:
    album = [{"photo": photo()}, {"photo": photo("navy"), "caption": LAYANAN}, {"photo": photo("gold")}]
    network = office.sandbox.platforms["telegram"].network
    await sari.send(media=album, settle=False)
    with network.changed:
        held = network.updates.pending[1:]
        del network.updates.pending[1:]
    await bot.settle()
    assert len(bot.newest().content.media) == 1
    with network.changed:
        network.updates.pending.extend(held)
    await bot.settle()
    assert (bot.newest().content.body, len(bot.newest().content.media)) == (LAYANAN, 3)
    assert drafts(office) == 1
    await sari.edit(int(sari.last_sent["messages"][1]["message_id"]), caption="Layanan libur.")
    assert (bot.newest().content.body, len(bot.newest().content.media)) == ("Layanan libur.", 3)


async def test_a_caption_on_the_second_picture_only_is_the_text(bot: Bot, sari: Phone) -> None:
    await sari.send(media=[{"photo": photo()}, {"photo": photo("navy"), "caption": LAYANAN}])
    assert (bot.newest().content.body, len(bot.newest().content.media)) == (LAYANAN, 2)


async def test_a_file_name_cannot_break_out_of_its_line(bot: Bot, sari: Phone) -> None:
    name = "../../etc/<b>surat\n\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe.pdf"
    await sari.send(document=file(b"%PDF-1.4\n%%EOF\n", name, "application/pdf"), caption=LAYANAN)
    assert bot.newest().content.media[0].name == "<b>suratfdp.exe.pdf"
    assert "(<b>suratfdp.exe.pdf)" in await sari.card_text()


async def test_an_archive_is_refused_without_being_opened(bot: Bot, sari: Phone) -> None:
    await sari.send(document=file(b"PK\x03\x04" + bytes(4_000), "bom.zip", "application/zip"))
    assert "dokumen Office atau berkas ZIP" in await sari.last()


# --- Floods ---


async def test_a_hundred_messages_of_one_person_are_all_kept_and_nobody_else_waits(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    rahmat = await bot.phone("rahmat").open()
    for number in range(100):
        await sari.say(f"Pesan ke-{number}.", settle=False)
    await rahmat.say(LAYANAN, settle=False)
    while await bot.fetch():
        pass
    tasks = await bot.handling.start_ready()
    assert len(tasks) == 2, "both chats are served side by side"
    for task in tasks:
        await task
    await bot.post()
    assert "Ajukan" in labels(await rahmat.card())
    assert drafts(office) <= MESSAGES + 1, "one person is served at a pace"
    minutes = 0
    while drafts(office) < 101:
        office.clock.forward(timedelta(minutes=1))
        await bot.settle()
        minutes += 1
    assert minutes == 3
    slowed = [text for text in await sari.texts() if "terlalu cepat" in text]
    assert len(slowed) == 3, "it is said, once a minute"


async def test_a_freeze_overtakes_a_flood(bot: Bot, sari: Phone, office: TestOffice) -> None:
    for number in range(MESSAGES + 10):
        await sari.say(f"Pesan ke-{number}.", settle=False)
    await bot.settle()
    assert drafts(office) < MESSAGES + 1
    await sari.say("/bekukan Ponsel hilang")
    with office.desk.store.reading() as tx:
        assert [row.office for row in freezes.all_in_force(tx)] == [OFFICE]
    assert drafts(office) < MESSAGES + 1


async def test_what_is_too_much_to_be_kept_is_told_and_hides_nobody(
    bot: Bot, sari: Phone, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bakohumas_bot.approval_bot.handling.KEPT", 5)
    monkeypatch.setattr("bakohumas_bot.approval_bot.handling.MOST", 10)
    for number in range(MESSAGES + 20):
        await sari.say(f"Pesan ke-{number}.", settle=False)
    await bot.settle()
    rahmat = await bot.phone("rahmat").open()
    await rahmat.say(LAYANAN)
    assert "Ajukan" in labels(await rahmat.card())
    assert any("tidak disimpan" in text for text in await sari.texts())
    office.clock.forward(timedelta(minutes=2))
    await bot.settle()
    assert MESSAGES < drafts(office) <= MESSAGES + 6


async def test_a_phone_that_presses_without_end_is_told_and_the_rest_is_dropped(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    rahmat = await bot.phone("rahmat").open()
    await sari.say(LAYANAN)
    card = await sari.card()
    person = {"id": sari.id, "is_bot": False, "first_name": "Sari"}
    chat = {"id": sari.id, "type": "private", "first_name": "Sari"}
    message = {"message_id": card["message_id"], "date": 1_790_000_000, "chat": chat}
    for number in range(PRESSES + 40):
        press = {"id": f"{number}", "from": person, "chat_instance": "1", "message": message}
        arrives(office, "callback_query", **press, data=data_of(card, labels(card)[0]))
    await bot.settle()
    assert sum("terlalu sering" in text for text in await sari.texts()) == 1
    await rahmat.say(LAYANAN)
    assert "Ajukan" in labels(await rahmat.card())
    with office.desk.store.reading() as tx:
        assert inbox.ready(tx, office.clock()) == [], "none of them waits for later"


async def test_a_stranger_who_writes_a_hundred_times_is_answered_once_a_minute(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    stranger = await bot.phone("siapa").open()
    for number in range(20):
        await stranger.say(f"Halo {number}", settle=False)
    await bot.settle()
    assert len(await stranger.texts()) == 1
    office.clock.forward(timedelta(minutes=2))
    office.fault("telegram", "rate_limited", "sendMessage", seconds=60)
    await stranger.say("Halo lagi")
    assert await bot.handle() == 0, "what could not be said to a stranger is not kept for later"


# --- Files on their way ---


@contextmanager
def file_server(body: bytes, length: int) -> Iterator[str]:
    """Answers every request with `body`, announced as `length`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                with line:
                    line.recv(65_536)
                    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % length + body)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("body", "length", "announced"),
    [(b"a" * 50, 100, 100), (b"a" * 100, 100, 60), (b"a" * 50, 50, 100)],
    ids=["stops in the middle", "larger than announced", "smaller than announced"],
)
async def test_a_file_that_does_not_come_as_announced_is_given_up_with_a_sentence(
    bot: Bot, tmp_path: Path, body: bytes, length: int, announced: int
) -> None:
    telegram, attachment = bot.handling.bureau.bot, Attachment(file_id="x", name="liputan.mp4")
    with file_server(body, length) as url:
        telegram._base_file_url = url
        lost = File("x", "x", file_size=announced, file_path=f"{url}/videos/file_1.mp4")
        with pytest.raises(BadMedia, match=r"selalu terputus.*Mohon kirim kembali"):
            await downloads._bring(telegram, lost, tmp_path / "berkas", attachment)
    assert (tmp_path / "berkas").stat().st_size <= announced


async def test_a_file_that_never_ends_is_given_up(bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "LONGEST", timedelta(milliseconds=20))
    telegram = bot.handling.bureau.bot
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        telegram._base_file_url = url
        endless = File("x", "x", file_path=f"{url}/videos/file_1.mp4")
        with pytest.raises(BadMedia, match="selalu terputus"):
            await downloads._bring(telegram, endless, tmp_path / "berkas", Attachment(file_id="x", name="a.mp4"))


@pytest.mark.parametrize("place", ["../../{secret}", "{secret}", "photos/\0.jpg", "photos/../../x", "..\\x", "", None])
async def test_a_file_path_that_points_elsewhere_is_not_followed(bot: Bot, tmp_path: Path, place: str | None) -> None:
    secret, telegram = tmp_path / "rahasia", bot.handling.bureau.bot
    secret.write_text("token")
    path = place.format(secret=secret) if place else place
    for given in (path, f"{telegram.base_file_url}/{path}" if path and "secret" not in str(place) else path):
        lost = File("x", "x", file_path=given)
        with pytest.raises(BadMedia, match="tidak dapat diambil"):
            await downloads._bring(telegram, lost, tmp_path / "berkas", Attachment(file_id="x", name="a.jpg"))
    assert not (tmp_path / "berkas").exists()


async def test_an_own_server_hands_over_what_lies_in_its_folder_for_our_token(bot: Bot, tmp_path: Path) -> None:
    telegram = bot.handling.bureau.bot
    kept = tmp_path / telegram.token / "photos" / "file_0.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(jpeg())
    local = File("x", "x", file_path=str(kept))
    await downloads._bring(telegram, local, tmp_path / "berkas", Attachment(file_id="x", name="a.jpg"))
    assert (tmp_path / "berkas").read_bytes() == jpeg()


async def test_a_full_disk_delays_a_file_and_loses_nothing(
    bot: Bot, sari: Phone, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "open", full)
        await sari.send(photo=photo(), caption=LAYANAN)
        for _ in range(5):
            office.clock.forward(timedelta(seconds=6))
            await bot.settle()
    assert drafts(office) == 0
    assert TROUBLE not in await sari.texts()
    office.clock.forward(timedelta(seconds=6))
    await bot.settle()
    assert len(bot.newest().content.media) == 1


# --- Between two steps ---


async def test_a_crash_between_a_draft_and_its_card_makes_no_second_draft(
    bot: Bot, sari: Phone, office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise Unavailable("basis data terkunci")

    with monkeypatch.context() as crash:
        crash.setattr(incoming.cards, "remember_source", dies)
        await sari.send(photo=photo(), caption=LAYANAN)
    assert drafts(office) == 1
    await bot.restart()
    await bot.settle()
    assert drafts(office) == 1
    assert "Ajukan" in labels(await sari.card())


async def test_what_was_decided_elsewhere_while_telegram_was_down_is_told_later_once_and_in_order(
    bot: Bot, sari: Phone, dewi: Phone, budi: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    before = len(await sari.heard())
    office.fault("telegram", "drop_before", "sendMessage", times=4)
    office.fault("telegram", "drop_before", "editMessageText", times=4)
    decide(office.desk, office.person("dewi"), 1, Verdict.APPROVE, digest=bot.newest().digest)
    office.go()
    office.go(timedelta(seconds=2))
    for _ in range(12):
        office.clock.forward(timedelta(seconds=31))
        await bot.settle()
    told = [text.split("\n")[0] if "Telah terbit" in text else text for text in (await sari.texts())[before:]]
    assert [("Telah disetujui" in text, "Telah terbit" in text) for text in told] == [(True, False), (False, True)]
    assert sum("Telah disetujui" in text for text in await budi.texts()) == 1


def test_a_wait_that_telegram_asks_of_the_poller_is_kept() -> None:
    assert running._wait_after(RetryAfter(90), 0) == 90
    assert running._wait_after(NetworkError("x"), 99) == running.WAITS[-1]


# --- The configuration changed meanwhile ---


async def test_an_account_that_left_the_configuration_is_named_and_can_be_taken_off(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    gone = "fb-contoh-selatan"
    kept = office.desk.directory.accounts.pop(gone)
    await sari.say("/konsep")
    await sari.tap(labels(await sari.card())[0])
    assert f"{gone} (tidak ada lagi di konfigurasi)" in await sari.card_text()
    await sari.tap("Kanal")
    await sari.tap(f"✓ {gone}")
    assert gone not in bot.newest().content.accounts
    office.desk.directory.accounts[gone] = kept


@pytest.mark.parametrize("button", ["Pratinjau", "Jenis", "Ajukan"])
async def test_who_lost_the_role_neither_acts_nor_sees(bot: Bot, sari: Phone, office: TestOffice, button: str) -> None:
    await sari.say(LAYANAN)
    card, before = await sari.card(), len(await sari.heard())
    former = replace(office.person("sari"), roles=frozenset())
    office.desk.directory.configured["sari"] = former
    answer = await sari.tap(button, on=card)
    assert "belum memiliki kewenangan" in answer["text"]
    assert len(await sari.heard()) == before
    assert bot.newest().submitted_at is None


async def test_who_left_between_question_and_answer_is_a_stranger(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Judul")
    office.desk.directory.configured.pop("sari")
    await sari.say("Judul dari orang luar")
    assert bot.newest().content.title == LAYANAN
    assert "1001" in await sari.last()


async def test_a_card_for_another_time_approves_nothing(bot: Bot, sari: Phone, dewi: Phone, office: TestOffice) -> None:
    """Text, pictures and so the digest are the same: only the hour was changed and submitted again."""
    await sari.say(LAYANAN)
    for answer in ("1 jam lagi", "3 jam lagi"):
        if bot.newest().submitted_at is not None:
            first, old = bot.newest(), await dewi.card()
            await sari.tap("Ubah")
        await sari.tap("Waktu")
        await sari.tap("Tulis waktu")
        await sari.plan(answer)
        await sari.tap("Ajukan")
    assert bot.newest().digest == first.digest
    assert bot.newest().content.publish_at != first.content.publish_at
    pressed = await dewi.tap("Setujui", on=old, stale=True)
    assert (pressed["text"], pressed["show_alert"]) == (
        "Tombol ini sudah tidak berlaku. Silakan buka pesan terbaru.",
        True,
    )
    assert office.deliveries(1) == {}
    with pytest.raises(Refused):
        bot.newest(2)


async def test_a_card_for_another_time_approves_nothing_even_before_it_was_withdrawn(
    bot: Bot, sari: Phone, dewi: Phone, office: TestOffice
) -> None:
    """The operator's change is on our disk, the message about it is still waiting for Telegram."""
    first = office.submitted(publish_at=office.clock() + timedelta(hours=1))
    await bot.settle()
    card = await dewi.card()
    later = office.clock() + timedelta(hours=3)
    revise(office.desk, office.person("sari"), first.post, lambda c: replace(c, publish_at=later))
    again = submit(office.desk, office.person("sari"), first.post)
    assert again.digest == first.digest
    pressed = Pressed(
        user_id=1003, chat_id=1003, message_id=card["message_id"], data=data_of(card, "Setujui"), key="u1"
    )
    with pytest.raises(Refused, match="tidak berlaku"):
        act(office.desk, pressed)
    assert office.deliveries(1) == {}
