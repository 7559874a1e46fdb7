"""People with phones and the bot between them, moved round by round: no waiting, no chance."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from PIL import Image

from bakohumas_bot.approval_bot.handling import Handling
from bakohumas_bot.approval_bot.poller import poll_once
from bakohumas_bot.approval_bot.postman import post_waiting
from bakohumas_bot.approval_bot.running import assemble, connect
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.store import posts
from office import TestOffice

AT_ONCE = timedelta()
TELEGRAM_IDS = {"sari": 1001, "budi": 1002, "dewi": 1003, "rahmat": 1004, "tono": 1005, "citra": 1006}
LAYANAN = "Layanan informasi publik #TemanPemilih dibuka pukul 08.00 WITA."


@dataclass
class Bot:
    """The bot's three tasks, one round at a time, and the phones of everybody."""

    office: TestOffice
    handling: Handling
    http: httpx.AsyncClient

    async def fetch(self, wait: timedelta = AT_ONCE) -> int:
        return await poll_once(self.handling.bureau, wait)

    async def handle(self) -> int:
        return await self.handling.handle_ready()

    async def post(self) -> int:
        return await post_waiting(self.handling.bureau, pace=AT_ONCE)

    async def settle(self) -> None:
        """Until nobody has anything left to do; album parts are given their two seconds of quiet."""
        while await self.fetch():
            pass
        self.office.clock.forward(timedelta(seconds=2))
        while await self.handle() + await self.post():
            pass

    def phone(self, person: str) -> Phone:
        return Phone(bot=self, id=TELEGRAM_IDS.get(person, 9000))

    async def restart(self) -> None:
        """Another process takes over with nothing but the database."""
        await self.handling.application.shutdown()
        self.handling = assemble(self.office.app)
        await connect(self.handling.application)

    def newest(self, post: int = 1) -> Revision:
        with self.office.desk.store.reading() as tx:
            return posts.latest(tx, post)


@dataclass
class Phone:
    bot: Bot
    id: int
    last_sent: dict[str, Any] = field(default_factory=dict)

    async def open(self) -> Phone:
        """Starts the chat, as everybody must before a bot may write to them."""
        await self.control("users", id=self.id, first_name=f"Orang {self.id}")
        await self.say("/mulai")
        return self

    async def control(self, path: str, **body: Any) -> Any:
        answer = await self.bot.http.post(f"{self.bot.office.sandbox.url}/sandbox/telegram/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send(self, *, settle: bool = True, **what: Any) -> int:
        """The id of the (first) message."""
        self.last_sent = await self.control(f"users/{self.id}/send", **what)
        if settle:
            await self.bot.settle()
        return int(self.last_sent["messages"][0]["message_id"])

    async def say(self, text: str, **more: Any) -> int:
        return await self.send(text=text, **more)

    async def plan(self, when: str) -> None:
        """A time in words, and yes to how it was understood."""
        await self.say(when)
        await self.tap("Ya, benar")

    async def edit(self, message_id: int, **what: Any) -> None:
        await self.control(f"users/{self.id}/edit", message_id=message_id, **what)
        await self.bot.settle()

    async def tap(self, button: str, on: dict[str, Any] | None = None, *, stale: bool = False) -> dict[str, Any]:
        """What the tap was answered with."""
        message = on or await self.card()
        body = {"message_id": message["message_id"], "button": button, "stale": stale}
        pressing = asyncio.create_task(self.control(f"users/{self.id}/press", **body))
        while not await self.bot.fetch(timedelta(seconds=1)):
            if pressing.done():
                return dict(pressing.result())  # the phone could not press: let the test see why
        await self.bot.handle()
        answer = await pressing
        await self.bot.settle()
        return dict(answer)

    async def chat(self) -> list[dict[str, Any]]:
        """What stands in the chat now, oldest first."""
        answer = await self.bot.http.get(f"{self.bot.office.sandbox.url}/sandbox/telegram/users/{self.id}/chat")
        return list(answer.json()["messages"])

    async def heard(self) -> list[dict[str, Any]]:
        return [message for message in await self.chat() if message["from_bot"]]

    async def texts(self) -> list[str]:
        return [message["text"] for message in await self.heard()]

    async def last(self) -> str:
        return (await self.texts())[-1]

    async def card(self) -> dict[str, Any]:
        """The newest message with buttons."""
        return [message for message in await self.heard() if labels(message)][-1]

    async def card_text(self) -> str:
        return str((await self.card())["text"])


def labels(message: dict[str, Any]) -> list[str]:
    rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def data_of(message: dict[str, Any], label: str) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    return next(str(b["callback_data"]) for row in rows for b in row if b["text"] == label)


def file(data: bytes, filename: str = "foto.jpg", mime: str = "image/jpeg") -> dict[str, Any]:
    return {"data": base64.b64encode(data).decode(), "filename": filename, "mime": mime}


def photo(colour: str = "maroon", size: tuple[int, int] = (1200, 900)) -> dict[str, Any]:
    return file(jpeg(colour, size))


def jpeg(colour: str = "maroon", size: tuple[int, int] = (1200, 900)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", quality=90)
    return out.getvalue()


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@asynccontextmanager
async def open_bot(office: TestOffice) -> AsyncIterator[Bot]:
    handling = assemble(office.app)
    await connect(handling.application)
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        bot = Bot(office=office, handling=handling, http=http)
        try:
            yield bot
        finally:
            await bot.handling.application.shutdown()
