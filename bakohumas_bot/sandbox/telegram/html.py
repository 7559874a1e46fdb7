"""Telegram's HTML dialect, read as strictly as its server reads it (https://core.telegram.org/bots/api#html-style)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_CHARACTER = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?", re.IGNORECASE)
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?\s*""")


class Unparsable(Exception):  # noqa: N818
    """The text is not this dialect; the message is the server's."""


@dataclass(kw_only=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    begin: int  # in UTF-16 units of the plain text
    language: str | None = None


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The plain text and its entities."""
    reader = _Reader(html)
    reader.read()
    return "".join(reader.plain), reader.entities


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.plain: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def read(self) -> None:
        while self.at < len(self.html):
            if self.html[self.at] == "<":
                self._end_tag() if self.html.startswith("</", self.at) else self._start_tag()
            else:
                self._characters()
        if self.open:
            raise Unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')

    def _characters(self) -> None:
        end = self.html.find("<", self.at)
        end = len(self.html) if end < 0 else end
        text = _decoded(self.html[self.at : end])
        self.plain.append(text)
        self.length += utf16_length(text)
        self.at = end

    def _byte(self, at: int) -> int:
        return len(self.html[:at].encode())

    def _start_tag(self) -> None:
        begin = self._byte(self.at)
        close = _end_of_tag(self.html, self.at)
        if close < 0:
            raise Unparsable(f"Unclosed start tag at byte offset {begin}")
        name, rest = re.fullmatch(r"(\S*)(.*)", self.html[self.at + 1 : close], re.DOTALL).groups()  # type: ignore[union-attr]
        tag = name.lower()
        if tag not in _ENTITY_OF_TAG:
            raise Unparsable(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = _attributes(rest, tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag=tag, attributes=attributes, begin=self.length))
        self.at = close + 1

    def _end_tag(self) -> None:
        begin = self._byte(self.at)
        if not self.open:
            raise Unparsable(f"Unexpected end tag at byte offset {begin}")
        close = self.html.find(">", self.at)
        if close < 0:
            raise Unparsable(f"Unclosed end tag at byte offset {begin}")
        tag = self.html[self.at + 2 : close].strip().lower()
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise Unparsable(f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{tag}>"')
        self.at = close + 1
        self._keep(opened)

    def _keep(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": _ENTITY_OF_TAG[opened.tag],
            "offset": opened.begin,
            "length": self.length - opened.begin,
        }
        outer = self.open[-1] if self.open else None
        language = opened.attributes.get("class", "").removeprefix("language-")
        if opened.tag == "code" and language and outer is not None and outer.tag == "pre":
            outer.language = language
            return
        entity |= _details(opened, _text_between(self.plain, opened.begin))
        if entity["length"] and not (opened.tag == "a" and not entity.get("url")):
            self.entities.append(entity)


def _details(opened: _Open, covered: str) -> dict[str, Any]:
    if opened.tag == "a":
        return {"url": opened.attributes.get("href") or (covered if "." in covered else "")}
    if opened.tag == "pre" and opened.language:
        return {"language": opened.language}
    if opened.tag == "tg-emoji":
        return {"custom_emoji_id": opened.attributes.get("emoji-id", "")}
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    return {}


def _text_between(plain: list[str], begin: int) -> str:
    return "".join(plain).encode("utf-16-le")[begin * 2 :].decode("utf-16-le")


def _end_of_tag(html: str, at: int) -> int:
    """The closing bracket, not counting those inside quotes."""
    quote = ""
    for index in range(at + 1, len(html)):
        letter = html[index]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and html[at + 1 : index].rstrip().endswith("="):
            quote = letter
        elif letter == ">":
            return index
    return -1


def _attributes(rest: str, tag: str, begin: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    at = len(rest) - len(rest.lstrip())
    while at < len(rest):
        match = _ATTRIBUTE.match(rest, at)
        if match is None or match.end() == at:
            raise Unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        name, *values = match.groups()
        attributes[name.lower()] = _decoded(next((value for value in values if value is not None), ""))
        at = match.end()
    return attributes


def _decoded(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if name:
            return _NAMED[name.lower()]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]

    return _CHARACTER.sub(character, text)
