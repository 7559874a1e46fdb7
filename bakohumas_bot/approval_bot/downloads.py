"""Brings a sent file onto the desk: fetched from Telegram, probed, and kept under its hash."""

from __future__ import annotations

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import httpx
from telegram import Bot, File
from telegram.error import BadRequest, NetworkError

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.parcels import Attachment, Part
from bakohumas_bot.approval_bot.sentences import EXPIRED, NOT_FETCHED, NOT_TAKEN, TOO_LARGE
from bakohumas_bot.approval_bot.telegram_errors import is_too_large
from bakohumas_bot.domain.posts import Media
from bakohumas_bot.errors import BadInput, BadMedia, Unavailable
from bakohumas_bot.lifecycle.draft import take_in
from bakohumas_bot.media.probe import MAX_BYTES
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.redaction import redact

log = logging.getLogger("bakohumas.bot.downloads")

SILENCE = timedelta(seconds=30)  # between two pieces of a file
LONGEST = timedelta(minutes=15)  # a file of 2 GB from an own server on a slow disk takes less
TRIES = 3


class BrokenOff(Exception):  # noqa: N818
    """The file began to come and did not end as announced."""


async def fetch(bureau: Bureau, attachment: Attachment) -> Media:
    """Raises `BadMedia` with the sentence for its sender; Telegram's own troubles and a full disk are waited for."""
    with tempfile.TemporaryDirectory(prefix="bakohumas-") as folder:
        path = Path(folder) / "berkas"
        file = await _located(bureau.bot, attachment)
        try:
            await _bring(bureau.bot, file, path, attachment)
        except OSError as error:
            raise Unavailable(f"Berkas tidak dapat disimpan: {error.strerror or error}.") from error
        return await asyncio.to_thread(take_in, bureau.desk, path, attachment.name)


async def fetch_all(bureau: Bureau, parts: Iterable[Part]) -> tuple[dict[int, Media], list[str]]:
    """What could be taken in, by message id, and a sentence for each that could not."""
    taken: dict[int, Media] = {}
    complaints: list[str] = []
    for part in parts:
        if part.foreign:
            complaints.append(NOT_TAKEN)
        if part.attachment is None:
            continue
        try:
            taken[part.message_id] = await fetch(bureau, part.attachment)
        except BadInput as error:
            complaints.append(str(error))
    return taken, complaints


async def _located(bot: Bot, attachment: Attachment) -> File:
    try:
        return await bot.get_file(attachment.file_id)
    except BadRequest as error:
        sentence = TOO_LARGE if is_too_large(error) else EXPIRED
        raise BadMedia(sentence.format(name=attachment.name)) from error


async def _bring(bot: Bot, file: File, path: Path, attachment: Attachment) -> None:
    own = _beside_us(bot, file.file_path or "")
    if own is not None:
        await asyncio.to_thread(shutil.copyfile, own, path)
        return
    if not _is_of_this_bot(bot, file.file_path or ""):
        log.warning("alamat berkas dari Telegram tidak dikenal; berkas tidak diambil")
        raise BadMedia(EXPIRED.format(name=attachment.name))
    for attempt in range(1, TRIES + 1):
        try:
            await _stream(file, path, attachment)
        except BrokenOff as error:
            log.warning("unduhan terputus (percobaan %s): %s", attempt, redact(str(error)))
        else:
            return
    raise BadMedia(NOT_FETCHED.format(name=attachment.name))


def _beside_us(bot: Bot, place: str) -> Path | None:
    """What an own Bot API server in local mode left in its folder for this token; no other file of ours is its own."""
    path = Path(place)
    if "\0" in place or not path.is_absolute():
        return None
    real = path.resolve()
    return real if bot.token in real.parts and real.is_file() else None


def _is_of_this_bot(bot: Bot, url: str) -> bool:
    inner = url.removeprefix(f"{bot.base_file_url}/")
    odd = "\0" in inner or "\\" in inner or ".." in inner.split("/")
    return inner != url and not odd


async def _stream(file: File, path: Path, attachment: Attachment) -> None:
    """Never more than was announced, and never for ever."""
    most, received = file.file_size or MAX_BYTES, 0
    try:
        async with (
            asyncio.timeout(LONGEST.total_seconds()),
            httpx.AsyncClient(trust_env=False, verify=http.tls(), timeout=SILENCE.total_seconds()) as client,
            client.stream("GET", str(file.file_path), headers={"Accept-Encoding": "identity"}) as answer,
        ):
            _must_be_the_file(answer, attachment)
            with path.open("wb") as out:
                try:
                    async for piece in answer.aiter_raw():
                        received += len(piece)
                        if received > most:
                            raise BrokenOff("lebih besar daripada yang diberitahukan")
                        out.write(piece)
                except httpx.HTTPError as error:
                    raise BrokenOff(str(error)) from error
    except httpx.HTTPError as error:
        raise NetworkError(f"unduhan: {error}") from error
    except TimeoutError as error:
        raise BrokenOff("tidak selesai pada waktunya") from error
    if file.file_size and received < file.file_size:
        raise BrokenOff(f"{received} dari {file.file_size} bita")


def _must_be_the_file(answer: httpx.Response, attachment: Attachment) -> None:
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise BadMedia(EXPIRED.format(name=attachment.name))
    if answer.status_code != httpx.codes.OK:
        raise NetworkError(f"unduhan: HTTP {answer.status_code}")
