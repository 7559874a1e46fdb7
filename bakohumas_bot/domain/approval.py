"""Who may decide on a revision, and what a decision holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bakohumas_bot.domain.offices import Directory, Person, Role


class Verdict(StrEnum):
    APPROVE = "approve"
    REVISE = "revise"
    REJECT = "reject"


APPROVERS = (Role.KETUA_PELAKSANA, Role.KETUA)
LEADERS = (Role.KETUA_PELAKSANA, Role.KETUA, Role.PEMBINA)
AUTHORS = (Role.OPERATOR, Role.KETUA_PELAKSANA, Role.KETUA, Role.PEMBINA)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A yes, a not yet or a no to one exact revision. `due_at` is the time that was approved with it."""

    post: int
    revision: int
    digest: str
    person: str
    verdict: Verdict
    reason: str | None
    decided_at: datetime
    due_at: datetime | None = None


def may_approve(person: Person, office: str, hands: frozenset[str]) -> bool:
    """`hands` are all who wrote, edited, submitted or scheduled the post: they never approve it."""
    return person.has(office, *APPROVERS) and person.id not in hands


def approvers(directory: Directory, office: str, hands: frozenset[str]) -> list[Person]:
    return [p for p in directory.holders(office, *APPROVERS) if p.id not in hands]
