"""What a refusal of the Telegram Bot API means for a delivery: one table, from Telegram's words to what follows.

Telegram's codes are HTTP statuses; what exactly is wrong stands only in `description`
(https://core.telegram.org/bots/api#making-requests, read 2026-11-21).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from bakohumas_bot.domain.outcomes import AccountBlocked, NotLive, NotSent, RateLimited, Rejected, Unknown

UNSTATED_WAIT = timedelta(seconds=30)

CONTENT: dict[str, tuple[str, str]] = {  # a phrase of `description` -> field to mend, what to tell
    "message is too long": ("isi", "Teks melebihi 4.096 karakter, batas Telegram. Mohon dipersingkat."),
    "caption is too long": (
        "isi",
        "Teks pendamping media melebihi 1.024 karakter, batas Telegram. Mohon dipersingkat.",
    ),
    "text is empty": ("isi", "Teks kosong. Mohon lengkapi isi atau lampirkan media."),
    "can't parse entities": (
        "isi",
        "Format teks tidak dapat dibaca Telegram. Mohon periksa tanda tebal, miring, dan tautan.",
    ),
    "photo_invalid_dimensions": ("media", "Ukuran atau perbandingan sisi gambar tidak diterima Telegram."),
    "image_process_failed": ("media", "Gambar tidak dapat diolah Telegram. Mohon ganti berkasnya."),
    "photo_ext_invalid": ("media", "Jenis berkas gambar tidak diterima Telegram. Mohon gunakan JPEG atau PNG."),
    "file must be non-empty": ("media", "Berkas media kosong. Mohon ganti berkasnya."),
    "file is too big": ("media", "Berkas media melebihi batas ukuran Telegram."),
    "request entity too large": ("media", "Berkas media melebihi batas ukuran Telegram."),
    "media_empty": ("media", "Media tidak dapat dibaca Telegram. Mohon ganti berkasnya."),
    "media_invalid": ("media", "Media tidak dapat dibaca Telegram. Mohon ganti berkasnya."),
}

# Of a sentence that is not in the table: what it seems to speak about.
_FIELDS = {"caption": "isi", "text": "isi", "entit": "isi", "photo": "media", "video": "media", "media": "media"}
_FIELDS |= {"document": "media", "file": "media", "image": "media", "album": "media"}

ACCESS: dict[str, str] = {
    "chat not found": "Kanal atau grup tidak ditemukan. Mohon periksa chat_id.",
    "administrator rights": "Bot bukan administrator kanal.",
    "admin_required": "Bot bukan administrator kanal.",
    "rights to send": "Bot tidak berhak mengirim pesan.",
    "write_forbidden": "Bot tidak berhak mengirim pesan.",
    "channel_private": "Bot tidak lagi dapat membuka kanal ini.",
}

ANEW = """
1. Buka @BotFather di Telegram, kirim /mybots, pilih bot satker, lalu API Token.
2. Apabila token itu pernah diketahui orang lain, pilih Revoke current token.
3. Ganti token kanal ini di tempat rahasia disimpan."""
BACK_IN = """
1. Buka kanal satker di Telegram, lalu Administrator.
2. Tambahkan kembali bot satker dan aktifkan hak mengirim pesan. Lakukan pula di grup log."""

# A file id belongs to one bot and may lapse: the file is simply uploaded again.
LOST_FILE = ("wrong file identifier", "wrong remote file", "wrong file_id", "invalid file", "file_reference")


def outcome_of(status: int, description: str, parameters: dict[str, Any]) -> NotLive | Unknown:  # noqa: PLR0911 - one arm per status
    """`status` is Telegram's own `error_code`, not that of a proxy in between."""
    moved = parameters.get("migrate_to_chat_id")
    if moved is not None:
        return AccountBlocked(detail=f"Grup telah berpindah. Mohon ganti chat_id menjadi {moved}.")
    match status:
        case 400 | 413:
            return _bad_request(description)
        case 401 | 404:
            return AccountBlocked(detail=f"Token bot Telegram kanal ini tidak berlaku lagi.{ANEW}")
        case 403:
            return AccountBlocked(detail=f"Telegram menolak bot ini. ({description[:120]}){BACK_IN}")
        case 409:
            return NotSent(detail=f"Telegram belum menerima permintaan: {description}")
        case 429:
            return _flooded(parameters.get("retry_after"), description)
        case _:
            return Unknown(detail=f"Telegram menjawab {status}: {description}", unreachable=status >= 500)


def _bad_request(description: str) -> NotLive:
    said = description.casefold()
    if any(phrase in said for phrase in LOST_FILE):
        return NotSent(detail="Berkas di Telegram sudah tidak berlaku dan akan diunggah ulang.")
    for phrase, sentence in ACCESS.items():
        if phrase in said:
            return AccountBlocked(detail=f"{sentence}{BACK_IN}")
    for phrase, (field, sentence) in CONTENT.items():
        if phrase in said:
            return Rejected(code=phrase.replace(" ", "_"), detail=sentence, field=field)
    named = next((field for word, field in _FIELDS.items() if word in said), None)
    return Rejected(code="bad_request", detail=f"Telegram menolak konten ini: {description}", field=named)


def _flooded(retry_after: Any, description: str) -> RateLimited:
    """`retry_after` in seconds; an older server says it in its sentence alone."""
    said = re.search(r"retry after (\d{1,7})\b", description)
    seconds = retry_after if isinstance(retry_after, int) and retry_after > 0 else int(said[1]) if said else 0
    wait = timedelta(seconds=seconds) if seconds > 0 else UNSTATED_WAIT
    return RateLimited(detail=f"Telegram meminta menunggu {wait.total_seconds():.0f} detik.", wait=wait)
