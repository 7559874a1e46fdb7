"""People with Telegram on their phones: what the demo and the tests do as them, under /sandbox/telegram/.

POST users {id, first_name}                      a new person
POST users/ID/send {text | photo, video or document: {data, filename, mime}, caption | media: [...], reply_to}
POST users/ID/edit {message_id, text | caption}
POST users/ID/press {message_id, button, timeout, stale}      waits for the bot's answer
POST users/ID/block {blocked}
GET  users/ID/chat, users/ID/wait?after=VERSION&timeout=SECONDS, channels/NAME, media/SHA256, updates
POST channels/NAME/post {...as send}, channels/NAME/delete {message_id}      by a person of the office
POST updates/replay {update_id}
"""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable
from typing import Any

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import json_response
from bakohumas_bot.sandbox.telegram.chats import Chat, Message, Network, Tap, now
from bakohumas_bot.sandbox.telegram.files import Media, as_phone_photo, decodes, picture_size, video_shape
from bakohumas_bot.sandbox.telegram.html import utf16_length
from bakohumas_bot.sandbox.telegram.requests import number_or_name
from bakohumas_bot.sandbox.telegram.text import TEXT_LIMIT, Formatted, as_typed

KINDS = ("photo", "video", "document")
_PATIENCE = 10.0  # seconds that `press` and `wait` wait when they are not told
_LONGEST_PATIENCE = 120.0
_GLANCE = 0.2


class Impossible(Exception):  # noqa: N818
    """A phone cannot do this; the text says why."""


class NotThere(LookupError):  # noqa: N818
    """There is no such person, place, message, update or path."""


