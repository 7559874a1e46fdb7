"""The bot as a running part: a poller, a handler and a postman, none of which a bad line or a bad update ends."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bakohumas_bot.approval_bot.bureau import Bureau
from bakohumas_bot.approval_bot.connection import open_application
from bakohumas_bot.approval_bot.handling import Handling
from bakohumas_bot.approval_bot.poller import poll_once
from bakohumas_bot.approval_bot.postman import duration, post_waiting
from bakohumas_bot.approval_bot.sentences import COMMANDS
from bakohumas_bot.approval_bot.telegram_errors import in_words
from bakohumas_bot.approval_bot.turns import in_turn
from bakohumas_bot.approval_bot.witnessing import tell_heads
from bakohumas_bot.config import Configuration
from bakohumas_bot.errors import BadConfiguration, DeskError
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.lifecycle.reminding import remind

log = logging.getLogger("bakohumas.bot")

GLANCE = timedelta(milliseconds=250)  # how often inbox and outbox are looked at
LOOK = timedelta(seconds=3)  # how often it is asked who came, who left and who stands in for whom
ROUND = timedelta(minutes=1)  # how often those who are waited for are thought of
WAITS = (1, 2, 5, 10, 20, 30)  # seconds after failures in a row
SLOW = 30
PATIENCE = timedelta(seconds=20)  # for what is under way when the bot is asked to stop


class App(Protocol):
    """What the bot needs of the wired application (`bakohumas_bot.app` stands above this room)."""

    @property
    def configuration(self) -> Configuration: ...
    @property
    def desk(self) -> Desk: ...


def run(app: App, stop: threading.Event) -> None:
    """Blocks until `stop` is set."""
    asyncio.run(_until_set(app, stop))


async def run_bot(app: App, stop: asyncio.Event) -> None:
    """Until `stop` is set. Telegram out of reach, at the start or later, is waited for."""
    handling = assemble(app)
    try:
        await _unless(stop, _serve(handling, app.configuration))
        await _let_finish(handling)
    finally:
        await handling.application.shutdown()


def assemble(app: App) -> Handling:
    """The bot, not yet connected."""
    access = app.configuration.telegram
    if access is None:
        raise BadConfiguration(["[telegram] belum diisi: bot memerlukan token dari BotFather."])
    application = open_application(access)
    return Handling(bureau=Bureau(desk=app.desk, bot=application.bot), application=application)


async def connect(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    await application.initialize()
    await application.bot.set_my_commands(COMMANDS)
    log.info("bot @%s terhubung", application.bot.username)


async def _serve(handling: Handling, configuration: Configuration) -> None:
    """Telegram answers one poller only, and a message that two processes post arrives twice."""
    store = handling.bureau.desk.store
    await _persistently(lambda: in_turn(store, lambda: _work(handling, configuration)))


async def _work(handling: Handling, configuration: Configuration) -> None:
    bureau, witness, folder = handling.bureau, configuration.witness, configuration.data_dir
    await _persistently(lambda: connect(handling.application), once=True)
    await asyncio.gather(
        _persistently(lambda: poll_once(bureau)),
        _persistently(lambda: _glance(handling.start_ready)),
        _persistently(lambda: _glance(lambda: post_waiting(bureau))),
        _persistently(lambda: _glance(lambda: asyncio.to_thread(people.refresh, bureau.desk), LOOK)),
        _persistently(lambda: _glance(lambda: asyncio.to_thread(remind, bureau.desk), ROUND)),
        _persistently(lambda: _glance(lambda: tell_heads(bureau, witness, folder), ROUND)),
    )


async def _glance(act: Callable[[], Awaitable[object]], pause: timedelta = GLANCE) -> None:
    await act()
    await asyncio.sleep(pause.total_seconds())


async def _persistently(act: Callable[[], Awaitable[object]], *, once: bool = False) -> None:
    """Again and again; after a failure with growing waits, saying once what is wrong and once that it is over."""
    failures = 0
    trouble: type[Exception] | None = None
    while True:
        try:
            await act()
        except Exception as error:  # noqa: BLE001 - whatever it is, the bot goes on
            wait = _wait_after(error, failures)
            if type(error) is not trouble:
                _complain(error, wait)
            failures, trouble = failures + 1, type(error)
            await asyncio.sleep(wait)
            continue
        if failures:
            log.info("Sambungan pulih.")
        failures, trouble = 0, None
        if once:
            return


def _wait_after(error: Exception, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return duration(error.retry_after).total_seconds()
    if isinstance(error, InvalidToken | Conflict):
        return SLOW
    return WAITS[min(failures, len(WAITS) - 1)]


def _complain(error: Exception, wait: float) -> None:
    """One line for each kind of trouble; a traceback only for a fault of our own."""
    match error:
        case InvalidToken():
            log.error("Token bot Telegram ditolak. Mohon minta token baru dari @BotFather dan perbarui [telegram].")
        case Conflict():
            log.error(
                "Bot ini sedang dijalankan di tempat lain, atau masih memakai webhook. Mohon hentikan salah satu."
            )
        case TelegramError():
            log.warning("Telegram belum dapat dihubungi, dicoba lagi dalam %s detik: %s", wait, in_words(error))
        case DeskError():
            log.error("%s", error)
        case _:
            log.error("gangguan pada bot: %s", in_words(error), exc_info=error)


async def _unless(stop: asyncio.Event, work: Any) -> None:
    """Do the work until `stop`; what fails before is raised."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
    for each in (task, stopped):
        each.cancel()
    results = await asyncio.gather(task, stopped, return_exceptions=True)
    if isinstance(results[0], Exception):
        raise results[0]


async def _let_finish(handling: Handling) -> None:
    if handling.tasks:
        await asyncio.wait(handling.tasks, timeout=PATIENCE.total_seconds())


async def _until_set(app: App, stop: threading.Event) -> None:
    ask = asyncio.Event()

    async def watch() -> None:
        while not stop.is_set():  # noqa: ASYNC110 - a thread sets it, which asyncio's events do not allow
            await asyncio.sleep(0.1)
        ask.set()

    watching = asyncio.create_task(watch())
    try:
        await run_bot(app, ask)
    finally:
        watching.cancel()
