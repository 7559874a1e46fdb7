"""X's call windows: so many calls of one kind per user in fifteen minutes, and so many posts of one app in a day.

Numbers: the prices and limits page, 2026. The day's headers: as X is seen to send them, beside the window's.
"""

from __future__ import annotations

from collections.abc import Callable

from bakohumas_bot.sandbox.x.problems import APP_DAY, WINDOW_COUNT, Refused, rate_headers, too_many

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
DAY = 86_400
APP_LIMITS = {"POST /2/tweets": 10_000}


class Rates:
    """`limits` and `app_limits` may be changed while it runs."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.limits = dict(LIMITS)
        self.app_limits = dict(APP_LIMITS)
        self._used: dict[tuple[str, str], tuple[float, int]] = {}

    def count(self, user: str, app: str, operation: str) -> dict[str, str]:
        """One more call: the headers that tell what is left, or the refusal."""
        counts = [(WINDOW_COUNT, user, self.limits[operation], WINDOW)]
        if operation in self.app_limits:
            counts.append((APP_DAY, app, self.app_limits[operation], DAY))
        told: dict[str, str] = {}
        full = False
        for name, whose, limit, period in counts:
            started, used = self._running(whose, operation, period)
            full |= used >= limit
            self._used[whose, operation] = (started, min(used + 1, limit))
            told |= rate_headers(limit, max(limit - used - 1, 0), int(started) + period, name)
        if full:
            raise Refused(too_many(told))
        return told

    def _running(self, whose: str, operation: str, period: int) -> tuple[float, int]:
        started, used = self._used.get((whose, operation), (self._now(), 0))
        return (self._now(), 0) if self._now() - started >= period else (started, used)
