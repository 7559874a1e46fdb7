"""F09, N08, N09, T01 and T02: what the stage of the election allows at the hour of publishing."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
