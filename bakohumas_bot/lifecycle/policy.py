"""Policy: whose voices a revision needs here, whose it has, and who may give the next one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from bakohumas_bot.domain.approval import Decision, Verdict
from bakohumas_bot.domain.offices import Person
from bakohumas_bot.domain.policy import Requirement, Standing, Step, Trait, requirement, standing
from bakohumas_bot.domain.posts import Content, Revision
from bakohumas_bot.domain.sensitivity import traits_of
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import posts


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """`decisions` so far on this revision, and the `people` who may say what is missing next."""

    requirement: Requirement
    traits: frozenset[Trait]
    decisions: tuple[Decision, ...]
    standing: Standing
    people: tuple[Person, ...]

    @property
    def approvals(self) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.verdict is Verdict.APPROVE)


def outlook(desk: Desk, tx: Session, revision: Revision) -> Outlook:
    """By the policy as it is now: what changed in it since a voice was given counts for the voices still missing."""
    content = revision.content
    codes = frozenset(finding.code for finding in revision.findings)
    traits = traits_of(content, codes, desk.knowledge.participants)
    asked = requirement(desk.policies, content.office, content.kind, traits)
    decisions = tuple(posts.decisions_on(tx, revision.post, revision.number))
    now = standing(asked, (one.voice for one in decisions if one.verdict is Verdict.APPROVE))
    silent = posts.hands(tx, revision.post) | {one.person for one in decisions}
    return Outlook(
        requirement=asked,
        traits=traits,
        decisions=decisions,
        standing=now,
        people=tuple(holders(desk, content.office, now.next, silent)),
    )


def holders(desk: Desk, office: str, steps: tuple[Step, ...], but: frozenset[str] = frozenset()) -> list[Person]:
    """Whoever holds a role of one of these steps, except those who may not."""
    roles = {role for step in steps for role in step.roles}
    return [p for p in desk.directory.holders(office, *roles) if p.id not in but]


def unreachable(desk: Desk, content: Content, asked: Requirement, hands: frozenset[str]) -> Step | None:
    """The first step that nobody could serve, each person serving one; None when all can be served."""
    return _first_unserved(desk, content.office, asked.steps, hands)


def _first_unserved(desk: Desk, office: str, steps: tuple[Step, ...], used: frozenset[str]) -> Step | None:
    if not steps:
        return None
    failing: Step | None = steps[0]
    for person in holders(desk, office, steps[:1], used):
        failing = _first_unserved(desk, office, steps[1:], used | {person.id})
        if failing is None:
            return None
    return failing
