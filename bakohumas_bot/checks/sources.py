"""S01, S05 and S06: claims with a source, numbers of official letters, quotations with a speaker."""

from __future__ import annotations

from bakohumas_bot.checks.claims import S01
from bakohumas_bot.checks.letter_numbers import S05
from bakohumas_bot.checks.quotations import S06

RULES = (S01, S05, S06)
