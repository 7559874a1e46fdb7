"""The stages of elections as data: when each begins and ends, and which rules it brings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Empty until its file is read."""
