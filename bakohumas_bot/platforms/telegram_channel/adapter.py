"""A Telegram channel as a place to publish: files go ahead to a private log chat, one call makes the post public."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import Field, SecretStr, field_validator

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    CannotTell,
    Found,
    NotSent,
    Outcome,
    Published,
    Receipt,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.domain.platforms import DocumentLimits, ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.preparing import stopped
from bakohumas_bot.platforms.telegram_channel import answers as telegram_answers
from bakohumas_bot.platforms.telegram_channel.messages import WORD, alone, file_id, in_album, text_of

if TYPE_CHECKING:  # these load the library: imported at the first call
    from telegram import Message

    from bakohumas_bot.platforms.telegram_channel.wire import Wire

ALBUM = 10  # photos and videos together (https://core.telegram.org/bots/api#sendmediagroup, read 2026-11-21)

SPEC = PlatformSpec(
    name="telegram_channel",
    family="telegram",
    label="Telegram",
    unit=TextUnit.UTF16,
    text_limit=4096,
    caption_limit=1024,
    formats_text=True,
    max_images=ALBUM,
    max_videos=ALBUM,
    max_documents=1,
    max_media=ALBUM,
    mixes=True,
    # Width and height together may be 10,000 at most; Telegram shows 2,560 a side at best.
    image=ImageLimits(max_bytes=10_000_000, max_width=2560, max_height=2560, min_ratio=1 / 20, max_ratio=20),
    video=VideoLimits(
        max_bytes=50_000_000,
        min_duration=timedelta(seconds=1),
        max_duration=timedelta(hours=4),
        max_width=3840,
        max_height=3840,
    ),
    document=DocumentLimits(
        max_bytes=50_000_000,
        mimes=(
            "application/pdf",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
    ),
    proves_absence=False,
)

SETUP = """\
Menghubungkan kanal Telegram:
1. Buka @BotFather di Telegram, kirim /newbot, lalu simpan token yang diberikan ke variabel lingkungan.
2. Buka kanal satker, pilih Administrator, tambahkan bot tersebut, dan aktifkan hak mengirim pesan.
3. Buat grup tertutup sebagai grup log, tambahkan bot, dan jadikan administrator. Di grup ini berkas disiapkan sebelum
   tayang dan unggahan diperiksa kembali. Tanpa grup log, unggahan yang jawabannya terputus harus diperiksa manual.
