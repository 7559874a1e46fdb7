"""Cuts a text into sentences, as far as its full stops, blank lines and list marks tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# A full stop ends nothing after `s.d.`, `No.`, `Prov.` or an initial, nor before a small letter.
_END = re.compile(
    r"[.?!…][\"”')\]*_]{0,3}(?=\s{1,4}[\"“'(*_#]{0,3}[A-Z0-9])|[\r\n]{1,2}[ \t]{0,8}(?:[\r\n]|[-*•]\s|[0-9]{1,2}[.)]\s)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:no|nomor|tgl|jl|jln|prov|kab|kec|kel|pkl|drs?|h|hj|ir|prof|st|bpk|sdr|hlm|rp|ket|sub|dok|tel|telp|max|min|jo"
    r"|s\.\s?d|a\.\s?n|u\.\s?p|d\.\s?a|[a-z])|\A|\n[ \t]{0,4}[0-9]{1,2})\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """`start` and `end` count code points of the whole text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=32)  # several rules read the same few texts
def sentences(text: str) -> tuple[Passage, ...]:
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Passage]:
    start = 0
    for match in _END.finditer(text):
        if match[0][0] == "." and _ABBREVIATED.search(text, max(start, match.start() - 10), match.start()):
            continue
        yield Passage(start=start, end=match.end(), text=text[start : match.end()])
        start = match.end()
    if text[start:].strip():
        yield Passage(start=start, end=len(text), text=text[start:])


def paragraphs(text: str) -> Iterator[Passage]:
    start = 0
    for match in re.finditer(r"\n[ \t\r]{0,20}\n\s{0,200}|\Z", text):
        if text[start : match.start()].strip():
            yield Passage(start=start, end=match.start(), text=text[start : match.start()])
        start = match.end()


_NOT_PROSE = re.compile(
    r"(?:https?://|www\.)[^\s<>]{1,2000}|`[^`\n]{1,500}`|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}"
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:go\.id|co\.id|com|org|net|id)(?:/[^\s<>]{0,2000})?(?!\w)|[#@]\w{1,100}"
)


@lru_cache(maxsize=32)
def prose(text: str) -> str:
    """The text with its links, addresses, code and tags blanked out; every place stays where it was."""
    return _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)
