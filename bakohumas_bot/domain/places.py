"""Where people see an account with their own eyes: the address of its page, and the hosts of its posts' links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_NAME = re.compile(r"@?[\w.]+", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Place:
    """`example` is the form of a link to one post, for whoever is asked for it."""

    page: str
    hosts: tuple[str, ...]
    example: str


# By family of platforms; www. and other names below a host count as the host.
PLACES = {
    "x": Place(
        page="https://x.com/{name}", hosts=("x.com", "twitter.com"), example="https://x.com/{name}/status/1234567890"
    ),
    "facebook": Place(
        page="https://www.facebook.com/{name}",
        hosts=("facebook.com", "fb.watch", "fb.com"),
        example="https://www.facebook.com/{name}/posts/1234567890",
    ),
    "instagram": Place(
        page="https://www.instagram.com/{name}/",
        hosts=("instagram.com",),
        example="https://www.instagram.com/p/AbCdEfGhIjK/",
    ),
    "telegram": Place(page="https://t.me/{name}", hosts=("t.me", "telegram.me"), example="https://t.me/{name}/123"),
}
_SOMEWHERE = "https://kab-contoh.kpu.go.id/berita/1234"


def page_of(family: str, handle: str) -> str | None:
    """The account's own page, where its address follows from the handle."""
    place = PLACES.get(family)
    return place.page.format(name=handle.lstrip("@")) if place and _NAME.fullmatch(handle) else None


def example_of(family: str, handle: str) -> str:
    """What a link to one of its posts looks like."""
    place = PLACES.get(family)
    name = handle.lstrip("@") if _NAME.fullmatch(handle) else "kpu_contoh"
    return place.example.format(name=name) if place else _SOMEWHERE


def link_in(family: str, words: str) -> str | None:
    """The link that `words` are, or None where they are none or lead to another platform."""
    try:
        parts = urlsplit(words.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host or re.search(r"\s", words.strip()):
        return None
    place = PLACES.get(family)
    at_home = place is None or any(host == known or host.endswith(f".{known}") for known in place.hosts)
    names_a_post = len(parts.path.strip("/")) > 0
    return parts.geturl() if at_home and names_a_post else None
