"""What was approved, as it will go out: rendered, hashed and checked once for all its accounts."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bakohumas_bot.domain.digest import digest_of
from bakohumas_bot.domain.lifting import obstacles
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.rendering import Rendered
from bakohumas_bot.store import posts

if TYPE_CHECKING:
    from bakohumas_bot.lifecycle.desk import Desk

MOST = 1000  # revisions; about 10 KB each
FRESH = timedelta(minutes=10)  # rules that pass for one moment are taken to pass this much later, too
_HOUR = timedelta(hours=1)  # but not past a full one: at midnight of some zone of the country a stage may begin


@dataclass(frozen=True, kw_only=True)
class Approved:
    """One revision with what each account gets; `digest` is recomputed from that. `obstacle`: a rule that blocks."""

    revision: Revision
    rendered: dict[str, Rendered]
    digest: str
    checked_for: datetime
    obstacle: str | None


class Remembered:
    """The revisions at work, newest use last. A revision never changes, and neither does a running configuration."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, int], Approved] = OrderedDict()

    def of(self, desk: Desk, post: int, number: int, moment: datetime) -> Approved:
        """With its rules checked for `moment`."""
        key = (post, number)
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
        if known is not None and _holds(known, moment):
            return known
        fresh = _looked_at(desk, post, number, moment)
        with self._lock:
            self._kept[key] = fresh
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return fresh


def _holds(known: Approved, moment: datetime) -> bool:
    """Never for an earlier moment (an embargo ends), and never what stopped it: that may have been put right."""
    again = known.checked_for <= moment <= known.checked_for + FRESH
    return again and known.obstacle is None and _full_hour(known.checked_for) == _full_hour(moment)


def _full_hour(moment: datetime) -> int:
    return int(moment.timestamp() // _HOUR.total_seconds())


def _looked_at(desk: Desk, post: int, number: int, moment: datetime) -> Approved:
    from bakohumas_bot.lifecycle.check import recheck_for, rendering_of

    with desk.store.reading() as tx:
        revision = posts.revision(tx, post, number)
    rendered = rendering_of(desk, revision)
    blocks = obstacles(recheck_for(desk, revision, moment), revision.lifts)
    obstacle = f"Aturan {blocks[0].code} kini menghalangi: {blocks[0].message}" if blocks else None
    return Approved(
        revision=revision, rendered=rendered, digest=digest_of(rendered), checked_for=moment, obstacle=obstacle
    )
