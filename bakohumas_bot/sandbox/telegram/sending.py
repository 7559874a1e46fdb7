"""Methods that put a new message somewhere: send, forward, copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import bad_request, broken
from bakohumas_bot.sandbox.telegram.chats import Chat, Message, Network, now
from bakohumas_bot.sandbox.telegram.files import Media
from bakohumas_bot.sandbox.telegram.keyboards import keyboard
from bakohumas_bot.sandbox.telegram.requests import Call
from bakohumas_bot.sandbox.telegram.text import Formatted, caption_of_media, text_of_message
from bakohumas_bot.sandbox.telegram.uploads import media_of

ALBUM = range(2, 11)


@dataclass(frozen=True, kw_only=True)
class Part:
    """The content of one message to be."""

    content: Formatted
    media: Media | None = None
    options: dict[str, Any] = field(default_factory=dict)


def send_message(network: Network, call: Call) -> dict[str, Any]:
    content = text_of_message(call.values["text"], call.get("parse_mode"), call.get("entities"))
    options = {name: call.values[name] for name in ("link_preview_options",) if call.get(name)}
    return _send(network, call, [Part(content=content, options=options)])[0].shown()


def _send_file(kind: str) -> Callable[[Network, Call], dict[str, Any]]:
    def send(network: Network, call: Call) -> dict[str, Any]:
        return _send(network, call, [_media_part(network, call, kind, call.values[kind], call.values)])[0].shown()

    return send


def send_media_group(network: Network, call: Call) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = call.values["media"]
    if len(items) not in ALBUM:
        few = "too few" if len(items) < ALBUM.start else "too many"
        raise broken(f"{few} messages to send as an album")
    if len({item["type"] == "document" for item in items}) > 1:
        raise broken("document can't be mixed with other media types")
    parts = [_media_part(network, call, item["type"], item["media"], item) for item in items]
    return [message.shown() for message in _send(network, call, parts, album=network.next_album())]


def forward_message(network: Network, call: Call) -> dict[str, Any]:
    source = _source(network, call, "forward")
    part = Part(content=source.content, media=source.media)
    return _send(network, call, [part], origin=source.origin or _origin(source))[0].shown()


def copy_message(network: Network, call: Call) -> dict[str, Any]:
    source = _source(network, call, "copy")
    content = source.content
    if source.media is not None and "caption" in call.values:
        content = caption_of_media(call.values["caption"], call.get("parse_mode"), call.get("caption_entities"))
    return {"message_id": _send(network, call, [Part(content=content, media=source.media)])[0].id}


def _media_part(network: Network, call: Call, kind: str, reference: str, given: dict[str, Any]) -> Part:
    caption = caption_of_media(given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities"))
    media = media_of(call, network.shelf, kind, reference, given)
    shown_as = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    options = {field: True for name, field in shown_as.items() if given.get(name)}
    return Part(content=caption, media=media, options=options)


def _send(
    network: Network, call: Call, parts: list[Part], *, album: str = "", origin: dict[str, Any] | None = None
) -> list[Message]:
    chat = network.writable_chat(call.values["chat_id"])
    markup = keyboard(call, chat)
    reply_to = _replied(network, call, chat)
    protected = {"has_protected_content": True} if call.get("protect_content") else {}
    messages = [
        Message(
            chat=chat,
            id=network.next_message_id(chat),
            date=now(),
            sender=None if chat.type == "channel" else network.bot,
            content=part.content,
            media=part.media,
            album=album,
            markup=markup,
            reply_to=reply_to,
            origin=origin,
            options=part.options | protected,
        )
        for part in parts
    ]
    for message in messages:
        network.add(message)
    network.publish(messages)
    return messages


def _replied(network: Network, call: Call, chat: Chat) -> Message | None:
    wanted = call.get("reply_parameters") or {}
    if wanted.get("message_id") is None:
        return None
    where = network.known_chat(wanted["chat_id"]) if "chat_id" in wanted else chat
    message = where.messages.get(wanted["message_id"])
    if message is not None and not message.deleted:
        return message
    if wanted.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _source(network: Network, call: Call, verb: str) -> Message:
    chat = network.known_chat(call.values["from_chat_id"])
    message = chat.find(call.values["message_id"], f"message to {verb} not found")
    if message.protected:
        raise bad_request(f"message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return message


def _origin(source: Message) -> dict[str, Any]:
    if source.sender is None:
        return {"type": "channel", "date": source.date, "chat": source.chat.shown(), "message_id": source.id}
    return {"type": "user", "date": source.date, "sender_user": source.sender}


ANSWERS: dict[str, Callable[[Network, Call], Any]] = {
    "sendMessage": send_message,
    "sendPhoto": _send_file("photo"),
    "sendVideo": _send_file("video"),
    "sendDocument": _send_file("document"),
    "sendMediaGroup": send_media_group,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
