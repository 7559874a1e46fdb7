"""Processes of a rehearsal: forked from one that has every library loaded, and gone with whoever started them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Any

# Loading these takes two seconds of processor time, and a rehearsal starts hundreds of workers.
LOADED = (
    "anyio._backends._asyncio",
    "apscheduler.schedulers.background",
    "apscheduler.triggers.date",
    "apscheduler.triggers.interval",
    "facebook",
    "psycopg",
    "tweepy",
    "uvicorn",
    "bakohumas_bot.bench.crew",
    "bakohumas_bot.bench.far_end",
    "bakohumas_bot.cli",
    "bakohumas_bot.lifecycle.check",
    "bakohumas_bot.platforms.instagram_private.answers",
    "bakohumas_bot.platforms.telegram_channel.readback",
    "bakohumas_bot.platforms.x.client",
    "bakohumas_bot.sandbox",
)

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(list(LOADED))


def start(act: Callable[..., None], *given: Any) -> BaseProcess:
    process = FORKS.Process(target=_run, args=(act, *given))
    process.start()
    return process


def _run(act: Callable[..., None], *given: Any) -> None:
    threading.Thread(target=_end_with_parent, name="watchman", daemon=True).start()
    act(*given)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)  # nobody is left to be told
