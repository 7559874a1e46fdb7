"""Logging in as the app does: the sealed password, the older accounts call, the newer screens (CAA), sessions."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import json_response
from bakohumas_bot.sandbox.instagram_private.problems import (
    Refused,
    login_required,
    unknown_username,
    wrong_password,
)
from bakohumas_bot.sandbox.instagram_private.requests import form, json_text, refuse, session_id, signed_body

KEY_ID = 41
USER_ID = "51580000001"
USERNAME = "kpu_contohselatan_lama"
PASSWORD = "sandi-sandbox"
FULL_NAME = "KPU Kabupaten Contoh Selatan"
PORTRAIT = "https://scontent.cdninstagram.com/v/profil.jpg"
ACTIONS = "/api/v1/bloks/async_action/"
SEND_LOGIN = "com.bloks.www.bloks.caa.login.async.send_login_request"
CLIENT_DATA = "com.bloks.www.bloks.caa.login.process_client_data_and_redirect"
TOKEN_FETCH = "com.bloks.www.caa.login.oauth.token.fetch.async"


def user() -> dict[str, Any]:
    return {
        "pk": int(USER_ID),
        "pk_id": USER_ID,
        "id": USER_ID,
        "username": USERNAME,
        "full_name": FULL_NAME,
        "is_private": False,
        "is_verified": False,
        "is_business": True,
        "biography": "",
        "external_url": "",
        "profile_pic_url": PORTRAIT,
    }


@dataclass(kw_only=True)
class Door:
    """Who is inside: session id -> the phone it was given to."""

    sessions: dict[str, str] = field(default_factory=dict)
    contexts: set[str] = field(default_factory=set)
    nonces: set[str] = field(default_factory=set)

    def enter(self, request: Request) -> str | None:
        """The session of this request; what is odd about its phone, if anything."""
        session = session_id(request)
        if session not in self.sessions:
            raise Refused(login_required())
        if request.headers["X-IG-Device-ID"] != self.sessions[session]:
            return "the session is used from another phone: its settings were not kept whole"
        return None

    def sync(self) -> Response:
        """`qe/sync/`: its headers carry the key for the password."""
        public = base64.b64encode(_key().public_key().export_key("PEM")).decode()
        headers = {"ig-set-password-encryption-key-id": str(KEY_ID), "ig-set-password-encryption-pub-key": public}
        return json_response({"experiments": [], "status": "ok"}, headers=headers)

    def log_in(self, request: Request) -> Response:
        """`accounts/login/`, the older flow."""
        body = signed_body(request)
        _check_jazoest(body)
        if body.get("guid") != request.headers["X-IG-Device-ID"]:
            refuse("guid is not X-IG-Device-ID")
        if body.get("username") != USERNAME:
            raise Refused(unknown_username())
        if _opened(str(body.get("enc_password", ""))) != PASSWORD:
            raise Refused(wrong_password())
        headers = self._admit(request.headers["X-IG-Device-ID"])
        return json_response({"logged_in_user": user(), "status": "ok"}, headers=headers)

    def log_out(self, request: Request) -> Response:
        self.sessions.pop(session_id(request), None)
        return json_response({"status": "ok"})

    def register_phone(self, request: Request) -> Response:
        """`graphql_www`: the only mutation the log-in needs."""
        fields = form(request)
        if fields.get("fb_api_req_friendly_name") != "IGUSDIDRegistrationMutation":
            refuse("unknown mutation")
        token = json_text(fields.get("variables"), "variables").get("input", {}).get("usdid_token", {})
        if not token.get("sensitive_string_value"):
            refuse("no usdid_token")
        return json_response({"data": {"1$usdid_registration(input:$input)": {"success": True}}})

    def attest(self, request: Request) -> Response:
        if "app_scoped_device_id" not in form(request):
            refuse("no app_scoped_device_id")
        nonce = secrets.token_urlsafe(16)
        self.nonces.add(nonce)
        return json_response({"challenge_nonce": nonce, "key_nonce": secrets.token_urlsafe(16), "status": "ok"})

    def screen(self, request: Request, action: str) -> Response:
        """`bloks/async_action/...`: the screens of the newer flow."""
        fields = form(request)
        if not fields.get("bloks_versioning_id"):
            refuse("no bloks_versioning_id")
        parameters = json_text(fields.get("params"), "params")
        if action == CLIENT_DATA:
            return self._client_data()
        given = parameters.get("client_input_params", {})
        if given.get("aac") not in self.contexts:
            refuse("aac was not issued here")
        if action == TOKEN_FETCH:
            return _bloks({})
        if action != SEND_LOGIN:
            refuse("unknown screen")
        self._check_attestation(request)
        return self._send_login(request, given)

    def _client_data(self) -> Response:
        context = secrets.token_urlsafe(24)
        self.contexts.add(context)
        return _bloks({"data": [{"data": {"key": "CAA_ACCOUNT_ACCESS_CONTEXT:aac", "initial": context}}]})

    def _check_attestation(self, request: Request) -> None:
        given = json_text(request.headers.get("X-IG-Attest-Params"), "X-IG-Attest-Params").get("attestation") or [{}]
        if given[0].get("challenge_nonce") not in self.nonces:
            refuse("challenge_nonce was not issued here")

    def _send_login(self, request: Request, given: dict[str, Any]) -> Response:
        if given.get("contact_point") != USERNAME:
            return _bloks({"action": '(bk.action.Toast "The username you entered doesn\'t belong to an account")'})
        if _opened(str(given.get("password", ""))) != PASSWORD:
            return _bloks({"action": '(bk.action.Toast "The password you entered is incorrect")'})
        headers = self._admit(request.headers["X-IG-Device-ID"])
        answer = {
            "login_response": json.dumps({"logged_in_user": user(), "status": "ok"}),
            "headers": json.dumps({"IG-Set-Authorization": headers["ig-set-authorization"]}),
            "cookies": "",
        }
        return _bloks({"action": f"(bk.action.caa.HandleLoginResponse {json.dumps(json.dumps(answer))})"})

    def _admit(self, phone: str) -> dict[str, str]:
        session = f"{USER_ID}%3A{secrets.token_hex(12)}%3A1"
        self.sessions[session] = phone
        inside = {"ds_user_id": USER_ID, "sessionid": session, "should_use_header_over_cookies": True}
        packed = base64.b64encode(json.dumps(inside).encode()).decode()
        return {"ig-set-authorization": f"Bearer IGT:2:{packed}", "ig-set-x-mid": secrets.token_urlsafe(20)}


@cache
def _key() -> Any:
    """Made at the first log-in; short, because it guards a pretend password."""
    from Cryptodome.PublicKey import RSA

    return RSA.generate(1024)  # noqa: S505


def _opened(sealed: str) -> str:
    """The password inside `#PWD_INSTAGRAM:4:<time>:<base64>`: key id, IV, RSA-sealed AES key, tag, text."""
    from Cryptodome.Cipher import AES, PKCS1_v1_5

    mark, _, rest = sealed.partition(":4:")
    stamp, _, payload = rest.partition(":")
    if mark != "#PWD_INSTAGRAM":
        refuse("enc_password is not #PWD_INSTAGRAM:4:...")
    try:
        raw = base64.b64decode(payload)
        if raw[:2] != bytes((1, KEY_ID)):
            refuse("enc_password was sealed for another key")
        end = 16 + int.from_bytes(raw[14:16], "little")
        cipher = AES.new(PKCS1_v1_5.new(_key()).decrypt(raw[16:end], b""), AES.MODE_GCM, raw[2:14])
        cipher.update(stamp.encode())
        return cipher.decrypt_and_verify(raw[end + 16 :], raw[end : end + 16]).decode()
    except ValueError:
        refuse("enc_password cannot be opened")


def _check_jazoest(body: dict[str, Any]) -> None:
    if body.get("jazoest") != f"2{sum(map(ord, str(body.get('phone_id', ''))))}":
        refuse("jazoest does not fit phone_id")


def _bloks(payload: dict[str, Any]) -> Response:
    return json_response({"layout": {"bloks_payload": payload}, "status": "ok"})
