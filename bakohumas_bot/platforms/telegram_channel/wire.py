"""python-telegram-bot behind blocking calls: a few small pools for all channels, bounded waits, failures classified.

Imported at the first call only: it loads `telegram`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta
from typing import Any
from zlib import crc32

import httpx
from telegram import Bot
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bakohumas_bot.domain.outcomes import NotLive, NotSent, Unknown
from bakohumas_bot.platforms import http
from bakohumas_bot.platforms.deadlines import deadlines
from bakohumas_bot.platforms.redaction import redact
from bakohumas_bot.platforms.telegram_channel import answers as telegram_answers
from bakohumas_bot.platforms.telegram_channel import event_loop

# These log the address, which holds the token: httpx at INFO, the others at DEBUG.
for _name in ("httpx", "httpcore", "telegram"):
    logging.getLogger(_name).setLevel(logging.WARNING)

# httpx searches its pool, and all who wait for it, with every call: past 16 connections that costs more than it brings.
# So there are several pools, each bot has its own, and whoever finds no place waits outside.
POOL_SIZE, POOLS = 16, 4
NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
SILENCE = (httpx.TransportError, NetworkError, TimeoutError)  # or the page of somebody in between


class Refused(TelegramError):  # noqa: N818
    """Telegram itself said no. The library's classes forget the status, and take a proxy's page for an answer."""

    __slots__ = ("description", "parameters", "status")

    def __init__(self, status: int, description: str, parameters: dict[str, Any]) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class Failed(Exception):  # noqa: N818 - what happened, not always an error
    """A call did not succeed; `outcome` says what that means, `description` is what Telegram said, if it did."""

    def __init__(self, outcome: NotLive | Unknown, description: str = "") -> None:
        self.outcome = outcome
        self.description = description
        super().__init__(outcome.detail)

    def says(self, *phrases: str) -> bool:
        return any(phrase in self.description.casefold() for phrase in phrases)


class _Requests(HTTPXRequest):
    def __init__(self) -> None:
        super().__init__(connection_pool_size=POOL_SIZE, httpx_kwargs={"trust_env": False, "verify": http.tls()})
        self._places = asyncio.Semaphore(POOL_SIZE)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        await self._take_a_place()
        try:
            status, body = await super().do_request(*args, **kwargs)
        finally:
            self._places.release()
        if not 200 <= status <= 299:
            raise _refusal(body) or NetworkError(f"HTTP {status} without an answer of Telegram")
        return status, body

    async def _take_a_place(self) -> None:
        """In the order of coming."""
        try:
            async with asyncio.timeout(deadlines().connect.total_seconds()):
                await self._places.acquire()
        except TimeoutError:
            raise httpx.PoolTimeout("too many calls at once") from None


def _refusal(body: bytes) -> Refused | None:
    """Telegram's own words, or None when the body is of somebody in between."""
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    if not isinstance(answer, dict) or answer.get("ok") is not False or not isinstance(answer.get("error_code"), int):
        return None
    parameters = answer.get("parameters")
    return Refused(
        answer["error_code"],
        str(answer.get("description", "")),
        parameters if isinstance(parameters, dict) else {},
    )


POOLED = tuple(_Requests() for _ in range(POOLS))


class Wire:
    """One bot. `api_url` may carry a path of its own."""

    def __init__(self, token: str, api_url: str) -> None:
        base, requests = api_url.rstrip("/"), POOLED[crc32(token.encode()) % POOLS]
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=requests,
            get_updates_request=requests,
        )

    def ask(self, method: str, *, uploads: bool = False, **parameters: Any) -> Any:
        """One call of the Bot API, made once. `method` as python-telegram-bot spells it. Raises `Failed`."""
        wait = deadlines().call + (deadlines().upload if uploads else timedelta())
        call = getattr(self._bot, method)(**parameters, **_timeouts(uploads=uploads))
        try:
            return event_loop.run(call, within=wait)
        except Refused as refused:
            raise _refused(refused) from None
        except Exception as error:  # noqa: BLE001 - an answer the library cannot read raises whatever its parser meets
            raise Failed(_unanswered(error)) from None  # the chain would carry the address, and so the token


def _timeouts(*, uploads: bool) -> dict[str, float]:
    now = deadlines()
    connect, answer = now.connect.total_seconds(), now.answer.total_seconds()
    return {
        "connect_timeout": connect,
        "pool_timeout": connect,
        "read_timeout": answer,
        "write_timeout": now.upload.total_seconds() if uploads else answer,
    }


def _refused(refused: Refused) -> Failed:
    description = redact(refused.description)
    return Failed(telegram_answers.outcome_of(refused.status, description, refused.parameters), description)


def _unanswered(error: Exception) -> NotSent | Unknown:
    """python-telegram-bot says TimedOut for every phase of a call: the cause tells whether it was ever sent."""
    cause = error.__cause__ or error
    what = redact(f"{type(cause).__name__}: {cause}")[:300]
    if isinstance(cause, NOT_CONNECTED):
        detail = f"Belum terkirim: Telegram tidak dapat dihubungi ({what})."
        return NotSent(detail=detail, unreachable=isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout)))
    detail = f"Telegram tidak memberi jawaban yang pasti ({what})."
    return Unknown(detail=detail, unreachable=isinstance(cause, SILENCE))
