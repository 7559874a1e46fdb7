"""What a rule is, and what it is given to read: one post with what every account would get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.checks.messages import MESSAGES
from bakohumas_bot.domain.findings import Finding, Override, Severity
from bakohumas_bot.domain.offices import Account, Office
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Content
from bakohumas_bot.domain.rendering import Rendered


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """`accounts` and `rendered` are keyed by account id, `specs` by platform name."""

    content: Content
    rendered: Mapping[str, Rendered]
    accounts: Mapping[str, Account]
    specs: Mapping[str, PlatformSpec]
    office: Office
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Place:
    """`field` is the front-matter key; `start` and `end` count code points of that field."""

    field: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of the rulebook. `override` says who may lift its *blok*; raise `version` when its meaning changes."""

    code: str
    name: str
    severity: Severity
    override: Override
    source: str
    version: int
    check: Callable[[Checkup], Iterator[Finding]]

    def finding(self, place: Place, *, severity: Severity | None = None, says: str = "", **facts: object) -> Finding:
        """`says` picks one of the rule's sentences; a milder `severity` than *blok* needs nobody to lift it."""
        message = MESSAGES[f"{self.code}.{says}" if says else self.code]
        chosen = severity or self.severity
        return Finding(
            code=self.code,
            severity=chosen,
            override=self.override if chosen is Severity.BLOK else Override.NONE,
            field=place.field,
            start=place.start,
            end=place.end,
            message=message.text.format_map(facts),
            remedies=tuple(remedy.format_map(facts) for remedy in message.remedies),
            version=self.version,
        )


def texts(content: Content) -> Iterator[tuple[str, str]]:
    """Everything written that can become public, with the name of its field.

    A title that is only the opening of the text (a message to the bot has no other) is not read twice.
    """
    if not content.body.startswith(content.title.rstrip("… ")):
        yield "judul", content.title
    yield "isi", content.body
    for account, text in content.variants:
        yield f"varian.{account}", text
    for number, source in enumerate(content.sources):
        yield f"sumber[{number}]", source
    for number, media in enumerate(content.media):
        yield f"media[{number}].teks_alt", media.alt
