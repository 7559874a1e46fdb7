"""Several processes run the bot: one speaks, the others stand by, and nobody disturbs anybody at Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio

from bakohumas_bot.app import App, open_app
from bakohumas_bot.approval_bot import run_bot, turns
from bakohumas_bot.store.bots_turn import BotsTurn
from office import TestOffice
from postgres import on_both_databases
from telegram_phones import LAYANAN, Bot, Phone, labels

SOON = timedelta(milliseconds=20)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(turns, "STAND_BY", SOON)
    caplog.set_level(logging.INFO, "bakohumas.bot")


@pytest.fixture
def other(office: TestOffice) -> Iterator[App]:
    """The same desk in another process."""
    opened = open_app(office.folder / "config", secrets=True, now=office.clock)
    yield opened
    opened.close()


@pytest_asyncio.fixture(autouse=True)
async def threads(other: App) -> AsyncIterator[None]:
    """Those of the bot are waited for, as the end of a process does."""
    loop, pool = asyncio.get_running_loop(), ThreadPoolExecutor()
    loop.set_default_executor(pool)
    yield
    pool.shutdown(wait=True)


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    """As `bakohumas bot` runs it."""
    stop = asyncio.Event()
    at_work = asyncio.create_task(run_bot(app, stop))
    try:
        yield
    finally:
        stop.set()
        await at_work


async def answered(phone: Phone, text: str) -> None:
    before = len(await phone.heard())
    await phone.send(text=text, settle=False)
    while len(await phone.heard()) == before:
        await phone.bot.http.get(
            f"{phone.bot.office.sandbox.url}/sandbox/telegram/users/{phone.id}/wait", params={"timeout": 0.2}
        )


async def said(caplog: pytest.LogCaptureFixture, words: str) -> None:
    async with asyncio.timeout(30):
        while words not in caplog.text:  # noqa: ASYNC110 - a log sets no event
            await asyncio.sleep(0)


@on_both_databases
async def test_the_second_stands_by_and_takes_over_when_the_first_ends(
    office: TestOffice, other: App, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    sari = bot.phone("sari")
    await sari.control("users", id=1001, first_name="Sari")
    async with running(other):
        async with running(office.app):
            await said(caplog, "Proses ini bersiaga")
            await answered(sari, LAYANAN)
            cards = [m for m in await sari.heard() if labels(m)]
            assert len(cards) == 1
        await answered(sari, "Konten berikutnya.")
    assert bot.newest(2).content.body == "Konten berikutnya."
    assert "dijalankan di tempat lain" not in caplog.text, "Telegram saw two pollers"


async def test_whose_turn_is_lost_stops_speaking_and_stands_by_again(
    office: TestOffice, bot: Bot, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session that proves the turn was ended by the server: another host may speak by now."""
    lost = asyncio.Event()
    held = BotsTurn.held
    monkeypatch.setattr(BotsTurn, "held", lambda turn: held(turn) and not lost.is_set())
    async with running(office.app):
        await said(caplog, "terhubung")
        lost.set()
        await said(caplog, "kembali bersiaga")
        lost.clear()
        sari = bot.phone("sari")
        await sari.control("users", id=1001, first_name="Sari")
        await answered(sari, LAYANAN)
    assert bot.newest().content.body == LAYANAN
