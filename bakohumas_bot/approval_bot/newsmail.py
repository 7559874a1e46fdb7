"""News that `lifecycle` queued: what waits for a leader, what was decided, how it went out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.approval_bot import approval_card, mail, result_card
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.previews import previews_of, show
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, send_card, send_html
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.approval import LEADERS, Decision, Verdict
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.status import Stage
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import CardRow

APPROVAL = "approval"
RESULT = "result"


async def approval(letter: Letter) -> Effect | None:
    """Every account's real rendering, then the card with the buttons. Nothing when the revision no longer waits."""
    post, open_ = await asyncio.to_thread(_read, letter, APPROVAL)
    if post.status.stage is not Stage.WAITING or post.revision.number != letter.message.revision:
        return None
    if not letter.person.has(post.content.office, *LEADERS):
        return None
    for preview in await asyncio.to_thread(previews_of, letter.desk, post.revision):
        await show(letter.bureau.bot, letter.chat_id, letter.desk, preview)
    composed = approval_card.compose(letter.desk, post, letter.desk.now())
    card = await send_card(letter, composed, APPROVAL, post.revision)
    for old in open_:
        await edit_card(letter, old, approval_card.replaced(post.revision), post.revision)
    return instead_of(card, *open_)


async def reconsider(letter: Letter) -> Effect | None:
    """The leader's open card, composed anew: the hour has passed, or a question was left."""
    post, open_ = await asyncio.to_thread(_read, letter, APPROVAL)
    if not open_ or post.status.stage is not Stage.WAITING:
        return None
    composed = approval_card.compose(letter.desk, post, letter.desk.now())
    edited = await edit_card(letter, open_[0], composed, post.revision)
    return instead_of(edited, *open_)


async def settled(letter: Letter) -> Effect | None:
    """A leader's card says who decided; its buttons are gone."""
    post, open_ = await asyncio.to_thread(_read, letter, APPROVAL)
    revision, decision = await asyncio.to_thread(_decision, letter)
    if decision is None:
        return None
    mine = [card for card in open_ if card.revision == revision.number]
    for card in mine:
        await edit_card(letter, card, approval_card.settled(letter.desk, revision, decision), post.revision)
    return instead_of(None, *mine)


async def decided(letter: Letter) -> Effect | None:
    """To the authors: who decided what, when and why. A returned draft opens its card again below."""
    revision, decision = await asyncio.to_thread(_decision, letter)
    if decision is None:
        return None
    await send_html(letter, approval_card.settled(letter.desk, revision, decision).html)
    returned = decision.verdict is Verdict.REVISE
    now, key = letter.desk.now(), f"decided:{revision.number}"

    def refresh(tx: Session) -> None:
        mail.note(
            tx, letter.person, "draft", key=key, now=now, post=letter.post, fresh=returned, only_open=not returned
        )

    return refresh


async def result(letter: Letter) -> Effect:
    """Sent once; when an account's state changes later, the same message is edited."""
    post, open_ = await asyncio.to_thread(_read, letter, RESULT)
    composed = result_card.compose(letter.desk, post)
    card = await edit_card(letter, open_[0], composed, post.revision) if open_ else None
    if card is None:
        card = await send_card(letter, composed, RESULT, post.revision)
    store = instead_of(card, *open_)
    now, key = letter.desk.now(), f"result:{letter.message.id}"

    def refresh(tx: Session) -> None:
        store(tx)
        mail.note(tx, letter.person, "draft", key=key, now=now, post=letter.post, only_open=True)

    return refresh


async def changed(letter: Letter) -> Effect:
    """Moved, cancelled or edited by somebody else; a leader's card that nobody may press any more says so itself."""
    post, open_ = await asyncio.to_thread(_read, letter, APPROVAL)
    data = letter.message.data
    html = fill(
        "changed",
        title=post.content.title,
        post=letter.post,
        zone=post.office.zone,
        **data | {"due_at": datetime.fromisoformat(data["due_at"]) if data["due_at"] else None},
    )
    over = open_ if data["what"] != "moved" else []
    for card in over:
        await edit_card(letter, card, Composed(html=html), post.revision)
    if not over:
        await send_html(letter, html)
    store = instead_of(None, *over)
    now, key = letter.desk.now(), f"changed:{letter.message.id}"

    def refresh(tx: Session) -> None:
        store(tx)
        mail.note(tx, letter.person, "draft", key=key, now=now, post=letter.post, only_open=True)

    return refresh


def _decision(letter: Letter) -> tuple[Revision, Decision | None]:
    with letter.desk.store.reading() as tx:
        revision = posts.revision(tx, letter.post, letter.message.revision or 0)
        return revision, posts.decision_on(tx, letter.post, revision.number)


def _read(letter: Letter, kind: str) -> tuple[Standing, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        open_ = [card for card in cards.open_cards(tx, letter.post, kind) if card.person == letter.person.id]
        return standing(letter.desk, tx, letter.post), sorted(open_, key=lambda card: -card.message_id)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    APPROVAL: approval,
    "reconsider": reconsider,
    "settled": settled,
    "decided": decided,
    RESULT: result,
    "changed": changed,
}
