"""What cannot be taken: one clear sentence, and nothing that was good is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bakohumas_bot.errors import Refused
from bakohumas_bot.store import inbox
from office import TestOffice
from telegram_phones import LAYANAN, Bot, Phone, file, jpeg, labels, pdf, photo

JPEG = jpeg()
BOMB = (  # 20,000 by 20,000 pixels in its header, and nothing else
    bytes.fromhex("89504e470d0a1a0a0000000d49484452") + (20_000).to_bytes(4, "big") * 2 + bytes.fromhex("0802000000")
)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"document": file(JPEG[: len(JPEG) // 2])}, "foto.jpg"),
        ({"document": file(b"", "kosong.jpg")}, "kosong (0 bita)"),
        ({"document": file(JPEG, "rapat.mp4", "video/mp4")}, "berakhiran .mp4, tetapi isinya JPEG"),
        ({"document": file(BOMB, "raksasa.png", "image/png")}, "raksasa.png"),
        ({"document": file(b"MZ\x90\x00" * 64, "surat.pdf", "application/pdf")}, "surat.pdf"),
        ({"document": file(bytes(30_000_000), "liputan.mp4", "video/mp4")}, "melebihi 20 MB"),
        ({"video": file(bytes(30_000_000), "liputan.mp4", "video/mp4")}, "content/inbox"),
    ],
    ids=["truncated", "empty", "wrong suffix", "too many pixels", "disguised", "30 MB file", "30 MB video"],
)
async def test_a_bad_file_is_named_and_its_text_is_kept(bot: Bot, sari: Phone, sent: dict[str, Any], said: str) -> None:
    await sari.send(**sent, caption=LAYANAN)
    sentence = (await sari.texts())[-2]
    assert said in sentence
    assert "Traceback" not in sentence
    assert "Konsep tetap disimpan tanpa berkas tersebut." in sentence
    assert (bot.newest().content.body, bot.newest().content.media) == (LAYANAN, ())


async def test_a_file_that_telegram_no_longer_has_is_asked_for_again(bot: Bot, sari: Phone, office: TestOffice) -> None:
    office.fault("telegram", "gone", "download")
    await sari.send(photo=photo(), caption=LAYANAN)
    assert "sudah tidak tersimpan di Telegram" in (await sari.texts())[-2]
    assert (bot.newest().content.body, bot.newest().content.media) == (LAYANAN, ())


@pytest.mark.parametrize("text", ["/bantuan", "/bantuan@bakohumas_contoh_bot", "/tidakada"])
async def test_a_command_needs_no_mark_of_telegram(bot: Bot, sari: Phone, text: str) -> None:
    """`Message.entities` is optional (https://core.telegram.org/bots/api#message, read 2026-11-21)."""
    await unmarked(bot, sari, text)
    with pytest.raises(Refused):
        bot.newest()


@pytest.mark.parametrize("text", [f"{LAYANAN} /bantuan", "/berita/2026 memuat layanan informasi publik.", "/"])
async def test_a_text_with_a_slash_is_still_a_text(bot: Bot, sari: Phone, text: str) -> None:
    await unmarked(bot, sari, text)
    assert bot.newest().content.body == text


async def unmarked(bot: Bot, phone: Phone, text: str) -> None:
    """An update with no more than the described fields that every message has."""
    desk, chat = bot.office.desk, {"id": phone.id, "type": "private"}
    sender = {"id": phone.id, "is_bot": False, "first_name": "Sari"}
    message = {"message_id": 70, "date": 1_795_000_000, "chat": chat, "from": sender, "text": text}
    with desk.store.writing() as tx:
        number = inbox.offset(tx) or 1
        inbox.keep(tx, number, json.dumps({"update_id": number, "message": message}), None, desk.now())
    while await bot.handle() + await bot.post():
        pass


async def test_a_bad_file_alone_leaves_no_draft(bot: Bot, sari: Phone) -> None:
    await sari.send(document=file(b"", "kosong.jpg"))
    assert "kosong (0 bita)" in await sari.last()
    with pytest.raises(Refused):
        bot.newest()


async def test_one_bad_picture_does_not_cost_the_album(bot: Bot, sari: Phone) -> None:
    await sari.send(
        media=[
            {"document": file(pdf(), "edaran.pdf", "application/pdf"), "caption": LAYANAN},
            {"document": file(b"", "kosong.pdf", "application/pdf")},
        ]
    )
    assert [item.name for item in bot.newest().content.media] == ["edaran.pdf"]
    assert "kosong.pdf" in "".join(await sari.texts())


async def test_a_bad_file_for_an_open_question_is_asked_for_again(bot: Bot, sari: Phone) -> None:
    await sari.say(LAYANAN)
    await sari.tap("Tambah berkas")
    await sari.send(document=file(b"", "kosong.jpg"))
    assert "kosong (0 bita)" in await sari.last()
    await sari.send(photo=photo())
    assert len(bot.newest().content.media) == 1


async def test_a_very_long_text_arrives_in_parts_and_makes_readable_cards(bot: Bot, sari: Phone) -> None:
    await sari.say("Layanan informasi publik. " * 500)
    assert all(len(text) <= 4096 for text in await sari.texts())
    assert "Ajukan" in labels(await sari.card())


async def test_markup_in_a_text_stays_a_text(bot: Bot, sari: Phone) -> None:
    text = "<b>Layanan</b> & {{ 7 * 7 }} <a href='x'>klik</a> \"kutip\" 'satu' 😀"
    await sari.say(text)
    assert text in await sari.card_text()
    await sari.tap("Pratinjau")
    assert await sari.last() == text


async def test_an_unknown_command_points_to_the_help(bot: Bot, sari: Phone) -> None:
    await sari.say("/terbitkan semua")
    assert "/bantuan" in await sari.last()
    await sari.say("/bantuan")
    for command in ("/mulai", "/konsep", "/persetujuan", "/batal"):
        assert command in await sari.last()
