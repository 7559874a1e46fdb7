"""F05 and F06: clock times with their zone, and numbers written as offices write them."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
