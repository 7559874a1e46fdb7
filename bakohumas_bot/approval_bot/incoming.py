"""A message becomes a draft, an answer, or a file added to a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bakohumas_bot.approval_bot import answers, mail
from bakohumas_bot.approval_bot.answer import remember_answer
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.deskmail import DRAFT, OFFICES, offices_of
from bakohumas_bot.approval_bot.downloads import fetch_all
from bakohumas_bot.approval_bot.parcels import Part, text_of
from bakohumas_bot.approval_bot.sentences import DONE, LEFT_OUT, NO_ROLE, PRESS_FIRST, UNSUPPORTED
from bakohumas_bot.approval_bot.talkmail import QUESTION
from bakohumas_bot.domain.defaults import accounts_for, kind_for, title_from
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.posts import Content, Media, Revision, TextFormat
from bakohumas_bot.errors import DeskError
from bakohumas_bot.lifecycle import draft
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, inbox, posts
from bakohumas_bot.store.tables import CardRow, QuestionRow

PIECE = -3  # like `cards.ANSWER`: one of several messages that a long text came in


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """Everything one person sent at once. `updates` are where it lies in the inbox."""

    person: Person
    chat_id: int
    parts: tuple[Part, ...]
    updates: tuple[int, ...]
    reply_to: int | None = None
    office: str | None = None

    @property
    def key(self) -> str:
        return f"u{self.updates[0]}"

    @property
    def text(self) -> str:
        return text_of(self.parts)

    @property
    def has_files(self) -> bool:
        return any(part.attachment for part in self.parts)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the database knows around a parcel."""

    known_post: int | None
    question: QuestionRow | None
    card: CardRow | None


async def receive(bureau: Bureau, parcel: Parcel) -> None:
    """One message or album of a registered person. What cannot be taken is said; what can is kept."""
    desk = bureau.desk
    around = await asyncio.to_thread(_context, desk, parcel)
    if around.known_post is not None:  # handled before, but the end of it was not recorded
        return
    if all(part.unsupported for part in parcel.parts):
        await asyncio.to_thread(_say, desk, parcel, UNSUPPORTED)
    elif around.card is not None and around.card.kind == QUESTION and parcel.text and not parcel.has_files:
        message = replace(parcel.parts[0], text=parcel.text)
        await asyncio.to_thread(answers.reply, bureau.desk, parcel.person, around.card, message, parcel.key)
    elif around.question is not None:
        await _answer_or_new(bureau, parcel, around.question)
    elif around.card is not None and around.card.kind == DRAFT and parcel.has_files:
        await _add_files(bureau, parcel, around.card.post_id)
    elif around.card is not None and around.card.kind == DRAFT:
        await asyncio.to_thread(_say, desk, parcel, PRESS_FIRST)
    else:
        await _new_draft(bureau, parcel)


async def _answer_or_new(bureau: Bureau, parcel: Parcel, question: QuestionRow) -> None:
    """A file where text was asked for is new material; the question stays open."""
    if question.subject == "file" and parcel.has_files:
        await _add_files(bureau, parcel, question.post_id, answers_question=True)
    elif parcel.has_files:
        await _new_draft(bureau, parcel)
    else:
        message = replace(parcel.parts[0], text=parcel.text)
        await asyncio.to_thread(answers.take, bureau.desk, parcel.person, question, message, parcel.key)


async def _new_draft(bureau: Bureau, parcel: Parcel) -> None:
    office = await asyncio.to_thread(_office_or_ask, bureau.desk, parcel)
    if office is None:
        return
    media, complaints = await fetch_all(bureau, parcel.parts)
    await asyncio.to_thread(_create, bureau.desk, parcel, office, media, complaints)


async def _add_files(bureau: Bureau, parcel: Parcel, post: int, *, answers_question: bool = False) -> None:
    media, complaints = await fetch_all(bureau, parcel.parts)
    files = list(media.values())
    await asyncio.to_thread(_add, bureau.desk, parcel, post, files, complaints, answers_question=answers_question)


