"""Takes the app's requests apart: signed bodies, the headers of a phone, upload headers, the session it speaks for."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from werkzeug.wrappers import Request

from bakohumas_bot.sandbox.instagram_private.problems import Refused, failed, login_required

PHONE_HEADERS = ("X-IG-App-ID", "X-IG-Device-ID", "X-IG-Android-ID", "X-IG-Capabilities")
SIGNED = "SIGNATURE."


def refuse(what: str) -> NoReturn:
    raise Refused(failed(400, f"Invalid request: {what}"), what)


def check_phone(request: Request) -> None:
    """Every private call bears the marks of the app on one phone."""
    missing = [name for name in PHONE_HEADERS if not request.headers.get(name)]
    if missing:
        refuse(f"the app always sends {', '.join(missing)}")
    if not request.headers.get("User-Agent", "").startswith("Instagram "):
        refuse("User-Agent is not the app's")


def signed_body(request: Request) -> dict[str, Any]:
    """`signed_body=SIGNATURE.{json}`: the app's signature is a fixed word nowadays."""
    value = form(request).get("signed_body", "")
    if not value.startswith(SIGNED):
        refuse("signed_body=SIGNATURE.{json} expected")
    return _object(value.removeprefix(SIGNED), "signed_body")


def form(request: Request) -> dict[str, str]:
    if request.mimetype != "application/x-www-form-urlencoded":
        refuse("a form expected")
    return dict(parse_qsl(request.get_data(as_text=True), keep_blank_values=True))


def json_text(text: str | None, what: str) -> dict[str, Any]:
    return _object(text or "", what)


def _object(text: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        refuse(f"{what} holds no JSON")
    if not isinstance(value, dict):
        refuse(f"{what} holds no JSON object")
    return value


def session_id(request: Request) -> str:
    """`Authorization: Bearer IGT:2:<base64 of {"ds_user_id", "sessionid"}>`."""
    header = request.headers.get("Authorization", "")
    if not header:
        raise Refused(login_required(), "the request names no session")
    scheme, _, packed = header.rpartition(":")
    try:
        session = json.loads(base64.b64decode(packed))
    except (binascii.Error, ValueError) as error:
        raise Refused(login_required(), "Authorization holds no session") from error
    if scheme != "Bearer IGT:2" or not isinstance(session, dict):
        raise Refused(login_required(), "Authorization is not Bearer IGT:2:...")
    return str(session.get("sessionid", ""))


def upload_headers(request: Request, name: str) -> dict[str, Any]:
    """The parameters of an upload, after its headers were found to tell the truth about the body."""
    parameters = json_text(request.headers.get("X-Instagram-Rupload-Params"), "X-Instagram-Rupload-Params")
    if not str(parameters.get("upload_id", "")).isdecimal():
        refuse("X-Instagram-Rupload-Params names no upload_id")
    if request.method == "GET":
        return parameters
    length = len(request.get_data())
    if request.headers.get("X-Entity-Length") != str(length):
        refuse(f"X-Entity-Length is {request.headers.get('X-Entity-Length')}, the body {length}")
    if request.headers.get("X-Entity-Name") != name:
        refuse("X-Entity-Name is not the name in the address")
    if request.headers.get("Offset") != "0":
        refuse("Offset: 0 expected")
    if request.mimetype != "application/octet-stream":
        refuse("Content-Type: application/octet-stream expected")
    return parameters
