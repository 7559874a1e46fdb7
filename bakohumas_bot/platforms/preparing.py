"""What every `prepare` needs: ids kept in the journal until they expire, bounded waiting, and stopping."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from bakohumas_bot.domain.outcomes import NotSent, Outcome, Published, Unknown
from bakohumas_bot.platforms.base import Job, Stopped

LONGEST_WAIT = timedelta(minutes=5)
_SPARE = timedelta(minutes=30)  # an id that expires sooner is not worth beginning with


def keep(job: Job, key: str, remote_id: str, until: datetime) -> None:
    """Write down what the server issued, with the moment after which it is worth nothing."""
    job.journal.put(key, json.dumps({"id": remote_id, "until": until.isoformat()}))


def kept(job: Job, key: str, now: datetime) -> str | None:
    """The id the server issued under `key`, while it is still good for a while."""
    entry = _entry(job, key)
    if entry is None or datetime.fromisoformat(entry["until"]) - _SPARE <= now:
        return None
    return entry["id"]


def once_kept(job: Job, key: str) -> str | None:
    """The id under `key`, good or no longer: for looking back at what an attempt may have used."""
    entry = _entry(job, key)
    return entry["id"] if entry else None


def _entry(job: Job, key: str) -> dict[str, str] | None:
    noted = job.journal.get(key)
    return json.loads(noted) if noted else None


def patiently(look: Callable[[], timedelta | None], sleep: Callable[[timedelta], None], *, what: str) -> None:
    """Ask `look` until it answers None (ready), waiting as long as it says in between; not longer than minutes."""
    waited = timedelta()
    while (wait := look()) is not None:
        if waited + wait > LONGEST_WAIT:
            raise Stopped(NotSent(detail=f"{what} masih diolah oleh platform.", wait=timedelta(minutes=1)))
        sleep(wait)
        waited += wait


def stopped(outcome: Outcome) -> Stopped:
    """Nothing is public before the live call, so what is unknown while preparing was simply not done."""
    match outcome:
        case Published():
            raise AssertionError("preparing publishes nothing")
        case Unknown(detail=detail, unreachable=unreachable):
            return Stopped(NotSent(detail=detail, unreachable=unreachable))
        case _:
            return Stopped(outcome)