def _context(desk: Desk, parcel: Parcel) -> Context:
    with desk.store.reading() as tx:
        source = cards.source(tx, parcel.chat_id, parcel.parts[0].message_id)
        card = cards.at(tx, parcel.chat_id, parcel.reply_to) if parcel.reply_to else None
        return Context(
            known_post=source.post_id if source else None,
            question=cards.question_to(tx, parcel.person.id),
            card=card if card and card.kind in {DRAFT, QUESTION} else None,
        )


def _office_or_ask(desk: Desk, parcel: Parcel) -> str | None:
    """The one office this person writes for; several are asked about, none is said."""
    offices = offices_of(desk, parcel.person)
    if parcel.office in offices:
        return parcel.office
    if len(offices) == 1:
        return offices[0]
    with desk.store.writing() as tx:
        if offices:
            updates = ",".join(map(str, parcel.updates))
            mail.note(tx, parcel.person, OFFICES, key=parcel.key, now=desk.now(), updates=updates)
        else:
            mail.say(tx, parcel.person, NO_ROLE, key=parcel.key, now=desk.now())
    return None


def _create(desk: Desk, parcel: Parcel, office: str, media: dict[int, Media], complaints: list[str]) -> None:
    revision: Revision | None = None
    if media or parcel.text:
        content = _content(desk, parcel, office, tuple(media.values()))
        try:
            revision = _begun(desk, parcel, content) or draft.create(desk, parcel.person, content)
        except DeskError as error:
            complaints = [*complaints, str(error)]
    now = desk.now()
    with desk.store.writing() as tx:
        if complaints:
            left_out = [LEFT_OUT] if revision else []
            mail.say(tx, parcel.person, "\n\n".join([*complaints, *left_out]), key=f"c{parcel.key}", now=now)
        if revision is None:
            return
        order = list(media)
        words = cards.TEXT_ONLY if media or len(parcel.parts) == 1 else PIECE
        for part in parcel.parts:
            place = order.index(part.message_id) if part.message_id in order else words
            cards.remember_source(
                tx, chat_id=parcel.chat_id, message_id=part.message_id, post=revision.post, part=place
            )
        mail.draft_card(tx, parcel.person, revision.post, key=parcel.key, now=now, fresh=True)


def _begun(desk: Desk, parcel: Parcel, content: Content) -> Revision | None:
    """The draft of this very parcel, where the process died before its card was queued."""
    with desk.store.reading() as tx:
        since = inbox.kept(tx, list(parcel.updates))[0].received_at
        for post in posts.all_posts(tx, content.office):
            mine = post.created_by == parcel.person.id and post.created_at >= since and post.closed_at is None
            if mine and not cards.open_cards(tx, post.id, DRAFT):
                revision = posts.latest(tx, post.id)
                if revision.number == 1 and revision.content == content:
                    return revision
    return None


def _content(desk: Desk, parcel: Parcel, office: str, media: tuple[Media, ...]) -> Content:
    return Content(
        office=office,
        kind=kind_for(media),
        title=title_from(parcel.text),
        body=parcel.text,
        format=TextFormat.PLAIN,
        accounts=accounts_for(desk.directory.accounts_of(office), desk.specs, media),
        media=media,
    )


def _add(
    desk: Desk, parcel: Parcel, post: int, media: list[Media], complaints: list[str], *, answers_question: bool
) -> None:
    if media:
        try:
            draft.revise(desk, parcel.person, post, lambda c: replace(c, media=(*c.media, *media)))
        except DeskError as error:
            media, complaints = [], [*complaints, str(error)]
    said: Sequence[str] = [*([DONE["file"]] if media else []), *complaints]
    now = desk.now()
    with desk.store.writing() as tx:
        for part in parcel.parts:
            remember_answer(tx, parcel.chat_id, part.message_id, post)
        if answers_question and media:
            cards.answered(tx, parcel.person.id)
        mail.say(tx, parcel.person, "\n\n".join(said), key=parcel.key, now=now)
        if media:
            mail.draft_card(tx, parcel.person, post, key=parcel.key, now=now, fresh=True)


def _say(desk: Desk, parcel: Parcel, text: str) -> None:
    with desk.store.writing() as tx:
        mail.say(tx, parcel.person, text, key=parcel.key, now=desk.now())
