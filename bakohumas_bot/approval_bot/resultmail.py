"""Results on their way to a person: a card each, or one list in the morning and where many come at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlmodel import Session

from bakohumas_bot.approval_bot import mail, newsmail, result_card
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.deskmail import leading_to
from bakohumas_bot.approval_bot.newsmail import RESULT
from bakohumas_bot.approval_bot.patience import LISTED, just_woke, rings_at
from bakohumas_bot.approval_bot.sending import Effect, Letter, send_card
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.store import cards, outbox
from bakohumas_bot.store.outbox import Message
from bakohumas_bot.store.tables import CardRow

MOST = 10  # with their links they fit one message; the next ones make the next list


@dataclass(frozen=True, kw_only=True)
class Row:
    """A result that went well and that the person has not heard of, with every message that tells it."""

    post: Standing
    messages: tuple[Message, ...]


async def result(letter: Letter) -> Effect | None:
    """What went well may be a line of a list; whatever somebody must look at is a card of its own, at once."""
    rows, listed, together = await asyncio.to_thread(_gathered, letter)
    if letter.post not in rows:
        return await newsmail.result(letter)
    if listed:  # a read-back of what stands on a list already
        return lambda _: None
    if not together:
        return await newsmail.result(letter)
    return await _as_a_list(letter, list(rows.values())[:MOST])


async def _as_a_list(letter: Letter, rows: list[Row]) -> Effect:
    """Nothing to press: a later change that somebody must see comes as a card."""
    now = letter.desk.now()
    html = fill("results", rows=[result_card.line(letter.desk, row.post) for row in rows])
    card = await send_card(letter, Composed(html=html), LISTED, rows[0].post.revision)

    def store(tx: Session) -> None:
        for row in rows:
            known: CardRow = leading_to(card, cards.new_token(), row.post)
            known.kind = LISTED
            cards.put(tx, known)
            for message in row.messages:
                outbox.sent(tx, message.id, now)
            post, number = row.post.revision.post, row.post.revision.number
            key = f"results:{letter.message.id}:{post}"
            mail.note(tx, letter.person, "draft", key=key, now=now, post=post, only_open=True)
            mail.note(tx, letter.person, "settled", key=key, now=now, post=post, revision=number)

    return store


def _gathered(letter: Letter) -> tuple[dict[int, Row], bool, bool]:
    """Good news by post; whether this one was listed before; whether what is here now comes as one list."""
    desk, now = letter.desk, letter.desk.now()
    with desk.store.reading() as tx:
        listed = cards.newest(tx, letter.post, letter.person.id, LISTED) is not None
        beside = outbox.due_beside(tx, letter.message, now)
        messages = [letter.message, *(one for one in beside if rings_at(desk, tx, one, now) == now)]
        rows: dict[int, Row] = {}
        for message in messages:
            post = standing(desk, tx, message.post or 0)
            if _is_good_news(tx, letter, post, again=message.post == letter.post and listed):
                known = rows[post.revision.post].messages if post.revision.post in rows else ()
                rows[post.revision.post] = Row(post=post, messages=(*known, message))
        terms = desk.terms(standing(desk, tx, letter.post).content.office)
        most = 1 if just_woke(desk, tx, letter.message, now) else terms.digest_above
    return rows, listed, len(rows) > most


def _is_good_news(tx: Session, letter: Letter, post: Standing, *, again: bool) -> bool:
    """All of it public and as approved, and no card of it to bring up to date."""
    number, person = post.revision.post, letter.person.id
    if cards.newest(tx, number, person, RESULT) is not None:
        return False
    if not again and cards.newest(tx, number, person, LISTED) is not None:
        return False
    mine = [d for d in post.deliveries if d.revision == post.revision.number and d.state is not State.CANCELLED]
    return bool(mine) and all(d.state is State.PUBLISHED and d.error is None for d in mine)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {RESULT: result}
