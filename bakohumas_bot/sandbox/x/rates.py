"""X's call windows: so many calls of one kind per user in fifteen minutes (prices and limits page, 2026)."""

from __future__ import annotations

from collections.abc import Callable

from bakohumas_bot.sandbox.x.problems import Refused, rate_headers, too_many

WINDOW = 900
LIMITS = {
    "POST /2/tweets": 100,
    "DELETE /2/tweets/{id}": 50,
    "GET /2/tweets/{id}": 900,
    "GET /2/users/me": 75,
    "GET /2/users/{id}/tweets": 900,
    "POST /2/media/upload": 500,
    "GET /2/media/upload": 1000,
    "POST /2/media/upload/initialize": 1875,
    "POST /2/media/upload/{id}/append": 1875,
    "POST /2/media/upload/{id}/finalize": 1875,
    "POST /2/media/metadata": 500,
}


class Rates:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.limits = dict(LIMITS)
        self._used: dict[tuple[str, str], tuple[float, int]] = {}

    def count(self, user: str, operation: str) -> dict[str, str]:
        """One more call: the headers that tell what is left, or the refusal."""
        limit = self.limits[operation]
        started, used = self._used.get((user, operation), (self._now(), 0))
        if self._now() - started >= WINDOW:
            started, used = self._now(), 0
        reset = int(started) + WINDOW
        if used >= limit:
            raise Refused(too_many(limit, reset))
        self._used[user, operation] = (started, used + 1)
        return rate_headers(limit, limit - used - 1, reset)
