"""Chats, their messages and what of them is public: the state behind the Bot API."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from bakohumas_bot.sandbox.core import Entry, World
from bakohumas_bot.sandbox.telegram.answers import Refused, bad_request
from bakohumas_bot.sandbox.telegram.files import Media, Shelf
from bakohumas_bot.sandbox.telegram.text import Formatted
from bakohumas_bot.sandbox.telegram.updates import Updates

PLATFORM = "telegram"


@dataclass(kw_only=True)
class Chat:
    """A private chat, a channel or a group."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    first_name: str = ""
    started: bool = True  # a private chat exists for the bot once the person has written
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 1  # the first message of a channel or group says that it was created
    version: int = 0  # of the last thing the bot did here

    @property
    def public(self) -> bool:
        return self.type == "channel" and bool(self.username)

    @property
    def place(self) -> str:
        return f"@{self.username}" if self.username else str(self.id)

    def shown(self) -> dict[str, Any]:
        facts = {"title": self.title, "username": self.username, "first_name": self.first_name}
        return {"id": self.id, "type": self.type} | {name: value for name, value in facts.items() if value}

    def find(self, message_id: int, otherwise: str) -> Message:
        message = self.messages.get(message_id)
        if message is None or message.deleted:
            raise bad_request(otherwise)
        return message

    def alive(self) -> list[Message]:
        return [message for _, message in sorted(self.messages.items()) if not message.deleted]


@dataclass(kw_only=True)
class Post:
    """One entry of the ledger and the messages behind it: several for an album."""

    entry: Entry
    messages: list[Message]


@dataclass(kw_only=True)
class Message:
    """One message; `sender` is None for what a channel says in its own name."""

    chat: Chat
    id: int
    date: int
    sender: dict[str, Any] | None
    content: Formatted
    media: Media | None = None
    album: str = ""
    markup: dict[str, Any] | None = None
    old_markups: list[dict[str, Any]] = field(default_factory=list)
    reply_to: Message | None = None
    origin: dict[str, Any] | None = None
    options: dict[str, Any] = field(default_factory=dict)  # fields that come back as they were sent
    edited_at: int = 0
    version: int = 0
    deleted: bool = False
    post: Post | None = None

    @property
    def from_bot(self) -> bool:
        return self.sender is None or bool(self.sender["is_bot"])

    @property
    def protected(self) -> bool:
        return bool(self.options.get("has_protected_content"))

    def shown(self, *, nested: bool = False) -> dict[str, Any]:
        """As the Bot API's Message."""
        chat = self.chat.shown()
        facts: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": chat}
        facts |= {"sender_chat": chat} if self.sender is None else {"from": self.sender}
        facts |= self._body() | self.options
        optional = {
            "edit_date": self.edited_at,
            "media_group_id": self.album,
            "forward_origin": self.origin,
            "reply_markup": self.markup if self.markup and "inline_keyboard" in self.markup else None,
            "reply_to_message": self.reply_to.shown(nested=True) if self.reply_to and not nested else None,
        }
        return facts | {name: value for name, value in optional.items() if value}

    def _body(self) -> dict[str, Any]:
        text, entities = ("text", "entities") if self.media is None else ("caption", "caption_entities")
        body: dict[str, Any] = {} if self.media is None else self.media.shown()
        if self.content.text:
            body[text] = self.content.text
        if self.content.entities:
            body[entities] = list(self.content.entities)
        return body


@dataclass(kw_only=True)
class Tap:
    """One press on a button, until the bot answers it."""

    id: str
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None


class Network:
    """Everything Telegram knows. Hold `changed` to touch it; it wakes whoever waits for something new."""

    def __init__(self, world: World, bot: dict[str, Any]) -> None:
        self.world = world
        self.bot = bot
        self.changed = threading.Condition(threading.RLock())
        self.shelf = Shelf()
        self.updates = Updates(self.changed, world.closing)
        self.people: dict[int, dict[str, Any]] = {}
        self.chats: dict[int, Chat] = {}
        self.taps: dict[str, Tap] = {}
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.version = 0
        self._message_ids = itertools.count(1)
        self._album_ids = itertools.count(13_900_000_001)

    def chat(self, name: int | str) -> Chat | None:
        if isinstance(name, int):
            return self.chats.get(name)
        wanted = name.lstrip("@").casefold()
        public = (chat for chat in self.chats.values() if chat.type != "private" and chat.username)
        return next((chat for chat in public if chat.username.casefold() == wanted), None)

    def known_chat(self, name: int | str) -> Chat:
        chat = self.chat(name)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, name: int | str) -> Chat:
        chat = self.known_chat(name)
        if not chat.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Channels and groups count for themselves; all private chats of a bot share one counter."""
        if chat.type == "private":
            return next(self._message_ids)
        chat.last_id += 1
        return chat.last_id

    def next_album(self) -> str:
        return str(next(self._album_ids))

    def add(self, message: Message) -> Message:
        message.chat.messages[message.id] = message
        if message.from_bot:
            self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """The bot did something to this message: whoever waits for it may look."""
        self.version += 1
        message.version = message.chat.version = self.version
        self.changed.notify_all()

    def publish(self, messages: list[Message]) -> None:
        """One entry for what one call made public, however many messages it is."""
        first = messages[0]
        if first.chat.public:
            entry = Entry(platform=PLATFORM, place=first.chat.place, id=str(first.id), text="")
            post = Post(entry=entry, messages=messages)
            for message in messages:
                message.post = post
            _refresh(post)
            self.world.publish(entry)

    def remove(self, message: Message) -> None:
        message.deleted = True
        self.touch(message)
        self.changed_in_public(message)

    def changed_in_public(self, message: Message) -> None:
        if message.post is not None:
            with self.world.lock:
                _refresh(message.post)


def now() -> int:
    return int(time.time())


def _refresh(post: Post) -> None:
    """Say in the ledger what the public sees now; what was deleted stays readable there."""
    alive = [message for message in post.messages if not message.deleted]
    seen = alive or post.messages
    entry = post.entry
    entry.deleted = not alive
    entry.text = "\n".join(message.content.text for message in seen if message.content.text)
    entry.media = [message.media.sha256 for message in seen if message.media is not None]
    entry.extra = {
        "message_ids": [message.id for message in seen],
        "kinds": [message.media.kind if message.media else "text" for message in seen],
        "entities": [list(message.content.entities) for message in seen],
        "edited": any(message.edited_at for message in seen),
        "forwarded": seen[0].origin is not None,
        "link_preview_options": seen[0].options.get("link_preview_options"),
    }
