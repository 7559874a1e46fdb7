"""A person of the demo with a phone: sends to the bot, waits for its cards, taps their buttons."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

OUTDATED = "sudah tidak berlaku"
PATIENCE = 30.0  # seconds until the demo gives up on an answer


class NoAnswer(Exception):  # noqa: N818
    """The bot did not say what the story expects."""


@dataclass
class Phone:
    """`telegram_id` is the person's number in the pretend Telegram at `url` (the sandbox's own address)."""

    url: str
    telegram_id: int
    name: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE + 10, trust_env=False))

    def join(self) -> None:
        self._post("users", id=self.telegram_id, first_name=self.name)
        self.say("/mulai")

    def say(self, text: str) -> Any:
        return self._post(f"users/{self.telegram_id}/send", text=text)

    def send_pictures(self, pictures: list[Path], caption: str) -> int:
        """One photo, or an album. Answers the id of the message that carries the caption."""
        parts: list[dict[str, Any]] = [{"photo": _file(path)} for path in pictures]
        parts[0]["caption"] = caption
        body = {"media": parts} if len(parts) > 1 else parts[0]
        sent = self._post(f"users/{self.telegram_id}/send", **body)
        return int(sent["messages"][0]["message_id"])

    def edit(self, message_id: int, caption: str) -> None:
        self._post(f"users/{self.telegram_id}/edit", message_id=message_id, caption=caption)

    def press(self, button: str, on: str) -> str:
        """Taps `button` on the newest card that shows `on`; answers what the bot said to the tap."""
        deadline = time.monotonic() + PATIENCE
        while True:
            card = self.card(button, on)
            pressed = self._post(f"users/{self.telegram_id}/press", message_id=card["message_id"], button=button)
            said = str(pressed.get("text") or "")
            if OUTDATED not in said or time.monotonic() > deadline:
                return said
            time.sleep(0.2)  # the card was brought up to date under the finger: a person taps once more

    def card(self, button: str, on: str) -> Any:
        """Waits until the newest message showing `on` bears `button`."""
        return self._wait(lambda m: on in _text(m) and button in _buttons(m), f"tombol “{button}” pada “{on}”")

    def read(self, words: str) -> str:
        """Waits for a message of the bot that holds `words`, and answers its text."""
        return _text(self._wait(lambda m: words in _text(m), f"“{words}”"))

    def _wait(self, wanted: Any, what: str) -> Any:
        deadline = time.monotonic() + PATIENCE
        version = 0
        while time.monotonic() < deadline:
            chat = self._get(f"users/{self.telegram_id}/wait", after=version, timeout=2)
            version = chat["version"]
            for message in reversed(chat["messages"]):
                if message["from_bot"] and wanted(message):
                    return message
        raise NoAnswer(f"{self.name} tidak menerima {what}.")

    def _post(self, path: str, **body: Any) -> Any:
        return self.http.post(f"{self.url}/sandbox/telegram/{path}", json=body).raise_for_status().json()

    def _get(self, path: str, **query: Any) -> Any:
        return self.http.get(f"{self.url}/sandbox/telegram/{path}", params=query).raise_for_status().json()


def _file(path: Path) -> dict[str, str]:
    data = base64.b64encode(path.read_bytes()).decode()
    return {"data": data, "filename": path.name, "mime": "image/jpeg"}


def _text(message: Any) -> str:
    return str(message.get("text") or message.get("caption") or "")


def _buttons(message: Any) -> list[str]:
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
