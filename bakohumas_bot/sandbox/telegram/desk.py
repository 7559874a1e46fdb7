"""Methods that send nothing: who the bot is, its updates, taps, files and chats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import bad_request, broken
from bakohumas_bot.sandbox.telegram.chats import Network
from bakohumas_bot.sandbox.telegram.files import DOWNLOAD_BYTES
from bakohumas_bot.sandbox.telegram.html import utf16_length
from bakohumas_bot.sandbox.telegram.methods import CHAT_ACTIONS, UPDATE_KINDS
from bakohumas_bot.sandbox.telegram.requests import Call

ANSWER_LENGTH = 200
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
}
_CHANNEL_RIGHTS = {"can_post_messages": True, "can_edit_messages": True}
_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_me(network: Network, _: Call) -> dict[str, Any]:
    powers = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return network.bot | powers | {"can_connect_to_business": False, "has_main_web_app": False}


def get_updates(network: Network, call: Call) -> list[dict[str, Any]]:
    if "allowed_updates" in call.values:
        kinds: list[str] = call.values["allowed_updates"]
        for kind in sorted(set(kinds) - UPDATE_KINDS):
            call.report(f"allowed_updates: there is no update of kind {kind!r}")
        network.updates.choose(kinds)
    limit = min(max(call.get("limit", 100), 1), 100)
    if limit != call.get("limit", limit):
        call.report(f"limit: {call.get('limit')} is not 1 to 100")
    return network.updates.poll(call.get("offset", 0), limit, call.get("timeout", 0))


def get_webhook_info(network: Network, _: Call) -> dict[str, Any]:
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(network.updates.pending)}


def delete_webhook(network: Network, call: Call) -> bool:
    if call.get("drop_pending_updates"):
        network.updates.drop()
    return True


def set_my_commands(network: Network, call: Call) -> bool:
    commands: list[dict[str, Any]] = call.values["commands"]
    if len(commands) > 100:
        raise broken("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
            raise broken("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise broken("BOT_COMMAND_DESCRIPTION_INVALID")
    network.commands[_audience(call)] = commands
    return True


def get_my_commands(network: Network, call: Call) -> list[dict[str, Any]]:
    return network.commands.get(_audience(call), [])


def _audience(call: Call) -> str:
    scope = call.get("scope") or {"type": "default"}
    return json.dumps([scope, call.get("language_code", "")], sort_keys=True)


def send_chat_action(network: Network, call: Call) -> bool:
    network.writable_chat(call.values["chat_id"])
    if call.values["action"] not in CHAT_ACTIONS:
        raise broken("wrong parameter action in request")
    return True


def answer_callback_query(network: Network, call: Call) -> bool:
    tap = network.taps.get(call.values["callback_query_id"])
    if tap is None or tap.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.get("text")
    if text is not None and utf16_length(text) > ANSWER_LENGTH:
        raise broken("MESSAGE_TOO_LONG")
    tap.answered, tap.text, tap.show_alert = True, text, call.get("show_alert", False)
    tap.url = call.get("url")
    network.changed.notify_all()
    return True


def get_file(network: Network, call: Call) -> dict[str, Any]:
    file = network.shelf.file(call.values["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    shown = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    return shown | {"file_path": network.shelf.path_of(file)}


def get_chat(network: Network, call: Call) -> dict[str, Any]:
    chat = network.known_chat(call.values["chat_id"])
    if not chat.started:
        raise bad_request("chat not found")
    return chat.shown() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


def get_chat_member(network: Network, call: Call) -> dict[str, Any]:
    chat = network.known_chat(call.values["chat_id"])
    user_id: int = call.values["user_id"]
    if user_id == network.bot["id"]:
        return _own_membership(network, chat.type)
    if user_id not in network.people:
        raise bad_request("user not found")
    status = "member" if chat.id == user_id else "left"
    return {"status": status, "user": network.people[user_id]}


def get_chat_administrators(network: Network, call: Call) -> list[dict[str, Any]]:
    chat = network.known_chat(call.values["chat_id"])
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [_own_membership(network, chat.type)]


def _own_membership(network: Network, chat_type: str) -> dict[str, Any]:
    if chat_type == "private":
        return {"status": "member", "user": network.bot}
    rights = _RIGHTS | (_CHANNEL_RIGHTS if chat_type == "channel" else {"can_pin_messages": False})
    return {"status": "administrator", "user": network.bot} | rights


ANSWERS: dict[str, Callable[[Network, Call], Any]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "getWebhookInfo": get_webhook_info,
    "deleteWebhook": delete_webhook,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
}
