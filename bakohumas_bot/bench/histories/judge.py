"""The judge: what became of each delivery, counted on the platforms and not in our books."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from bakohumas_bot.bench.histories.table import Row
from bakohumas_bot.domain.delivery import State


class Verdict(StrEnum):
    ONCE = "published once"
    TOLD = "not public, and the people know"  # cancelled by them, refused by the platform
    PERSONS_WORD = "public twice after a person said that it was not there"
    DUPLICATE = "duplicates"
    LOST = "lost"  # approved, not public, and nobody asked or told
    UNRECORDED = "public, but our books and the people do not know"
    UNAPPROVED = "public, but not what was approved"
    STUCK = "stuck"


WRONG = frozenset({Verdict.DUPLICATE, Verdict.LOST, Verdict.UNRECORDED, Verdict.UNAPPROVED, Verdict.STUCK})


def judge(row: Row) -> Verdict:
    d, public = row.delivery, len(row.posts)
    if any(post.content != d.digest for post in row.posts):
        return Verdict.UNAPPROVED
    if public > 1:
        return Verdict.PERSONS_WORD if row.denied else Verdict.DUPLICATE
    if not d.at_rest:
        return Verdict.LOST if d.next_at is None else Verdict.STUCK
    if public:
        return Verdict.ONCE if d.state is State.PUBLISHED or row.told else Verdict.UNRECORDED
    return Verdict.LOST if d.state is State.PUBLISHED else Verdict.TOLD


@dataclass
class Tally:
    """The figures of many histories. `failing` holds the seeds with something wrong, in the order they were met."""

    histories: int = 0
    deliveries: int = 0
    asked: int = 0
    verdicts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    failing: list[int] = field(default_factory=list)

    def count(self, seed: int, rows: Iterable[Row]) -> None:
        verdicts = [judge(row) for row in rows]
        self.histories += 1
        self.deliveries += len(verdicts)
        self.asked += sum(row.asked for row in rows)
        for verdict in verdicts:
            self.verdicts[verdict] += 1
        if not WRONG.isdisjoint(verdicts):
            self.failing.append(seed)

    def add(self, other: Tally) -> None:
        self.histories += other.histories
        self.deliveries += other.deliveries
        self.asked += other.asked
        for verdict, count in other.verdicts.items():
            self.verdicts[verdict] += count
        self.failing += other.failing

    @property
    def wrong(self) -> int:
        return sum(self.verdicts[verdict] for verdict in WRONG)
