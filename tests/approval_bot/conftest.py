"""The bot of the test office, connected to the pretend Telegram, and its people's phones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from office import TestOffice
from telegram_phones import Bot, Phone, open_bot


@pytest_asyncio.fixture
async def bot(office: TestOffice) -> AsyncIterator[Bot]:
    async with open_bot(office) as opened:
        yield opened


@pytest_asyncio.fixture
async def sari(bot: Bot) -> Phone:
    """An operator."""
    return await bot.phone("sari").open()


@pytest_asyncio.fixture
async def dewi(bot: Bot) -> Phone:
    """The chair: approves, writes nothing."""
    return await bot.phone("dewi").open()


@pytest_asyncio.fixture
async def budi(bot: Bot) -> Phone:
    """Head of the team and operator: approves what others wrote."""
    return await bot.phone("budi").open()
