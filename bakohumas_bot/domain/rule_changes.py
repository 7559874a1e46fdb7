"""What an office has changed in the rulebook, each by a recorded decision."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bakohumas_bot.domain.findings import Severity
from bakohumas_bot.domain.offices import Role


@dataclass(frozen=True, kw_only=True)
class Change:
    """Rule `code` has another severity, or (None) is off. `decision` is the letter that says so."""

    code: str
    severity: Severity | None
    decision: str


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """Words that the office wants to see marked. `code` begins with O; `pattern` is what stands in the text."""

    code: str
    pattern: re.Pattern[str]
    severity: Severity
    message: str
    remedy: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class RuleChanges:
    """`may_lift`: whose word lifts a *blok* that an entitled leader may lift."""

    changes: tuple[Change, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    may_lift: tuple[Role, ...] = (Role.PEMBINA,)

    def of(self, code: str) -> Change | None:
        """The last one said counts."""
        return next((change for change in reversed(self.changes) if change.code == code), None)


def phrase_pattern(words: str) -> re.Pattern[str]:
    """`partai * menang`: a star stands for the rest of a word or for one word; case, line breaks do not matter."""
    parts = [re.escape(word).replace(r"\*", r"\w{0,40}") for word in words.split()]
    return re.compile(r"(?<!\w)" + r"\s{1,3}".join(parts) + r"(?!\w)", re.IGNORECASE)
