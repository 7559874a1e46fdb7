"""A pretend Telegram to test against: the bot's calls, the people's doings, and the files they send."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
from PIL import Image

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.telegram.platform import CHANNEL, LOG_CHAT_ID, TOKEN, Telegram

SARI = 1001
CHANNEL_ID = CHANNEL.id
LOG = LOG_CHAT_ID


@dataclass
class Town:
    sandbox: Sandbox
    http: requests.Session

    @property
    def url(self) -> str:
        return f"{self.sandbox.url}/telegram"

    @property
    def telegram(self) -> Telegram:
        made: Telegram = self.sandbox.platforms["telegram"]
        return made

    def say(self, method: str, /, *, files: dict[str, Any] | None = None, **parameters: Any) -> dict[str, Any]:
        """One call as the bot, in a form; the whole answer."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in parameters.items()}
        answer = self.http.post(f"{self.url}/bot{TOKEN}/{method}", data=form, files=files)
        body: dict[str, Any] = answer.json()
        assert body["ok"] or body["error_code"] == answer.status_code
        return body

    def result(self, method: str, /, **parameters: Any) -> Any:
        body = self.say(method, **parameters)
        assert body["ok"], body
        return body["result"]

    def refusal(self, method: str, /, **parameters: Any) -> str:
        body = self.say(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    def person(self, act: str, **what: Any) -> dict[str, Any]:
        """One act of a person; what the control answered."""
        answer = self.http.post(f"{self.sandbox.url}/sandbox/telegram/{act}", json=what)
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        return done

    def see(self, what: str) -> Any:
        return self.http.get(f"{self.sandbox.url}/sandbox/{what}").json()

    def start(self, user: int = SARI, name: str = "Sari Contoh") -> dict[str, Any]:
        self.person("users", id=user, first_name=name)
        return self.person(f"users/{user}/send", text="/start")

    def fault(self, operation: str, mode: str, **more: Any) -> None:
        self.http.post(
            f"{self.sandbox.url}/sandbox/faults",
            json={"platform": "telegram", "operation": operation, "mode": mode, **more},
        )

    @property
    def violations(self) -> list[str]:
        return [violation["what"] for violation in self.see("violations")]


@contextmanager
def open_town() -> Iterator[Town]:
    with Sandbox({"telegram": Telegram}) as sandbox, requests.Session() as http:
        yield Town(sandbox, http)


def picture(width: int = 640, height: int = 480, form: str = "JPEG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (120, 20, 20)).save(buffer, form)
    return buffer.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A PNG whose header promises more pixels than anyone should decode."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def video(width: int = 1280, height: int = 720, seconds: int = 9) -> bytes:
    """The boxes of an MP4 that say what it is, and nothing to play."""
    mvhd = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000) + bytes(80)
    tkhd = bytes(76) + struct.pack(">II", width << 16, height << 16)
    moov = _box(b"mvhd", mvhd) + _box(b"trak", _box(b"tkhd", tkhd))
    return _box(b"ftyp", b"isom\x00\x00\x02\x00isom") + _box(b"moov", moov) + _box(b"mdat", bytes(100))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def sent(data: bytes, filename: str = "foto.jpg", mime: str = "image/jpeg") -> dict[str, Any]:
    """A file as a person's phone hands it to the control."""
    return {"data": base64.b64encode(data).decode(), "filename": filename, "mime": mime}


def button(text: str = "Setujui", data: str = "a:1") -> dict[str, str]:
    return {"text": text, "callback_data": data}


def keyboard(*buttons: dict[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}
