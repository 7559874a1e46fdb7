"""Editing the original message edits the draft: its text, and its picture where that was replaced."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bakohumas_bot.approval_bot import mail
from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.downloads import fetch_all
from bakohumas_bot.approval_bot.incoming import PIECE, Parcel
from bakohumas_bot.approval_bot.parcels import Part
from bakohumas_bot.approval_bot.sentences import ANSWER_STAYS, DONE, PIECE_STAYS
from bakohumas_bot.domain.defaults import with_body
from bakohumas_bot.domain.posts import Content, Media
from bakohumas_bot.errors import DeskError, Unavailable
from bakohumas_bot.lifecycle import draft
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import cards, posts
from bakohumas_bot.store.tables import SourceMessageRow

STAYS = {cards.ANSWER: ANSWER_STAYS, PIECE: PIECE_STAYS}


async def adopt(bureau: Bureau, parcel: Parcel, edited: tuple[int, ...]) -> None:
    """`parcel` is the whole original as it reads now; `edited` are the messages of it that changed."""
    sources = await asyncio.to_thread(_sources, bureau.desk, parcel)
    changed = [sources[id_] for id_ in edited if id_ in sources]
    if not changed:
        return
    if changed[0].part in STAYS:
        await asyncio.to_thread(_say, bureau.desk, parcel, STAYS[changed[0].part])
        return
    places = {source.message_id: source.part for source in changed if source.part >= 0}
    media, complaints = await fetch_all(bureau, [part for part in parcel.parts if part.message_id in places])
    replacing = {places[message_id]: item for message_id, item in media.items()}
    await asyncio.to_thread(_revise, bureau.desk, parcel, changed[0].post_id, replacing, complaints)


async def complete(bureau: Bureau, parcel: Parcel) -> None:
    """Parts of an album that came when the rest was a draft already, over a slow line, join it."""
    known = await asyncio.to_thread(_sources, bureau.desk, parcel)
    late = [part for part in parcel.parts if part.message_id not in known]
    if not known or not late:
        return
    fetched = await fetch_all(bureau, late)
    post = next(iter(known.values())).post_id
    await asyncio.to_thread(_join, bureau.desk, parcel, post, late, fetched)


def _join(desk: Desk, parcel: Parcel, post: int, late: list[Part], fetched: tuple[dict[int, Media], list[str]]) -> None:
    media, said = fetched
    words = parcel.text if any(part.text for part in late) else None

    def with_the_rest(content: Content) -> Content:
        whole = changed_by(content, words, {}) if words else content
        new = [item for item in media.values() if item.sha256 not in _hashes(content)]
        return replace(whole, media=(*whole.media, *new))

    try:
        places = _hashes(draft.revise(desk, parcel.person, post, with_the_rest).content)
    except Unavailable:
        raise
    except DeskError as error:
        places, media, said = [], {}, [str(error), *said]
    now = desk.now()
    with desk.store.writing() as tx:
        for part in late:
            file = media.get(part.message_id)
            place = places.index(file.sha256) if file else cards.TEXT_ONLY
            cards.remember_source(tx, chat_id=parcel.chat_id, message_id=part.message_id, post=post, part=place)
        if said:
            mail.say(tx, parcel.person, "\n\n".join(said), key=f"late{parcel.key}", now=now)
        mail.draft_card(tx, parcel.person, post, key=f"late{parcel.key}", now=now)


def _hashes(content: Content) -> list[str]:
    return [item.sha256 for item in content.media]


def changed_by(content: Content, text: str, replacing: dict[int, Media]) -> Content:
    media = tuple(_replaced(item, replacing.get(place)) for place, item in enumerate(content.media))
    return replace(with_body(content, text), media=media)


def _replaced(before: Media, after: Media | None) -> Media:
    """The same bytes keep their alternative text; another picture needs its own."""
    return before if after is None or after.sha256 == before.sha256 else after


def _revise(desk: Desk, parcel: Parcel, post: int, replacing: dict[int, Media], complaints: list[str]) -> None:
    said = complaints
    try:
        with desk.store.reading() as tx:
            before = posts.latest(tx, post).number
        after = draft.revise(desk, parcel.person, post, lambda c: changed_by(c, parcel.text, replacing)).number
        said = [DONE["edited"].format(post=post), *said] if after != before else said
    except Unavailable:
        raise
    except DeskError as error:
        said = [str(error), *said]
    now = desk.now()
    with desk.store.writing() as tx:
        if said:
            mail.say(tx, parcel.person, "\n\n".join(said), key=parcel.key, now=now)
        mail.draft_card(tx, parcel.person, post, key=parcel.key, now=now)


def _sources(desk: Desk, parcel: Parcel) -> dict[int, SourceMessageRow]:
    with desk.store.reading() as tx:
        found = [cards.source(tx, parcel.chat_id, part.message_id) for part in parcel.parts]
    return {row.message_id: row for row in found if row is not None}


def _say(desk: Desk, parcel: Parcel, text: str) -> None:
    with desk.store.writing() as tx:
        mail.say(tx, parcel.person, text, key=parcel.key, now=desk.now())
