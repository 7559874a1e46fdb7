"""What may hang under a message: keyboards, as the server accepts them."""

from __future__ import annotations

import re
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import broken
from bakohumas_bot.sandbox.telegram.chats import Chat
from bakohumas_bot.sandbox.telegram.requests import Call

BUTTONS = 100
BUTTONS_IN_A_ROW = 8
DATA_BYTES = 64
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
)
_LINK = re.compile(r"(?:https?://)?[^\s/:]+\.[^\s/]+(?:/\S*)?|tg://\S+", re.IGNORECASE)


def keyboard(call: Call, chat: Chat) -> dict[str, Any] | None:
    """The reply_markup of a call, checked; None when there is none or it is empty."""
    markup: dict[str, Any] | None = call.get("reply_markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(call, markup)
    if chat.type == "channel":
        raise broken("inline keyboard expected")
    return markup


def _inline(call: Call, markup: dict[str, Any]) -> dict[str, Any] | None:
    rows = [row for row in markup["inline_keyboard"] if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise broken("reply markup is too long")
    if any(len(row) > BUTTONS_IN_A_ROW for row in rows):
        call.report(f"a row of more than {BUTTONS_IN_A_ROW} buttons")
    for button in buttons:
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise broken("inline keyboard button text must be non-empty")
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not actions:
        raise broken("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise broken("can't parse inline keyboard button: exactly one optional field must be used")
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise broken("BUTTON_DATA_INVALID")
    if "url" in actions and not _LINK.fullmatch(button["url"]):
        raise broken(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
