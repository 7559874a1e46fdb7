"""What X's OpenAPI description (2.167) allows in a request, as data, and a small validator for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def _object(properties: Schema, required: tuple[str, ...] = (), *, closed: bool = True) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "closed": closed}


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {}
ID: Schema = {"type": "string", "pattern": r"^[0-9]{1,19}$"}
WHO_REPLIES: Schema = {"type": "string", "enum": ("following", "mentionedUsers", "subscribers", "verified")}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}

CREATE_POST = _object(
    {
        "card_uri": TEXT,
        "community_id": ID,
        "direct_message_deep_link": TEXT,
        "edit_options": _object({"previous_post_id": ID}, ("previous_post_id",)),
        "for_super_followers_only": FLAG,
        "geo": _object({"place_id": TEXT}, ("place_id",)),
        "made_with_ai": FLAG,
        "media": _object(
            {
                "call_to_actions": {"type": "object"},
                "description": TEXT,
                "embeddable": FLAG,
                "media_ids": _list(ID, minItems=1, maxItems=4),
                "preview_media_id": ID,
                "tagged_user_ids": _list(ID, maxItems=10),
                "title": TEXT,
            },
            ("media_ids",),
        ),
        "nullcast": FLAG,
        "paid_partnership": FLAG,
        "poll": _object(
            {
                "duration_minutes": {"type": "integer", "minimum": 5, "maximum": 10080},
                "options": _list({"type": "string", "minLength": 1, "maxLength": 25}, minItems=2, maxItems=4),
                "reply_settings": WHO_REPLIES,
            },
            ("options", "duration_minutes"),
        ),
        "quote_tweet_id": ID,
        "reply": _object(
            {
                "auto_populate_reply_metadata": FLAG,
                "exclude_reply_user_ids": _list(TEXT),
                "in_reply_to_tweet_id": ID,
            },
            ("in_reply_to_tweet_id",),
        ),
        "reply_settings": WHO_REPLIES,
        "share_with_followers": FLAG,
        "text": TEXT,
    }
)

ONE_SHOT = ("tweet_image", "tweet_video", "tweet_gif", "dm_image", "dm_video", "dm_gif", "subtitles")
MEDIA_TYPES = (
    *("video/mp4", "video/webm", "video/mp2t", "video/quicktime", "text/srt", "text/vtt"),
    *("image/jpeg", "image/gif", "image/bmp", "image/png", "image/webp", "image/pjpeg", "image/tiff"),
    *("model/gltf-binary", "model/vnd.usdz+zip"),
)
UPLOAD = _object(
    {"additional_owners": TEXT, "media": TEXT, "media_category": {"type": "string", "enum": ONE_SHOT}},
    ("media", "media_category"),
)
INITIALIZE = _object(
    {
        "additional_owners": _list(ID),
        "media_category": {"type": "string", "enum": ("amplify_video", *ONE_SHOT)},
        "media_type": {"type": "string", "enum": MEDIA_TYPES},
        "shared": FLAG,
        "total_bytes": {"type": "integer", "minimum": 0, "maximum": 17179869184},
    }
)
APPEND = _object(
    {"media": TEXT, "segment_index": {"type": "integer", "minimum": 0, "maximum": 999}},
    ("media", "segment_index"),
)
METADATA = _object(
    {
        "id": ID,
        "metadata": _object(
            {"alt_text": _object({"text": {"type": "string", "maxLength": 1000}}, ("text",), closed=False)},
            closed=False,
        ),
    },
    ("id",),
    closed=False,
)

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
}


def mistakes(value: Any, schema: Schema, path: str = "$") -> Iterator[str]:
    """What `schema` does not allow in `value`, one sentence each, worded as X words it."""
    kind = schema.get("type")
    if kind is not None and not _is(value, kind):
        yield f"{path}: {_kind_of(value)} found, {kind} expected"
        return
    if kind == "object":
        yield from _of_object(value, schema, path)
    elif kind == "array":
        yield from _of_list(value, schema, path)
    elif kind == "string":
        yield from _of_string(value, schema, path)
    elif kind == "integer":
        yield from _of_number(value, schema, path)


def _of_object(value: Any, schema: Schema, path: str) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{path}.{name}: is missing but it is required"
    for name, part in value.items():
        if name in known:
            yield from mistakes(part, known[name], f"{path}.{name}")
        elif schema.get("closed"):
            yield f"{path}.{name}: is not defined in the schema and the schema does not allow additional properties"


def _of_list(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if len(value) < schema.get("minItems", 0):
        yield f"{path}: there must be a minimum of {schema['minItems']} items in the array"
    if len(value) > schema.get("maxItems", len(value)):
        yield f"{path}: there must be a maximum of {schema['maxItems']} items in the array"
    for index, part in enumerate(value):
        yield from mistakes(part, schema["items"], f"{path}[{index}]")


def _of_string(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{path}: must be at least {schema['minLength']} characters long"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{path}: may only be {schema['maxLength']} characters long"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: does not match the regex pattern {schema['pattern']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: does not have a value in the enumeration [{', '.join(schema['enum'])}]"


def _of_number(value: Any, schema: Schema, path: str) -> Iterator[str]:
    if value < schema.get("minimum", value):
        yield f"{path}: must have a minimum value of {schema['minimum']}"
    if value > schema.get("maximum", value):
        yield f"{path}: must have a maximum value of {schema['maximum']}"


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and not (kind == "integer" and isinstance(value, bool))


def _kind_of(value: Any) -> str:
    if value is None:
        return "null"
    return next((kind for kind in _KINDS if _is(value, kind)), "number")
