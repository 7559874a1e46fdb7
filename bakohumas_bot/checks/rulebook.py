"""What a rule is, and what it is given to read: one post with what every account would get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bakohumas_bot.checks.messages import MESSAGES
from bakohumas_bot.domain.alike import Alike
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.findings import Status as Status  # noqa: PLC0414 - part of what a rule is
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.domain.offices import Account, Office
from bakohumas_bot.domain.own import Own
from bakohumas_bot.domain.platforms import PlatformSpec
from bakohumas_bot.domain.posts import Content
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.domain.seen import Seen


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """`accounts` and `rendered` are keyed by account id, `specs` by platform name, `seen` by the author's SHA-256."""

    content: Content
    rendered: Mapping[str, Rendered]
    accounts: Mapping[str, Account]
    specs: Mapping[str, PlatformSpec]
    office: Office
    now: datetime
    knowledge: Knowledge = field(default_factory=Knowledge)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()
    own: tuple[Own, ...] = ()

    @property
    def moment(self) -> datetime:
        """When it goes public: the wished time, or now where that is unknown or has passed; in the office's zone."""
        return max(self.content.publish_at or self.now, self.now).astimezone(self.office.zone)

    @property
    def today(self) -> date:
        """The office's day on which it goes public."""
        return self.moment.date()


@dataclass(frozen=True, kw_only=True)
class Place:
    """`field` is the front-matter key; `start` and `end` count code points of that field."""

    field: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One line of the rulebook. `override` says who may lift its *blok*; raise `version` when its meaning changes.

    `about` says in one Indonesian sentence what it looks for.
    """

    code: str
    name: str
    severity: Severity
    override: Override
    source: str
    version: int
    check: Callable[[Checkup], Iterator[Finding]]
    about: str = ""
    status: Status = Status.AUTOMATIC

    def finding(
        self,
        place: Place,
        *,
        severity: Severity | None = None,
        override: Override | None = None,
        says: str = "",
        repairs: tuple[Repair, ...] = (),
        **facts: object,
    ) -> Finding:
        """`says` picks one of the rule's sentences; a milder `severity` than *blok* needs nobody to lift it.

        The rule's own severity and override are the gravest that it can give.
        """
        message = MESSAGES[f"{self.code}.{says}" if says else self.code]
        chosen = severity or self.severity
        return Finding(
            code=self.code,
            severity=chosen,
            override=(override or self.override) if chosen is Severity.BLOK else Override.NONE,
            field=place.field,
            start=place.start,
            end=place.end,
            message=message.text.format_map(facts),
            remedies=tuple(remedy.format_map(facts) for remedy in message.remedies),
            version=self.version,
            repairs=repairs,
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


def read_in_files(checkup: Checkup) -> Iterator[tuple[str, str]]:
    """What can be read in the attached files themselves, with the name of its field."""
    for number, media in enumerate(checkup.content.media):
        seen = checkup.seen.get(media.sha256)
        if seen is not None and seen.text:
            yield f"media[{number}].tulisan", seen.text
