"""Sends and edits cards: the token under a message's buttons is always that of its row in the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session
from telegram import ForceReply, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.lengths import pieces
from bakohumas_bot.approval_bot.telegram_errors import in_words, is_unchanged, message_is_gone
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards
from bakohumas_bot.store.outbox import Message
from bakohumas_bot.store.tables import CardRow

log = logging.getLogger("bakohumas.bot.sending")

NO_LINKS = LinkPreviewOptions(is_disabled=True)

Effect = Callable[[Session], None]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One message of the outbox on its way to one person."""

    bureau: Bureau
    message: Message
    person: Person
    chat_id: int

    @property
    def desk(self) -> Desk:
        return self.bureau.desk

    @property
    def post(self) -> int:
        assert self.message.post is not None
        return self.message.post


async def say(letter: Letter, text: str, *, reply_to: int | None = None, ask: bool = False) -> None:
    """Plain words, in as many messages as they need."""
    reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
    for part in pieces(text):
        await letter.bureau.bot.send_message(
            letter.chat_id,
            part,
            reply_parameters=reply,
            reply_markup=ForceReply() if ask else None,
            link_preview_options=NO_LINKS,
        )


async def send_html(letter: Letter, html: str) -> None:
    await letter.bureau.bot.send_message(letter.chat_id, html, parse_mode="HTML", link_preview_options=NO_LINKS)


async def send_card(
    letter: Letter, composed: Composed, kind: str, revision: Revision | None, subject: str = ""
) -> CardRow:
    """A new message, and the row that its buttons will be checked against. Without a revision it is of no one post."""
    token = cards.new_token()
    sent = await letter.bureau.bot.send_message(
        letter.chat_id,
        composed.html,
        parse_mode="HTML",
        reply_markup=composed.keyboard(token),
        link_preview_options=NO_LINKS,
    )
    return row_for(letter, token, sent.message_id, kind, revision, subject)


async def edit_card(letter: Letter, card: CardRow, composed: Composed, revision: Revision | None) -> CardRow | None:
    """The same message with new content and a new token; None when the person has deleted it."""
    token = cards.new_token()
    try:
        await letter.bureau.bot.edit_message_text(
            composed.html,
            chat_id=card.chat_id,
            message_id=card.message_id,
            parse_mode="HTML",
            reply_markup=composed.keyboard(token),
            link_preview_options=NO_LINKS,
        )
    except BadRequest as error:
        if message_is_gone(error):
            return None
        if not is_unchanged(error):
            raise
    return row_for(letter, token, card.message_id, card.kind, revision, card.subject)


async def put_away(letter: Letter, card: CardRow) -> None:
    """A card that stands again further down. After 48 hours Telegram deletes no more; its buttons are void anyway."""
    try:
        await letter.bureau.bot.delete_message(card.chat_id, card.message_id)
    except BadRequest as error:
        log.info("kartu lama tidak dapat dihapus: %s", in_words(error))


def instead_of(new: CardRow | None, *old: CardRow) -> Effect:
    """The new card counts from now on, the old ones no longer."""

    def store(tx: Session) -> None:
        for card in old:
            cards.close(tx, card.token, new.created_at if new else card.created_at)
        if new is not None:
            cards.put(tx, new)

    return store


def row_for(  # noqa: PLR0917 - a row of the database
    letter: Letter, token: str, message_id: int, kind: str, revision: Revision | None, subject: str = ""
) -> CardRow:
    return CardRow(
        token=token,
        chat_id=letter.chat_id,
        message_id=message_id,
        kind=kind,
        person=letter.person.id,
        post_id=revision.post if revision else 0,
        revision=revision.number if revision else 0,
        digest=revision.digest if revision else "",
        subject=subject,
        created_at=letter.desk.now(),
    )
