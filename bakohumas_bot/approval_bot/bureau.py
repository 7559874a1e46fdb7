"""What every part of the bot holds: the desk with its verbs, the line to Telegram, and what it just saw there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from telegram import Bot

from bakohumas_bot.lifecycle.desk import Desk

STRANGERS = 1000
PAUSE = timedelta(minutes=1)
TRIES = 5
WHILE = timedelta(minutes=10)


@dataclass(kw_only=True)
class Memory:
    """Losing it in a restart costs nobody anything: a stranger is answered once more."""

    strangers: dict[int, datetime] = field(default_factory=dict)
    tries: dict[int, list[datetime]] = field(default_factory=dict)
    logins: dict[str, date] = field(default_factory=dict)
    long_texts: dict[int, tuple[str, datetime]] = field(default_factory=dict)

    def may_answer(self, chat: int, now: datetime) -> bool:
        """A stranger is answered once a minute, however often they write."""
        last = self.strangers.get(chat)
        if last is not None and now - last < PAUSE:
            return False
        if len(self.strangers) >= STRANGERS:
            self.strangers.clear()
        self.strangers[chat] = now
        return True

    def may_try(self, user: int, now: datetime) -> bool:
        """Links that open nothing: a few tries in a while, whoever sends them."""
        recent = [at for at in self.tries.get(user, []) if now - at < WHILE]
        if len(self.tries) >= STRANGERS:
            self.tries.clear()
        self.tries[user] = [*recent, now] if len(recent) < TRIES else recent
        return len(recent) < TRIES


@dataclass(frozen=True, kw_only=True)
class Bureau:
    desk: Desk
    bot: Bot
    memory: Memory = field(default_factory=Memory)
