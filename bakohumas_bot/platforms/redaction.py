"""Takes tokens out of whatever may be written down: every secret that this process knows, and what looks like one."""

from __future__ import annotations

import re
from urllib.parse import quote

_NAMED = re.compile(
    r"(?i)\b((?:[a-z]+_)+(?:token|secret|proof)|oauth_[a-z_]+|appsecret_proof|consumer_key|password|"
    r"(?:token|secret)(?=[\"'=]))"
    r"([\"']?\s*[=:]\s*[\"']?)[^\s&\"',;)}\]]+"
)
_HEADER = re.compile(r"(?i)\b(authorization|cookie)([\"']?\s*[=:]\s*[\"']?)[^\"'\r\n]+")
_SCHEME = re.compile(r"(?i)\b(bearer|oauth|basic)\s+(?=\S*\d)[\w.~+/=|%-]{8,}")
_SHAPED = re.compile(
    r"\b\d{5,12}:[A-Za-z0-9_-]{20,}\b"  # Telegram
    r"|(?<=/bot)\d[^/\s]+"
    r"|\bEAA[A-Za-z0-9]{20,}"  # Meta
    r"|\b\d{5,20}-[A-Za-z0-9]{20,}\b"  # X
)

SHORTEST = 8  # a shorter secret would be taken out of ordinary words
_known: dict[str, tuple[str, ...]] = {}  # by their first letters: a province knows thousands


def keep_out_of_sight(*secrets: str) -> None:
    """From now on none of these leaves this process in a log, an exception or a card, however a library writes it."""
    for secret in secrets:
        for form in {secret, quote(secret, safe="")}:
            begins = form[:SHORTEST]
            if len(form) >= SHORTEST and form not in _known.get(begins, ()):
                _known[begins] = tuple(sorted((*_known.get(begins, ()), form), key=len, reverse=True))


def redact(text: str) -> str:
    """The same text without tokens: URLs and exception texts of HTTP libraries carry them."""
    text = _SHAPED.sub("***", _NAMED.sub(r"\1\2***", _without_known(text)))
    return _HEADER.sub(r"\1\2***", _SCHEME.sub(r"\1 ***", text))


def _without_known(text: str) -> str:
    """In time that grows with the text, not with the number of secrets."""
    windows = {text[at : at + SHORTEST] for at in range(len(text) - SHORTEST + 1)}
    for begins in windows & _known.keys():
        for form in _known[begins]:
            text = text.replace(form, "***")
    return text
