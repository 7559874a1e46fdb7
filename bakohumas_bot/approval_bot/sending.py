"""Sends and edits cards: the token under a message's buttons is always that of its row in the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session
from telegram import ForceReply, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.lengths import pieces
from bakohumas_bot.approval_bot.telegram_errors import is_unchanged, message_is_gone
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards
from bakohumas_bot.store.outbox import Message
from bakohumas_bot.store.tables import CardRow

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


async def send_card(letter: Letter, composed: Composed, kind: str, revision: Revision) -> CardRow:
    """A new message, and the row that its buttons will be checked against."""
    token = cards.new_token()
    sent = await letter.bureau.bot.send_message(
        letter.chat_id,
        composed.html,
        parse_mode="HTML",
        reply_markup=composed.keyboard(token),
        link_preview_options=NO_LINKS,
    )
    return _row(letter, token, sent.message_id, kind, revision)


async def edit_card(letter: Letter, card: CardRow, composed: Composed, revision: Revision) -> CardRow | None:
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
    return _row(letter, token, card.message_id, card.kind, revision)


def instead_of(new: CardRow | None, *old: CardRow) -> Effect:
    """The new card counts from now on, the old ones no longer."""

    def store(tx: Session) -> None:
        for card in old:
            cards.close(tx, card.token, new.created_at if new else card.created_at)
        if new is not None:
            cards.put(tx, new)

    return store


def _row(letter: Letter, token: str, message_id: int, kind: str, revision: Revision) -> CardRow:
    return CardRow(
        token=token,
        chat_id=letter.chat_id,
        message_id=message_id,
        kind=kind,
        person=letter.person.id,
        post_id=revision.post,
        revision=revision.number,
        digest=revision.digest,
        created_at=letter.desk.now(),
    )
