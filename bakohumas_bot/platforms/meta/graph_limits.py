"""What Meta's headers say of its limits: how long a throttled caller stays away, and whether anything is left.

Usage is told in percent; only the business use cases name a time, in minutes
(https://developers.facebook.com/docs/graph-api/overview/rate-limiting, read 2026-11-21).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bakohumas_bot.platforms.http import retry_after

UNSTATED = timedelta(minutes=15)
LONGEST = timedelta(days=1)
FULL = 100  # percent
_SHARES = ("call_count", "total_cputime", "total_time")


class UseCase(StrEnum):
    """Whose limit an account's calls count towards: the `type` of a row of X-Business-Use-Case-Usage."""

    PAGES = "pages"
    INSTAGRAM = "instagram"


def wait(headers: Mapping[str, str], use_case: UseCase, now: datetime) -> timedelta:
    """How long to stay away after a refusal; asking earlier prolongs the throttling."""
    return _regained(_rows(headers, use_case)) or retry_after(headers, now) or UNSTATED


def rest(headers: Mapping[str, str], use_case: UseCase) -> timedelta | None:
    """After a success: how long nothing more will be taken, because a limit is reached."""
    rows = _rows(headers, use_case)
    told = [_read(headers, "x-app-usage"), _read(headers, "x-page-usage"), *rows]
    full = any(_number(usage.get(share)) >= FULL for usage in told for share in _SHARES)
    return _regained(rows) or (UNSTATED if full else None)


def _regained(rows: Iterable[dict[str, Any]]) -> timedelta | None:
    minutes = max((_number(row.get("estimated_time_to_regain_access")) for row in rows), default=0)
    return min(timedelta(minutes=min(minutes, 10**6)), LONGEST) if minutes > 0 else None


def _rows(headers: Mapping[str, str], use_case: UseCase) -> list[dict[str, Any]]:
    """The rows of our own use case, of every business named; advertising has limits of its own."""
    lists = [rows for rows in _read(headers, "x-business-use-case-usage").values() if isinstance(rows, list)]
    every = [row for rows in lists for row in rows if isinstance(row, dict)]
    return [row for row in every if row.get("type") == use_case]


def _read(headers: Mapping[str, str], name: str) -> dict[str, Any]:
    said = headers.get(name)
    if said is None:
        return {}
    try:
        usage = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return usage if isinstance(usage, dict) else {}


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else 0
