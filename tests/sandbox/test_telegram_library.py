"""python-telegram-bot works against the pretend Bot API and departs from its description nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import (
    Bot,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageOriginChannel,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter, TimedOut
from telegram.ext import Application, CommandHandler, ContextTypes

from bakohumas_bot.sandbox.telegram.platform import BOT, TOKEN
from telegram_town import CHANNEL_ID, LOG, SARI, Town, open_town, picture, sent, video

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Setujui", callback_data="a:1")]])


@pytest.fixture
def town() -> Iterator[Town]:
    with open_town() as opened:
        opened.start()
        yield opened
        assert opened.violations == []


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library warns of the older form, seconds as a number."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=f"{town.url}/bot", base_file_url=f"{town.url}/file/bot") as opened:
        yield opened


async def test_the_bot_knows_itself_and_its_rights(bot: Bot) -> None:
    assert bot.username == BOT["username"]
    member = await bot.get_chat_member(CHANNEL_ID, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert member.can_post_messages
    assert (await bot.get_chat("@kpu_contohselatan")).title == "KPU Kabupaten Contoh Selatan"
    assert len(await bot.get_chat_administrators(CHANNEL_ID)) == 1
    assert await bot.set_my_commands([("mulai", "Mulai bekerja")])
    assert [command.command for command in await bot.get_my_commands()] == ["mulai"]


async def test_text_is_sent_edited_and_deleted(bot: Bot, town: Town) -> None:
    message = await bot.send_message(
        CHANNEL_ID,
        "<b>Rapat</b> dimulai",
        parse_mode=ParseMode.HTML,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=BUTTONS,
    )
    assert (message.text, message.text_html) == ("Rapat dimulai", "<b>Rapat</b> dimulai")
    assert message.link == f"https://t.me/kpu_contohselatan/{message.message_id}"
    assert message.link_preview_options == LinkPreviewOptions(is_disabled=True)
    assert abs((message.date - datetime.now(UTC)).total_seconds()) < 60
    edited = await message.edit_text("Rapat selesai", reply_markup=BUTTONS)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    with pytest.raises(BadRequest, match="not modified"):
        await message.edit_text("Rapat selesai", reply_markup=BUTTONS)
    bare = await message.edit_reply_markup()
    assert isinstance(bare, Message)
    assert bare.reply_markup is None
    assert await message.delete()
    (entry,) = town.see("ledger")
    assert (entry["text"], entry["deleted"]) == ("Rapat selesai", True)


async def test_files_are_uploaded_reused_and_replaced(bot: Bot) -> None:
    await bot.send_chat_action(SARI, ChatAction.UPLOAD_PHOTO)
    photo = await bot.send_photo(SARI, picture(), caption="Rakor", filename="rakor.jpg")
    assert photo.photo[-1].width == 640
    clip = await bot.send_video(SARI, video(), thumbnail=picture(320, 180), width=1280, height=720, duration=9)
    assert clip.video is not None
    assert clip.video.duration == timedelta(seconds=9)
    paper = await bot.send_document(SARI, b"%PDF-", filename="rilis.pdf", caption="Rilis")
    assert paper.document is not None
    assert paper.document.file_name == "rilis.pdf"
    again = await bot.send_photo(CHANNEL_ID, photo.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
    replaced = await photo.edit_media(InputMediaPhoto(picture(300, 300), caption="Rakor Bakohumas"))
    assert isinstance(replaced, Message)
    assert replaced.photo[-1].width == 300
    renamed = await paper.edit_caption("Siaran pers")
    assert isinstance(renamed, Message)
    assert renamed.caption == "Siaran pers"


async def test_albums_of_pictures_and_of_documents_are_sent(bot: Bot, town: Town) -> None:
    mixed: list[InputMediaPhoto | InputMediaVideo] = [
        InputMediaPhoto(picture(), caption="<i>Rakor</i>", parse_mode="HTML"),
        InputMediaVideo(video()),
    ]
    first, second = await bot.send_media_group(CHANNEL_ID, mixed)
    assert first.media_group_id == second.media_group_id
    assert (first.caption, second.video is not None) == ("Rakor", True)
    papers = [InputMediaDocument(b"%PDF-1", filename="a.pdf"), InputMediaDocument(b"%PDF-2", filename="b.pdf")]
    assert len(await bot.send_media_group(LOG, papers)) == 2
    assert [entry["extra"]["kinds"] for entry in town.see("ledger")] == [["photo", "video"]]
    assert await bot.delete_messages(CHANNEL_ID, [first.message_id, second.message_id, 999])


async def test_a_post_is_probed_by_forwarding_and_copying(bot: Bot) -> None:
    post = await bot.send_message(CHANNEL_ID, "Rapat")
    seen = await bot.forward_message(LOG, CHANNEL_ID, post.message_id)
    assert isinstance(seen.forward_origin, MessageOriginChannel)
    assert (seen.forward_origin.message_id, seen.forward_origin.date) == (post.message_id, post.date)
    with pytest.raises(BadRequest, match="to forward not found"):
        await bot.forward_message(LOG, CHANNEL_ID, post.message_id + 1)
    assert (await bot.copy_message(LOG, CHANNEL_ID, post.message_id)).message_id
    reply = await bot.send_message(LOG, "Lihat", reply_parameters=ReplyParameters(seen.message_id))
    assert reply.reply_to_message is not None


async def test_updates_of_every_kind_are_understood(bot: Bot, town: Town) -> None:
    card = await bot.send_message(SARI, "Kartu", reply_markup=BUTTONS)
    act = f"users/{SARI}"
    town.person(f"{act}/send", media=[{"photo": sent(picture()), "caption": "Rakor"}, {"photo": sent(picture())}])
    (paper,) = town.person(f"{act}/send", document=sent(b"%PDF-", "a.pdf"), reply_to=card.message_id)["messages"]
    town.person(f"{act}/edit", message_id=paper["message_id"], caption="Siaran pers")
    town.person(f"{act}/press", message_id=card.message_id, button="Setujui", timeout=0)
    start, first, _, document, edited, tap = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert start.message is not None
    assert start.message.text == "/start"
    assert first.message is not None
    file = await first.message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == picture()
    assert document.message is not None
    assert document.message.reply_to_message is not None
    assert document.message.reply_to_message.message_id == card.message_id
    assert edited.edited_message is not None
    assert edited.edited_message.caption == "Siaran pers"
    assert tap.callback_query is not None
    assert tap.callback_query.data == "a:1"
    assert await tap.callback_query.answer("Disetujui")
    with pytest.raises(BadRequest, match="too old"):
        await tap.callback_query.answer("Lagi")


async def test_an_application_polls_and_answers(bot: Bot, town: Town) -> None:
    application = Application.builder().bot(bot).job_queue(None).build()
    handled = asyncio.Event()

    async def greet(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("Selamat datang, Bapak/Ibu.")
        handled.set()

    application.add_handler(CommandHandler("start", greet))
    await application.initialize()
    await application.start()
    assert application.updater is not None
    await application.updater.start_polling(timeout=20)
    await asyncio.wait_for(handled.wait(), 20)
    await application.updater.stop()
    await application.stop()
    await application.shutdown()
    shown = town.see(f"telegram/users/{SARI}/chat")["messages"][-1]
    assert (shown["from_bot"], shown["text"]) == (True, "Selamat datang, Bapak/Ibu.")


@pytest.mark.parametrize(
    ("mode", "error"),
    [
        ("rate_limited", RetryAfter),
        ("expired_token", InvalidToken),
        ("forbidden", Forbidden),
        ("rejected", BadRequest),
        ("conflict", Conflict),
    ],
)
async def test_faults_reach_the_library_as_its_own_errors(
    bot: Bot, town: Town, mode: str, error: type[Exception]
) -> None:
    town.fault("live", mode, seconds=5)
    with pytest.raises(error):
        await bot.send_message(CHANNEL_ID, "Rapat")
    assert town.see("ledger") == []


async def test_an_answer_that_never_comes_leaves_the_post_public(bot: Bot, town: Town) -> None:
    town.fault("live", "timeout_after", seconds=30)
    with pytest.raises(TimedOut):
        await bot.send_message(CHANNEL_ID, "Rapat", read_timeout=0.5)
    assert [entry["text"] for entry in town.see("ledger")] == ["Rapat"]
