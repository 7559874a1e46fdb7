"""Finds web addresses in running text, with or without `https://`, and the hosts of mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.domain.tlds import TLDS

TRAILING = ".,;:!?)]}*_’'…"


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """`host` is in lower case, without port and account; `account` is what stands before an `@` in the address.

    `scheme` is empty where the text has none. `mail`: only the host of a mail address is marked.
    """

    start: int
    end: int
    printed: str
    scheme: str
    account: str
    host: str
    rest: str
    mail: bool = False

    def moved_to(self, host: str) -> str:
        """The same address on another host, without the account and the port."""
        scheme = f"{self.scheme}://" if self.scheme else ""
        return f"{scheme}{host}{self.rest}"


_LABEL = r"[^\W_](?:[^\W_]|-){0,62}"
_HOST = rf"(?:{_LABEL}\.){{1,8}}[^\W\d_][^\W_]{{1,23}}"
_BARE = rf"(?<![^\W_])(?<![@./=-])(?P<bare>{_HOST})(?![^\W_]|[-@])(?::[0-9]{{1,5}}(?![0-9]))?"
_FULL = r"(?<![^\W_])(?P<scheme>https?)://(?P<authority>[^\s/?#<>\"“”‘’()\[\]{}|\\^`*]{1,255}+)"
_MAIL = rf"(?<=[^\W_])@(?P<mail>{_HOST})(?![^\W_]|-)"
_REST = r"(?P<rest>[/?#][^\s<>\"“”]*+)?"
_ADDRESSES = re.compile(rf"(?:{_FULL}|{_BARE}){_REST}|{_MAIL}", re.IGNORECASE)


def find_links(text: str) -> Iterator[WebLink]:
    """Every address in order. A bare word with dots needs not end in a known domain: `kpu.go.ld` is one too."""
    for found in _ADDRESSES.finditer(text):
        if found["mail"]:
            host = _without_next_sentence(found["mail"])
            yield _link(found.start("mail"), host, host=host, mail=True)
            continue
        rest = (found["rest"] or "").rstrip(TRAILING)
        if found["bare"]:
            host = found["bare"] if rest else _without_next_sentence(found["bare"])
            yield _link(found.start(), host + rest, host=host, rest=rest)
            continue
        authority = found["authority"] if rest else _without_next_sentence(found["authority"].rstrip(TRAILING))
        account, _, place = authority.rpartition("@")
        host, printed = place.partition(":")[0], f"{found['scheme']}://{authority}{rest}"
        yield _link(found.start(), printed, scheme=found["scheme"].lower(), account=account, host=host, rest=rest)


def _link(
    start: int, printed: str, *, host: str, scheme: str = "", account: str = "", rest: str = "", mail: bool = False
) -> WebLink:
    return WebLink(
        start=start,
        end=start + len(printed),
        printed=printed,
        scheme=scheme,
        account=account,
        host=host.rstrip(".").lower(),
        rest=rest,
        mail=mail,
    )


def _without_next_sentence(host: str) -> str:
    """`kpu.go.id.Silakan datang`: a space is missing, the address ends before it."""
    labels = host.split(".")
    while len(labels) > 2 and _begins_a_sentence(labels) and labels[-2].lower() in TLDS:
        labels.pop()
    return ".".join(labels)


def _begins_a_sentence(labels: list[str]) -> bool:
    return labels[-1][:1].isupper() and not any(label[:1].isupper() for label in labels[:-1])
