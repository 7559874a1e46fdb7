"""Graph's refusals in Graph's own shape: one table of what it says, one exception that says it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from werkzeug.wrappers import Response

from bakohumas_bot.sandbox.core import Fault, json_response

_traces = count(1)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    code: int
    message: str
    subcode: int | None = None
    type: str = "OAuthException"
    transient: bool = False
    status: int = 400


# Codes and subcodes: read 2026-11-21 at developers.facebook.com/docs/graph-api/guides/error-handling and
# .../docs/instagram-platform/instagram-graph-api/reference/error-codes; the wordings are as the field reports them.
REFUSALS = {
    "rate_limited": Refusal(code=4, message="(#4) Application request limit reached", transient=True),
    "expired_token": Refusal(
        code=190, subcode=463, message="Error validating access token: Session has expired on this day."
    ),
    "no_token": Refusal(code=104, message="An access token is required to request this resource."),
    "bad_token": Refusal(code=190, message="Invalid OAuth access token - Cannot parse access token"),
    "bad_proof": Refusal(
        code=100, message="Invalid appsecret_proof provided in the API argument", type="GraphMethodException"
    ),
    "permission": Refusal(code=200, message="(#200) The permissions for this action are not granted", status=403),
    "rejected": Refusal(code=100, message="(#100) Invalid parameter"),
    "missing": Refusal(
        code=100,
        subcode=33,
        type="GraphMethodException",
        message="Unsupported request. Object does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation.",
    ),
    "policy": Refusal(
        code=368, subcode=1390008, message="The action attempted has been deemed abusive or is otherwise disallowed"
    ),
    "unknown": Refusal(code=1, message="An unknown error occurred", transient=True, status=500),
    "transient": Refusal(code=2, message="Service temporarily unavailable", transient=True, status=500),
    "duplicate": Refusal(code=506, subcode=1455006, message="(#506) Duplicate status message"),
    "empty": Refusal(code=197, message="(#197) The post is empty. Please enter a message to share."),
    "link": Refusal(code=1609005, message="The link could not be scraped"),
    "no_file": Refusal(code=324, message="(#324) Requires upload file"),
    "photo_unreadable": Refusal(code=100, subcode=1366046, message="Your photos could not be uploaded"),
    "already_posted": Refusal(code=100, subcode=1366051, message="These photos were already posted."),
    "video_format": Refusal(code=352, subcode=1363024, message="The video file is in a format that is not supported"),
    "video_offset": Refusal(code=6000, subcode=1363037, message="There was a problem uploading your video file"),
    "video_session": Refusal(code=6000, subcode=1363033, message="There was a problem uploading your video file"),
    # Instagram, 2207xxx.
    "spam": Refusal(code=4, subcode=2207051, message="Application request limit reached"),
    "locked": Refusal(code=25, subcode=2207050, message="The Instagram account is restricted"),
    "media_unfetchable": Refusal(
        code=9004, subcode=2207052, message="Only photo or video can be accepted as media type."
    ),
    "image_size": Refusal(code=36000, subcode=2207004, message="The image is too large"),
    "image_format": Refusal(code=36001, subcode=2207005, message="The image format is not supported"),
    "image_ratio": Refusal(code=36003, subcode=2207009, message="The aspect ratio is not supported."),
    "reel_format": Refusal(code=352, subcode=2207026, message="The video format is not supported"),
    "caption": Refusal(code=36004, subcode=2207010, message="The caption was too long"),
    "mentions": Refusal(code=100, subcode=2207040, message="Cannot use more than 20 @ tags"),
    "media_type": Refusal(code=100, subcode=2207023, message="The media type is unknown"),
    "carousel": Refusal(code=100, subcode=2207028, message="A carousel needs between 2 and 10 items"),
    "not_ready": Refusal(code=9007, subcode=2207027, message="The media is not ready for publishing"),
    "container_gone": Refusal(code=24, subcode=2207008, message="The media builder does not exist or has expired"),
    "container_expired": Refusal(code=-2, subcode=2207020, message="The media you are trying to access has expired"),
    "container_used": Refusal(code=24, subcode=2207006, message="The media with this id could not be found"),
    "quota": Refusal(code=9, subcode=2207042, message="The user reached the maximum number of posts"),
}


class GraphError(Exception):
    """One refusal on its way out. `departure` says which promise of the description the caller broke, if any."""

    def __init__(
        self, name: str, *, message: str | None = None, departure: str | None = None, data: dict[str, Any] | None = None
    ) -> None:
        super().__init__(name)
        self.refusal = REFUSALS[name] if message is None else replace(REFUSALS[name], message=message)
        self.departure = departure
        self.data = data


def refusal_response(
    refusal: Refusal, *, data: dict[str, Any] | None = None, headers: dict[str, str] | None = None
) -> Response:
    error: dict[str, Any] = {"message": refusal.message, "type": refusal.type, "code": refusal.code}
    if refusal.subcode is not None:
        error["error_subcode"] = refusal.subcode
    error["is_transient"] = refusal.transient
    if data:
        error["error_data"] = data
    error["fbtrace_id"] = f"A{next(_traces):022d}"
    sent = dict(headers or {})
    if refusal.code in {102, 104, 190}:
        sent["WWW-Authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{refusal.message}"'
    return json_response({"error": error}, refusal.status, sent)


def limit_headers(percent: int, minutes: dict[str, int], *, business: str) -> dict[str, str]:
    """What Graph says of its limits: the app's in percent, each use case of the business with a wait in minutes."""
    used = {"call_count": percent, "total_cputime": percent * 2 // 5, "total_time": percent * 2 // 5}
    cases = [{"type": kind, **used, "estimated_time_to_regain_access": wait} for kind, wait in minutes.items()]
    told = {"X-App-Usage": json.dumps(used)}
    return told | ({"X-Business-Use-Case-Usage": json.dumps({business: cases})} if cases else {})


def minutes_of(fault: Fault) -> int:
    return max(1, math.ceil(fault.seconds / 60))
