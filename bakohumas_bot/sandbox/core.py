"""The pretend far end of the wire: one loopback server, with faults on demand, a ledger and a list of violations."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Protocol, Self

from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.server import Server

BEFORE = ("drop_before", "error_before")  # nothing is done
AFTER = ("timeout_after", "error_after", "drop_after", "garbage_after", "html_after")  # done, but not said
HTML = "<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"


@dataclass(kw_only=True)
class Fault:
    """A failure to play on the next `times` calls of `operation`, after letting `skip` of them pass.

    `operation` is a name of the platform, "*" for any call, or "live" for the call that makes something public.

    `mode` is one of BEFORE, AFTER, "slow" (answers after `seconds`), or a name that the platform itself knows
    ("rate_limited", "expired_token", ...). With "_after" behind it ("rate_limited_after") the platform does what it
    was asked and then says that it did not. `seconds` is also how long timeout_after stays silent.
    """

    platform: str
    operation: str
    mode: str
    times: int = 1
    skip: int = 0
    seconds: float = 60.0
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Entry:
    """One thing that became public: `place` is the channel, handle, page or account; `media` are SHA-256 sums."""

    platform: str
    place: str
    id: str
    text: str
    media: list[str] = field(default_factory=list)
    at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    deleted: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SampleAccount:
    """A ready-made account here: an `[[accounts]]` table, and where its posts stand in the ledger."""

    settings: dict[str, Any]
    ledger: tuple[str, str]  # Entry.platform, Entry.place


class Platform(Protocol):
    """One pretend platform. `answer` must be strict as the official description is, and never import the adapters."""

    name: str
    failures: Collection[str]  # the modes that `failure` knows

    def operation(self, request: Request, path: str) -> str:
        """A stable name for this call, e.g. "POST /2/tweets" or "sendPhoto", for faults and counting."""

    def is_live(self, operation: str) -> bool:
        """Is this the call after which the public sees something?"""

    def answer(self, request: Request, path: str) -> Response:
        """Do what the platform does; `world.violation` for departures, `world.publish` for public posts."""

    def failure(self, fault: Fault) -> Response | None:
        """The platform's own words for a fault it knows by `fault.mode`; None when it does not know it."""

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        """Accounts that exist here and work; `url` is this platform's own base, for `api_url` and `upload_url`."""

    def control(self, request: Request, path: str) -> Response:
        """What a test or the demo does as a person of this platform: /sandbox/<name>/<path>."""


