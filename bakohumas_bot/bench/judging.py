"""The judgement: the platforms' ledger against what the desk believes, delivery by delivery."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bakohumas_bot.bench.rehearsal import TEXT, Rehearsal
from bakohumas_bot.domain.delivery import Delivery, State
from bakohumas_bot.store import audit

_NUMBER = re.compile(re.escape(TEXT).replace(r"\{number\}", r"(\d+)"))
Copies = Mapping[tuple[str, int], int]  # (account, number of the post) -> how often it became public


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """`lost`: approved, and neither public as believed, nor failed with nothing public, nor asked about."""

    deliveries: int
    once: int
    failed: int
    asked: int
    duplicates: tuple[str, ...]
    lost: tuple[str, ...]
    violations: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.duplicates or self.lost or self.violations or self.broken)


def judge(stage: Rehearsal) -> Judgement:
    rows = stage.deliveries()
    copies = copies_in(stage.far_end.ledger(), stage.far_end.places)
    public = {row.id: copies[row.account, stage.numbers[row.post]] for row in rows}
    known = {(row.account, stage.numbers[row.post]) for row in rows}
    losses = [f"{_named(row, stage)}: {what}" for row in rows if (what := _loss(row, public[row.id]))]
    strays = [f"{account} {number}: public, and nobody planned it" for account, number in copies.keys() - known]
    with stage.app.desk.store.reading() as tx:
        _, broken = audit.verify(tx)
    return Judgement(
        deliveries=len(rows),
        once=sum(row.state is State.PUBLISHED and public[row.id] == 1 for row in rows),
        failed=sum(row.state is State.FAILED and public[row.id] == 0 for row in rows),
        asked=sum(row.asks for row in rows),
        duplicates=tuple(f"{_named(row, stage)}: public {n} times" for row in rows if (n := public[row.id]) > 1),
        lost=(*losses, *strays),
        violations=tuple(f"{v['platform']} {v['operation']}: {v['what']}" for v in stage.far_end.violations()),
        broken=tuple(f"{b.office} {b.number}: {b.what}" for b in broken),
    )


def copies_in(ledger: Iterable[Mapping[str, Any]], places: Mapping[str, tuple[str, str]]) -> Counter[tuple[str, int]]:
    """Whatever was ever public counts, also what is gone again."""
    accounts = {place: account for account, place in places.items()}
    copies: Counter[tuple[str, int]] = Counter()
    for entry in ledger:
        found = _NUMBER.search(entry["text"])
        account = accounts[entry["platform"], entry["place"]]
        copies[account, int(found[1]) if found else 0] += 1
    return copies


def _loss(row: Delivery, public: int) -> str | None:
    if row.state is State.PUBLISHED:
        return "said to be public, and is not" if public == 0 else None
    if row.state in {State.FAILED, State.MISSED, State.CANCELLED}:
        return f"said to be {row.state}, and is public" if public else None
    return None if row.asks else f"still {row.state}, and nobody is asked (next at {row.next_at}, {row.error})"


def _named(row: Delivery, stage: Rehearsal) -> str:
    return f"{row.account} {stage.numbers[row.post]}"
