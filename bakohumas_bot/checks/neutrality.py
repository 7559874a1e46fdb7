"""N01 to N07 and N10: nobody who stands for election is favoured or harmed."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
