"""S02 to S04: regulations cited in full, correctly, and as they are in force when the post goes public."""

from __future__ import annotations

from bakohumas_bot.checks.citation_facts import S03
from bakohumas_bot.checks.citation_forms import S02
from bakohumas_bot.checks.citation_validity import S04

RULES = (S02, S03, S04)
