"""What a person sent, taken out of Telegram's message: text, and at most one file per message."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message, Update

from bakohumas_bot.approval_bot.lengths import MESSAGE
from bakohumas_bot.domain.counting import utf16_length
from bakohumas_bot.media.probe import tidy_name

SUFFIXES = {"image/jpeg": ".jpg", "video/mp4": ".mp4", "video/quicktime": ".mov", "application/pdf": ".pdf"}


@dataclass(frozen=True, kw_only=True)
class Attachment:
    file_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One message of a parcel. `unsupported` holds neither text nor a file we know; `foreign` a file we do not take."""

    message_id: int
    text: str
    attachment: Attachment | None
    foreign: bool = False

    @property
    def unsupported(self) -> bool:
        return not self.text and self.attachment is None


@dataclass(frozen=True, kw_only=True)
class Album:
    """Messages that Telegram shows as one, in their latest wording. `edited` are those that changed since."""

    update_id: int
    chat_id: int
    user_id: int
    parts: tuple[Part, ...]
    edited: tuple[int, ...] = ()


def part_of(message: Message) -> Part:
    return Part(
        message_id=message.message_id,
        text=message.text or message.caption or "",
        attachment=_attachment(message),
        foreign=bool(message.effective_attachment) and _attachment(message) is None,
    )


def album_of(updates: Sequence[Update], newest: Sequence[Update]) -> Album | None:
    """`updates` are all that is known of the album, oldest first; `newest` those that have just come."""
    latest: dict[int, Part] = {}
    for update in updates:
        message = update.message or update.edited_message
        if message is not None:
            latest[message.message_id] = part_of(message)
    first = newest[0].effective_message
    if first is None or first.from_user is None:
        return None
    edited = tuple(u.edited_message.message_id for u in newest if u.edited_message is not None)
    return Album(
        update_id=newest[0].update_id,
        chat_id=first.chat.id,
        user_id=first.from_user.id,
        parts=tuple(latest[id_] for id_ in sorted(latest)),
        edited=edited,
    )


def text_of(parts: Sequence[Part]) -> str:
    """Captions of an album in their order, usually one; or a text that a phone cut into several messages."""
    written = [part.text for part in parts if part.text]
    if any(part.attachment for part in parts):
        return "\n\n".join(written)
    return "".join(piece + _seam(piece) for piece in written[:-1]) + (written[-1] if written else "")


def _seam(piece: str) -> str:
    """A phone cuts at 4096, or before that at a space or a new line, which it drops."""
    if utf16_length(piece) >= MESSAGE:
        return ""
    return "\n\n" if piece.endswith((".", "!", "?", ":", "”")) else " "


def _attachment(message: Message) -> Attachment | None:
    if message.photo:
        return Attachment(file_id=message.photo[-1].file_id, name=f"foto-{message.message_id}.jpg")
    file = message.video or message.animation or message.document
    if file is None:
        return None
    return Attachment(
        file_id=file.file_id, name=tidy_name(file.file_name or _named(file.mime_type, message.message_id))
    )


def _named(mime: str | None, message_id: int) -> str:
    suffix = SUFFIXES.get(mime or "") or mimetypes.guess_extension(mime or "") or ""
    return f"berkas-{message_id}{suffix}"
