"""H04 to H07: what makes a text look like a hoax, and what a clarification must hold."""

from __future__ import annotations

from bakohumas_bot.checks.rulebook import Rule

RULES: tuple[Rule, ...] = ()
