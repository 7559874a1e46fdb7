"""P03 to P07, P09 and P10: what belongs to a person, and not to the public."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
