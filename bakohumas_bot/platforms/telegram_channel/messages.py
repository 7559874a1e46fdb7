"""A rendered post as parameters of the Telegram Bot API, under the names that python-telegram-bot gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakohumas_bot.domain.rendering import MediaKind, Rendered, RenderedMedia

if TYPE_CHECKING:
    from telegram import Message

WORD = {MediaKind.IMAGE: "photo", MediaKind.VIDEO: "video", MediaKind.DOCUMENT: "document"}


def text_of(rendered: Rendered) -> dict[str, Any]:
    """The text under the name its call takes. Alternative text has no field in the Bot API."""
    name = "caption" if rendered.media else "text"
    if rendered.html is not None and rendered.text:
        return {name: rendered.html, "parse_mode": "HTML"}
    return {name: rendered.text} if rendered.text or not rendered.media else {}


def alone(item: RenderedMedia, file: str | bytes) -> dict[str, Any]:
    parameters = {WORD[item.kind]: file, "filename": item.name, **_video_facts(item)}
    return parameters | ({"disable_content_type_detection": True} if item.kind is MediaKind.DOCUMENT else {})


def in_album(item: RenderedMedia, file: str | bytes, text: dict[str, str]) -> Any:
    import telegram

    part = getattr(telegram, f"InputMedia{WORD[item.kind].title()}")
    return part(media=file, filename=item.name, **_video_facts(item), **text)


def _video_facts(item: RenderedMedia) -> dict[str, Any]:
    """Telegram believes what it is told about a video, and shows a square of no length when told nothing."""
    if item.kind is not MediaKind.VIDEO:
        return {}
    length = None if item.duration is None else max(1, round(item.duration))
    return {"width": item.width, "height": item.height, "duration": length, "supports_streaming": True}


def file_id(message: Message, kind: MediaKind) -> str | None:
    match kind:
        case MediaKind.IMAGE:
            return message.photo[-1].file_id if message.photo else None
        case MediaKind.VIDEO:
            return message.video.file_id if message.video else None
        case MediaKind.DOCUMENT:
            return message.document.file_id if message.document else None
