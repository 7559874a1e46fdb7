"""H04 to H07: what looks like a hoax, and what a clarification of one must hold."""

from __future__ import annotations

from bakohumas_bot.checks.chain_messages import H04
from bakohumas_bot.checks.clarifications import H06
from bakohumas_bot.checks.own_publications import H07
from bakohumas_bot.checks.rulebook import Rule
from bakohumas_bot.checks.technical_claims import H05

RULES: tuple[Rule, ...] = (H04, H05, H06, H07)
