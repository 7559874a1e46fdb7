"""Everything that the leaders' cards of one version say: the voices so far, who is still asked, what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bakohumas_bot import labels
from bakohumas_bot.approval_bot.views import Standing, person_name, standing
from bakohumas_bot.domain.approval import LEADERS, Decision, Verdict
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.domain.offices import Person, Role
from bakohumas_bot.domain.policy import Step
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.status import LET_OUT, Stage
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.hold import Held, held
from bakohumas_bot.lifecycle.policy import Outlook, holders, outlook
from bakohumas_bot.store import posts, remarks
from bakohumas_bot.store.remarks import Remark

MOST_NAMES = 4


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """`revision` is what the card is about; `post` stands as its newest revision does. `hands` wrote it."""

    post: Standing
    revision: Revision
    outlook: Outlook
    hands: frozenset[str]
    talk: tuple[Remark, ...]
    held: Held | None
    earlier: Revision | None

    @property
    def current(self) -> bool:
        return self.revision.number == self.post.revision.number

    @property
    def confirming(self) -> bool:
        """Out on one urgent voice; the others are asked whether it may stay."""
        urgent = any(one.urgent for one in self.outlook.approvals)
        return urgent and self.post.status.stage in LET_OUT and not self.outlook.standing.complete

    @property
    def open(self) -> bool:
        """A voice is still wanted."""
        return self.current and (self.post.status.stage is Stage.WAITING or self.confirming)

    @property
    def against(self) -> Decision | None:
        return next((one for one in self.outlook.decisions if one.verdict is not Verdict.APPROVE), None)

    @property
    def due_at(self) -> datetime | None:
        """When it goes out: as planned, else as the last voice approved it."""
        planned = [d.due_at for d in self.post.deliveries if d.revision == self.revision.number]
        approved = [one.due_at for one in self.outlook.approvals if one.due_at]
        return min(planned) if planned else (approved[-1] if approved else None)

    @property
    def can_be_held(self) -> bool:
        return self.current and any(d.state is State.SCHEDULED and not d.held for d in self.post.deliveries)

    def may_approve(self, person: Person) -> bool:
        return self.open and person.id in {one.id for one in self.outlook.people}

    def may_refuse(self, person: Person) -> bool:
        """Whoever is asked at all may send it back, also before their turn."""
        asked = {role for step in self.outlook.requirement.steps for role in step.roles}
        spoken = {one.person for one in self.outlook.decisions}
        return self.open and person.id not in self.hands | spoken and person.has(self.revision.content.office, *asked)

    def may_lead(self, person: Person) -> bool:
        return person.has(self.revision.content.office, *LEADERS)


def ballot(desk: Desk, tx: Session, post: int, number: int | None = None) -> Ballot:
    now = standing(desk, tx, post)
    revision = now.revision if number in {None, now.revision.number} else posts.revision(tx, post, number or 0)
    return Ballot(
        post=now,
        revision=revision,
        outlook=outlook(desk, tx, revision),
        hands=posts.hands(tx, post),
        talk=tuple(remarks.of_post(tx, post)),
        held=held(tx, post),
        earlier=posts.submitted_before(tx, post, revision.number),
    )


def voices(desk: Desk, of: Ballot) -> dict[str, Any]:
    """For the template: what is asked and why, who has said yes, who is asked now and who after."""
    asked, now = of.outlook.requirement, of.outlook.standing
    later = now.missing[len(now.next) :] if asked.ordered else ()
    return {
        "why": asked.why,
        "traits": [labels.TRAIT[trait] for trait in sorted(of.outlook.traits)],
        "said": [said(desk, of, one) for one in of.outlook.approvals],
        "next": [_wanted(desk, of, step) for step in now.next],
        "later": [_wanted(desk, of, step) for step in later],
    }


def said(desk: Desk, of: Ballot, decision: Decision) -> dict[str, Any]:
    """A voice as a line: the name, as what or in whose place, when."""
    asked = {role for step in of.outlook.requirement.steps for role in step.roles}
    roles = ", ".join(labels.ROLE[role] for role in Role if role in decision.roles & asked)
    return {
        "name": person_name(desk, decision.person),
        "as_what": decision.deputy or roles,
        "at": decision.decided_at,
        "urgent": decision.urgent,
        "reason": decision.reason or "",
        "verdict": decision.verdict.value,
    }


def conversation(desk: Desk, talk: Sequence[Remark], most: int) -> list[dict[str, Any]]:
    """The newest questions with their answers, oldest of them first."""
    return [
        {
            "asker": person_name(desk, one.asker),
            "question": one.question,
            "answerer": person_name(desk, one.answerer) if one.answerer else "",
            "answer": one.answer or "",
        }
        for one in talk[-most:]
    ]


def _wanted(desk: Desk, of: Ballot, step: Step) -> str:
    """A role and those who hold it and may say yes."""
    silent = of.hands | {one.person for one in of.outlook.decisions}
    names = [person.name for person in holders(desk, of.revision.content.office, (step,), silent)]
    listed = ", ".join(names[:MOST_NAMES]) + (" dan lainnya" if len(names) > MOST_NAMES else "")
    return f"{labels.voices((step,))} ({listed})" if names else f"{labels.voices((step,))} (belum ada yang dapat)"
