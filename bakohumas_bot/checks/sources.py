"""S01, S05 and S06: claims with a source, numbers of official letters, quotations with a speaker."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
