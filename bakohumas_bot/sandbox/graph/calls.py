"""One call to Graph, read from the wire: version, node, edge, token, and parameters turned into their types."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request

from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.parameters import Parameters

NEWEST = 26
OLDEST = 21  # v20.0 ended on 2026-09-24 (developers.facebook.com/docs/graph-api/changelog/versions, 2026-11-21)
VERSION = re.compile(r"v(\d+)(?:\.(\d+))?")
INDEXED = re.compile(r"(\w+)\[(\d*)\]")
READ = "graph.call"
FALSE = {"false", "0"}
TRUE = {"true", "1"}


@dataclass(kw_only=True)
class Call:
    """`given` is what arrived, `params` what of it the edge knows, in its types; `taken` the file looked at."""

    method: str
    host: str  # "" for Graph itself, "ig-api-upload" for the resumable upload host
    asked: str | None  # the version in the path
    node: str
    edge: str
    token: str
    given: dict[str, Any]
    files: dict[str, bytes]
    headers: Headers
    body: bytes
    params: dict[str, Any] = field(default_factory=dict)
    taken: Any = None

    def text(self, name: str) -> str:
        return str(self.params.get(name, ""))

    def says(self, name: str, *, default: bool) -> bool:
        return bool(self.params.get(name, default))

    @property
    def served(self) -> str:
        """The version that answers: an ended one is served by the oldest that lives, and so is none at all."""
        match = VERSION.fullmatch(self.asked or "")
        return f"v{max(int(match[1]), OLDEST) if match else OLDEST}.0"


def read_call(request: Request, path: str) -> Call:
    """The call, read once: first for its name, then for its answer."""
    known: Call | None = request.environ.get(READ)
    if known is None:
        known = request.environ[READ] = _read(request, path)
        request.close()
    return known


def _read(request: Request, path: str) -> Call:
    segments = [segment for segment in path.split("/") if segment]
    host = segments.pop(0) if segments[:1] == ["ig-api-upload"] else ""
    asked = segments.pop(0) if segments and VERSION.fullmatch(segments[0]) else None
    given = {name: values[-1] for name, values in request.args.lists()} | _body_of(request)
    header = re.fullmatch(r"(?:OAuth|Bearer) +(\S+)", request.headers.get("Authorization", ""), re.IGNORECASE)
    token = given.pop("access_token", None) or (header[1] if header else "")
    return Call(
        method=request.method,
        host=host,
        asked=asked,
        node=segments[0] if segments else "",
        edge="/".join(segments[1:]),
        token=str(token),
        given=_gathered(given),
        files={} if host else {name: file.read() for name, file in request.files.items()},
        headers=request.headers,
        body=request.get_data() if host else b"",
    )


def _body_of(request: Request) -> dict[str, Any]:
    if request.mimetype == "application/json":
        body = request.get_json(silent=True)
        return body if isinstance(body, dict) else {}
    return {name: values[-1] for name, values in request.form.lists()}


def _gathered(given: dict[str, Any]) -> dict[str, Any]:
    """`attached_media[0]={...}` and its neighbours as one list: the other spelling Graph takes."""
    gathered: dict[str, Any] = {}
    for name, value in given.items():
        match = INDEXED.fullmatch(name)
        if match is None:
            gathered[name] = value
        elif isinstance(gathered.setdefault(match[1], []), list):
            gathered[match[1]].append(_parsed(value))
    return gathered


def typed(name: str, kind: str, value: Any) -> Any:
    """`value` as the description's type, or (#100)."""
    try:
        return TYPES[kind](value) if kind in TYPES else _one_of(kind, value)
    except (ValueError, TypeError, OverflowError) as error:
        message = f"(#100) Param {name} must be {SAID.get(kind, 'one of {' + kind.replace('|', ', ') + '}')}"
        raise GraphError("rejected", message=message, departure=f"{name}={str(value)[:80]!r} is not {kind}") from error


def read_params(given: dict[str, Any], known: Parameters) -> dict[str, Any]:
    return {name: typed(name, known[name], value) for name, value in given.items() if name in known}


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _boolean(value: Any) -> bool:
    """Only true, false, 1 and 0: how "False" is read is not described, and reading it wrongly publishes."""
    word = {True: "true", False: "false"}.get(value, "") if isinstance(value, bool) else str(value)
    if word not in TRUE | FALSE:
        raise ValueError(value)
    return word in TRUE


def _integer(value: Any) -> int:
    if isinstance(value, bool | float):
        raise TypeError
    return int(value)


def _unsigned(value: Any) -> int:
    if not re.fullmatch(r"\d+", str(value), re.ASCII):
        raise ValueError(value)
    return int(value)


def _moment(value: Any) -> datetime:
    if re.fullmatch(r"\d+", str(value), re.ASCII):
        return datetime.fromtimestamp(int(value), UTC)
    moment = datetime.fromisoformat(_string(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _listing(value: Any) -> list[Any]:
    parsed = _parsed(value)
    if isinstance(parsed, str) and not parsed.lstrip().startswith(("[", "{")):
        return [part.strip() for part in parsed.split(",") if part.strip()]
    if not isinstance(parsed, list):
        raise TypeError
    return parsed


def _mapping(value: Any) -> dict[str, Any]:
    parsed = _parsed(value)
    if not isinstance(parsed, dict):
        raise TypeError
    return parsed


def _file(value: Any) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError
    return value


def _one_of(kind: str, value: Any) -> str:
    if str(value) not in kind.split("|"):
        raise ValueError(value)
    return str(value)


def _parsed(value: Any) -> Any:
    """A JSON array or object that travelled as a string; anything else as it is."""
    if isinstance(value, str) and value.lstrip().startswith(("[", "{")):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


TYPES: dict[str, Callable[[Any], Any]] = {
    "string": _string,
    "boolean": _boolean,
    "unsigned": _unsigned,
    "integer": _integer,
    "number": float,
    "datetime": _moment,
    "listing": _listing,
    "mapping": _mapping,
    "anything": _parsed,
    "file": _file,
}
SAID = {
    "string": "a string",
    "boolean": "a boolean",
    "unsigned": "an integer",
    "integer": "an integer",
    "number": "a number",
    "datetime": "a UNIX timestamp or a date",
    "listing": "an array",
    "mapping": "a JSON object",
    "file": "a file",
}
