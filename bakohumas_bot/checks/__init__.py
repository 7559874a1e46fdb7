"""The rulebook: what stands between a draft and its submission, one file per family."""

from bakohumas_bot.checks.rulebook import Checkup, Rule
from bakohumas_bot.checks.rules import RULES, check

__all__ = ["RULES", "Checkup", "Rule", "check"]
