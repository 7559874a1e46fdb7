"""What an office has changed in the rulebook, each by a recorded decision."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RuleChanges:
    """Empty until its file is read."""
