"""Who has lifted a *blok*, and whether it still stands: by an entitled leader, or by a second person; some never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bakohumas_bot.domain.findings import Finding, Override, Severity


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a finding stands: lifted is what was seen, and nothing that the same rule finds elsewhere later."""

    field: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lift:
    """One person's word that what rule `code` finds at these spots may go out, and why.

    `deputy` says in whose place, and by which decision.
    """

    code: str
    spots: frozenset[Spot]
    person: str
    reason: str
    at: datetime
    deputy: str | None = None


def spot_of(finding: Finding) -> Spot:
    return Spot(field=finding.field, start=finding.start, end=finding.end)


def may_be_lifted(finding: Finding) -> bool:
    return finding.severity is Severity.BLOK and finding.override in {Override.CHAIR, Override.SECOND}


def lift_of(finding: Finding, lifts: Iterable[Lift]) -> Lift | None:
    """The word that lifts this finding; None where there is none, and always where the rule says never."""
    if not may_be_lifted(finding):
        return None
    here = spot_of(finding)
    return next((lift for lift in lifts if lift.code == finding.code and here in lift.spots), None)


def obstacles(findings: Iterable[Finding], lifts: Iterable[Lift]) -> list[Finding]:
    """Every *blok* that still stands."""
    given = tuple(lifts)
    return [f for f in findings if f.severity is Severity.BLOK and lift_of(f, given) is None]
