"""Text as Telegram keeps it: HTML parsed into entities, links found, and everything counted in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bakohumas_bot.sandbox.telegram.answers import broken
from bakohumas_bot.sandbox.telegram.html import Unparsable, parse_html, utf16_length
from bakohumas_bot.sandbox.telegram.methods import ENTITY_TYPES

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_EDGES = " \t\n"
_LITERAL = {"code", "pre", "text_link", "text_mention"}
_ADDRESS = r"https?://[^\s<>\"]+"
_BARE_ADDRESS = r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:id|com|org|net)\b(?:/[^\s<>\"]*)?"
_FOUND = (
    ("url", re.compile(f"{_ADDRESS}|{_BARE_ADDRESS}", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z]\w{3,31}")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/])")),
)


@dataclass(frozen=True, kw_only=True)
class Formatted:
    """Plain text with its entities, as a message carries them."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def as_typed(text: str) -> Formatted:
    """What a person typed: no formatting, but links, tags and commands are found."""
    return _finish(text, [])


def formatted(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    """What a bot sent: `parse_mode` wins over explicit entities."""
    if parse_mode is None:
        return _finish(text, [_checked(entity, utf16_length(text)) for entity in entities or []])
    if parse_mode.lower() != "html":  # the real server also speaks two dialects of Markdown; our desk never does
        raise broken("unsupported parse_mode")
    try:
        return _finish(*parse_html(text))
    except Unparsable as error:
        raise broken(f"can't parse entities: {error}") from error


def text_of_message(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    content = formatted(text, parse_mode, entities)
    if not content.text:
        raise broken("message text is empty")
    if utf16_length(content.text) > TEXT_LIMIT:
        raise broken("message is too long")
    return content


def caption_of_media(text: str, parse_mode: str | None, entities: list[dict[str, Any]] | None) -> Formatted:
    content = formatted(text, parse_mode, entities)
    if utf16_length(content.text) > CAPTION_LIMIT:
        raise broken("message caption is too long")
    return content


def _checked(entity: dict[str, Any], length: int) -> dict[str, Any]:
    if entity["type"] not in ENTITY_TYPES:
        raise broken("can't parse MessageEntity: Unsupported type specified")
    if entity["offset"] > length:
        raise broken(f"entity begins after the end of the text at UTF-16 offset {entity['offset']}")
    if entity["offset"] + entity["length"] > length:
        raise broken(f"entity ends after end of text at UTF-16 offset {entity['offset'] + entity['length']}")
    return dict(entity)


def _finish(text: str, entities: list[dict[str, Any]]) -> Formatted:
    """Clean and trim as the server does, moving entities along, then find what nobody marked."""
    text = _CONTROL.sub(" ", text.replace("\r", ""))
    start = utf16_length(text) - utf16_length(text.lstrip(_EDGES))
    text = text.strip(_EDGES)
    kept = [moved for entity in entities if (moved := _moved(entity, start, utf16_length(text)))]
    found = sorted(kept + _find(text, kept), key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(text=text, entities=tuple(found))


def _moved(entity: dict[str, Any], start: int, length: int) -> dict[str, Any] | None:
    begin = max(entity["offset"] - start, 0)
    end = min(entity["offset"] + entity["length"] - start, length)
    return {**entity, "offset": begin, "length": end - begin} if end > begin else None


def _find(text: str, marked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken = [(e["offset"], e["offset"] + e["length"]) for e in marked if e["type"] in _LITERAL]
    found: list[dict[str, Any]] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            length = utf16_length(match[0].rstrip(".,:;!?)'") if kind == "url" else match[0])
            begin = utf16_length(text[: match.start()])
            if length and all(begin + length <= low or high <= begin for low, high in taken):
                taken.append((begin, begin + length))
                found.append({"type": kind, "offset": begin, "length": length})
    return found
