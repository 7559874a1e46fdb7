"""Telegram's refusals, as the technical person reads them in the log and from the doctor."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError

from bakohumas_bot.approval_bot.telegram_errors import in_words


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BadRequest("Chat not found"), "belum pernah mengirim /mulai"),
        (BadRequest("Message is too long"), "BadRequest: Message is too long"),
        (NetworkError("refused at /bot123456:abcdefghijklmnopqrstuvwx/getMe"), "/bot***/getMe"),
    ],
)
def test_a_refusal_is_said_so_that_it_can_be_mended(error: TelegramError, said: str) -> None:
    assert said in in_words(error)
