"""A *blok* that somebody may lift, on its way to those who may; and what they said, on its way back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.previews import previews_of, show
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, send_card
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, found, person_name, standing
from bakohumas_bot.domain.lifting import may_be_lifted, obstacles
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.status import Stage
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.override import entitled
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow

LIFT = "lift"


async def lift(letter: Letter) -> Effect | None:
    """What it would look like in public, then what stands in its way, with a button for each that this person may."""
    post, open_ = await asyncio.to_thread(_read, letter)
    if not _codes(letter.desk, post, letter.person) or post.revision.number != letter.message.revision:
        return None
    for preview in await asyncio.to_thread(previews_of, letter.desk, post.revision):
        await show(letter.bureau.bot, letter.chat_id, letter.desk, preview)
    card = await send_card(letter, _card(letter, post), LIFT, post.revision)
    for old in open_:
        await edit_card(letter, old, Composed(html=_card(letter, post).html), post.revision)
    return instead_of(card, *open_)


async def lift_again(letter: Letter) -> Effect | None:
    """The open card as it stands now: with fewer buttons, or none."""
    post, open_ = await asyncio.to_thread(_read, letter)
    composed = _card(letter, post)
    edited = [await edit_card(letter, card, composed, post.revision) for card in open_]
    return instead_of(edited[0] if edited and composed.rows else None, *open_)


def _card(letter: Letter, post: Standing) -> Composed:
    desk, codes = letter.desk, _codes(letter.desk, post, letter.person)
    html = fill(
        "lift",
        content=post.content,
        revision=post.revision,
        office=post.office,
        several_offices=len(desk.directory.offices) > 1,
        author=person_name(desk, post.revision.author),
        findings=found(desk, post.revision),
        open=bool(codes),
    )
    rows = tuple((Button(label=BUTTONS["lift"].format(code=code), verb="lift", argument=code),) for code in codes)
    return Composed(html=html, rows=rows)


def _codes(desk: Desk, post: Standing, person: Person) -> list[str]:
    """Which rules this person may let pass; none once it is submitted or withdrawn."""
    revision = post.revision
    if post.status.stage not in {Stage.DRAFT, Stage.BLOCKED, Stage.RETURNED} or revision.submitted_at is not None:
        return []
    mine = [
        finding
        for finding in obstacles(revision.findings, revision.lifts)
        if may_be_lifted(finding) and person.id in {p.id for p in entitled(desk, revision, finding)}
    ]
    return sorted({finding.code for finding in mine})


def _read(letter: Letter) -> tuple[Standing, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        found_ = cards.open_cards(tx, letter.post, LIFT)
        mine = sorted((card for card in found_ if card.person == letter.person.id), key=lambda card: -card.message_id)
        return standing(letter.desk, tx, letter.post), mine


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {LIFT: lift, "lift_again": lift_again}
