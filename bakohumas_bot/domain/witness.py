"""Where and when the heads of the record are told outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which chat hears them, and at what hour of the first office's day."""

    chat: int
    at: time
