"""The bot finds Telegram where the office says, and trusts whom the office trusts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError
from telegram.ext import Application

from bakohumas_bot.approval_bot.connection import open_application
from bakohumas_bot.config import TelegramDesk
from bakohumas_bot.platforms.http import tls
from bakohumas_bot.sandbox.telegram.platform import BOT, TOKEN
from office import TestOffice
from proxy import OWN_CA, front


@pytest.fixture
def proxy(office: TestOffice) -> Iterator[str]:
    tls.cache_clear()  # whom to trust is read once per process
    with front(f"{office.sandbox.url}/telegram", path="/keluar", over_tls=True) as port:
        yield f"https://localhost:{port}/keluar"
    tls.cache_clear()


def bot_at(address: str) -> Application:  # type: ignore[type-arg] # six parameters, none of which matters here
    return open_application(TelegramDesk(token=SecretStr(TOKEN), api_url=address))


async def test_the_bot_speaks_through_a_proxy_whose_certificate_the_office_names(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(OWN_CA))
    async with bot_at(proxy) as application:
        assert application.bot.id == BOT["id"]
        assert await application.bot.get_updates(timeout=0) == ()


async def test_the_bot_speaks_to_nobody_whom_the_office_does_not_trust(proxy: str) -> None:
    with pytest.raises(NetworkError, match="CERTIFICATE_VERIFY_FAILED"):
        await bot_at(proxy).initialize()
