"""Texts within Telegram's limits: cut into parts, or shortened, never across a letter."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import escape

from bakohumas_bot.domain.counting import utf16_length

MESSAGE = 4096
CAPTION = 1024
ALERT = 200
BUTTON = 60

_TAG = re.compile(r"<[^>]*>")


def pieces(text: str, limit: int = MESSAGE) -> list[str]:
    """Parts of at most `limit` UTF-16 units, cut where a paragraph, a line or a word ends if possible."""
    parts: list[str] = []
    rest = text.strip()
    while utf16_length(rest) > limit:
        head = _head(rest, limit)
        cut = max(
            (end for mark in ("\n\n", "\n", " ") if (end := head.rfind(mark)) > len(head) // 2), default=len(head)
        )
        parts.append(head[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, ended by an ellipsis where something was left out."""
    if utf16_length(text) <= limit:
        return text
    return _head(text, limit - 1).rstrip() + "…"


def fits(html: str, limit: int = MESSAGE) -> bool:
    return utf16_length(visible_text(html)) <= limit


def fitting(html: str, limit: int = MESSAGE) -> str:
    """The same HTML where it fits; otherwise its beginning, without formatting."""
    return html if fits(html, limit) else str(escape(shortened(visible_text(html), limit)))


def visible_text(html: str) -> str:
    return unescape(_TAG.sub("", html))


def _head(text: str, limit: int) -> str:
    units = 0
    for index, letter in enumerate(text):
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > limit:
            return text[:index]
    return text
