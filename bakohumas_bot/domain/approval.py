"""Who may decide on a revision, and what a decision holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bakohumas_bot.domain.offices import Directory, Person, Role
from bakohumas_bot.domain.policy import Voice


class Verdict(StrEnum):
    APPROVE = "approve"
    REVISE = "revise"
    REJECT = "reject"


APPROVERS = (Role.KETUA_PELAKSANA, Role.KETUA)
LEADERS = (Role.KETUA_PELAKSANA, Role.KETUA, Role.PEMBINA)
AUTHORS = (Role.OPERATOR, Role.KETUA_PELAKSANA, Role.KETUA, Role.PEMBINA)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A yes, a not yet or a no to one exact revision. `due_at` is the time that was approved with it.

    `roles` are those the person held there and then; `deputy` says in whose place, and by which decision. `urgent`: it
    went out on this voice alone, and the others confirm it afterwards. `ticks`: codes of what the checklist
    had the person make sure of.
    """

    post: int
    revision: int
    digest: str
    person: str
    verdict: Verdict
    reason: str | None
    decided_at: datetime
    due_at: datetime | None = None
    roles: frozenset[Role] = frozenset()
    deputy: str | None = None
    urgent: bool = False
    ticks: tuple[str, ...] = ()

    @property
    def voice(self) -> Voice:
        return Voice(person=self.person, roles=self.roles, urgent=self.urgent)


def may_lead(person: Person, office: str, hands: frozenset[str]) -> bool:
    """`hands` are all who wrote, edited, submitted or scheduled the post: they never approve it."""
    return person.has(office, *LEADERS) and person.id not in hands


def leaders(directory: Directory, office: str, hands: frozenset[str]) -> list[Person]:
    return [p for p in directory.holders(office, *LEADERS) if p.id not in hands]
