"""Attend: whatever a claimed delivery needs now, and the claim is given back when it cannot be had."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress

from bakohumas_bot.domain.delivery import Delivery, State, UnlawfulMove
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.deliver import Claimed, How, deliver, prepare_ahead, take_up
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.look import look_first
from bakohumas_bot.lifecycle.reconcile import reconcile
from bakohumas_bot.lifecycle.verify import verify
from bakohumas_bot.store import deliveries, door, queue

log = logging.getLogger("bakohumas.attend")


def attend(desk: Desk, delivery: Delivery, worker: str, how: How | None = None) -> None:
    """What a claimed delivery needs now. Losing a race or the database is no harm: the claim is given back."""
    or_give_back(desk, delivery, worker, lambda: _act(desk, take_up(desk, delivery, worker, how)))


def or_give_back(desk: Desk, delivery: Delivery, worker: str, act: Callable[[], None]) -> None:
    """A claim that comes to nothing is given back; what has no reason known to us is raised as well."""
    try:
        act()
    except door.HeldBack:
        log.info("delivery %s is held by a freeze", delivery.id)
        _give_back(desk, delivery, worker)
    except (door.LostRace, UnlawfulMove) as race:
        log.info("delivery %s was moved by someone else: %r", delivery.id, race)
        with desk.store.writing() as tx:
            deliveries.left_uploads(tx, delivery, now=desk.now())
        _give_back(desk, delivery, worker)
    except Exception:
        _give_back(desk, delivery, worker)
        raise


def _act(desk: Desk, claimed: Claimed) -> None:
    delivery = claimed.delivery
    if delivery.state is State.UNCONFIRMED:
        reconcile(desk, claimed)
    elif delivery.state is State.PUBLISHED:
        verify(desk, claimed)
    elif delivery.look_since is not None:
        look_first(desk, claimed)
    elif claimed.how.ahead or delivery.due_at > desk.now():
        prepare_ahead(desk, claimed)
    else:
        deliver(desk, claimed)


def _give_back(desk: Desk, delivery: Delivery, worker: str) -> None:
    with suppress(Unavailable):  # the sweep frees what no thread is behind
        desk.store.together(queue.release, queue.Release(delivery=delivery, worker=worker))
