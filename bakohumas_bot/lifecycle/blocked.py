"""Accounts whose access was refused: tried again now and then, and at work again by themselves once it is renewed."""

from __future__ import annotations

import logging
from dataclasses import replace

from bakohumas_bot.domain.outcomes import AccountBlocked
from bakohumas_bot.domain.pauses import PROBE, Pause
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.deliver import opened_anew
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.unserved import Unserved
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.store import pauses

log = logging.getLogger("bakohumas.blocked")


def try_access_again(desk: Desk) -> int:
    """Proves the access of every blocked account that is due for it; answers how many work again."""
    with desk.store.reading() as tx:
        due = pauses.to_probe(tx, desk.now())
    return sum(_works_again(desk, pause) for pause in due)


def _works_again(desk: Desk, pause: Pause) -> bool:
    adapter = opened_anew(desk, pause.account) or Unserved()
    try:
        adapter.check_access()
    except Stopped as stopped:
        detail = stopped.outcome.detail if isinstance(stopped.outcome, AccountBlocked) else pause.detail
        _still_blocked(desk, replace(pause, detail=detail))
        return False
    except Exception:
        log.exception("the access of %s could not be tried", pause.account)
        _still_blocked(desk, pause)
        return False
    now = desk.now()
    with desk.store.writing() as tx:
        pauses.lift(tx, pause.account)
        reporting.account_works_again(desk, tx, pause, now)
    log.info("%s works again", pause.account)
    return True


def _still_blocked(desk: Desk, pause: Pause) -> None:
    desk.adapters.pop(pause.account, None)
    with desk.store.writing() as tx:
        pauses.put(tx, replace(pause, until=desk.now() + PROBE))
