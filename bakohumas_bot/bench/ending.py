"""How a rehearsal ends: no more faults, everything comes to rest, people answer what they are asked; then judgement."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from bakohumas_bot.bench.crew import Crew
from bakohumas_bot.bench.judging import Judgement, copies_in, judge
from bakohumas_bot.bench.rehearsal import AUTHOR, LEADER, Rehearsal, until
from bakohumas_bot.domain.delivery import State
from bakohumas_bot.lifecycle.resolve import resolve
from bakohumas_bot.lifecycle.schedule import retry
from bakohumas_bot.store.tables import EventRow


@dataclass(frozen=True, kw_only=True)
class Ending:
    """`first`: what the workers reached alone. `last`: after people answered truly. `events` counts the record."""

    first: Judgement
    last: Judgement
    events: Counter[str]
    seconds: float

    @property
    def sound(self) -> bool:
        """Nothing twice, nothing lost; and once everybody has answered, everything is public."""
        return self.first.sound and self.last.sound and self.last.once + self.last.failed == self.last.deliveries


def end(stage: Rehearsal, crew: Crew) -> Ending:
    began = time.monotonic()
    stage.far_end.play_no_more()
    settle(stage, crew)
    first, seconds = judge(stage), time.monotonic() - began
    answer_questions(stage)
    settle(stage, crew)
    return Ending(first=first, last=judge(stage), events=_events(stage), seconds=seconds)


def settle(stage: Rehearsal, crew: Crew) -> None:
    """Everything comes to rest, or the patience ends; what is left over is for the judgement to say."""

    def at_rest() -> bool:
        crew.keep()
        return stage.unsettled() == 0

    until(at_rest, stage.tempo.patience, look=0.3)


def answer_questions(stage: Rehearsal) -> None:
    """As people would: one opens the account and looks, a leader lets out now what was missed."""
    copies = copies_in(stage.far_end.ledger(), stage.far_end.places)
    desk, rows = stage.app.desk, stage.deliveries()
    for row in rows:
        if row.asks and row.state is State.UNCONFIRMED:
            there = copies[row.account, stage.numbers[row.post]] > 0
            resolve(desk, desk.person(AUTHOR), row.id, published=there)
    for post in {row.post for row in rows if row.state is State.MISSED}:
        retry(desk, desk.person(LEADER), post, "Latihan")


def _events(stage: Rehearsal) -> Counter[str]:
    with stage.app.desk.store.reading() as tx:
        counted = tx.execute(select(col(EventRow.kind), func.count()).group_by(col(EventRow.kind))).all()
    return Counter(dict(counted))
