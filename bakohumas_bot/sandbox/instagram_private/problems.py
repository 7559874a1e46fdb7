"""The private API's own words for no: the JSON bodies that the app (and instagrapi) knows."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from bakohumas_bot.sandbox.core import json_response


class Refused(Exception):  # noqa: N818 - an answer, not an error of ours
    """The call ends here with this answer. `departure` tells how the request is not what the app would send."""

    def __init__(self, response: Response, departure: str | None = None) -> None:
        self.response = response
        self.departure = departure
        super().__init__(departure or "")


def failed(status: int, message: str, **more: Any) -> Response:
    return json_response({"message": message, **more, "status": "fail"}, status)


def wait() -> Response:
    message = "Please wait a few minutes before you try again."
    return failed(429, message, require_login=True, igweb_rollout=True)


def throttled() -> Response:
    """The other way to be told to slow down: no sentence, only the kind of error (instagrapi's RateLimitError)."""
    return failed(400, "", error_type="rate_limit_error")


def login_required() -> Response:
    words = {"error_title": "You've Been Logged Out", "error_body": "Please log back in.", "logout_reason": 8}
    return failed(403, "login_required", **words)


def checkpoint(*, suspended: bool = False) -> Response:
    room = "accounts/suspended" if suspended else "challenge"
    challenge = {
        "url": f"https://i.instagram.com/{room}/",
        "api_path": f"/{room}/",
        "hide_webview_header": True,
        "lock": True,
        "logout": False,
        "native_flow": True,
    }
    return failed(400, "challenge_required", challenge=challenge)


def masked_checkpoint() -> Response:
    """Instagram hides some checkpoints behind a bare 404."""
    return Response("Not Found", status=404, content_type="text/plain")


def feedback_required() -> Response:
    sentence = "We limit how often you can do certain things on Instagram."
    return failed(400, "feedback_required", spam=True, feedback_title="Try Again Later", feedback_message=sentence)


def transcoding() -> Response:
    return failed(202, "Transcode not finished yet.")


def reupload(why: str) -> Response:
    """What configure says when the uploaded bytes are not there or cannot be used: status "ok", and an error title."""
    return json_response({"message": "media_needs_reupload", "error_title": why, "status": "ok"})


def wrong_password() -> Response:
    message = "The password you entered is incorrect. Please try again."
    words = {"invalid_credentials": True, "error_title": "Incorrect password", "error_type": "bad_password"}
    return failed(400, message, **words)


def unknown_username() -> Response:
    message = "The username you entered doesn't appear to belong to an account. Please check it and try again."
    return failed(400, message, invalid_credentials=True, error_title="Incorrect username", error_type="invalid_user")
