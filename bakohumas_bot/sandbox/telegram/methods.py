"""The Bot API's methods and types as data: each parameter's name, whether it is required (!), and its types.

Facts of Bot API 10.3 (https://core.telegram.org/bots/api, 2026-08-24), for the methods that this sandbox speaks.
An object type that is not listed here is only known to be an object.
"""

from __future__ import annotations

from dataclasses import dataclass

_CHAT = "chat_id! Integer|String"
_THREAD = "message_thread_id Integer, direct_messages_topic_id Integer"
_ROUTE = f"business_connection_id String, {_CHAT}, {_THREAD}, ephemeral_message_parameters EphemeralMessageParameters"
_QUIET = "disable_notification Boolean, protect_content Boolean, message_effect_id String"
_COSTS = "allow_paid_broadcast Boolean, suggested_post_parameters SuggestedPostParameters"
_KEYBOARDS = "InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply"
_REPLY = f"reply_parameters ReplyParameters, reply_markup {_KEYBOARDS}"
_SEND = f"{_ROUTE}, {_QUIET}, {_COSTS}, {_REPLY}"
_TEXT_FORM = "parse_mode String, entities Array of MessageEntity, link_preview_options LinkPreviewOptions"
_CAPTION = "caption String, parse_mode String, caption_entities Array of MessageEntity"
_ABOVE = "show_caption_above_media Boolean"
_VIDEO = "width Integer, height Integer, duration Integer, supports_streaming Boolean, start_timestamp Integer"
_EDIT = (
    "business_connection_id String, chat_id Integer|String, message_id Integer, inline_message_id String, "
    "reply_markup InlineKeyboardMarkup"
)
_ALBUM_ITEMS = "InputMediaAudio|InputMediaDocument|InputMediaLivePhoto|InputMediaPhoto|InputMediaVideo"

METHODS = {
    "getMe": "",
    "getUpdates": "offset Integer, limit Integer, timeout Integer, allowed_updates Array of String",
    "getWebhookInfo": "",
    "deleteWebhook": "drop_pending_updates Boolean",
    "setMyCommands": "commands! Array of BotCommand, scope BotCommandScope, language_code String",
    "getMyCommands": "scope BotCommandScope, language_code String",
    "sendMessage": f"{_SEND}, text! String, {_TEXT_FORM}",
    "sendPhoto": f"{_SEND}, photo! InputFile|String, {_CAPTION}, {_ABOVE}, has_spoiler Boolean",
    "sendVideo": f"{_SEND}, video! InputFile|String, {_CAPTION}, {_ABOVE}, has_spoiler Boolean, {_VIDEO}, "
    "thumbnail InputFile|String, cover InputFile|String",
    "sendDocument": f"{_SEND}, document! InputFile|String, {_CAPTION}, thumbnail InputFile|String, "
    "disable_content_type_detection Boolean",
    "sendMediaGroup": f"business_connection_id String, {_CHAT}, {_THREAD}, {_QUIET}, allow_paid_broadcast Boolean, "
    f"media! Array of {_ALBUM_ITEMS}, reply_parameters ReplyParameters",
    "sendChatAction": f"business_connection_id String, {_CHAT}, message_thread_id Integer, action! String",
    "editMessageText": f"{_EDIT}, text String, {_TEXT_FORM}, rich_message InputRichMessage",
    "editMessageCaption": f"{_EDIT}, {_CAPTION}, {_ABOVE}",
    "editMessageMedia": f"{_EDIT}, media! InputMedia",
    "editMessageReplyMarkup": _EDIT,
    "deleteMessage": f"{_CHAT}, message_id! Integer",
    "deleteMessages": f"{_CHAT}, message_ids! Array of Integer",
    "answerCallbackQuery": "callback_query_id! String, text String, show_alert Boolean, url String, cache_time Integer",
    "forwardMessage": f"{_CHAT}, {_THREAD}, from_chat_id! Integer|String, message_id! Integer, {_QUIET}, "
    "video_start_timestamp Integer, suggested_post_parameters SuggestedPostParameters",
    "copyMessage": f"{_CHAT}, {_THREAD}, from_chat_id! Integer|String, message_id! Integer, {_QUIET}, {_COSTS}, "
    f"video_start_timestamp Integer, {_CAPTION}, {_ABOVE}, {_REPLY}",
    "getFile": "file_id! String",
    "getChat": _CHAT,
    "getChatMember": f"{_CHAT}, user_id! Integer",
    "getChatAdministrators": f"{_CHAT}, return_bots Boolean",
}

