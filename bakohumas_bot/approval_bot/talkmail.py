"""A leader's question on its way to those who can answer it, and the answer on its way back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from sqlmodel import Session

from bakohumas_bot.approval_bot.buttons import Button, Composed
from bakohumas_bot.approval_bot.sending import Effect, Letter, edit_card, instead_of, send_card, send_html
from bakohumas_bot.approval_bot.sentences import BUTTONS
from bakohumas_bot.approval_bot.templating import fill
from bakohumas_bot.approval_bot.views import person_name
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.store import cards, posts, remarks
from bakohumas_bot.store.remarks import Remark
from bakohumas_bot.store.tables import CardRow

QUESTION = "question"


async def question(letter: Letter) -> Effect | None:
    """A card that is answered by replying to it, or through its button."""
    remark, revision, _ = await asyncio.to_thread(_read, letter)
    if remark.answer is not None:
        return None
    card = await send_card(letter, _card(letter, remark, revision), QUESTION, revision, str(remark.id))
    return instead_of(card)


async def answer(letter: Letter) -> Effect | None:
    """To the asker as a message; the others' open card says that it was answered, and by whom."""
    remark, revision, open_ = await asyncio.to_thread(_read, letter)
    for card in open_:
        await edit_card(letter, card, _card(letter, remark, revision), revision)
    if letter.person.id == remark.asker:
        await send_html(letter, _card(letter, remark, revision).html)
    return instead_of(None, *open_)


def _card(letter: Letter, remark: Remark, revision: Revision) -> Composed:
    html = fill(
        "question",
        asker=person_name(letter.desk, remark.asker),
        title=revision.content.title,
        post=remark.post,
        number=remark.revision,
        question=remark.question,
        answerer=person_name(letter.desk, remark.answerer),
        answer=remark.answer,
    )
    rows = () if remark.answer else ((Button(label=BUTTONS["answer"], verb="answer"),),)
    return Composed(html=html, rows=rows)


def _read(letter: Letter) -> tuple[Remark, Revision, list[CardRow]]:
    number = int(letter.message.data["remark"])
    with letter.desk.store.reading() as tx:
        remark = remarks.get(tx, number)
        assert remark is not None
        return remark, posts.latest(tx, remark.post), _open(letter, tx, number)


def _open(letter: Letter, tx: Session, number: int) -> list[CardRow]:
    found = cards.open_cards(tx, letter.post, QUESTION)
    return [card for card in found if card.person == letter.person.id and card.subject == str(number)]


KINDS: dict[str, Callable[[Letter], Awaitable[Effect | None]]] = {QUESTION: question, "answer": answer}
