"""Telegram as a pretend platform: one bot, one public channel, one private log chat, and people who write to the bot.

Written from Bot API 10.3 (https://core.telegram.org/bots/api) and the words of its server (tdlib/telegram-bot-api).
"""

from __future__ import annotations

import re

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Fault, SampleAccount, World
from bakohumas_bot.sandbox.telegram.answers import (
    CONFLICT,
    KICKED,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHORIZED,
    Refused,
    refusal,
    success,
)
from bakohumas_bot.sandbox.telegram.chats import PLATFORM, Chat, Network
from bakohumas_bot.sandbox.telegram.desk import ANSWERS as DESK
from bakohumas_bot.sandbox.telegram.editing import ANSWERS as EDITING
from bakohumas_bot.sandbox.telegram.methods import BY_LOWER_CASE
from bakohumas_bot.sandbox.telegram.people import People
from bakohumas_bot.sandbox.telegram.requests import addressed, read
from bakohumas_bot.sandbox.telegram.sending import ANSWERS as SENDING

TOKEN = "7000000001:AAcontoh_contoh_contoh_contoh_conto"
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Meja Bakohumas", "username": "bakohumas_contoh_bot"}
CHANNEL = Chat(
    id=-1_001_000_000_001, type="channel", title="KPU Kabupaten Contoh Selatan", username="kpu_contohselatan"
)
LOG_CHAT_ID = -1_001_000_000_002
IN_CHANNEL = " channel"  # what an operation is called when it is about a public channel

_CALL = re.compile(r"/(?P<file>file/)?bot(?P<token>[^/]*)/(?P<rest>.+)")
_TOKEN_FORM = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{35}")
_ANSWERS = DESK | SENDING | EDITING

FAILURES = {
    "rate_limited": (429, "Too Many Requests: retry after {wait}"),
    "expired_token": (401, UNAUTHORIZED),
    "forbidden": (403, KICKED),
    "rejected": (400, "Bad Request: message text is empty"),
    "conflict": (409, CONFLICT),
    "gone": (404, NOT_FOUND),  # of a download whose link has run out
}


class Telegram:
    """The Bot API of one bot, as `core.Platform` wants it."""

    name = PLATFORM
    failures = FAILURES.keys()

    def __init__(self, world: World) -> None:
        self.world = world
        self.network = Network(world, BOT)
        self.channels = [_channel(number) for number in range(world.accounts)]
        for number, channel in enumerate(self.channels):
            log = Chat(id=_nth(LOG_CHAT_ID, number), type="supergroup", title="Catatan Meja Bakohumas")
            self.network.chats |= {channel.id: channel, log.id: log}
        self.people = People(self.network)

    def operation(self, request: Request, path: str) -> str:
        """The method; "download" for a file; with " channel" behind it when a public channel is addressed."""
        call = _CALL.fullmatch(path)
        if call is None:
            return "unknown"
        if call["file"]:
            return "download"
        method = BY_LOWER_CASE.get(call["rest"].lower(), call["rest"])
        return method + (IN_CHANNEL if self._addresses_public(request) else "")

    def is_live(self, operation: str) -> bool:
        return operation.endswith(IN_CHANNEL) and operation.removesuffix(IN_CHANNEL) in SENDING

    def answer(self, request: Request, path: str) -> Response:
        operation = self.operation(request, path)
        try:
            return self._answer(request, path, operation)
        except Refused as no:
            if no.departure:
                self.world.violation(PLATFORM, operation, no.description)
            return refusal(no.code, no.description)
        except HTTPException:  # the form parser gave up: a field far beyond any limit
            self.world.violation(PLATFORM, operation, TOO_LARGE)
            return refusal(413, TOO_LARGE)

    def failure(self, fault: Fault) -> Response | None:
        if fault.mode not in FAILURES:
            return None
        code, description = FAILURES[fault.mode]
        wait = int(fault.seconds)
        parameters = {"retry_after": wait} if code == 429 else None
        return refusal(code, str(fault.detail.get("description", description.format(wait=wait))), parameters)

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        return [_sample(channel, number, url) for number, channel in enumerate(self.channels)]

    def desk(self, url: str) -> dict[str, str]:
        """The `[telegram]` table of a configuration whose desk is this bot."""
        return {"token": TOKEN, "api_url": url}

    def control(self, request: Request, path: str) -> Response:
        return self.people.answer(request, path)

    def _answer(self, request: Request, path: str, operation: str) -> Response:
        call = _CALL.fullmatch(path)
        if call is None or not _TOKEN_FORM.fullmatch(call["token"]):
            raise Refused(404, NOT_FOUND)
        if call["token"] != TOKEN:
            raise Refused(401, UNAUTHORIZED)
        if call["file"]:
            return self._download(call["rest"])
        method = operation.removesuffix(IN_CHANNEL)
        if method not in _ANSWERS:
            raise Refused(404, "Not Found: method not found", departure=True)
        asked = read(request, method, lambda what: self.world.violation(PLATFORM, operation, what))
        with self.network.changed:
            result = _ANSWERS[method](self.network, asked)
        asked.report_unused_uploads()
        return success(result)

    def _download(self, path: str) -> Response:
        with self.network.changed:
            data = self.network.shelf.at(path)
        if data is None:
            raise Refused(404, NOT_FOUND)
        return Response(data, content_type="application/octet-stream")

    def _addresses_public(self, request: Request) -> bool:
        try:
            named = addressed(request)
        except (Refused, HTTPException):  # `answer` says what is wrong with it
            return False
        with self.network.changed:
            chat = self.network.chat(named)
        return chat is not None and chat.public


def _nth(first: int, number: int) -> int:
    return first - 2 * number


def _channel(number: int) -> Chat:
    if number == 0:
        return Chat(id=CHANNEL.id, type=CHANNEL.type, title=CHANNEL.title, username=CHANNEL.username)
    title, username = f"KPU Kabupaten Contoh {number}", f"kpu_contoh_{number:04}"
    return Chat(id=_nth(CHANNEL.id, number), type="channel", title=title, username=username)


def _sample(channel: Chat, number: int, url: str) -> SampleAccount:
    settings = {
        "id": f"telegram-{number:04}" if number else "telegram-contoh-selatan",
        "platform": "telegram_channel",
        "handle": channel.place,
        "enabled": True,
        "api_url": url,
        "chat_id": channel.id,
        "log_chat_id": _nth(LOG_CHAT_ID, number),
        "token": TOKEN,
    }
    return SampleAccount(settings=settings, ledger=(PLATFORM, channel.place))
