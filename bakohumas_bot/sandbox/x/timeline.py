"""The posts that stand on the pretend X, and the form in which they are read back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bakohumas_bot.sandbox.core import Entry
from bakohumas_bot.sandbox.x.fields import Wanted
from bakohumas_bot.sandbox.x.identity import User
from bakohumas_bot.sandbox.x.media import Media
from bakohumas_bot.sandbox.x.text import wrapped

EPOCH_MS = 1288834974657  # where the time in a post id begins
COUNTS = ("reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


@dataclass(kw_only=True)
class Post:
    """`text` is what was sent; `shown_text` is what X gives back. `unseen_reads`: reads that still miss it (lag)."""

    id: str
    author: User
    text: str
    shown_text: str
    urls: list[dict[str, Any]]
    media: list[Media]
    created: datetime
    entry: Entry
    reply_to: str | None = None
    conversation: str = ""
    reply_settings: str = "everyone"
    unseen_reads: int = 0
    metrics: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*COUNTS, "repost_count"), 0))

    @property
    def created_at(self) -> str:
        return self.created.strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.created.microsecond // 1000:03d}Z"


class Ids:
    """Post and media ids that grow with the clock, as X's do."""

    def __init__(self) -> None:
        self._last = 0

    def at(self, now: float) -> str:
        self._last = max(self._last + 1, (int(now * 1000) - EPOCH_MS) << 22)
        return str(self._last)


def short_link(_: str) -> str:
    return "https://t.co/" + secrets.token_hex(5)


def written(text: str, post_id: str, author: User, media: list[Media]) -> tuple[str, list[dict[str, Any]]]:
    """The text as given back: with media it ends in one more t.co link, which stands for the pictures."""
    shown, urls = wrapped(text.strip(), short_link)
    if not media:
        return shown, urls
    short = short_link("")
    kind = "photo" if media[0].kind == "image" else "video"
    start = len(shown) + 1 if shown else 0
    page = f"https://x.com/{author.username}/status/{post_id}/{kind}/1"
    for item in media:
        link = {"start": start, "end": start + len(short), "url": short, "expanded_url": page}
        urls.append({**link, "display_url": "pic.x.com/" + short[-10:], "media_key": item.key})
    return f"{shown} {short}".strip(), urls


def moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def shown(post: Post, wanted: Wanted) -> dict[str, Any]:
    """The default fields of the dialect, and what was asked for where this post has it."""
    answer: dict[str, Any] = {"id": post.id, "text": post.shown_text}
    answer["edit_history_tweet_ids" if wanted.old else "edit_history_post_ids"] = [post.id]
    asked = set(wanted.post)
    if "author_id" in wanted.expansions:
        asked.add("author_id")
    if "attachments.media_keys" in wanted.expansions:
        asked.add("attachments")
    known = _all_fields(post, old=wanted.old)
    answer.update({name: known[name] for name in sorted(asked) if known.get(name) is not None})
    return answer


def _all_fields(post: Post, *, old: bool) -> dict[str, Any]:
    metrics = {**post.metrics}
    if old:
        metrics["retweet_count"] = metrics.pop("repost_count")
    replied = [{"type": "replied_to", "id": post.reply_to}] if post.reply_to else None
    return {
        "author_id": post.author.id,
        "attachments": {"media_keys": [item.key for item in post.media]} if post.media else None,
        "conversation_id": post.conversation,
        "created_at": post.created_at,
        "display_text_range": [0, len(post.shown_text)],
        "entities": {"urls": post.urls} if post.urls else None,
        "in_reply_to_user_id": post.author.id if post.reply_to else None,
        "lang": "in",
        "possibly_sensitive": False,
        "public_metrics": metrics,
        "referenced_tweets" if old else "referenced_posts": replied,
        "reply_settings": post.reply_settings,
    }


def included(posts: list[Post], wanted: Wanted) -> dict[str, Any]:
    """`includes` for the expansions that were asked for."""
    found: dict[str, Any] = {}
    media = {item.key: item for post in posts for item in post.media}
    if "attachments.media_keys" in wanted.expansions and media:
        found["media"] = [_media(item, wanted) for item in media.values()]
    authors = {post.author.id: post.author for post in posts}
    if "author_id" in wanted.expansions and authors:
        found["users"] = [user_shown(author, wanted) for author in authors.values()]
    return found


def _media(media: Media, wanted: Wanted) -> dict[str, Any]:
    names = {"image": "photo", "gif": "animated_gif", "video": "video"}
    known: dict[str, Any] = {"alt_text": media.alt or None, "width": media.width, "height": media.height}
    if media.kind == "image":
        known["url"] = f"https://pbs.twimg.com/media/{media.key}.jpg"
    if media.kind == "video":
        known |= {"duration_ms": int(media.seconds * 1000), "public_metrics": {"view_count": 0}}
    asked = {name: known[name] for name in sorted(wanted.media) if known.get(name) is not None}
    return {"media_key": media.key, "type": names[media.kind], **asked}


def user_shown(user: User, wanted: Wanted) -> dict[str, Any]:
    known: dict[str, Any] = {
        "created_at": "2022-10-11T03:00:00.000Z",
        "protected": False,
        "verified": False,
        "verified_type": "none",
        "url": "",
        "description": "",
    }
    asked = {name: known[name] for name in sorted(wanted.user) if name in known}
    return {"id": user.id, "name": user.name, "username": user.username, **asked}