class World:
    """What all pretend platforms share. Every method may be called from any thread.

    `accounts`: how many of its sample accounts each platform has. `latency`: seconds from a deed to its answer.
    """

    def __init__(self, accounts: int = 1) -> None:
        self.accounts = accounts
        self.latency = 0.0
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.ledger: list[Entry] = []
        self.violations: list[dict[str, str]] = []
        self.calls: Counter[str] = Counter()
        self.live_calls = 0
        self.faults: list[Fault] = []
        self.closing = threading.Event()

    def publish(self, entry: Entry) -> Entry:
        with self.lock:
            self.ledger.append(entry)
        return entry

    def count(self, platform: str, operation: str, *, live: bool) -> None:
        """A call has arrived, and nothing has come of it yet."""
        with self.changed:
            self.calls[f"{platform} {operation}"] += 1
            self.live_calls += live
            self.changed.notify_all()

    def more_live_calls(self, than: int, seconds: float) -> int:
        """How many calls that publish have arrived: as soon as they are more than that, or after `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.live_calls > than, seconds)
            return self.live_calls

    def violation(self, platform: str, operation: str, what: str) -> None:
        """A departure from the official description, refused or not: it fails the test that caused it."""
        with self.lock:
            self.violations.append({"platform": platform, "operation": operation, "what": what})

    def fault_for(self, platform: str, operation: str, *, live: bool) -> Fault | None:
        names = {"*", operation, "live"} if live else {"*", operation}
        with self.lock:
            for fault in self.faults:
                if fault.platform != platform or fault.operation not in names:
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    return None
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None


class Sandbox:
    """All pretend platforms on one loopback port, each under its name; control under /sandbox/."""

    def __init__(self, platforms: dict[str, type[Any]], port: int = 0, accounts: int = 1) -> None:
        self.world = World(accounts)
        self.platforms: dict[str, Any] = {name: make(self.world) for name, make in platforms.items()}
        self._server = Server(port, self._respond)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True, name="sandbox")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.world.closing.set()
        self._server.close()

    def serve_forever(self) -> None:
        self._server.serve_forever()

    def _respond(self, request: Request) -> Response | None:
        room, _, path = request.path.lstrip("/").partition("/")
        if room == "sandbox":
            return self._control(request, path)
        if room in self.platforms:
            return self._play(self.platforms[room], request, "/" + path)
        return Response("no such platform", status=404)

    def _play(self, platform: Platform, request: Request, path: str) -> Response | None:
        """One call, with the fault that waits for it, if any. None means: drop the connection."""
        request.get_data(cache=True, parse_form_data=False)  # the whole body has arrived before anything is done
        operation = platform.operation(request, path)
        live = platform.is_live(operation)
        self.world.count(platform.name, operation, live=live)
        fault = self.world.fault_for(platform.name, operation, live=live)
        if fault is None:
            response = platform.answer(request, path)
            if self.world.latency:
                self.world.closing.wait(self.world.latency)
            return response
        if fault.mode == "slow":
            self.world.closing.wait(fault.seconds)
            return platform.answer(request, path)
        if fault.mode in BEFORE:
            return None if fault.mode == "drop_before" else _server_error()
        if fault.mode in AFTER:
            platform.answer(request, path)
            return self._after(fault)
        if fault.mode.endswith("_after"):
            platform.answer(request, path)
        failure = platform.failure(replace(fault, mode=fault.mode.removesuffix("_after")))
        if failure is None:
            raise ValueError(f"{platform.name} knows no fault {fault.mode!r}")
        return failure

    def _after(self, fault: Fault) -> Response | None:
        if fault.mode == "timeout_after":
            self.world.closing.wait(fault.seconds)
            return None
        if fault.mode == "drop_after":
            return None
        if fault.mode == "garbage_after":
            return Response("\x00\x01not json{{{", status=200, content_type="application/json")
        if fault.mode == "html_after":
            return Response(HTML, status=502, content_type="text/html")
        return _server_error()

    def _control(self, request: Request, path: str) -> Response:
        """GET ledger|violations|calls, POST or DELETE faults, POST latency, and <platform>/... for its people.

        GET live?than=N&seconds=S waits until more calls than N that publish have arrived.
        """
        room, _, rest = path.partition("/")
        if request.method == "GET" and room == "live":
            than, seconds = int(request.args["than"]), float(request.args["seconds"])
            return json_response(self.world.more_live_calls(than, seconds))
        if room in self.platforms:
            answer: Response = self.platforms[room].control(request, rest)
            return answer
        with self.world.lock:
            if request.method == "GET" and room in {"ledger", "violations", "calls"}:
                return json_response(self._shown(room))
            if self._changed(request, room):
                return json_response({"ok": True})
        return Response("no such control", status=404)

    def _changed(self, request: Request, room: str) -> bool:
        match request.method, room:
            case "POST", "faults":
                self.world.faults.append(Fault(**request.get_json()))
            case "DELETE", "faults":
                self.world.faults.clear()
            case "POST", "latency":
                self.world.latency = float(request.get_json()["seconds"])
            case _:
                return False
        return True

    def _shown(self, room: str) -> Any:
        if room == "ledger":
            return [asdict(entry) for entry in self.world.ledger]
        return self.world.violations if room == "violations" else dict(self.world.calls)


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer, as every platform gives them."""
    return Response(
        json.dumps(body, ensure_ascii=False),
        status=status,
        headers=headers,
        content_type="application/json; charset=utf-8",
    )


def _server_error() -> Response:
    return Response('{"error": "internal"}', status=500, content_type="application/json")
