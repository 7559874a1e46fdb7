"""How a typed time was understood, with a button for each reading: none counts before it is chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from markupsafe import escape

from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sending import Effect, Letter, instead_of, put_away, send_card
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import CardRow

WHEN = "when"
NOW = "now"  # a button that names no hour: as soon as it may


async def when(letter: Letter) -> Effect:
    """The newest answer counts: an earlier one leaves the chat."""
    revision, open_ = await asyncio.to_thread(_read, letter)
    card = await send_card(letter, _card(letter, revision), WHEN, revision, letter.message.data["subject"])
    return await _instead(letter, card, open_)


async def chosen(letter: Letter) -> Effect:
    _, open_ = await asyncio.to_thread(_read, letter)
    return await _instead(letter, None, open_)


async def _instead(letter: Letter, card: CardRow | None, open_: list[CardRow]) -> Effect:
    for old in open_:
        await put_away(letter, old)
    return instead_of(card, *open_)


def _card(letter: Letter, revision: Revision) -> Composed:
    data, zone = letter.message.data, letter.desk.office(revision.content.office).zone
    options: list[str] = data["options"]
    labels = dict.fromkeys(options, BUTTONS["take"])
    if len(options) > 1:
        labels = {one: long_time(datetime.fromisoformat(one), zone) for one in options}
    rows = tuple((Button(label=label, verb="take", argument=_argument(one)),) for one, label in labels.items())
    return Composed(html=str(escape(data["text"])), rows=(*rows, (Button(label=BUTTONS["other"], verb="other"),)))


def _argument(option: str) -> str:
    """Callback data has no room for a colon."""
    return option if option == NOW else str(int(datetime.fromisoformat(option).timestamp()))


def _read(letter: Letter) -> tuple[Revision, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        mine = [card for card in cards.open_cards(tx, letter.post, WHEN) if card.person == letter.person.id]
        return posts.latest(tx, letter.post), mine


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {WHEN: when, "when_chosen": chosen}