class People:
    """Every person of this Telegram, driven over HTTP."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._acts: dict[str, Callable[[Chat, dict[str, Any]], dict[str, Any]]] = {
            "send": self._send,
            "edit": self._edit,
            "press": self._press,
            "block": self._block,
        }

    def answer(self, request: Request, path: str) -> Response:
        parts = [part for part in path.split("/") if part]
        try:
            with self.network.changed:
                if request.method == "GET" and parts[:1] == ["media"]:
                    return self._bytes(parts[-1])
                return json_response(
                    self._read(request, parts) if request.method == "GET" else self._do(request, parts)
                )
        except Impossible as why:
            return json_response({"error": str(why)}, status=400)
        except NotThere as missing:
            return json_response({"error": f"no such thing: {missing}"}, status=404)
        except (LookupError, TypeError, ValueError) as unclear:
            return json_response({"error": f"not understood: {unclear!r}"}, status=400)

    def _read(self, request: Request, parts: list[str]) -> dict[str, Any]:
        match parts:
            case ["users", person, "chat"]:
                return self._view(self._chat(person))
            case ["users", person, "wait"]:
                return self._wait(self._chat(person), request)
            case ["channels", name]:
                return self._view(self._place(name))
            case ["updates"]:
                return self._updates()
        raise NotThere("/".join(parts))

    def _do(self, request: Request, parts: list[str]) -> dict[str, Any]:
        match parts:
            case ["users"]:
                return self._meet(_body(request))
            case ["users", person, act] if act in self._acts:
                return self._acts[act](self._chat(person), _body(request))
            case ["channels", name, "post"]:
                return self._post(self._place(name), _body(request))
            case ["channels", name, "delete"]:
                return self._delete(self._place(name), _body(request))
            case ["updates", "replay"]:
                return self._replay(_body(request))
        raise NotThere("/".join(parts))

    def _chat(self, person: str) -> Chat:
        chat = self.network.chat(number_or_name(person))
        if chat is None or chat.type != "private":
            raise NotThere(person)
        return chat

    def _place(self, name: str) -> Chat:
        chat = self.network.chat(number_or_name(name))
        if chat is None or chat.type == "private":
            raise NotThere(name)
        return chat

    def _bytes(self, sha256: str) -> Response:
        if sha256 not in self.network.shelf.blobs:
            raise NotThere(sha256)
        return Response(self.network.shelf.blobs[sha256], content_type="application/octet-stream")

    def _meet(self, body: dict[str, Any]) -> dict[str, Any]:
        """A new person. The bot may not write to them before they have written to it."""
        optional = {name: body[name] for name in ("last_name", "username", "language_code") if name in body}
        named: dict[str, Any] = {"id": int(body["id"]), "is_bot": False, "first_name": str(body["first_name"])}
        person = named | optional
        if person["id"] not in self.network.chats:
            chat = Chat(id=person["id"], type="private", first_name=person["first_name"], started=False)
            chat.username = person.get("username", "")
            self.network.chats[chat.id] = chat
        self.network.people[person["id"]] = person
        return person

    def _send(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        """One message, or an album, or as many messages as a phone makes of a very long text."""
        before = self.network.version
        items = body.get("media") or [body]
        album = self.network.next_album() if len(items) > 1 else ""
        reply_to = _message_of(chat, body, "reply_to") if "reply_to" in body else None
        contents = [content for item in items for content in self._contents(item)]
        chat.started = True
        messages = [
            self.network.add(self._message(chat, content, media, album=album, reply_to=reply_to))
            for content, media in contents
        ]
        updates = [self.network.updates.add("message", message.shown()) for message in messages]
        return {"messages": [_seen(message) for message in messages], "update_ids": updates, "version": before}

    def _message(
        self, chat: Chat, content: Formatted, media: Media | None, *, album: str = "", reply_to: Message | None = None
    ) -> Message:
        return Message(
            chat=chat,
            id=self.network.next_message_id(chat),
            date=now(),
            sender=self.network.people.get(chat.id),
            content=content,
            media=media,
            album=album,
            reply_to=reply_to,
        )

    def _contents(self, item: dict[str, Any]) -> list[tuple[Formatted, Media | None]]:
        for kind in KINDS:
            if kind in item:
                return [(as_typed(item.get("caption", "")), self._media(kind, item[kind]))]
        contents: list[tuple[Formatted, Media | None]] = [(as_typed(piece), None) for piece in _pieces(item["text"])]
        if not contents[0][0].text:
            raise Impossible("a phone does not send an empty message")
        return contents

    def _media(self, kind: str, given: dict[str, Any]) -> Media:
        try:
            data = base64.b64decode(given["data"], validate=True)
        except binascii.Error as error:
            raise Impossible("the data is not base64") from error
        name, mime = str(given.get("filename", "")), str(given.get("mime", "application/octet-stream"))
        shelf = self.network.shelf
        if kind == "photo":
            return shelf.keep_photo(*_phone_photo(data))
        if kind == "video":
            width, height, seconds = video_shape(data) or (0, 0, 0)
            shape = (given.get("width", width), given.get("height", height), given.get("duration", seconds))
            return shelf.keep_video(data, name, mime, shape)
        return shelf.keep_document(data, name, mime)

    def _edit(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        message = _message_of(chat, body)
        if message.from_bot:
            raise Impossible("nobody edits what the bot wrote")
        before = self.network.version
        message.content = as_typed(body["text"] if message.media is None else body["caption"])
        message.edited_at = now()
        update = self.network.updates.add("edited_message", message.shown())
        return {"messages": [_seen(message)], "update_ids": [update], "version": before}

    def _press(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        """Tap a button and wait for the bot's answer. `stale`: on a phone that still shows an earlier keyboard."""
        message = _message_of(chat, body)
        data = _button(message, str(body["button"]), stale=bool(body.get("stale")))
        before = self.network.version
        tap = Tap(id=str(40_000_000_000 + len(self.network.taps)))
        self.network.taps[tap.id] = tap
        query = {
            "id": tap.id,
            "from": self.network.people[chat.id],
            "message": message.shown(),
            "chat_instance": str(chat.id),
            "data": data,
        }
        update = self.network.updates.add("callback_query", query)
        self._until(lambda: tap.answered, float(body.get("timeout", _PATIENCE)))
        answer = {"answered": tap.answered, "text": tap.text, "show_alert": tap.show_alert, "url": tap.url}
        return answer | {"update_ids": [update], "version": before}

    def _block(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        chat.blocked = bool(body.get("blocked", True))
        return {"blocked": chat.blocked}

    def _post(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        """Somebody of the office posts in the channel by hand: public too, and the bot is told."""
        if chat.type != "channel":
            raise Impossible("only a channel is posted to by hand")
        messages = [self.network.add(self._message(chat, *content)) for content in self._contents(body)]
        for message in messages:
            self.network.publish([message])
        updates = [self.network.updates.add("channel_post", message.shown()) for message in messages]
        return {"messages": [_seen(message) for message in messages], "update_ids": updates}

    def _delete(self, chat: Chat, body: dict[str, Any]) -> dict[str, Any]:
        """Somebody of the office deletes a post by hand; the bot is told nothing."""
        self.network.remove(_message_of(chat, body))
        return {"ok": True}

    def _wait(self, chat: Chat, request: Request) -> dict[str, Any]:
        after = int(request.args.get("after", 0))
        self._until(lambda: chat.version > after, float(request.args.get("timeout", _PATIENCE)))
        return self._view(chat)

    def _until(self, satisfied: Callable[[], bool], patience: float) -> None:
        deadline = time.monotonic() + min(patience, _LONGEST_PATIENCE)
        while not satisfied() and not self.network.world.closing.is_set():
            left = deadline - time.monotonic()
            if left <= 0:
                return
            self.network.changed.wait(min(left, _GLANCE))

    def _view(self, chat: Chat) -> dict[str, Any]:
        return {"version": chat.version, "messages": [_seen(message) for message in chat.alive()]}

    def _updates(self) -> dict[str, Any]:
        updates = self.network.updates
        return {"pending": [update["update_id"] for update in updates.pending], "confirmed": list(updates.confirmed)}

    def _replay(self, body: dict[str, Any]) -> dict[str, Any]:
        if not self.network.updates.replay(int(body["update_id"])):
            raise NotThere(f"confirmed update {body['update_id']}")
        return {"ok": True}


def _message_of(chat: Chat, body: dict[str, Any], name: str = "message_id") -> Message:
    message = chat.messages.get(int(body[name]))
    if message is None or message.deleted:
        raise NotThere(f"message {body[name]}")
    return message


def _body(request: Request) -> dict[str, Any]:
    try:
        body = request.get_json()
    except BadRequest as error:
        raise Impossible("the body is not JSON") from error
    if not isinstance(body, dict):
        raise Impossible("the body is not a JSON object")
    return body


def _pieces(text: str) -> list[str]:
    """A phone cuts a text that is too long for one message."""
    pieces = [""]
    length = 0
    for letter in text:
        units = utf16_length(letter)
        if length + units > TEXT_LIMIT:
            pieces.append("")
            length = 0
        pieces[-1] += letter
        length += units
    return pieces


def _phone_photo(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """A phone sends JPEG. What it cannot decode it passes on as it is, when at least the header can be read."""
    size = picture_size(data)
    if size is None or min(size) == 0:
        raise Impossible("a phone cannot send this as a photo; send it as a document")
    if decodes(data) and not (data.startswith(b"\xff\xd8") and max(size) <= 2560):
        data = as_phone_photo(data)
        size = picture_size(data) or size
    return data, size


def _button(message: Message, wanted: str, *, stale: bool) -> str:
    markups = ([*message.old_markups] if stale else []) + ([message.markup] if message.markup else [])
    buttons = [button for markup in reversed(markups) for row in markup.get("inline_keyboard", []) for button in row]
    for button in buttons:
        if wanted in {button["text"], button.get("callback_data")} and "callback_data" in button:
            return str(button["callback_data"])
    raise Impossible(f"no button {wanted!r} here, only {[button['text'] for button in buttons]}")


def _seen(message: Message) -> dict[str, Any]:
    """A message as the person sees it."""
    return {
        "message_id": message.id,
        "date": message.date,
        "from_bot": message.from_bot,
        "text": message.content.text,
        "entities": list(message.content.entities),
        "media": [] if message.media is None else [_seen_media(message.media)],
        "media_group_id": message.album or None,
        "reply_markup": message.markup,
        "reply_to": message.reply_to.id if message.reply_to else None,
        "forwarded": message.origin is not None,
        "edited": bool(message.edited_at),
        "version": message.version,
    }


def _seen_media(media: Media) -> dict[str, Any]:
    file = media.files[-1]
    return {"kind": media.kind, "sha256": file.sha256, "file_name": file.name, "mime": file.mime, "size": file.size}
