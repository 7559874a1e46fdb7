"""What a button carries: a verb, the token of its card, and sometimes which one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bakohumas_bot.approval_bot.lengths import BUTTON, shortened


@dataclass(frozen=True, kw_only=True)
class Button:
    """`token` is the card's own unless the button leads to another card."""

    label: str
    verb: str
    argument: str = ""
    token: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A card as it will look: Telegram HTML, and the buttons under it."""

    html: str
    rows: Rows = ()

    def keyboard(self, token: str) -> InlineKeyboardMarkup | None:
        if not self.rows:
            return None
        return InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(shortened(b.label, BUTTON), callback_data=written(b, token)) for b in row]
                for row in self.rows
            ]
        )


def written(button: Button, token: str) -> str:
    parts = [button.verb, button.token or token] + ([button.argument] if button.argument else [])
    return ":".join(parts)


def read(data: str | None) -> tuple[str, str, str]:
    """Verb, token and argument; empty where the data is not ours."""
    verb, _, rest = (data or "").partition(":")
    token, _, argument = rest.partition(":")
    return verb, token, argument


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[i : i + width]) for i in range(0, len(buttons), width))


def short_name(account: str) -> str:
    """An account in 64 bytes of callback data, whatever its id; the same after every restart."""
    return hashlib.sha256(account.encode()).hexdigest()[:8]
