"""Brings a sent file onto the desk: fetched from Telegram, probed, and kept under its hash."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable
from pathlib import Path

from telegram import File
from telegram.error import BadRequest, InvalidToken

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.parcels import Attachment, Part
from bakohumas_bot.approval_bot.sentences import EXPIRED, TOO_LARGE
from bakohumas_bot.approval_bot.telegram_errors import is_too_large
from bakohumas_bot.domain.posts import Media
from bakohumas_bot.errors import BadInput, BadMedia
from bakohumas_bot.lifecycle.draft import take_in


async def fetch(bureau: Bureau, attachment: Attachment) -> Media:
    """Raises `BadMedia` with the sentence for its sender; Telegram's own troubles pass through."""
    with tempfile.TemporaryDirectory(prefix="bakohumas-") as folder:
        path = Path(folder) / "berkas"
        try:
            file = await bureau.bot.get_file(attachment.file_id)
            await _download(file, path, attachment)
        except BadRequest as error:
            if is_too_large(error):
                raise BadMedia(TOO_LARGE.format(name=attachment.name)) from error
            raise
        return await asyncio.to_thread(take_in, bureau.desk, path, attachment.name)


async def _download(file: File, path: Path, attachment: Attachment) -> None:
    """The token was good for `getFile`, so the 404 that the library takes for a bad token speaks of the file."""
    try:
        await file.download_to_drive(path)
    except InvalidToken as error:
        raise BadMedia(EXPIRED.format(name=attachment.name)) from error


async def fetch_all(bureau: Bureau, parts: Iterable[Part]) -> tuple[dict[int, Media], list[str]]:
    """What could be taken in, by message id, and a sentence for each that could not."""
    taken: dict[int, Media] = {}
    complaints: list[str] = []
    for part in parts:
        if part.attachment is None:
            continue
        try:
            taken[part.message_id] = await fetch(bureau, part.attachment)
        except BadInput as error:
            complaints.append(str(error))
    return taken, complaints
