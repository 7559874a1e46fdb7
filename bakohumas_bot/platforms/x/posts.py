"""Posts as X's v2 API writes them: their ids, and their text without t.co and escapes."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from bakohumas_bot.platforms.sighting import Seen

# X serves two dialects: that of its published description (OpenAPI 2.167), and the one of its prose and of tweepy. What
# a server does not know is refused or merely missing from the answer; one request must never mix the two.
_WANTED = "id,text,created_at,entities,attachments"
DIALECTS = ({"post.fields": _WANTED}, {"tweet.fields": _WANTED})

_MEDIA_LINK = re.compile(r"/(?:photo|video)/\d+$")


def id_in(body: dict[str, Any] | None) -> str | None:
    """The id of a created post, as text of digits."""
    data = (body or {}).get("data")
    remote_id = data.get("id") if isinstance(data, dict) else None
    return remote_id if isinstance(remote_id, str) and remote_id.isdecimal() else None


def complete(body: dict[str, Any]) -> bool:
    """Did the server know the fields that were asked for? (No post at all is complete, too.)"""
    data = body.get("data") or []
    return all("created_at" in post for post in (data if isinstance(data, list) else [data]))


def listed(body: dict[str, Any], handle: str) -> list[Seen | None]:
    """The posts of one page. What is no list of X, or one with gaps (a 2xx may hold `errors`), proves nothing: None."""
    data, count = body.get("data"), (body.get("meta") or {}).get("result_count")
    posts = data if isinstance(data, list) else []
    whole = isinstance(data, list) if data is not None else count == 0
    gaps = bool(body.get("errors")) or not whole or count not in {None, len(posts)}
    return [None] * gaps + [seen(post, handle) for post in posts]


def seen(data: dict[str, Any], handle: str) -> Seen | None:
    """One post of a list; None when the answer lacks what we must know to compare it."""
    remote_id, text, created = data.get("id"), data.get("text"), data.get("created_at")
    if not (remote_id and isinstance(text, str) and created):
        return None
    return Seen(
        remote_id=str(remote_id),
        url=f"https://x.com/{handle}/status/{remote_id}",
        text=public_text(text, (data.get("entities") or {}).get("urls") or []),
        media_count=len((data.get("attachments") or {}).get("media_keys") or []),
        created_at=datetime.fromisoformat(created),
    )


def public_text(text: str, urls: list[dict[str, Any]]) -> str:
    """What a reader sees: `&amp;` unescaped, t.co links as they were written, the link to our own media gone."""
    text = html.unescape(text)
    for url in urls:
        short, long = url.get("url"), url.get("expanded_url") or ""
        if short:
            text = text.replace(short, "" if url.get("media_key") or _MEDIA_LINK.search(long) else long)
    return text.strip()
