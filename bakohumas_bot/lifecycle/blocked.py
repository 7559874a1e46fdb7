"""Accounts whose access was refused: tried again now and then, and at work again by themselves once it is renewed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from bakohumas_bot.domain.outcomes import AccountBlocked
from bakohumas_bot.domain.pauses import PROBE, TRIAL, Pause, PauseKind
from bakohumas_bot.lifecycle import reporting
from bakohumas_bot.lifecycle.deliver import opened_anew
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.unserved import Unserved
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.store import pauses, record

log = logging.getLogger("bakohumas.blocked")

AT_ONCE = 8


def try_access_again(desk: Desk) -> int:
    """Proves the access of every blocked account that is due for it; answers how many may publish again.

    Side by side: one that hangs keeps no other waiting.
    """
    with desk.store.reading() as tx:
        due = pauses.to_probe(tx, desk.now())
    for pause in due:
        if pause.kind is PauseKind.ON_TRIAL:
            _has_stood_its_trial(desk, pause)
    blocked = [pause for pause in due if pause.kind is PauseKind.BLOCKED]
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="access") as threads:
        return sum(threads.map(partial(_may_publish_again, desk), blocked))


def _may_publish_again(desk: Desk, pause: Pause) -> bool:
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
    with desk.store.writing() as tx:
        pauses.try_out(tx, pause.account, desk.now() + TRIAL)
    log.info("the access of %s works again", pause.account)
    return True


def _has_stood_its_trial(desk: Desk, pause: Pause) -> None:
    """Whatever waited for it has gone out, or would have been refused by now."""
    now, account = desk.now(), desk.directory.accounts.get(pause.account)
    with desk.store.writing() as tx:
        if account is not None:
            record.hold(tx, account.office)
        if pauses.lift(tx, pause):
            reporting.account_works_again(desk, tx, pause, now)


def _still_blocked(desk: Desk, pause: Pause) -> None:
    desk.adapters.pop(pause.account, None)
    with desk.store.writing() as tx:
        pauses.put(tx, replace(pause, until=desk.now() + PROBE))
