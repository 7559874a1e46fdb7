"""Creating, reading and deleting posts: what X allows in a text, and what it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Entry, World, json_response
from bakohumas_bot.sandbox.x import requests as read
from bakohumas_bot.sandbox.x.contract import CREATE_POST
from bakohumas_bot.sandbox.x.fields import FIELD_PARAMETERS, Wanted, wanted
from bakohumas_bot.sandbox.x.identity import Identities, User
from bakohumas_bot.sandbox.x.media import Media, Shelf
from bakohumas_bot.sandbox.x.problems import (
    DUPLICATE,
    NOT_PERMITTED,
    TOO_LONG,
    Refused,
    forbidden,
    invalid,
    missing,
    not_found,
)
from bakohumas_bot.sandbox.x.text import FORBIDDEN, LIMIT, cashtags, weight
from bakohumas_bot.sandbox.x.timeline import Post, included, moment, shown, user_shown, written

# Not in the self-serve tiers, or only for paying subscribers (platform-apis section 4, changes of 2026).
NOT_OURS = (
    *("card_uri", "community_id", "direct_message_deep_link", "edit_options", "for_super_followers_only", "geo"),
    *("nullcast", "poll", "quote_tweet_id", "share_with_followers"),
)
MENTIONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author"
)


class Posts:
    """`lag` is how many reads of the timeline will miss the next post.

    `refuses_duplicates` False takes away a net that X spreads but does not promise: then a second sending shows.
    """

    def __init__(
        self,
        world: World,
        now: Callable[[], float],
        new_id: Callable[[], str],
        *,
        shelf: Shelf,
        identities: Identities,
    ) -> None:
        self._world = world
        self._now = now
        self._new_id = new_id
        self._shelf = shelf
        self._identities = identities
        self.posts: dict[str, Post] = {}
        self._own: defaultdict[str, list[Post]] = defaultdict(list)
        self.lag = 0
        self.refuses_duplicates = True

    def _wanted(self, request: Request, operation: str) -> Wanted:
        fields = wanted(request.args)
        for oddity in fields.oddities:
            self._world.violation("x", operation, oddity)
        return fields

    def me(self, request: Request, caller: User, _: str) -> Response:
        read.query(request, ("user.fields", "expansions", "post.fields", "tweet.fields"))
        return json_response({"data": user_shown(caller, self._wanted(request, "GET /2/users/me"))})

    def look_up(self, request: Request, _: User, post_id: str) -> Response:
        read.query(request, FIELD_PARAMETERS)
        fields = self._wanted(request, "GET /2/tweets/{id}")
        post = self.posts.get(post_id)
        if post is None or post.entry.deleted:
            return json_response({"errors": [missing("tweet", "id", post_id)]})  # 200: X says it so
        includes = included([post], fields)
        return json_response({"data": shown(post, fields), **({"includes": includes} if includes else {})})

    def timeline(self, request: Request, _: User, user_id: str) -> Response:
        allowed = (*read.TIMELINE, "max_results", "exclude", *FIELD_PARAMETERS)
        given = read.query(request, allowed, read.TIMELINE)
        size, excluded = read.page_size(given), read.exclusions(given)
        fields = self._wanted(request, "GET /2/users/{id}/tweets")
        if self._identities.by_id(user_id) is None:
            return json_response({"errors": [missing("user", "id", user_id)]})
        found = [post for post in self._standing(user_id) if _within(post, given)]
        if "replies" in excluded:
            found = [post for post in found if post.reply_to is None]
        return json_response(_page(found, given.get("pagination_token"), size, fields))

    def _standing(self, user_id: str) -> list[Post]:
        """Newest first; a post whose lag has not run out is missed, and the lag gets shorter by this read."""
        own = [post for post in self._own[user_id] if not post.entry.deleted]
        seen = [post for post in own if post.unseen_reads <= 0]
        for post in own:
            post.unseen_reads -= 1
        return sorted(seen, key=lambda post: int(post.id), reverse=True)

    def create(self, request: Request, caller: User, _: str) -> Response:
        read.query(request, ())
        body = read.json_body(request, CREATE_POST)
        text: str = body.get("text", "")
        self._check_text(text, with_media="media" in body)
        if any(name in body for name in NOT_OURS):
            raise Refused(forbidden(NOT_PERMITTED), "a feature that this tier does not have")
        reply_to = self._checked_reply(body, caller)
        media = self._shelf.attachable(body["media"]["media_ids"], caller.id) if "media" in body else []
        if self.refuses_duplicates and self._stands_already(text, media, caller):
            raise Refused(forbidden(DUPLICATE))
        post = self.publish(text, media, caller, reply_to=reply_to, settings=body.get("reply_settings", "everyone"))
        return json_response(
            {"data": {"id": post.id, "text": post.shown_text, "edit_history_post_ids": [post.id]}}, 201
        )

    def _check_text(self, text: str, *, with_media: bool) -> None:
        if not text.strip() and not with_media:
            message = "Your tweet must contain at least text or media."
            raise Refused(invalid([message]), message)
        if any(letter in text for letter in FORBIDDEN):
            raise Refused(invalid(["Tweet text contains invalid characters."]), "U+FEFF, U+FFFE or U+FFFF in the text")
        if weight(text.strip()) > LIMIT:
            raise Refused(forbidden(TOO_LONG), f"text of weight {weight(text.strip())}")
        if cashtags(text) > 1:
            raise Refused(forbidden(NOT_PERMITTED), "more than one cashtag")

    def _checked_reply(self, body: dict[str, Any], caller: User) -> str | None:
        if "reply" not in body:
            return None
        target = self.posts.get(body["reply"]["in_reply_to_tweet_id"])
        if target is None or target.entry.deleted:
            raise Refused(forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."))
        if target.author is not caller:
            raise Refused(forbidden(MENTIONED))
        return target.id

    def _stands_already(self, text: str, media: list[Media], caller: User) -> bool:
        """The same words with the same media ids. Media uploaded anew count as changed, so X gives no full guard."""
        wish = (text.strip(), [item.id for item in media])
        return any(
            (post.text.strip(), [item.id for item in post.media]) == wish
            for post in self._own[caller.id]
            if not post.entry.deleted
        )

    def publish(
        self, text: str, media: list[Media], author: User, *, reply_to: str | None = None, settings: str = "everyone"
    ) -> Post:
        post_id = self._new_id()
        created = datetime.fromtimestamp(self._now(), UTC)
        shown_text, urls = written(text, post_id, author, media)
        extra: dict[str, Any] = {"alt": [item.alt for item in media]}
        if reply_to is not None:
            extra["reply_to"] = reply_to
        entry = Entry(
            platform="x",
            place=f"@{author.username}",
            id=post_id,
            text=text,
            media=[item.sha256 for item in media],
            at=created.isoformat(),
            extra=extra,
        )
        post = Post(
            id=post_id,
            author=author,
            text=text,
            shown_text=shown_text,
            urls=urls,
            media=media,
            created=created,
            entry=self._world.publish(entry),
            reply_to=reply_to,
            conversation=self.posts[reply_to].conversation if reply_to else post_id,
            reply_settings=settings,
            unseen_reads=self.lag,
        )
        self.posts[post_id] = post
        self._own[author.id].append(post)
        return post

    def delete(self, request: Request, caller: User, post_id: str) -> Response:
        read.query(request, ())
        post = self.posts.get(post_id)
        if post is None or post.entry.deleted:
            return not_found("tweet", "id", post_id)
        if post.author is not caller:
            return forbidden("You are not authorized to delete this Tweet.")
        with self._world.lock:
            post.entry.deleted = True
        return json_response({"data": {"deleted": True}})


def _within(post: Post, given: dict[str, str]) -> bool:
    return (
        int(post.id) > int(given.get("since_id", 0))
        and ("until_id" not in given or int(post.id) < int(given["until_id"]))
        and ("start_time" not in given or post.created >= moment(given["start_time"]))
        and ("end_time" not in given or post.created < moment(given["end_time"]))
    )


def _page(found: list[Post], token: str | None, size: int, fields: Wanted) -> dict[str, Any]:
    start = next((index for index, post in enumerate(found) if post.id == token), 0)
    page = found[start : start + size]
    meta: dict[str, Any] = {"result_count": len(page)}
    answer: dict[str, Any] = {"meta": meta}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        answer["data"] = [shown(post, fields) for post in page]
    if start + size < len(found):
        meta["next_token"] = found[start + size].id
    includes = included(page, fields)
    return {**answer, "includes": includes} if includes else answer
