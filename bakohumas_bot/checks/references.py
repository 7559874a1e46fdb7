"""S02 to S04: regulations cited in full, correctly, and as they are in force."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
