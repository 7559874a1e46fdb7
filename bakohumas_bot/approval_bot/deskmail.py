"""Answers to the person at the other end: sentences, pages, the draft card, lists and previews."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlmodel import Session

from bakohumas_bot.approval_bot import draft_card, listing
from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.previews import Preview, previews_of, show
from bakohumas_bot.approval_bot.sending import (
    Effect,
    Letter,
    edit_card,
    instead_of,
    put_away,
    say,
    send_card,
    send_html,
)
from bakohumas_bot.approval_bot.sentences import CHOOSE_OFFICE, NO_DRAFTS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.approval import AUTHORS
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import CardRow

DRAFT = "draft"
LIST = "list"
OFFICES = "offices"


async def sentence(letter: Letter) -> None:
    data = letter.message.data
    await say(letter, data["text"], reply_to=data.get("reply_to"), ask=data.get("ask", False))


async def page(letter: Letter) -> None:
    await send_html(letter, fill(letter.message.data["template"], **letter.message.data["values"]))


async def draft(letter: Letter) -> Effect | None:
    """The person's one open card of the post is edited where it stands; a fresh one takes its place at the bottom."""
    data = letter.message.data
    post, open_ = await asyncio.to_thread(_read, letter)
    if data.get("only_open") and not open_:
        return None
    if not letter.person.has(post.content.office, *AUTHORS):
        return None
    composed = await asyncio.to_thread(draft_card.compose, letter.desk, post, data.get("menu", "main"))
    if open_ and not data.get("fresh"):
        edited = await edit_card(letter, open_[0], composed, post.revision)
        if edited is not None:
            return instead_of(edited, *open_)
    sent = await send_card(letter, composed, DRAFT, post.revision)
    for old in open_:
        await put_away(letter, old)
    return instead_of(sent, *open_)


async def preview(letter: Letter) -> None:
    for group in await asyncio.to_thread(_previews, letter):
        await show(letter.bureau.bot, letter.chat_id, letter.desk, group)


async def drafts(letter: Letter) -> Effect | None:
    rows = await asyncio.to_thread(_rows, letter, listing.open_drafts)
    return await _list(letter, rows, heading="Konsep yang masih terbuka", verb="open", empty=NO_DRAFTS)


async def offices(letter: Letter) -> Effect:
    """Content came from someone who writes for several offices. The card remembers in which updates."""
    choices = [letter.desk.office(code) for code in offices_of(letter.desk, letter.person)]
    rows = tuple((Button(label=office.name, verb="office", argument=office.code),) for office in choices)
    token = cards.new_token()
    composed = Composed(html=CHOOSE_OFFICE, rows=rows)
    sent = await letter.bureau.bot.send_message(letter.chat_id, composed.html, reply_markup=composed.keyboard(token))
    card = CardRow(
        token=token,
        chat_id=letter.chat_id,
        message_id=sent.message_id,
        kind=OFFICES,
        person=letter.person.id,
        post_id=0,
        revision=0,
        digest=letter.message.data["updates"],
        created_at=letter.desk.now(),
    )
    return lambda tx: cards.put(tx, card)


def offices_of(desk: Desk, person: Person) -> list[str]:
    """Where this person may write."""
    return [code for code in person.offices if person.has(code, *AUTHORS) and code in desk.directory.offices]


async def _list(letter: Letter, rows: list[Standing], *, heading: str, verb: str, empty: str) -> Effect | None:
    if not rows:
        await say(letter, empty)
        return None
    composed, tokens = listing.compose(heading, verb, rows)
    card = await send_card(letter, composed, LIST, rows[0].revision)
    kept = [leading_to(card, token, post) for token, post in tokens.items()]

    def store(tx: Session) -> None:
        for row in kept:
            cards.put(tx, row)

    return store


def leading_to(card: CardRow, token: str, post: Standing) -> CardRow:
    return CardRow(
        token=token,
        chat_id=card.chat_id,
        message_id=card.message_id,
        kind=LIST,
        person=card.person,
        post_id=post.revision.post,
        revision=post.revision.number,
        digest=post.revision.digest,
        created_at=card.created_at,
    )


def _rows(letter: Letter, wanted: Callable[[Desk, Session, Person], list[Standing]]) -> list[Standing]:
    with letter.desk.store.reading() as tx:
        return wanted(letter.desk, tx, letter.person)


def _previews(letter: Letter) -> list[Preview]:
    with letter.desk.store.reading() as tx:
        revision = posts.latest(tx, letter.post)
    return previews_of(letter.desk, revision)


def _read(letter: Letter) -> tuple[Standing, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        open_ = [card for card in cards.open_cards(tx, letter.post, DRAFT) if card.person == letter.person.id]
        return standing(letter.desk, tx, letter.post), sorted(open_, key=lambda card: -card.message_id)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    "say": sentence,
    "page": page,
    DRAFT: draft,
    "preview": preview,
    "drafts": drafts,
    OFFICES: offices,
}
