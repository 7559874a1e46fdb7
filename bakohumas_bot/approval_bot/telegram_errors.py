"""What Telegram's refusals mean for the desk, and their words without the token."""

from __future__ import annotations

from telegram.error import BadRequest

from bakohumas_bot.platforms.redaction import redact

NOT_MODIFIED = "message is not modified"
_EDITABLE_NO_MORE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_CHAT = ("chat not found", "user not found", "peer_id_invalid")


def in_words(error: Exception) -> str:
    if isinstance(error, BadRequest) and chat_is_gone(error):
        return "orang ini belum pernah mengirim /mulai kepada bot, atau akun Telegramnya sudah tidak ada"
    return redact(f"{type(error).__name__}: {error}")[:300]


def chat_is_gone(error: BadRequest) -> bool:
    """The person never opened the bot, or is no more."""
    return _says(error, *_NO_CHAT)


def message_is_gone(error: BadRequest) -> bool:
    return _says(error, *_EDITABLE_NO_MORE)


def is_unchanged(error: BadRequest) -> bool:
    return _says(error, NOT_MODIFIED)


def is_too_large(error: BadRequest) -> bool:
    return _says(error, "file is too big")


def _says(error: BadRequest, *phrases: str) -> bool:
    said = str(error).casefold()
    return any(phrase in said for phrase in phrases)
