"""News that `lifecycle` queued: what waits for a leader, what was decided, how it went out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlmodel import Session

from bakohumas_bot.approval_bot import approval_card, mail, result_card, talkmail
from bakohumas_bot.approval_bot.ballot import Ballot, ballot
from bakohumas_bot.approval_bot.buttons import Composed
from bakohumas_bot.approval_bot.changes import messages, pairs
from bakohumas_bot.approval_bot.previews import previews_of, show
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, send_card, send_html
from bakohumas_bot.approval_bot.sentences import CHANGED_PICTURES, OPENS_AT
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import Standing, standing
from bakohumas_bot.domain.approval import LEADERS, Verdict
from bakohumas_bot.media.side_by_side import side_by_side
from bakohumas_bot.store import cards
from bakohumas_bot.store.tables import CardRow

APPROVAL = "approval"
SETTLED = "settled"
RESULT = "result"


async def approval(letter: Letter) -> Effect | None:
    """Every account's real rendering, what changed, then the card. Nothing when the revision no longer waits."""
    of, open_ = await asyncio.to_thread(_ballot, letter, None, APPROVAL, SETTLED)
    if not of.open or of.revision.number != letter.message.revision:
        return None
    if not letter.person.has(of.revision.content.office, *LEADERS):
        return None
    for preview in await asyncio.to_thread(previews_of, letter.desk, of.revision):
        await show(letter.bureau.bot, letter.chat_id, letter.desk, preview)
    await _show_changes(letter, of)
    composed = approval_card.compose(letter.desk, of, letter.person, letter.desk.now())
    card = await send_card(letter, composed, APPROVAL, of.revision)
    for old in open_:
        await edit_card(letter, old, approval_card.replaced(of.revision), of.revision)
    return instead_of(card, *open_)


async def _show_changes(letter: Letter, of: Ballot) -> None:
    """Pictures beside each other, and the words where they are too many for the card."""
    if of.earlier is None:
        return
    changed = await asyncio.to_thread(pairs, letter.desk, of.earlier, of.revision)
    if changed:
        picture = await asyncio.to_thread(side_by_side, changed)
        await letter.bureau.bot.send_photo(letter.chat_id, picture, caption=CHANGED_PICTURES.format(post=letter.post))
    if approval_card.stands_above(letter.desk, of, letter.desk.now()):
        for what, html in messages(approval_card.changed_since(letter.desk, of)):
            await send_html(letter, fill("change", what=what, html=html))


async def reconsider(letter: Letter) -> Effect | None:
    """The leader's open card, composed anew: the hour has passed, a question was left, or something was said."""
    of, open_ = await asyncio.to_thread(_ballot, letter, None, APPROVAL)
    mine = [card for card in open_ if card.revision == of.revision.number]
    if not mine or not of.open:
        return None
    menu = letter.message.data.get("menu", "main")
    composed = approval_card.compose(letter.desk, of, letter.person, letter.desk.now(), menu)
    edited = await edit_card(letter, mine[0], composed, of.revision)
    return instead_of(edited, *mine)


async def settled(letter: Letter) -> Effect | None:
    """A leader's card after a voice: it asks on while one is wanted, and says at the end who decided."""
    of, open_ = await asyncio.to_thread(_ballot, letter, letter.message.revision, APPROVAL, SETTLED)
    mine = [card for card in open_ if card.revision == of.revision.number]
    if not mine or not of.outlook.decisions:
        return None
    if of.open and (of.may_refuse(letter.person) or not of.confirming):
        composed, kind = approval_card.compose(letter.desk, of, letter.person, letter.desk.now()), APPROVAL
    else:
        composed, kind = approval_card.settled(letter.desk, of, letter.person, letter.desk.now()), SETTLED
    edited = [await edit_card(letter, card, composed, of.revision) for card in mine]
    kept = edited[0] if kind == APPROVAL or composed.rows else None
    if kept is not None:
        kept.kind = kind
    return instead_of(kept, *mine)


async def decided(letter: Letter) -> Effect | None:
    """To the authors: who decided what, when and why. A returned draft opens below, at the part that was named."""
    data = letter.message.data
    of, _ = await asyncio.to_thread(_ballot, letter, letter.message.revision)
    if not of.outlook.decisions:
        return None
    await send_html(letter, approval_card.one_voice(letter.desk, of, data.get("by")).html)
    returned = of.current and of.against is not None and of.against.verdict is Verdict.REVISE
    menu = OPENS_AT.get(data.get("field") or "", "main") if returned else "main"
    now, key = letter.desk.now(), f"decided:{of.revision.number}:{data.get('by', '')}"

    def refresh(tx: Session) -> None:
        mail.note(
            tx,
            letter.person,
            "draft",
            key=key,
            now=now,
            post=letter.post,
            menu=menu,
            fresh=returned,
            only_open=not returned,
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
        mail.note(tx, letter.person, "settled", key=key, now=now, post=letter.post, revision=post.revision.number)

    return refresh


# What only moves an hour leaves the leaders' cards standing; anything else makes them void.
MOVES = frozenset({"moved", "held", "released"})


async def changed(letter: Letter) -> Effect:
    """Moved, held, cancelled or edited by somebody else; a card that nobody may press any more says so itself."""
    post, open_ = await asyncio.to_thread(_read, letter, APPROVAL, SETTLED)
    data = letter.message.data
    html = fill(
        "changed",
        title=post.content.title,
        post=letter.post,
        zone=post.office.zone,
        **data | {"due_at": datetime.fromisoformat(data["due_at"]) if data["due_at"] else None},
    )
    over = open_ if data["what"] not in MOVES else []
    for card in over:
        await edit_card(letter, card, Composed(html=html), post.revision)
    if not over:
        await send_html(letter, html)
    store = instead_of(None, *over)
    now, key = letter.desk.now(), f"changed:{letter.message.id}"

    def refresh(tx: Session) -> None:
        store(tx)
        mail.note(tx, letter.person, "draft", key=key, now=now, post=letter.post, only_open=True)
        if open_ and not over:
            mail.note(tx, letter.person, "settled", key=key, now=now, post=letter.post, revision=post.revision.number)

    return refresh


def _ballot(letter: Letter, number: int | None, *kinds: str) -> tuple[Ballot, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        return ballot(letter.desk, tx, letter.post, number), _open(letter, tx, *kinds)


def _read(letter: Letter, *kinds: str) -> tuple[Standing, list[CardRow]]:
    with letter.desk.store.reading() as tx:
        return standing(letter.desk, tx, letter.post), _open(letter, tx, *kinds)


def _open(letter: Letter, tx: Session, *kinds: str) -> list[CardRow]:
    found = cards.open_cards(tx, letter.post, *kinds) if kinds else []
    return sorted((card for card in found if card.person == letter.person.id), key=lambda card: -card.message_id)


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {
    APPROVAL: approval,
    "reconsider": reconsider,
    "settled": settled,
    "decided": decided,
    RESULT: result,
    "changed": changed,
    **talkmail.KINDS,
}
