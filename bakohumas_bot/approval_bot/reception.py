"""The table of what the bot reacts to. Each handler parses, calls one function, and answers."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, TypeHandler, filters

from bakohumas_bot.approval_bot import commands, edits, incoming, people_verbs, presses
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.deskmail import OFFICES
from bakohumas_bot.approval_bot.incoming import Parcel
from bakohumas_bot.approval_bot.lengths import ALERT
from bakohumas_bot.approval_bot.mail import say
from bakohumas_bot.approval_bot.parcels import Album, album_of, part_of
from bakohumas_bot.approval_bot.presses import Pressed
from bakohumas_bot.approval_bot.sentences import DETAILS_FOLLOW, OUTDATED
from bakohumas_bot.approval_bot.telegram_errors import in_words
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.errors import DeskError, Refused, Unavailable
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, inbox

log = logging.getLogger("bakohumas.bot")

Handler = Callable[[Bureau, Any], Awaitable[None]]
_PRIVATE = filters.ChatType.PRIVATE
# What Telegram marks as `bot_command`. The mark is an optional field, and without it "/batal" would become a draft.
_COMMAND = re.compile(r"\A/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/])")


def handlers(bureau: Bureau) -> Sequence[BaseHandler[Any, Any, Any]]:
    """In the order in which they are asked; groups and channels match none."""

    def bound(act: Handler) -> Callable[[Any, Any], Coroutine[Any, Any, None]]:
        async def callback(update: Any, _context: Any) -> None:
            await act(bureau, update)

        return callback

    return (
        TypeHandler(Album, bound(album)),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE & _PRIVATE, bound(edited)),
        MessageHandler(filters.UpdateType.MESSAGE & filters.Regex(_COMMAND) & _PRIVATE, bound(command)),
        MessageHandler(filters.UpdateType.MESSAGE & _PRIVATE & ~filters.StatusUpdate.ALL, bound(message)),
        CallbackQueryHandler(bound(pressed)),
    )


async def message(bureau: Bureau, update: Update) -> None:
    sent, person = update.message, _person(bureau, update)
    if sent is None:
        return
    if person is None:
        await _to_a_stranger(bureau, sent.chat.id)
        return
    reply = sent.reply_to_message
    parcel = Parcel(
        person=person,
        chat_id=sent.chat.id,
        parts=(part_of(sent),),
        updates=(update.update_id,),
        reply_to=reply.message_id if reply else None,
    )
    await people_verbs.take(bureau, person, sent, update.update_id, lambda: incoming.receive(bureau, parcel))


async def edited(bureau: Bureau, update: Update) -> None:
    changed, person = update.edited_message, _person(bureau, update)
    if changed is None or person is None:
        return
    parcel = Parcel(person=person, chat_id=changed.chat.id, parts=(part_of(changed),), updates=(update.update_id,))
    await edits.adopt(bureau, parcel, (changed.message_id,))


async def album(bureau: Bureau, whole: Album) -> None:
    """New, changed, or both at once when somebody corrects the caption right after sending."""
    person = bureau.desk.directory.by_telegram(whole.user_id)
    if person is None:
        if not whole.edited:
            await _to_a_stranger(bureau, whole.chat_id)
        return
    parcel = Parcel(person=person, chat_id=whole.chat_id, parts=whole.parts, updates=(whole.update_id,))
    if whole.edited:
        await edits.adopt(bureau, parcel, whole.edited)
    await edits.complete(bureau, parcel)
    await incoming.receive(bureau, parcel)


async def command(bureau: Bureau, update: Update) -> None:
    sent, person = update.message, _person(bureau, update)
    if sent is None:
        return
    first, _, words = (sent.text or "").partition(" ")
    name = first.lstrip("/").partition("@")[0].strip().casefold()
    if words and name in people_verbs.COME_IN:
        person = await people_verbs.come_in(bureau, sent, update.update_id, words) or person
    if person is None:
        await _to_a_stranger(bureau, sent.chat.id)
        return
    if name in people_verbs.BY_NAME:
        await people_verbs.BY_NAME[name](bureau, person, update.update_id)
        return
    act = commands.BY_NAME.get(name, commands.unknown)
    await asyncio.to_thread(act, bureau.desk, person, words, f"u{update.update_id}")


async def pressed(bureau: Bureau, update: Update) -> None:
    query = update.callback_query
    if query is None:
        return
    if query.message is None or query.message.chat.type != "private":
        await _answer(bureau, query.id, OUTDATED, alert=True)
        return
    press = Pressed(
        user_id=query.from_user.id,
        chat_id=query.message.chat.id,
        message_id=query.message.message_id,
        data=query.data,
        key=f"u{update.update_id}",
    )
    if (query.data or "").startswith("office:"):
        await _office_chosen(bureau, query.id, press)
        return
    try:
        said = await _done(bureau, press)
    except Unavailable:
        raise
    except DeskError as refusal:
        await _refuse(bureau, query.id, press, str(refusal))
    else:
        await _answer(bureau, query.id, said, alert=False)


async def _done(bureau: Bureau, press: Pressed) -> str:
    """What to answer. Raises `Refused`."""
    if not (press.data or "").startswith(f"{people_verbs.PRESS}:"):
        return await asyncio.to_thread(presses.act, bureau.desk, press)
    found = await asyncio.to_thread(presses.open_card, bureau.desk, press, people_verbs.INVITE)
    if found is None:
        raise Refused(OUTDATED)
    await people_verbs.chosen(bureau, *found, press.key)
    return ""


async def _office_chosen(bureau: Bureau, query_id: str, press: Pressed) -> None:
    """The material that waited for this answer goes on where it stopped."""
    found = await asyncio.to_thread(presses.open_card, bureau.desk, press, OFFICES)
    if found is None:
        await _answer(bureau, query_id, OUTDATED, alert=True)
        return
    card, person, office = found
    await _answer(bureau, query_id, "", alert=False)
    parcel = await asyncio.to_thread(_kept_parcel, bureau, card.digest, person, press.chat_id, office)
    await incoming.receive(bureau, parcel)
    await asyncio.to_thread(_close, bureau.desk, card.token)


async def _refuse(bureau: Bureau, query_id: str, press: Pressed, sentence: str) -> None:
    """An alert holds 200 characters; a longer explanation follows as a message."""
    if utf16_length(sentence) <= ALERT:
        await _answer(bureau, query_id, sentence, alert=True)
        return
    await asyncio.to_thread(_say, bureau.desk, press, sentence)
    await _answer(bureau, query_id, DETAILS_FOLLOW, alert=True)


async def _answer(bureau: Bureau, query_id: str, text: str, *, alert: bool) -> None:
    """A tap that waited too long can no longer be answered, and a line may break: what was done stands either way."""
    try:
        await bureau.bot.answer_callback_query(query_id, text=text or None, show_alert=alert)
    except TelegramError as error:
        log.info("ketukan tidak dapat dijawab: %s", in_words(error))


async def _to_a_stranger(bureau: Bureau, chat_id: int) -> None:
    """What cannot be sent now is not kept for later: nobody waits for it, and it must hold up nobody."""
    if not bureau.memory.may_answer(chat_id, bureau.desk.now()):
        return
    try:
        await bureau.bot.send_message(chat_id, fill("stranger", telegram_id=chat_id), parse_mode="HTML")
    except TelegramError as error:
        log.info("orang tak dikenal tidak dapat dijawab: %s", in_words(error))


def _person(bureau: Bureau, update: Update) -> Person | None:
    user = update.effective_user
    return bureau.desk.directory.by_telegram(user.id) if user else None


def _say(desk: Desk, press: Pressed, sentence: str) -> None:
    person = desk.directory.by_telegram(press.user_id)
    if person is not None:
        with desk.store.writing() as tx:
            say(tx, person, sentence, key=press.key, now=desk.now())


def _close(desk: Desk, token: str) -> None:
    with desk.store.writing() as tx:
        cards.close(tx, token, desk.now())


def _kept_parcel(bureau: Bureau, update_ids: str, person: Person, chat_id: int, office: str) -> Parcel:
    with bureau.desk.store.reading() as tx:
        rows = inbox.kept(tx, [int(id_) for id_ in update_ids.split(",")])
        album_rows = inbox.album(tx, rows[0].album) if rows[0].album else rows
    updates = [Update.de_json(json.loads(row.payload), bureau.bot) for row in album_rows]
    if rows[0].album:
        whole = album_of(updates, updates)
        parts = whole.parts if whole else ()
    else:
        parts = tuple(part_of(u.message) for u in updates if u.message)
    return Parcel(
        person=person, chat_id=chat_id, parts=parts, updates=tuple(row.update_id for row in rows), office=office
    )
