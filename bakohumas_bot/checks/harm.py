"""H01 to H03: words that hurt, exclude or threaten."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