TYPES = {
    "InlineKeyboardMarkup": "inline_keyboard! Array of Array of InlineKeyboardButton, force_reply Boolean",
    "InlineKeyboardButton": "text! String, icon_custom_emoji_id String, style String, url String, "
    "callback_data String, web_app WebAppInfo, login_url LoginUrl, switch_inline_query String, "
    "switch_inline_query_current_chat String, switch_inline_query_chosen_chat SwitchInlineQueryChosenChat, "
    "copy_text CopyTextButton, callback_game CallbackGame, pay Boolean, disabled DisabledButton",
    "ReplyKeyboardMarkup": "keyboard! Array of Array of KeyboardButton, is_persistent Boolean, "
    "resize_keyboard Boolean, one_time_keyboard Boolean, input_field_placeholder String, selective Boolean, "
    "force_reply Boolean",
    "KeyboardButton": "text! String, icon_custom_emoji_id String, style String, "
    "request_users KeyboardButtonRequestUsers, request_chat KeyboardButtonRequestChat, "
    "request_managed_bot KeyboardButtonRequestManagedBot, request_contact Boolean, request_location Boolean, "
    "request_poll KeyboardButtonPollType, web_app WebAppInfo",
    "ReplyKeyboardRemove": "remove_keyboard! True, selective Boolean",
    "ForceReply": "force_reply! True, input_field_placeholder String, selective Boolean",
    "ReplyParameters": "message_id Integer, chat_id Integer|String, ephemeral_message_id Integer, "
    "allow_sending_without_reply Boolean, quote String, quote_parse_mode String, "
    "quote_entities Array of MessageEntity, quote_position Integer, checklist_task_id Integer, "
    "poll_option_id String",
    "LinkPreviewOptions": "is_disabled Boolean, url String, prefer_small_media Boolean, "
    "prefer_large_media Boolean, show_above_text Boolean",
    "MessageEntity": "type! String, offset! Integer, length! Integer, url String, user User, language String, "
    "custom_emoji_id String, unix_time Integer, date_time_format String",
    "InputMediaPhoto": f"type! String, media! String, {_CAPTION}, {_ABOVE}, has_spoiler Boolean",
    "InputMediaVideo": f"type! String, media! String, {_CAPTION}, {_ABOVE}, has_spoiler Boolean, {_VIDEO}, "
    "thumbnail String, cover String",
    "InputMediaDocument": f"type! String, media! String, {_CAPTION}, thumbnail String, "
    "disable_content_type_detection Boolean",
    "BotCommand": "command! String, description! String, is_ephemeral Boolean",
}

CHAT_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"),
    *("choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}
UPDATE_KINDS = {
    *("message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message"),
    *("edited_business_message", "deleted_business_messages", "guest_message", "message_reaction"),
    *("message_reaction_count", "inline_query", "chosen_inline_result", "callback_query", "shipping_query"),
    *("pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member"),
    *("chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot", "subscription"),
    "stopped_message_generation",
}
ENTITY_TYPES = {
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline"),
    *("strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention"),
    *("custom_emoji", "date_time"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One parameter or object field; `array` counts how deep its lists are nested."""

    name: str
    required: bool
    types: tuple[str, ...]
    array: int


def fields_of(described: str) -> dict[str, Field]:
    """Read one line of the tables above."""
    return {field.name: field for field in map(_field, described.split(", ")) if field.name}


def _field(described: str) -> Field:
    name, _, kind = described.partition(" ")
    array = kind.count("Array of ")
    types = tuple(kind.replace("Array of ", "").split("|"))
    return Field(name=name.rstrip("!"), required=name.endswith("!"), types=types, array=array)


PARAMETERS = {method: fields_of(described) for method, described in METHODS.items()}
FIELDS = {name: fields_of(described) for name, described in TYPES.items()}
BY_LOWER_CASE = {method.lower(): method for method in METHODS}
