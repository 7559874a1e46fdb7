"""How the Bot API says yes and no."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from bakohumas_bot.sandbox.core import json_response

UNAUTHORIZED = "Unauthorized"
NOT_FOUND = "Not Found"
TOO_LARGE = "Request Entity Too Large"
KICKED = "Forbidden: bot was kicked from the channel chat"
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Refused(Exception):  # noqa: N818 - an answer of the pretend platform, not an error of ours
    """The platform says no. `departure`: the request broke the official description, so the caller has a bug."""

    def __init__(self, code: int, description: str, *, departure: bool = False) -> None:
        self.code = code
        self.description = description
        self.departure = departure
        super().__init__(description)


def bad_request(what: str, *, departure: bool = False) -> Refused:
    return Refused(400, f"Bad Request: {what}", departure=departure)


def broken(what: str) -> Refused:
    """A request that the description forbids: refused, and written down against the caller."""
    return bad_request(what, departure=True)


def success(result: Any) -> Response:
    return json_response({"ok": True, "result": result})


def refusal(code: int, description: str, parameters: dict[str, int] | None = None) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return json_response(body | ({"parameters": parameters} if parameters else {}), status=code)
