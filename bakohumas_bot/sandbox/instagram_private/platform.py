"""A pretend Instagram app server (the private mobile API), as far as instagrapi 3.2 speaks to it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Fault, SampleAccount, World, json_response
from bakohumas_bot.sandbox.instagram_private.login import ACTIONS, PASSWORD, USERNAME, Door, user
from bakohumas_bot.sandbox.instagram_private.posts import PHOTO, PLACE, Feed
from bakohumas_bot.sandbox.instagram_private.problems import (
    Refused,
    checkpoint,
    failed,
    feedback_required,
    login_required,
    masked_checkpoint,
    reupload,
    throttled,
    transcoding,
    wait,
)
from bakohumas_bot.sandbox.instagram_private.requests import check_phone, json_text
from bakohumas_bot.sandbox.instagram_private.uploads import WRONG_RATIO, Upload, Uploads

Handler = Callable[[Request, str], Response]
API = "/api/v1/"
LIVE = (
    f"POST {API}media/configure/",
    f"POST {API}media/configure_sidecar/",
    f"POST {API}media/configure_to_clips/",
)
SYNC = f"GET {API}qe/sync/"

FAILURES: dict[str, Callable[[Fault], Response]] = {
    "rate_limited": lambda _: wait(),
    "throttled": lambda _: throttled(),
    "expired_token": lambda _: login_required(),
    "checkpoint": lambda _: checkpoint(),
    "suspended": lambda _: checkpoint(suspended=True),
    "masked_checkpoint": lambda _: masked_checkpoint(),
    "feedback_required": lambda _: feedback_required(),
    "rejected": lambda fault: failed(400, fault.detail.get("message", WRONG_RATIO)),
    "needs_reupload": lambda _: reupload("bad image input extra:{}"),
    "transcoding": lambda _: transcoding(),
}


class InstagramPrivate:
    """Mounted at /instagram; stands for i.instagram.com and b.i.instagram.com together."""

    name = "instagram"
    failures = FAILURES.keys()

    def __init__(self, world: World) -> None:
        self.world = world
        self._lock = threading.RLock()
        self.door = Door()
        self.uploads = Uploads()
        self.feed = Feed(world, self.uploads)
        self._before_login: dict[str, Handler] = {
            SYNC: lambda _, __: self.door.sync(),
            f"POST {API}launcher/sync/": lambda _, __: _ok(),
            f"POST {API}accounts/login/": lambda request, _: self.door.log_in(request),
            f"POST {API}attestation/create_android_keystore/": lambda request, _: self.door.attest(request),
            f"POST {ACTIONS}{{id}}/": self.door.screen,
            "POST /graphql_www": lambda request, _: self.door.register_phone(request),
        }
        self._inside: dict[str, Handler] = {
            f"POST {API}accounts/logout/": lambda request, _: self.door.log_out(request),
            f"GET {API}accounts/current_user/": lambda _, __: json_response({"user": user(), "status": "ok"}),
            f"POST {API}feed/reels_tray/": lambda _, __: _ok(tray=[]),
            f"POST {API}feed/timeline/": _timeline,
            f"GET {API}feed/user/{{id}}/": self.feed.of_user,
            f"GET {API}media/{{id}}/info/": self.feed.info,
            f"POST {API}media/{{id}}/delete/": self.feed.delete,
            LIVE[0]: self.feed.configure,
            LIVE[1]: self.feed.configure_album,
            LIVE[2]: self.feed.configure_clip,
            "POST /upload_settings/{id}": lambda _, __: _ok(),
            "POST /rupload_igphoto/{id}": self.uploads.photo,
            "GET /rupload_igvideo/{id}": self.uploads.offset,
            "POST /rupload_igvideo/{id}": self.uploads.video,
        }

    def operation(self, request: Request, path: str) -> str:
        return self._route(request.method, path)[0]

    def is_live(self, operation: str) -> bool:
        return operation in LIVE

    def answer(self, request: Request, path: str) -> Response:
        operation, resource = self._route(request.method, path)
        try:
            with self._lock:
                return self._answered(request, operation, resource)
        except Refused as refusal:
            if refusal.departure:
                self.world.violation(self.name, operation, refusal.departure)
            return refusal.response

    def _answered(self, request: Request, operation: str, resource: str) -> Response:
        if operation != SYNC:  # asked for by the library's web session, which is no phone
            check_phone(request)
        handler = self._before_login.get(operation)
        if handler is not None:
            return handler(request, resource)
        handler = self._inside.get(operation)
        if handler is None:
            raise Refused(failed(404, "Not found"), "no such call")
        oddity = self.door.enter(request)
        if oddity is not None:
            self.world.violation(self.name, operation, oddity)
        return handler(request, resource)

    def _route(self, method: str, path: str) -> tuple[str, str]:
        """The operation, and the id or name in its path where it has one."""
        for operation in (*self._before_login, *self._inside):
            match = re.fullmatch(operation.replace("{id}", "([^/]+)"), f"{method} {path}")
            if match:
                return operation, match[1] if match.groups() else ""
        return f"{method} {path}", ""

    def failure(self, fault: Fault) -> Response | None:
        """`detail["message"]` words a rejection."""
        make = FAILURES.get(fault.mode)
        return make(fault) if make is not None else None

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        settings = {
            "id": "ig-lama-contoh-selatan",
            "platform": "instagram_private",
            "handle": PLACE,
            "enabled": True,
            "api_url": url,
            "username": USERNAME,
            "password": PASSWORD,
            "session_file": "sesi-instagram.json",
            "accept_risk": True,
        }
        return [SampleAccount(settings=settings, ledger=(self.name, PLACE))]

    def control(self, request: Request, path: str) -> Response:
        """What a person of the office does by hand in the app, and what Instagram does to sessions.

        POST posts {"text"}, DELETE posts/{pk}, POST lag {"reads"} (the feed misses each new post so often),
        POST logout (every session ends).
        """
        with self._lock:
            if request.method == "POST" and path == "lag":
                self.feed.lag = int(request.get_json()["reads"])
            elif request.method == "POST" and path == "logout":
                self.door.sessions.clear()
            elif request.method == "POST" and path == "posts":
                upload = Upload(sha256="", width=1080, height=1080)
                post = self.feed.publish(request.get_json()["text"], PHOTO, "feed", [(PHOTO, upload)], [""])
                return json_response({"id": post.pk})
            elif request.method == "DELETE" and path.removeprefix("posts/") in self.feed.posts:
                self.feed.posts[path.removeprefix("posts/")].entry.deleted = True
            else:
                return Response("no such control", status=404)
        return json_response({"ok": True})


def _ok(**more: object) -> Response:
    return json_response({**more, "status": "ok"})


def _timeline(request: Request, _: str) -> Response:
    json_text(request.get_data(as_text=True), "the body")  # the one call whose JSON is not signed
    return _ok(feed_items=[], num_results=0, more_available=False)
