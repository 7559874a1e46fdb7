"""Methods that change or remove a message which is already there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import Refused, bad_request, broken
from bakohumas_bot.sandbox.telegram.chats import Message, Network, now
from bakohumas_bot.sandbox.telegram.files import Media
from bakohumas_bot.sandbox.telegram.keyboards import keyboard
from bakohumas_bot.sandbox.telegram.requests import Call
from bakohumas_bot.sandbox.telegram.text import Formatted, caption_of_media, text_of_message
from bakohumas_bot.sandbox.telegram.uploads import media_of

DELETED_AT_ONCE = range(1, 101)
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(network: Network, call: Call) -> dict[str, Any]:
    message = _editable(network, call)
    if "text" not in call.values:
        raise broken("message text is empty")
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    content = text_of_message(call.values["text"], call.get("parse_mode"), call.get("entities"))
    preview = {name: call.values[name] for name in ("link_preview_options",) if name in call.values}
    return _change(network, call, message, content, None, preview=preview)


def edit_caption(network: Network, call: Call) -> dict[str, Any]:
    message = _editable(network, call)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    content = caption_of_media(call.get("caption", ""), call.get("parse_mode"), call.get("caption_entities"))
    return _change(network, call, message, content, message.media)


def edit_media(network: Network, call: Call) -> dict[str, Any]:
    message = _editable(network, call)
    item: dict[str, Any] = call.values["media"]
    was_document = message.media is not None and message.media.kind == "document"
    if message.album and was_document != (item["type"] == "document"):
        raise bad_request("can't use the media of the specified type in the album")
    content = caption_of_media(item.get("caption", ""), item.get("parse_mode"), item.get("caption_entities"))
    media = media_of(call, network.shelf, item["type"], item["media"], item)
    return _change(network, call, message, content, media)


def edit_markup(network: Network, call: Call) -> dict[str, Any]:
    message = _editable(network, call)
    return _change(network, call, message, message.content, message.media)


def delete_message(network: Network, call: Call) -> bool:
    chat = network.known_chat(call.values["chat_id"])
    network.remove(chat.find(call.values["message_id"], "message to delete not found"))
    return True


def delete_messages(network: Network, call: Call) -> bool:
    """Those that are not there are skipped."""
    ids: list[int] = call.values["message_ids"]
    if len(ids) not in DELETED_AT_ONCE:
        raise broken("too many message identifiers specified" if ids else "message identifiers are not specified")
    chat = network.known_chat(call.values["chat_id"])
    for message in chat.alive():
        if message.id in ids:
            network.remove(message)
    return True


def _editable(network: Network, call: Call) -> Message:
    """A message of the bot itself: it can edit no other."""
    if "message_id" not in call.values:
        raise broken("message identifier is not specified")
    if "chat_id" not in call.values:
        raise broken("chat_id is empty")
    chat = network.writable_chat(call.values["chat_id"])
    message = chat.find(call.values["message_id"], "message to edit not found")
    if not message.from_bot or message.origin is not None:
        raise bad_request("message can't be edited")
    return message


def _change(
    network: Network,
    call: Call,
    message: Message,
    content: Formatted,
    media: Media | None,
    *,
    preview: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """An edit that brings no keyboard takes the old one away, as the real server does."""
    markup = keyboard(call, message.chat)
    if message.album and markup:
        raise Refused(400, "Bad Request: message can't be edited", departure=True)
    options = message.options | (preview or {})
    new_look = (content, _sha256(media), options) != (message.content, _sha256(message.media), message.options)
    if not new_look and markup == message.markup:
        raise bad_request(_UNCHANGED)
    if message.markup:
        message.old_markups.append(message.markup)
    message.content, message.media, message.markup, message.options = content, media, markup, options
    if new_look:
        message.edited_at = now()
    network.touch(message)
    network.changed_in_public(message)
    return message.shown()


def _sha256(media: Media | None) -> str | None:
    return None if media is None else media.sha256


ANSWERS: dict[str, Callable[[Network, Call], Any]] = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
