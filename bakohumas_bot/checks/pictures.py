"""M02 to M05, M09, P08 and P11: what can be seen and read in the files."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
