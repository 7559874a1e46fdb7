"""The queue of updates: handed out by long polling, confirmed by offset, delivered again until then."""

from __future__ import annotations

import itertools
import threading
import time
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import CONFLICT, Refused

LONGEST_POLL = 50  # seconds; the server's own cap (LONG_POLL_MAX_TIMEOUT)
_GLANCE = 0.2  # seconds between looks at whether the sandbox closes
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Every method is called with `changed` held."""

    def __init__(self, changed: threading.Condition, closing: threading.Event) -> None:
        self._changed = changed
        self._closing = closing
        self._ids = itertools.count(410_000_001)
        self.polls = 0
        self._allowed: frozenset[str] = frozenset()
        self._again: list[dict[str, Any]] = []
        self.pending: list[dict[str, Any]] = []
        self.confirmed: dict[int, dict[str, Any]] = {}

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """None when the bot has not asked for this kind."""
        if (self._allowed and kind not in self._allowed) or (not self._allowed and kind in _ON_REQUEST):
            return None
        update: dict[str, Any] = {"update_id": next(self._ids), kind: content}
        self.pending.append(update)
        self._changed.notify_all()
        return int(update["update_id"])

    def replay(self, update_id: int) -> bool:
        """Deliver a confirmed update once more, as happens when a confirmation is lost on Telegram's side."""
        update = self.confirmed.get(update_id)
        if update is not None:
            self._again.append(update)
            self._changed.notify_all()
        return update is not None

    def drop(self) -> None:
        self._confirm(len(self.pending))

    def choose(self, kinds: list[str]) -> None:
        """An empty list asks for everything but the rare kinds; leaving it out keeps the earlier choice."""
        self._allowed = frozenset(kinds)

    def poll(self, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:
        """Wait for updates. A later poll ends an earlier one that still waits, which is told of the conflict."""
        self.polls += 1
        mine = self.polls
        self._changed.notify_all()
        self._forget(offset)
        deadline = time.monotonic() + min(max(timeout, 0), LONGEST_POLL)
        while not (self.pending or self._again):
            left = deadline - time.monotonic()
            if left <= 0 or self._closing.is_set():
                return []
            self._changed.wait(min(left, _GLANCE))
            if self.polls != mine:
                raise Refused(409, CONFLICT)
        again, self._again = self._again[:limit], self._again[limit:]
        return again + self.pending[: limit - len(again)]

    def _forget(self, offset: int) -> None:
        if offset > 0:
            self._confirm(sum(update["update_id"] < offset for update in self.pending))
        elif offset < 0:
            self._confirm(max(len(self.pending) + offset, 0))

    def _confirm(self, count: int) -> None:
        for update in self.pending[:count]:
            self.confirmed[update["update_id"]] = update
        del self.pending[:count]
