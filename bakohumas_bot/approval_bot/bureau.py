"""What every part of the bot holds: the desk with its verbs, and the line to Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Bot

from bakohumas_bot.lifecycle.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Bureau:
    desk: Desk
    bot: Bot
