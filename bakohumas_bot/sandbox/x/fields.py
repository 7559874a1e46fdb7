"""The two field dialects that X serves side by side, and which field each call may ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_BOTH = (
    *("article", "attachments", "card_uri", "community_id", "context_annotations", "conversation_id", "created_at"),
    *("display_text_range", "edit_controls", "entities", "geo", "id", "lang", "matched_media_notes", "media_metadata"),
    *("non_public_metrics", "note_request_suggestions", "organic_metrics", "paid_partnership", "possibly_sensitive"),
    *("promoted_metrics", "public_metrics", "reply_settings", "scopes", "source", "suggested_source_links"),
    *("suggested_source_links_with_counts", "text", "withheld"),
)
# The description of 2.167 knows post.fields only; the older words are served as an undocumented alias
# (platform-apis: "Two field dialects", 2026-09).
NEW = frozenset({*_BOTH, "article_title", "note_post"})
OLD = frozenset(
    {*_BOTH, "author_id", "in_reply_to_user_id", "referenced_tweets", "edit_history_tweet_ids", "note_tweet"}
)
_EXPANSIONS = frozenset(
    {
        *("article.cover_media", "article.media_entities", "attachments.media_keys", "attachments.media_source_tweet"),
        *("attachments.poll_ids", "author_id", "entities.mentions.username", "geo.place_id", "in_reply_to_user_id"),
        "username",
    }
)
NEW_EXPANSIONS = _EXPANSIONS | {"edit_history_post_ids", "referenced_posts"}
OLD_EXPANSIONS = _EXPANSIONS | {"edit_history_tweet_ids", "referenced_tweets.id", "referenced_tweets.id.author_id"}
MEDIA = frozenset(
    {
        *("alt_text", "duration_ms", "height", "media_key", "non_public_metrics", "organic_metrics"),
        *("preview_image_url", "promoted_metrics", "public_metrics", "type", "url", "variants", "width"),
    }
)
USER = frozenset(
    {
        *("confirmed_email", "connection_status", "created_at", "description", "entities", "id"),
        *("is_identity_verified", "location", "name", "parody", "profile_banner_url", "profile_image_url", "protected"),
        *("public_metrics", "receives_your_dm", "subscribes_to_you", "subscription", "subscription_type", "url"),
        *("username", "verified", "verified_followers_count", "verified_type", "withheld"),
    }
)
POLL = frozenset({"duration_minutes", "end_datetime", "id", "options", "voting_status"})
PLACE = frozenset({"contained_within", "country", "country_code", "full_name", "geo", "id", "name", "place_type"})
FIELD_PARAMETERS = (
    "post.fields",
    "tweet.fields",
    "expansions",
    "media.fields",
    "user.fields",
    "poll.fields",
    "place.fields",
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The fields one request asks for. `old` says which dialect the answer speaks; `oddities` are departures."""

    old: bool
    post: frozenset[str]
    media: frozenset[str]
    user: frozenset[str]
    expansions: frozenset[str]
    oddities: tuple[str, ...] = field(default=())


def wanted(query: Mapping[str, str]) -> Wanted:
    """What is unknown is left out in silence, as X does (200, billed, field absent); the oddities tell of it."""
    asked = {name: [word for word in query.get(name, "").split(",") if word] for name in FIELD_PARAMETERS}
    old_words = bool(asked["tweet.fields"]) or any(w in OLD_EXPANSIONS - NEW_EXPANSIONS for w in asked["expansions"])
    new_words = bool(asked["post.fields"]) or any(w in NEW_EXPANSIONS - OLD_EXPANSIONS for w in asked["expansions"])
    old = old_words and not new_words
    known = {
        "post.fields": NEW,
        "tweet.fields": OLD,
        "expansions": OLD_EXPANSIONS if old else NEW_EXPANSIONS,
        "media.fields": MEDIA,
        "user.fields": USER,
        "poll.fields": POLL,
        "place.fields": PLACE,
    }
    oddities = [
        f"{name} asks for unknown {w}" for name in FIELD_PARAMETERS for w in asked[name] if w not in known[name]
    ]
    oddities += [f"{name} names a value twice" for name, words in asked.items() if len(words) != len(set(words))]
    oddities += [f"{name} names nothing" for name, words in asked.items() if name in query and not words]
    if old_words and new_words:
        oddities.append("one request mixes post.fields words and tweet.fields words")
    fields = asked["tweet.fields"] if old else asked["post.fields"]
    return Wanted(
        old=old,
        post=frozenset(fields) & (OLD if old else NEW),
        media=frozenset(asked["media.fields"]) & MEDIA,
        user=frozenset(asked["user.fields"]) & USER,
        expansions=frozenset(asked["expansions"]) & known["expansions"],
        oddities=tuple(oddities),
    )
