"""Reads one Bot API call off the wire as the server does, and reports whatever the description does not know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from werkzeug.wrappers import Request

from bakohumas_bot.sandbox.telegram.answers import broken
from bakohumas_bot.sandbox.telegram.methods import FIELDS, PARAMETERS, Field

ATTACHED = "attach://"
_INTEGER = re.compile(r"-?[0-9]{1,19}")
_TRUE, _FALSE = {"true", "1", "yes"}, {"false", "0", "no"}
_SCALARS = {"Integer", "String", "Boolean", "True", "InputFile"}
_MEDIA_TYPES = {"photo": "InputMediaPhoto", "video": "InputMediaVideo", "document": "InputMediaDocument"}
# The server's own words, from the queries in tdlib/telegram-bot-api Client.cpp (read 2026-11-21).
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "video": "there is no video in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "action": "wrong parameter action in request",
    "user_id": "invalid user_id specified",
}


class WrongType(Exception):  # noqa: N818
    """A value is not of the described type; the text says where and what was expected."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """One file part of a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass(kw_only=True)
class Call:
    """One call as a method sees it: its parameters with their described types, and its uploads."""

    method: str
    values: dict[str, Any]
    uploads: dict[str, Upload]
    report: Callable[[str], None]
    used: set[str] = field(default_factory=set)

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def upload(self, name: str) -> Upload | None:
        self.used.add(name)
        return self.uploads.get(name)

    def report_unused_uploads(self) -> None:
        for name in self.uploads.keys() - self.used:
            self.report(f"{self.method}: the file {name!r} was uploaded but nothing refers to it")


def addressed(request: Request) -> int | str:
    """The chat that a request names; empty if it names none."""
    return number_or_name(str(_raw(request).get("chat_id", "")))


def number_or_name(text: str) -> int | str:
    return int(text) if _INTEGER.fullmatch(text) else text


def read(request: Request, method: str, report: Callable[[str], None]) -> Call:
    """Everything the caller sent, checked against the table of the method."""
    known = PARAMETERS[method]
    uploads = {
        name: Upload(name=part.filename or "file", mime=part.mimetype, data=part.read())
        for name, part in request.files.items()
    }
    values: dict[str, Any] = {}
    for name, raw in _raw(request).items():
        if name not in known:
            report(f"{method} knows no parameter {name!r}")
        elif raw is not None and raw != "":
            values[name] = _value(raw, known[name], report, of_json=request.is_json)
    for name in known.keys() & uploads.keys():
        if "InputFile" in known[name].types:
            values[name] = ATTACHED + name
    if "parse_mode" in values and {"entities", "caption_entities"} & values.keys():
        report(f"{method}: entities go instead of parse_mode, not beside it")
    _demand(method, values)
    return Call(method=method, values=values, uploads=uploads, report=report)


def _raw(request: Request) -> dict[str, Any]:
    raw: dict[str, Any] = dict(request.args)
    raw.update(request.form)
    if request.is_json:
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            raise broken("can't parse JSON encoded request body")
        raw.update(body)
    return raw


def _demand(method: str, values: dict[str, Any]) -> None:
    for name, parameter in PARAMETERS[method].items():
        if parameter.required and name not in values:
            raise broken(_MISSING.get(name, f'parameter "{name}" is required'))


def _value(raw: Any, parameter: Field, report: Callable[[str], None], *, of_json: bool) -> Any:
    """Forms carry everything as text; JSON should carry the described type, but the server takes text there too."""
    scalar = not parameter.array and _SCALARS.issuperset(parameter.types)
    if of_json and scalar:
        raw = _as_text(raw, parameter, report)
    value = _from_text(raw, parameter, report) if isinstance(raw, str) else raw
    try:
        _check(value, parameter.types, parameter.array, parameter.name, report)
    except WrongType as wrong:
        report(str(wrong))
        raise broken(_complaint(parameter)) from wrong
    return value


def _as_text(raw: Any, parameter: Field, report: Callable[[str], None]) -> str:
    fits = _fits(raw, parameter.types)
    if not fits:
        report(f"{parameter.name}: {type(raw).__name__} where {' or '.join(parameter.types)} is described")
    return raw if isinstance(raw, str) else json.dumps(raw)


def _from_text(raw: str, parameter: Field, report: Callable[[str], None]) -> Any:
    types = set(parameter.types)
    if not parameter.array and "Integer" in types and isinstance(number := number_or_name(raw), int):
        return number
    if not parameter.array and types & {"String", "InputFile"}:
        return raw
    if types == {"Boolean"}:
        if raw.lower() not in _TRUE | _FALSE:
            report(f"{parameter.name}: {raw!r} where Boolean is described")
        return raw.lower() in _TRUE
    try:
        return json.loads(raw)
    except ValueError as error:
        raise broken(_complaint(parameter)) from error


def _complaint(parameter: Field) -> str:
    if _SCALARS.issuperset(parameter.types) and not parameter.array:
        return f"invalid {parameter.name} specified"
    return f"can't parse {parameter.name.replace('_', ' ')} JSON object"


def _demand_utf8(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise broken("strings must be encoded in UTF-8") from error


def _fits(value: Any, types: tuple[str, ...]) -> bool:
    if isinstance(value, bool):
        return "Boolean" in types or ("True" in types and value)
    if isinstance(value, int):
        return "Integer" in types
    if isinstance(value, str):
        return bool({"String", "InputFile"} & set(types))
    return False


def _check(value: Any, types: tuple[str, ...], array: int, where: str, report: Callable[[str], None]) -> None:
    if isinstance(value, str):
        _demand_utf8(value)
    if array:
        if not isinstance(value, list):
            raise WrongType(f"{where}: {type(value).__name__} where a list is described")
        for index, item in enumerate(value):
            _check(item, types, array - 1, f"{where}[{index}]", report)
    elif isinstance(value, dict):
        _check_object(value, types, where, report)
    elif not _fits(value, types):
        raise WrongType(f"{where}: {type(value).__name__} where {' or '.join(types)} is described")


def _check_object(value: dict[str, Any], types: tuple[str, ...], where: str, report: Callable[[str], None]) -> None:
    if _SCALARS.issuperset(types):
        raise WrongType(f"{where}: an object where {' or '.join(types)} is described")
    kind = _kind_of(value, types, where)
    if kind not in FIELDS:
        return
    for name, item in value.items():
        described = FIELDS[kind].get(name)
        if described is None:
            report(f"{where}: {kind} knows no field {name!r}")
        elif item is not None:
            _check(item, described.types, described.array, f"{where}.{name}", report)


def _kind_of(value: dict[str, Any], types: tuple[str, ...], where: str) -> str:
    """Which of the described object types this is, by its `type` or by the fields that it must have."""
    if types[0].startswith("InputMedia"):
        kind = _MEDIA_TYPES.get(str(value.get("type")))
        if kind is None:
            raise WrongType(f"{where}: this sandbox knows no media of type {value.get('type')!r}")
        types = (kind,)
    for kind in types:
        required = {field.name for field in FIELDS.get(kind, {}).values() if field.required}
        if required <= value.keys():
            return kind
    raise WrongType(f"{where}: {sorted(value)} is no {' or '.join(types)}")
