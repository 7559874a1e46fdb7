"""Posts as X's v2 API writes them: their ids, their text without t.co and escapes, and the words of its errors."""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any

from bakohumas_bot.platforms.sighting import Seen

# The dialect of the published OpenAPI 2.167. An unknown field is not refused, it is merely missing from the answer.
FIELDS = {"post.fields": "id,text,created_at,entities,attachments"}

_MEDIA_LINK = re.compile(r"/(?:photo|video)/\d+$")


def id_in(body: dict[str, Any] | None) -> str | None:
    """The id of a created post, as text of digits."""
    data = (body or {}).get("data")
    remote_id = data.get("id") if isinstance(data, dict) else None
    return remote_id if isinstance(remote_id, str) and remote_id.isdecimal() else None


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


def words(body: dict[str, Any] | None) -> str:
    """X's own words for an error: a problem object, a list of errors, or `{code, message}`."""
    if not body:
        return ""
    errors = [e for e in body.get("errors") or [] if isinstance(e, dict)]
    said = [str(e.get("message") or e.get("detail") or "") for e in errors]
    said += [str(body.get(key) or "") for key in ("detail", "title", "message")]
    return "; ".join(dict.fromkeys(part for part in said if part))


def field_named(lower: str) -> str | None:
    """The front-matter key that an error speaks about, if it names one."""
    if "media" in lower:
        return "media"
    return "isi" if "text" in lower else None
