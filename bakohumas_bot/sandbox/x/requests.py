"""Takes an HTTP request apart as X's description says: bodies, multipart forms, query parameters."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, NoReturn

from werkzeug.wrappers import Request

from bakohumas_bot.sandbox.x.contract import ID, MOMENT, Schema, mistakes
from bakohumas_bot.sandbox.x.problems import Refused, invalid

TIMELINE: dict[str, Schema] = {
    "start_time": MOMENT,
    "end_time": MOMENT,
    "since_id": ID,
    "until_id": ID,
    "pagination_token": {"type": "string", "minLength": 1},
}


def json_body(request: Request, schema: Schema) -> dict[str, Any]:
    if request.mimetype != "application/json":
        _refuse(["Requests with bodies must have content-type of application/json."])
    try:
        body = json.loads(request.get_data())
    except ValueError:
        _refuse(["The request body is not valid JSON."])
    found = list(mistakes(body, schema))
    if found:
        _refuse(found)
    assert isinstance(body, dict)
    return body


def media_body(request: Request, schema: Schema) -> tuple[dict[str, Any], bytes]:
    """The fields and the bytes of `media`: raw in multipart, base64 in JSON."""
    if request.mimetype == "multipart/form-data":
        return _multipart(request, schema)
    body = json_body(request, schema)
    try:
        return body, base64.b64decode(body["media"], validate=True)
    except binascii.Error:
        _refuse(["$.media: is not base64"])


def _multipart(request: Request, schema: Schema) -> tuple[dict[str, Any], bytes]:
    fields: dict[str, Any] = dict(request.form)
    upload = request.files.get("media")
    content = upload.read() if upload is not None else fields.get("media", "").encode()
    if upload is not None:
        fields["media"] = ""
    for name, rule in schema["properties"].items():
        if rule.get("type") == "integer" and str(fields.get(name, "")).isdecimal():
            fields[name] = int(fields[name])
    found = list(mistakes(fields, schema))
    found += [f"$.{name}: is a file, text expected" for name in request.files if name != "media"]
    if found:
        _refuse(found)
    return fields, content


def query(request: Request, allowed: tuple[str, ...], rules: dict[str, Schema] | None = None) -> dict[str, str]:
    given = request.args.to_dict()
    unknown = [name for name in given if name not in allowed]
    found = [f"The query parameter [{name}] is not one of [{','.join(allowed)}]" for name in unknown]
    for name, rule in (rules or {}).items():
        if name in given:
            found += mistakes(given[name], rule, f"`{name}` query parameter")
    if found:
        _refuse(found)
    return given


def page_size(given: dict[str, str]) -> int:
    text = given.get("max_results", "10")
    if not text.isdecimal() or not 5 <= int(text) <= 100:
        _refuse([f"The `max_results` query parameter value [{text}] is not between 5 and 100"])
    return int(text)


def exclusions(given: dict[str, str]) -> set[str]:
    words = given["exclude"].split(",") if "exclude" in given else []
    if [word for word in words if word not in {"replies", "retweets"}]:
        _refuse([f"The `exclude` query parameter value [{given['exclude']}] is not one of [replies,retweets]"])
    return set(words)


def _refuse(messages: list[str]) -> NoReturn:
    raise Refused(invalid(messages), "; ".join(messages))
