"""The library's application, told where to reach Telegram; it polls nothing and retries nothing by itself."""

from __future__ import annotations

import logging
import os
from typing import Any

from telegram.ext import Application
from telegram.request import HTTPXRequest

from bakohumas_bot.config import TelegramDesk
from bakohumas_bot.platforms import http

# These log the address, which holds the token.
for _name in ("httpx", "httpcore", "telegram"):
    logging.getLogger(_name).setLevel(logging.WARNING)

logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)  # a traceback for a proxy's page
os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming way; the old one warns whenever a wait is asked

POOL = 8
READ = 30.0


def open_application(access: TelegramDesk) -> Application[Any, Any, Any, Any, Any, Any]:
    return (
        Application.builder()
        .token(access.token.get_secret_value())
        .base_url(f"{access.api_url}/bot")
        .base_file_url(f"{access.api_url}/file/bot")
        .request(_requests(POOL))
        .get_updates_request(_requests(1))
        .updater(None)
        .job_queue(None)
        .build()
    )


def _requests(size: int) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=size,
        connect_timeout=http.CONNECT.total_seconds(),
        read_timeout=READ,
        write_timeout=READ,
        media_write_timeout=http.UPLOAD.total_seconds(),
        pool_timeout=READ,
        httpx_kwargs={"trust_env": False, "verify": http.tls()},
    )
