"""Looking for a post in a channel that a bot cannot read: message by message, by forwarding to a private log chat.

The Bot API shows a bot no history and not its own channel posts, but the ids of a channel count up, and a forwarded
copy carries text and original time (https://core.telegram.org/bots/api#forwardmessage, read 2026-11-21). So a search
may find a post; that it found nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bakohumas_bot.domain.outcomes import Absent, CannotTell, Found, Receipt, Sighting
from bakohumas_bot.domain.rendering import MediaKind, Rendered
from bakohumas_bot.platforms.base import Job
from bakohumas_bot.platforms.sighting import MARGIN, same_words
from bakohumas_bot.platforms.telegram_channel.wire import Failed, Wire

if TYPE_CHECKING:
    from telegram import Chat, Message

PROBES = 50  # the log chat takes about 20 messages a minute; a later look goes on where this one ended
MISSING_RUN = 10  # so many absent ids in a row: the channel ends before them
NOT_FOUND = ("message to forward not found", "message_id_invalid")
UNREADABLE = ("can't be forwarded", "protected content")  # it is there, but a service message or a protected channel


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One message of the channel as its forwarded copy shows it."""

    id: int
    text: str
    kind: MediaKind | None
    at: datetime | None
    url: str


@dataclass(kw_only=True)
class Readback:
    """Reads one channel. The copies it makes in the log chat are removed again."""

    wire: Wire
    channel: int | str
    log_chat: int | str
    _copies: list[int] = field(default_factory=list)

    def find(self, job: Job, since: datetime) -> Sighting:
        """The post under its own id, or, without one, among the messages after the last that was known before."""
        own = job.journal.get("remote_id")
        try:
            with self._tidied():
                return self._read(int(own), job) if own else self._search(job, since)
        except Failed as failed:
            return CannotTell(detail=f"Kanal belum dapat dibaca: {failed}")

    def _read(self, own: int, job: Job) -> Sighting:
        """An id is in the journal only when Telegram gave it to us: not found then means that it was deleted."""
        seen = self._look(own)
        return Absent() if seen is None else self._found(seen, job)

    def _search(self, job: Job, since: datetime) -> Sighting:
        start = int(job.journal.get("looked_until") or job.journal.get("after") or _known_end(job)) + 1
        missing = 0
        for message_id in range(start, start + PROBES):
            try:
                seen = self._look(message_id)
            except Failed as failed:
                if not failed.says(*UNREADABLE):
                    raise
                missing = 0
                continue
            missing = missing + 1 if seen is None else 0
            if missing == MISSING_RUN:
                break
            if seen is None:
                continue
            if _is(seen, job.rendered, since):
                return self._found(seen, job)
            job.journal.put("looked_until", str(message_id))
        return CannotTell(detail="Unggahan tidak ditemukan di antara pesan terbaru. Mohon periksa kanal Telegram.")

    def _found(self, seen: Seen, job: Job) -> Found:
        receipt = Receipt(remote_id=str(seen.id), url=seen.url, published_at=seen.at)
        return Found(receipt=receipt, text=seen.text, media_count=self._count(seen, job))

    def _count(self, first: Seen, job: Job) -> int | None:
        """An album is several messages in a row. Without the ids from the answer, only a full count is believed."""
        if len(job.rendered.media) < 2:
            return 0 if first.kind is None else 1
        known = job.journal.get("album")
        ids = [int(i) for i in known.split()] if known else range(first.id, first.id + len(job.rendered.media))
        parts = [first, *(self._look(i) for i in ids[1:])]
        present = sum(part is not None and part.kind is not None for part in parts)
        return present if known or present == len(parts) else None

    def _look(self, message_id: int) -> Seen | None:
        try:
            copy = self.wire.ask(
                "forward_message",
                chat_id=self.log_chat,
                from_chat_id=self.channel,
                message_id=message_id,
                disable_notification=True,
            )
        except Failed as failed:
            if failed.says(*NOT_FOUND):
                return None
            raise
        self._copies.append(copy.message_id)
        return _seen(copy, message_id, self.channel)

    @contextmanager
    def _tidied(self) -> Iterator[None]:
        try:
            yield
        finally:
            copies, self._copies = self._copies, []
            if copies:
                with suppress(Failed):  # a copy left over in a private chat harms nobody
                    self.wire.ask("delete_messages", chat_id=self.log_chat, message_ids=copies)


def _known_end(job: Job) -> str:
    """Not prepared here (the office was restored from a backup): ours came after what the channel held then."""
    return job.journal.account_get("last_message_id") or "0"


def link(chat: Chat | None, chat_id: int | str, message_id: int) -> str:
    """The public address of a message; a private channel has one that only its members can open."""
    named = str(chat_id).removeprefix("@") if isinstance(chat_id, str) else None
    username = chat.username if chat is not None and chat.username else named
    place = username or f"c/{str(chat.id if chat is not None else chat_id).removeprefix('-100')}"
    return f"https://t.me/{place}/{message_id}"


def _seen(copy: Message, message_id: int, channel: int | str) -> Seen:
    origin = copy.forward_origin
    return Seen(
        id=message_id,
        text=copy.text or copy.caption or "",
        kind=_kind(copy),
        at=origin.date if origin is not None else None,
        url=link(getattr(origin, "chat", None), channel, message_id),
    )


def _kind(message: Message) -> MediaKind | None:
    if message.photo:
        return MediaKind.IMAGE
    if message.video or message.animation:  # Telegram turns a video without sound into an animation
        return MediaKind.VIDEO
    return MediaKind.DOCUMENT if message.document else None


def _is(seen: Seen, rendered: Rendered, since: datetime) -> bool:
    """The same text, the same kind of media, and not older than the attempt: an office may post one text twice."""
    kind = rendered.media[0].kind if rendered.media else None
    recent = seen.at is not None and seen.at >= since - MARGIN
    return recent and seen.kind == kind and same_words(seen.text, rendered.text)