4. Isi chat_id (misalnya "@kpu_contohselatan" atau -1001234567890), log_chat_id, dan token pada konfigurasi akun.
5. Jalankan `bakohumas doctor` untuk memeriksa bahwa bot sudah berhak menerbitkan."""

_CHAT = re.compile(r"@[A-Za-z]\w{3,31}|-?\d+", re.ASCII)


class Settings(base.Settings):
    """`log_chat_id` is a private group of the office with the bot in it: where files wait and posts are read back."""

    chat_id: int | str
    log_chat_id: int | str | None = None
    token: SecretStr = Field(min_length=1)

    @field_validator("chat_id", "log_chat_id")
    @classmethod
    def _chat(cls, value: int | str | None) -> int | str | None:
        if value is None or isinstance(value, int):
            return value
        if not _CHAT.fullmatch(value):
            raise ValueError('harus berupa angka seperti -1001234567890 atau nama seperti "@kpu_contohselatan"')
        return value if value.startswith("@") else int(value)


class TelegramChannel:
    """What one channel was sent and what it holds. Journal: `file:<sha256>`, `copy:<sha256>`, `after`, `album`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _wire(self) -> Wire:
        from bakohumas_bot.platforms.telegram_channel.wire import Wire

        return Wire(self._settings.token.get_secret_value(), self._settings.api_url)

    def prepare(self, job: base.Job) -> None:
        """Lay the files ready in the log chat, and note where the channel ends before the post."""
        _refuse_what_no_message_holds(job.rendered.media)
        if job.journal.get("after") is None:
            job.journal.put("after", job.journal.account_get("last_message_id") or "0")
        if self._settings.log_chat_id is None:
            return
        for item in job.rendered.media:
            if job.journal.get(f"file:{item.sha256}") is None:
                self._stage(item, job)

    def _stage(self, item: RenderedMedia, job: base.Job) -> None:
        sent: Message = self._ask_in_log_chat(
            f"send_{WORD[item.kind]}",
            uploads=True,
            disable_notification=True,
            **alone(item, job.blob(item.sha256).read_bytes()),
        )
        job.journal.put(f"copy:{item.sha256}", str(sent.message_id))
        kept = file_id(sent, item.kind)
        if kept is not None:  # None: Telegram made something else of it; then the bytes travel with the live call
            job.journal.put(f"file:{item.sha256}", kept)

    def go_live(self, job: base.Job) -> Outcome:
        from bakohumas_bot.platforms.telegram_channel.wire import Failed

        try:
            answer = self._publish(job)
        except (OSError, Unavailable) as error:  # both come before the call
            return NotSent(detail=f"Berkas media tidak dapat dibaca: {error}")
        except Failed as failed:
            if failed.says(*telegram_answers.LOST_FILE):
                _forget_files(job)
            return failed.outcome
        return self._published(answer if isinstance(answer, tuple) else (answer,), job)

    def _publish(self, job: base.Job) -> Any:
        """The one call: sendMessage, sendPhoto, sendVideo, sendDocument or sendMediaGroup."""
        media, text = job.rendered.media, text_of(job.rendered)
        files = [job.journal.get(f"file:{m.sha256}") or job.blob(m.sha256).read_bytes() for m in media]
        uploads = any(isinstance(file, bytes) for file in files)
        chat_id = self._settings.chat_id
        if not media:
            return self._wire.ask("send_message", chat_id=chat_id, **text)
        if len(media) == 1:
            method = f"send_{WORD[media[0].kind]}"
            return self._wire.ask(method, uploads=uploads, chat_id=chat_id, **alone(media[0], files[0]), **text)
        album = [
            in_album(m, file, text if n == 0 else {}) for n, (m, file) in enumerate(zip(media, files, strict=True))
        ]
        return self._wire.ask("send_media_group", uploads=uploads, chat_id=chat_id, media=album)

    def _published(self, messages: tuple[Message, ...], job: base.Job) -> Outcome:
        from telegram import Message

        from bakohumas_bot.platforms.telegram_channel.readback import link

        if not messages or not all(isinstance(m, Message) for m in messages):
            return Unknown(detail="Telegram menjawab tanpa nomor pesan.")
        first = messages[0]
        if len(messages) > 1:
            job.journal.put("album", " ".join(str(m.message_id) for m in messages))
        url = link(first.chat, self._settings.chat_id, first.message_id)
        return Published(receipt=Receipt(remote_id=str(first.message_id), url=url, published_at=first.date))

    def find(self, job: base.Job, since: datetime) -> Sighting:
        """Found, or cannot tell. Absent only for an id that Telegram gave us and no longer knows: it was deleted."""
        from bakohumas_bot.platforms.telegram_channel.readback import Readback

        if self._settings.log_chat_id is None:
            return CannotTell(detail="Tanpa grup log, kanal Telegram tidak dapat dibaca. Mohon periksa kanal.")
        channel, log_chat = self._settings.chat_id, self._settings.log_chat_id
        sighting = Readback(wire=self._wire, channel=channel, log_chat=log_chat).find(job, since)
        if isinstance(sighting, Found):
            _remember_end(job, int(sighting.receipt.remote_id) + len(job.rendered.media[1:]))
        return sighting

    def withdraw(self, job: base.Job) -> None:
        from bakohumas_bot.platforms.telegram_channel.wire import Failed

        copies = {m.sha256: job.journal.get(f"copy:{m.sha256}") for m in job.rendered.media}
        ids = [int(copy) for copy in copies.values() if copy is not None]
        if not ids:
            return
        with suppress(Failed):  # what stays behind lies in a private chat
            self._wire.ask("delete_messages", chat_id=self._settings.log_chat_id, message_ids=ids)
        for sha256 in copies:
            job.journal.forget(f"copy:{sha256}")

    def check_access(self) -> str:
        me = self._ask_or_stop("get_me")
        chat = self._ask_or_stop("get_chat", chat_id=self._settings.chat_id)
        if chat.type != "channel":
            raise base.Stopped(AccountBlocked(detail="chat_id bukan kanal Telegram. Mohon isi dengan kanal satker."))
        member = self._ask_or_stop("get_chat_member", chat_id=self._settings.chat_id, user_id=me.id)
        if not getattr(member, "can_post_messages", False):
            raise base.Stopped(
                AccountBlocked(
                    detail=f"Bot @{me.username} belum menjadi administrator kanal dengan hak "
                    "mengirim pesan. Mohon tambahkan melalui pengaturan kanal."
                )
            )
        if self._settings.log_chat_id is not None:
            self._ask_in_log_chat("get_chat")
        return f"@{chat.username}" if chat.username else str(chat.title or chat.id)

    def _ask_in_log_chat(self, method: str, **parameters: Any) -> Any:
        try:
            return self._ask_or_stop(method, chat_id=self._settings.log_chat_id, **parameters)
        except base.Stopped as stop:
            raise base.Stopped(replace(stop.outcome, detail=f"Grup log: {stop.outcome.detail}")) from None

    def _ask_or_stop(self, method: str, **parameters: Any) -> Any:
        from bakohumas_bot.platforms.telegram_channel.wire import Failed

        try:
            return self._wire.ask(method, **parameters)
        except Failed as failed:
            raise stopped(failed.outcome) from None


def _refuse_what_no_message_holds(media: tuple[RenderedMedia, ...]) -> None:
    if len(media) > ALBUM:
        detail = f"Telegram memuat paling banyak {ALBUM} foto dan video. Mohon kurangi atau bagi menjadi dua konten."
        raise base.Stopped(Rejected(code="too_many_media", detail=detail, field="media"))
    if len(media) > 1 and len({m.kind is MediaKind.DOCUMENT for m in media}) > 1:
        detail = "Telegram tidak dapat menggabungkan dokumen dengan foto atau video. Mohon pisahkan kontennya."
        raise base.Stopped(Rejected(code="mixed_documents", detail=detail, field="media"))


def _forget_files(job: base.Job) -> None:
    for item in job.rendered.media:
        job.journal.forget(f"file:{item.sha256}")


def _remember_end(job: base.Job, message_id: int) -> None:
    """Where the next search of this channel begins. Not noted in the second that publishes: a commit costs."""
    known = int(job.journal.account_get("last_message_id") or 0)
    if message_id > known:
        job.journal.account_put("last_message_id", str(message_id))


def _open(_account: Account, settings: Settings, _surroundings: base.Surroundings) -> base.Adapter:
    return TelegramChannel(settings)


PLATFORM = base.Platform(spec=SPEC, settings=Settings, open=_open, setup=SETUP)
