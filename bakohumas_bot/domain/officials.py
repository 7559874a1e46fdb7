"""Names and titles of the officials whom the office writes about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Officials:
    """Empty until its file is read."""
