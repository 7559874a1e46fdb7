"""What Graph shows of a node: the `fields` somebody asked for, nested ones too, and lists page by page."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bakohumas_bot.sandbox.graph.calls import Call
from bakohumas_bot.sandbox.graph.errors import GraphError
from bakohumas_bot.sandbox.graph.fields import FIELDS
from bakohumas_bot.sandbox.graph.state import Node

FIELD = re.compile(r"(?P<name>\w+)(?:\.[a-z_]+\([^()]*\))*(?:\{(?P<inner>.*)\})?")
NAMES = {"post": "Post", "ig": "IGUser", "media": "IGMedia", "container": "ShadowIGMediaBuilder", "quota": "IGUser"}
DEFAULTS = {
    "post": "created_time,message,id",
    "photo": "created_time,name,id",
    "video": "updated_time,description,id",
    "page": "name,id",
    "user": "name,id",
    "quota": "quota_usage",
}
INNER = {"children": "id", "attachments": "description,media,target,title,type,url,subattachments"}
PAGE_SIZE = 25
LARGEST_PAGE = 100
N = TypeVar("N", bound=Node)


def chosen(shown: dict[str, Any], kind: str, fields: str) -> dict[str, Any]:
    """Of everything `shown`, what `fields` names, and the id always; a name the node has not is refused."""
    picked = {}
    for name, inner in split_fields(fields or DEFAULTS.get(kind, "id")):
        if name not in FIELDS[kind]:
            kind_name = NAMES.get(kind, kind.capitalize())
            raise GraphError(
                "rejected",
                message=f"(#100) Tried accessing nonexisting field ({name}) on node type ({kind_name})",
                departure=f"{kind_name} has no field {name!r}",
            )
        if name in shown:
            picked[name] = _within(shown[name], inner or INNER.get(name, ""))
    return picked | ({"id": shown["id"]} if "id" in shown else {})


def split_fields(fields: str) -> list[tuple[str, str]]:
    """`id,attachments{media,subattachments{media}}` as names, each with what stands in its braces."""
    found = []
    for part in _top_level(fields):
        match = FIELD.fullmatch(part.strip())
        if match is None:
            raise GraphError(
                "rejected", message="(#2500) Syntax error in fields", departure=f"fields cannot hold {part!r}"
            )
        found.append((match["name"], match["inner"] or ""))
    return found


def _top_level(fields: str) -> list[str]:
    parts, depth = [""], 0
    for letter in fields:
        depth += (letter in "{(") - (letter in "})")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _within(value: Any, inner: str) -> Any:
    """The part of a nested object or list that the braces name; all of it without braces."""
    if not inner or not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        return [_within(item, inner) for item in value]
    if "data" in value:
        return value | {"data": _within(value["data"], inner)}
    wanted = dict(split_fields(inner)) | ({"id": ""} if "id" in value else {})
    return {name: _within(value[name], deeper) for name, deeper in wanted.items() if name in value}


def listed(call: Call, nodes: Sequence[N], kind: str, show: Callable[[N], dict[str, Any]]) -> dict[str, Any]:
    """One page of `nodes` (newest first): since, until, after, limit; with cursors."""
    fields = call.text("fields")
    chosen({}, kind, fields)  # a wrong name is wrong in an empty list, too
    limit = call.params.get("limit", PAGE_SIZE)
    if not 1 <= limit <= LARGEST_PAGE:
        raise GraphError(
            "rejected", message="(#100) limit must be between 1 and 100", departure=f"limit={limit} is not 1 to 100"
        )
    nodes = [node for node in nodes if _in_time(call, node)]
    start = _start(call.text("after"), [node.id for node in nodes])
    page = nodes[start : start + limit]
    answer: dict[str, Any] = {"data": [chosen(show(node), kind, fields) for node in page]}
    if page:
        cursors = {"before": _cursor(page[0].id), "after": _cursor(page[-1].id)}
        more = {"next": f"?limit={limit}&after={cursors['after']}"} if start + limit < len(nodes) else {}
        answer["paging"] = {"cursors": cursors, **more}
    return answer


def _in_time(call: Call, node: Node) -> bool:
    since, until = call.params.get("since"), call.params.get("until")
    # Graph keeps whole seconds: a post of the second that `since` names is inside.
    created = node.created.replace(microsecond=0)
    return (since is None or created >= since.replace(microsecond=0)) and (until is None or created <= until)


def _cursor(id: str) -> str:  # noqa: A002
    return base64.urlsafe_b64encode(id.encode()).decode()


def _start(after: str, ids: list[str]) -> int:
    if not after:
        return 0
    try:
        return ids.index(base64.urlsafe_b64decode(after).decode()) + 1
    except (ValueError, binascii.Error) as error:
        raise GraphError("rejected", message="(#100) Invalid cursor", departure=f"no such cursor: {after!r}") from error
