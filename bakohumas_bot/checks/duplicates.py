"""F12: what was published or planned before."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
