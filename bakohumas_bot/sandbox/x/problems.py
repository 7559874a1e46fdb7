"""X's own words for no: problem objects as its error answers carry them."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from bakohumas_bot.sandbox.core import json_response

PROBLEMS = "https://api.x.com/2/problems/"
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
TOO_LONG = "Your Tweet text is too long."
NOT_PERMITTED = "You are not permitted to perform this action."


class Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """The call ends here with this answer. `departure` tells what of the official description was not kept."""

    def __init__(self, response: Response, departure: str | None = None) -> None:
        self.response = response
        self.departure = departure
        super().__init__(departure or "")


def problem(status: int, title: str, detail: str, kind: str = "about:blank", **more: Any) -> Response:
    body = {"title": title, "detail": detail, "type": kind, "status": status, **more}
    response = json_response(body, status)
    response.headers["Content-Type"] = "application/problem+json; charset=utf-8"
    return response


def invalid(messages: list[str], parameters: dict[str, list[str]] | None = None) -> Response:
    """400 with one entry per mistake, as X answers a request that its schema does not allow."""
    return problem(
        400,
        "Invalid Request",
        "One or more parameters to your request was invalid.",
        PROBLEMS + "invalid-request",
        errors=[{"parameters": parameters or {}, "message": message} for message in messages],
    )


def forbidden(detail: str = NOT_PERMITTED) -> Response:
    return problem(403, "Forbidden", detail)


def unauthorized() -> Response:
    return problem(401, "Unauthorized", "Unauthorized")


def missing(resource: str, parameter: str, value: str) -> dict[str, Any]:
    """The entry of `errors` for something that is not there; reads answer 200 with it."""
    return {
        "value": value,
        "detail": f"Could not find {resource} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": PROBLEMS + "resource-not-found",
    }


def not_found(resource: str, parameter: str, value: str) -> Response:
    entry = missing(resource, parameter, value)
    return problem(404, entry["title"], entry["detail"], entry["type"], resource_type=resource)


WINDOW_COUNT = "x-rate-limit"
USER_DAY = "x-user-limit-24hour"
APP_DAY = "x-app-limit-24hour"


def too_many(headers: dict[str, str]) -> Response:
    response = problem(429, "Too Many Requests", "Too Many Requests")
    response.headers.update(headers)
    return response


def rate_headers(limit: int, remaining: int, reset: int, count: str = WINDOW_COUNT) -> dict[str, str]:
    """`count`: of the window of fifteen minutes, of the user's day or of the app's."""
    return {
        f"{count}-limit": str(limit),
        f"{count}-remaining": str(remaining),
        f"{count}-reset": str(reset),  # Unix seconds
    }


def credits_depleted(account: str) -> Response:
    detail = f"Your enrolled account [{account}] does not have any credits to fulfill this request."
    body = {"account_id": int(account), "title": "CreditsDepleted", "detail": detail}
    return json_response({**body, "type": "https://api.twitter.com/2/problems/credits"}, 402)


def usage_capped(account: str, period: str = "Monthly") -> Response:
    """429 although the window has calls left: only a person can raise this cap."""
    body = {
        "account_id": int(account),
        "title": "UsageCapExceeded",
        "detail": "Usage cap exceeded",
        "period": period,
    }
    return json_response({**body, "type": "https://api.twitter.com/2/problems/usage-capped"}, 429)
