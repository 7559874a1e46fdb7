"""A pretend platform, whole: one adapter, one registry line, one sandbox class, covered by the conformance tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from pydantic import SecretStr
from werkzeug.wrappers import Request, Response

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    CannotTell,
    NotSent,
    Outcome,
    Published,
    RateLimited,
    Receipt,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.base import Job, Stopped, Surroundings
from bakohumas_bot.platforms.http import Answer, answer_of, session_for, transport_failure
from bakohumas_bot.platforms.preparing import keep, kept, stopped
from bakohumas_bot.platforms.sighting import Seen, search
from bakohumas_bot.sandbox.core import Entry, Fault, SampleAccount, World, json_response

HOST = "papan.invalid"

# --- the adapter: what would be platforms/noticeboard.py ---


class Settings(base.Settings):
    token: SecretStr


class Adapter:
    def __init__(self, account: Account, settings: Settings, surroundings: Surroundings) -> None:
        self._around = surroundings
        self._session = session_for({HOST: settings.api_url})
        self._key = {"Authorization": f"Bearer {settings.token.get_secret_value()}"}

    def prepare(self, job: Job) -> None:
        for medium in job.rendered.media:
            if kept(job, medium.sha256, self._around.now()) is None:
                body = self._must("PUT", "/pictures", data=job.blob(medium.sha256).read_bytes())
                keep(job, medium.sha256, body["id"], self._around.now() + timedelta(days=1))

    def go_live(self, job: Job) -> Outcome:
        pictures = [kept(job, medium.sha256, self._around.now()) for medium in job.rendered.media]
        notice = {"text": job.rendered.text, "pictures": pictures}
        try:
            answer = answer_of(self._session.post(f"https://{HOST}/notices", json=notice, headers=self._key))
        except requests.RequestException as error:
            return transport_failure(error)
        if not (answer.ok and answer.body and answer.body.get("id")):
            return refusal(answer)
        return Published(receipt=Receipt(remote_id=answer.body["id"]))

    def find(self, job: Job, since: datetime) -> Sighting:
        try:
            return search(self._pages(), job, since)
        except Stopped as stop:
            return CannotTell(detail=stop.outcome.detail)

    def withdraw(self, job: Job) -> None:
        """Nothing lies open."""

    def check_access(self) -> str:
        return str(self._must("GET", "/me")["name"])

    def _pages(self) -> Iterator[list[Seen | None]]:
        yield [
            Seen(
                remote_id=notice["id"],
                url=None,
                text=notice["text"],
                media_count=len(notice["pictures"]),
                created_at=datetime.fromisoformat(notice["at"]),
            )
            for notice in self._must("GET", "/notices")["notices"]
        ]

    def _must(self, method: str, path: str, **call: Any) -> dict[str, Any]:
        try:
            answer = answer_of(self._session.request(method, f"https://{HOST}{path}", headers=self._key, **call))
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None
        if not answer.ok:
            raise stopped(refusal(answer))
        return answer.body or {}


def refusal(answer: Answer) -> Outcome:
    match answer.status:
        case 429:
            return RateLimited(detail="penuh", wait=timedelta(minutes=1))
        case 401:
            return AccountBlocked(detail="kunci dicabut")
        case 400:
            return Rejected(code="400", detail="isi ditolak", field="isi")
        case 409:
            return NotSent(detail="gambar hilang")
    return Unknown(detail=f"HTTP {answer.status}", unreachable=answer.out_of_order)


# --- the registry line ---

PLATFORM = base.Platform(
    spec=PlatformSpec(
        name="noticeboard",
        family="noticeboard",
        label="Papan",
        unit=TextUnit.CODEPOINTS,
        text_limit=1000,
        max_images=5,
        image=ImageLimits(max_bytes=1_000_000, max_width=2000, max_height=2000),
    ),
    settings=Settings,
    open=Adapter,
    setup="Mintalah kunci kepada penjaga papan.",
)

# --- the sandbox: what would be sandbox/noticeboard.py ---


class Papan:
    name = "papan"
    failures = ("rate_limited", "expired_token", "rejected")

    def __init__(self, world: World) -> None:
        self._world = world
        self._pictures: dict[str, str] = {}

    def operation(self, request: Request, path: str) -> str:
        return f"{request.method} {path}"

    def is_live(self, operation: str) -> bool:
        return operation == "POST /notices"

    def answer(self, request: Request, path: str) -> Response:
        if request.headers.get("Authorization") != "Bearer rahasia":
            return json_response({"error": "unauthorised"}, 401)
        match self.operation(request, path):
            case "GET /me":
                return json_response({"name": "Papan Contoh"})
            case "PUT /pictures":
                picture = f"p{len(self._pictures) + 1}"
                self._pictures[picture] = hashlib.sha256(request.get_data()).hexdigest()
                return json_response({"id": picture})
            case "POST /notices":
                return self._hang_up(request.get_json())
            case "GET /notices":
                return json_response({"notices": [entry.extra for entry in reversed(self._world.ledger)]})
        self._world.violation(self.name, self.operation(request, path), "no such call")
        return json_response({"error": "no such call"}, 404)

    def _hang_up(self, notice: dict[str, Any]) -> Response:
        notice |= {"id": f"n{len(self._world.ledger) + 1}", "at": datetime.now(UTC).isoformat()}
        media = [self._pictures[picture] for picture in notice["pictures"]]
        entry = Entry(
            platform=self.name, place="@papan", id=notice["id"], text=notice["text"], media=media, extra=notice
        )
        self._world.publish(entry)
        return json_response({"id": notice["id"]}, 201)

    def failure(self, fault: Fault) -> Response | None:
        statuses = {"rate_limited": 429, "expired_token": 401, "rejected": 400}
        return json_response({"error": fault.mode}, statuses[fault.mode]) if fault.mode in statuses else None

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        settings = {
            "id": "papan-contoh",
            "platform": "noticeboard",
            "handle": "@papan",
            "api_url": url,
            "token": "rahasia",
        }
        return [SampleAccount(settings=settings, ledger=(self.name, "@papan"))]

    def control(self, request: Request, path: str) -> Response:
        return Response("no such control", status=404)
