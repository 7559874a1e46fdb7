"""A pretend X (API v2): strict as its OpenAPI description 2.167, with its two field dialects and its odd answers."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Fault, SampleAccount, World, json_response
from bakohumas_bot.sandbox.x import requests as read
from bakohumas_bot.sandbox.x.contract import APPEND, ID, INITIALIZE, METADATA, UPLOAD, mistakes
from bakohumas_bot.sandbox.x.identity import Identities, User
from bakohumas_bot.sandbox.x.media import LIFE, Processing, Shelf
from bakohumas_bot.sandbox.x.posts import Posts
from bakohumas_bot.sandbox.x.problems import (
    APP_DAY,
    DUPLICATE,
    TOO_LONG,
    USER_DAY,
    WINDOW_COUNT,
    Refused,
    credits_depleted,
    forbidden,
    invalid,
    problem,
    rate_headers,
    too_many,
    unauthorized,
    usage_capped,
)
from bakohumas_bot.sandbox.x.rates import LIMITS, WINDOW, Rates
from bakohumas_bot.sandbox.x.timeline import Ids

Handler = Callable[[Request, User, str], Response]
TOKEN = "POST /2/oauth2/token"


class X:
    """Mounted at /x. `now` is the clock in Unix seconds; a client's signature and the reset headers live by it."""

    name = "x"

    def __init__(self, world: World, now: Callable[[], float] = time.time) -> None:
        self.world = world
        self._now = now
        self._lock = threading.RLock()
        self._ids = Ids()
        self.identities = Identities(now, world.accounts)
        self.rates = Rates(now)
        self.shelf = Shelf(now, self._new_id, self._next_processing)
        self.posts = Posts(world, now, self._new_id, shelf=self.shelf, identities=self.identities)
        self._handlers: dict[str, Handler] = {
            "GET /2/users/me": self.posts.me,
            "GET /2/users/{id}/tweets": self.posts.timeline,
            "POST /2/tweets": self.posts.create,
            "GET /2/tweets/{id}": self.posts.look_up,
            "DELETE /2/tweets/{id}": self.posts.delete,
            "POST /2/media/upload": self._upload,
            "GET /2/media/upload": self._status,
            "POST /2/media/upload/initialize": self._initialize,
            "POST /2/media/upload/{id}/append": self._append,
            "POST /2/media/upload/{id}/finalize": self._finalize,
            "POST /2/media/metadata": self._describe,
        }

        office = self.identities.office
        self._failures: dict[str, Callable[[Fault], Response]] = {
            "rate_limited": lambda fault: self._spent(fault, WINDOW_COUNT),
            "user_day_spent": lambda fault: self._spent(fault, USER_DAY),
            "app_day_spent": lambda fault: self._spent(fault, APP_DAY),
            "usage_capped": lambda fault: usage_capped(office.id, fault.detail.get("period", "Monthly")),
            "expired_token": lambda _: unauthorized(),
            "credits_depleted": lambda _: credits_depleted(office.id),
            "duplicate": lambda _: forbidden(DUPLICATE),
            "too_long": lambda fault: problem(fault.detail.get("status", 403), "Forbidden", TOO_LONG),
            "rejected": lambda fault: invalid([fault.detail.get("message", "$.text: is not acceptable")]),
            "forbidden": lambda _: forbidden(),
        }
        self.failures = self._failures.keys()

    def operation(self, request: Request, path: str) -> str:
        return self._route(request.method, path)[0]

    def is_live(self, operation: str) -> bool:
        return operation == "POST /2/tweets"

    def answer(self, request: Request, path: str) -> Response:
        operation, resource = self._route(request.method, path)
        try:
            with self._lock:
                return self._answered(request, path, operation, resource)
        except Refused as refusal:
            if refusal.departure:
                self.world.violation(self.name, operation, refusal.departure)
            return refusal.response

    def _answered(self, request: Request, path: str, operation: str, resource: str) -> Response:
        if operation == TOKEN:
            return json_response(self.identities.refreshed(request))
        handler = self._handlers.get(operation)
        if handler is None:
            raise Refused(problem(404, "Not Found", "Not Found"), "no such call")
        caller = self.identities.caller(request, operation, path)
        headers = self.rates.count(caller.id, caller.consumer_key, operation)
        wrong = list(mistakes(resource, ID, "`id` path parameter")) if resource else []
        if wrong:
            raise Refused(invalid(wrong), "; ".join(wrong))
        response = handler(request, caller, resource)
        response.headers.update(headers)
        return response

    def _route(self, method: str, path: str) -> tuple[str, str]:
        """The operation, and the id in its path where it has one."""
        for operation in (*self._handlers, TOKEN):
            match = re.fullmatch(operation.replace("{id}", "([^/]+)"), f"{method} {path}")
            if match:
                return operation, match[1] if match.groups() else ""
        return f"{method} {path}", ""

    def _upload(self, request: Request, caller: User, _: str) -> Response:
        read.query(request, ())
        fields, content = read.media_body(request, UPLOAD)
        category = fields["media_category"]
        media = self.shelf.begin(caller.id, category=category, media_type=None, total_bytes=len(content))
        self.shelf.take(media, content)
        return json_response({"data": media.shown(self._now())})

    def _initialize(self, request: Request, caller: User, _: str) -> Response:
        read.query(request, ())
        body = read.json_body(request, INITIALIZE)
        media = self.shelf.begin(
            caller.id,
            category=body.get("media_category", "tweet_image"),
            media_type=body.get("media_type"),
            total_bytes=body.get("total_bytes"),
        )
        return json_response({"data": {"id": media.id, "media_key": media.key, "expires_after_secs": LIFE}})

    def _append(self, request: Request, caller: User, media_id: str) -> Response:
        read.query(request, ())
        fields, chunk = read.media_body(request, APPEND)
        media = self.shelf.own(media_id, caller.id)
        self.shelf.append(media, fields["segment_index"], chunk)
        return json_response({"data": {"expires_at": int(media.expires)}})

    def _finalize(self, request: Request, caller: User, media_id: str) -> Response:
        read.query(request, ())
        media = self.shelf.own(media_id, caller.id)
        self.shelf.finish(media)
        return json_response({"data": media.shown(self._now())})

    def _status(self, request: Request, caller: User, _: str) -> Response:
        rules = {"media_id": ID, "command": {"type": "string", "enum": ("STATUS",)}}
        given = read.query(request, ("media_id", "command"), rules)
        if "media_id" not in given:
            message = "The `media_id` query parameter can not be empty"
            raise Refused(invalid([message]), message)
        media = self.shelf.own(given["media_id"], caller.id)
        self.shelf.poll(media)
        return json_response({"data": media.shown(self._now())})

    def _describe(self, request: Request, caller: User, _: str) -> Response:
        read.query(request, ())
        body = read.json_body(request, METADATA)
        media = self.shelf.own(body["id"], caller.id)
        metadata = body.get("metadata", {})
        if "alt_text" in metadata:
            media.alt = metadata["alt_text"]["text"]
        return json_response({"data": {"id": media.id, "associated_metadata": metadata}})

    def _new_id(self) -> str:
        return self._ids.at(self._now())

    def _next_processing(self) -> Processing:
        """A fault of operation "processing" shapes the next video's: detail polls, check_after_secs, error."""
        with self.world.lock:
            fault = next((f for f in self.world.faults if (f.platform, f.operation) == (self.name, "processing")), None)
            if fault is None:
                return Processing()
            fault.times -= 1
            if fault.times <= 0:
                self.world.faults.remove(fault)
        return Processing(**fault.detail)

    def failure(self, fault: Fault) -> Response | None:
        """`detail` may hold "status" for too_long (400 or 403), "message" for rejected, "period" of a cap."""
        make = self._failures.get(fault.mode)
        return make(fault) if make is not None else None

    def _spent(self, fault: Fault, count: str) -> Response:
        """Nothing left of one count for `fault.seconds`; of the others there is."""
        limit = LIMITS.get(fault.operation, LIMITS["POST /2/tweets"])
        left = rate_headers(limit, limit - 1, int(self._now()) + WINDOW)
        return too_many(left | rate_headers(limit, 0, int(self._now() + fault.seconds), count))

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        return [_sample(office, number, url) for number, office in enumerate(self.identities.offices)]

    def control(self, request: Request, path: str) -> Response:
        """What a person of the office does by hand in the app, and what time does.

        POST posts {"text"}, DELETE posts/{id}; POST lag {"reads"} (the timeline misses each new post so often),
        POST limits {operation: calls in the window}, POST app_limits {operation: calls in a day},
        POST duplicates {"refused"}, POST media/expire.
        """
        with self._lock:
            if request.method == "POST" and path == "lag":
                self.posts.lag = int(request.get_json()["reads"])
            elif request.method == "POST" and path == "limits":
                self.rates.limits.update(request.get_json())
            elif request.method == "POST" and path == "app_limits":
                self.rates.app_limits.update(request.get_json())
            elif request.method == "POST" and path == "duplicates":
                self.posts.refuses_duplicates = bool(request.get_json()["refused"])
            elif request.method == "POST" and path == "posts":
                post = self.posts.publish(request.get_json()["text"], [], self.identities.office)
                return json_response({"id": post.id})
            elif request.method == "DELETE" and path.removeprefix("posts/") in self.posts.posts:
                self.posts.posts[path.removeprefix("posts/")].entry.deleted = True
            elif request.method == "POST" and path == "media/expire":
                self.shelf.expire_all()
            else:
                return Response("no such control", status=404)
        return json_response({"ok": True})


def _sample(office: User, number: int, url: str) -> SampleAccount:
    settings = {
        "id": f"x-{number:04}" if number else "x-contoh-selatan",
        "platform": "x",
        "handle": f"@{office.username}",
        "enabled": True,
        "api_url": url,
        "auth": "oauth1",
        "consumer_key": office.consumer_key,
        "consumer_secret": office.consumer_secret,
        "access_token": office.access_token,
        "access_token_secret": office.access_token_secret,
    }
    return SampleAccount(settings=settings, ledger=("x", f"@{office.username}"))
