"""Telegram fails, the process dies, an update comes twice: everything is done once, and nothing is lost."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest

from bakohumas_bot.approval_bot import run, run_bot, running
from bakohumas_bot.approval_bot.sentences import TROUBLE
from bakohumas_bot.errors import Refused
from bakohumas_bot.store import cards, inbox, outbox
from office import TestOffice
from telegram_phones import LAYANAN, Bot, Phone, data_of, labels, photo

DROP = "drop_before"


def waiting(office: TestOffice) -> int:
    with office.desk.store.reading() as tx:
        return len(outbox.unsent(tx))


async def test_an_update_delivered_twice_makes_one_draft(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    again = sari.last_sent["update_ids"][0]
    await sari.control("updates/replay", update_id=again)
    await bot.settle()
    with pytest.raises(Refused):
        bot.newest(2)
    assert len([message for message in await sari.heard() if labels(message)]) == 1


async def test_an_update_is_on_our_disk_before_its_offset_is_confirmed(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN, settle=False)
    await bot.fetch()
    await bot.restart()  # nothing was handled, and the next getUpdates will confirm it
    await bot.settle()
    assert bot.newest().content.body == LAYANAN


async def test_a_handler_that_died_before_its_record_does_not_draft_again(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    update = sari.last_sent["update_ids"][0]
    with office.desk.store.writing() as tx:
        inbox.kept(tx, [update])[0].handled_at = None
    await bot.settle()
    with pytest.raises(Refused):
        bot.newest(2)
    assert len([message for message in await sari.heard() if labels(message)]) == 1


@pytest.mark.parametrize("operation", ["getFile", "download"])
async def test_a_file_that_cannot_be_fetched_now_is_fetched_later(
    bot: Bot, sari: Phone, office: TestOffice, operation: str
) -> None:
    office.fault("telegram", DROP, operation, times=5)
    await sari.send(photo=photo(), caption=LAYANAN)
    for _ in range(6):
        office.clock.forward(timedelta(seconds=6))
        await bot.settle()
    assert len(bot.newest().content.media) == 1
    assert TROUBLE not in await sari.texts()


@pytest.mark.parametrize("mode", [DROP, "error_before", "rate_limited", "html_after", "garbage_after"])
async def test_a_card_that_could_not_be_sent_is_sent_later(
    bot: Bot, sari: Phone, office: TestOffice, mode: str
) -> None:
    office.fault("telegram", mode, "sendMessage", times=2, seconds=7)
    await sari.say(LAYANAN)
    for _ in range(4):
        office.clock.forward(timedelta(seconds=8))
        await bot.settle()
    assert "Ajukan" in labels(await sari.card())
    assert waiting(office) == 0
    await sari.tap("Jenis")
    await sari.tap("Berita")
    assert bot.newest().number == 2


async def test_a_wait_that_telegram_asks_for_is_kept(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.fault("telegram", "rate_limited", "sendMessage", seconds=60)
    await sari.say(LAYANAN)
    office.clock.forward(timedelta(seconds=50))
    await bot.settle()
    assert all(not labels(message) for message in await sari.heard())
    office.clock.forward(timedelta(seconds=10))
    await bot.settle()
    assert "Ajukan" in labels(await sari.card())


async def test_who_blocked_the_bot_holds_up_nobody(bot: Bot, sari: Phone, dewi: Phone, budi: Phone) -> None:
    await dewi.control("users/1003/block")
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    await budi.tap("Setujui")
    assert "Telah disetujui oleh Budi Contoh" in await sari.last()


async def test_a_leader_who_never_opened_the_bot_holds_up_nobody(
    bot: Bot, sari: Phone, budi: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Ajukan")
    assert "Setujui" in labels(await budi.card())
    dewi = await bot.phone("dewi").open()
    await dewi.say("/persetujuan")
    await dewi.tap(labels(await dewi.card())[0])
    await dewi.tap("Setujui")
    assert "Telah disetujui oleh Dewi Contoh" in await sari.last()


async def test_a_tap_whose_answer_is_lost_still_counts(bot: Bot, sari: Phone, office: TestOffice) -> None:
    await sari.say(LAYANAN)
    office.fault("telegram", "rejected", "answerCallbackQuery")
    card = (await sari.card())["message_id"]
    await sari.control("users/1001/press", message_id=card, button="Jenis", timeout=0)
    await bot.settle()
    assert "Infografis" in labels(await sari.card())


async def test_a_fault_of_our_own_is_apologised_for_once_and_the_bot_goes_on(
    bot: Bot, sari: Phone, office: TestOffice
) -> None:
    await sari.say(LAYANAN)
    card = await sari.card()
    token = data_of(card, "Judul").split(":")[1]
    with office.desk.store.writing() as tx:
        row = cards.by_token(tx, token)
        assert row is not None
        row.post_id = -1  # no such post: as a bug of ours would leave it
        row.kind = "offices"
    office.sandbox.platforms["telegram"].network.chats[1001].messages[card["message_id"]].markup = {
        "inline_keyboard": [[{"text": "Satker", "callback_data": f"office:{token}:64.69"}]]
    }
    await sari.tap("Satker")
    assert (await sari.texts()).count(TROUBLE) == 1
    await sari.say("Konten berikutnya.")
    assert bot.newest(2).content.body == "Konten berikutnya."


async def test_an_update_that_cannot_be_read_is_set_aside(bot: Bot, sari: Phone, office: TestOffice) -> None:
    with office.desk.store.writing() as tx:
        inbox.keep(tx, 5, '{"update_id": 5, "message": {"message_id": "rusak"}}', None, office.clock())
        inbox.keep(tx, 6, "{", None, office.clock())
    await sari.say(LAYANAN)
    assert bot.newest().content.body == LAYANAN
    with office.desk.store.reading() as tx:
        assert inbox.ready(tx, office.clock()) == []


async def test_the_running_bot_waits_for_a_telegram_that_is_down_at_the_start_and_in_the_middle(
    office: TestOffice, bot: Bot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(running, "WAITS", (0.01,))
    monkeypatch.setattr(running, "SLOW", 0.01)
    office.fault("telegram", DROP, "getMe", times=2)
    office.fault("telegram", "expired_token", "setMyCommands")
    for mode in (DROP, "conflict", "expired_token", "html_after"):
        office.fault("telegram", mode, "getUpdates", times=2)
    stop = asyncio.Event()
    at_work = asyncio.create_task(run_bot(office.app, stop))
    phone = bot.phone("sari")
    await phone.control("users", id=1001, first_name="Sari")
    await phone.send(text=LAYANAN, settle=False)
    for _ in range(100):
        if any(labels(message) for message in await phone.heard()):
            break
        await bot.http.get(f"{office.sandbox.url}/sandbox/telegram/users/1001/wait", params={"timeout": 0.2})
    stop.set()
    await at_work
    assert "Ajukan" in labels(await phone.card())
    said = caplog.text
    assert "Telegram belum dapat dihubungi" in said
    assert "Token bot Telegram ditolak" in said
    assert "dijalankan di tempat lain" in said
    assert "AAcontoh" not in said


def test_the_blocking_door_opens_and_closes(office: TestOffice) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(office.app, stop))
    thread.start()
    stop.set()
    thread.join(timeout=30)
    assert not thread.is_alive()
