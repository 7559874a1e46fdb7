"""F07, F08 and F13: sums, percentages and figures that agree with one another."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
