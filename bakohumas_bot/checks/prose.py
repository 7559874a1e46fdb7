"""A text without what machines read in it, so that the rules of language look at words only."""

from __future__ import annotations

import re
from functools import lru_cache

_FOR_MACHINES = re.compile(
    r"(?:https?://|www\.)\S{1,500}"
    r"|(?<![\w.+-])[\w.+-]{1,64}+@[\w.-]{1,100}"
    r"|[@#][\w-]{1,100}"
    r"|(?<![\w-])[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,6}(?:/\S{0,300})?"
    r"|(?<![\w/])[\w.-]{1,40}+(?:/[\w.-]{1,40}+){2,8}"
)
_ADDRESS = re.compile(r"[0-9@#/]|://|\.(?:id|com|org|net|xyz|me|gov|info|tv)\b", re.IGNORECASE)
_QUOTES = re.compile(r"“[^“”\n]{0,600}”|\"[^\"\n]{0,600}\"")


@lru_cache(maxsize=32)
def prose(text: str) -> str:
    """Addresses, handles, tags and letter numbers become spaces: every place stays where it was."""
    return _FOR_MACHINES.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    """`selesai.Kemudian` only lacks a space, and `S.H.` is a degree."""
    return " " * len(match[0]) if _ADDRESS.search(match[0]) else match[0]


@lru_cache(maxsize=32)
def own_words(text: str) -> str:
    """The same, and without what other people said: direct speech, titles of books and films."""
    return _QUOTES.sub(lambda match: " " * len(match[0]), prose(text))
