"""F03 and F04: periods that fit their dates, and announcements that come in time."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
