"""Look: reads the platform back, for what was interrupted, unanswered or restored."""

from __future__ import annotations

import logging

from bakohumas_bot.domain.outcomes import CannotTell, Found, Sighting
from bakohumas_bot.lifecycle.deliver import Claimed, conclude, job_for
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.lookalikes import surely_ours

log = logging.getLogger("bakohumas.look")


def look(desk: Desk, claimed: Claimed) -> Sighting:
    """Reads the platform back; a failure to read is never an absence."""
    d = claimed.delivery
    since = min(at for at in (d.due_at, d.sent_at, d.look_since) if at is not None)
    try:
        seen = claimed.adapter.find(job_for(desk, claimed), since)
        return surely_ours(desk, d, seen) if d.look_since is not None and isinstance(seen, Found) else seen
    except Exception as error:
        log.exception("reading back %s failed", d.id)
        return CannotTell(detail=f"Gangguan saat membaca kembali ({type(error).__name__}).")


def look_first(desk: Desk, claimed: Claimed) -> None:
    """Restored from a backup: whether it went out since then, only the platform knows."""
    seen = look(desk, claimed)
    after = conclude(desk, claimed, claimed.delivery, seen)
    if isinstance(seen, Found):
        log.warning("post %s %s was public already when the backup was restored", after.post, after.account)
