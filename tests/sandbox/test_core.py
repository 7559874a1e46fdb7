"""The sandbox plays every fault on demand and tells afterwards what really happened."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox import SANDBOXES, open_sandbox
from bakohumas_bot.sandbox.core import Entry, Fault, SampleAccount, Sandbox, World, json_response


class Kiosk:
    """The smallest platform: POST /post makes its body public, anything else is only answered."""

    name = "kiosk"

    def __init__(self, world: World) -> None:
        self.world = world

    def operation(self, request: Request, path: str) -> str:
        return f"{request.method} {path}"

    def is_live(self, operation: str) -> bool:
        return operation == "POST /post"

    def answer(self, request: Request, path: str) -> Response:
        text = request.get_data(as_text=True)
        if self.is_live(self.operation(request, path)):
            self.world.publish(Entry(platform=self.name, place="papan", id="1", text=text))
        if text == "salah":
            self.world.violation(self.name, "POST /post", "a wrong word")
        return json_response({"said": text})

    def failure(self, fault: Fault) -> Response | None:
        return Response("penuh", status=429) if fault.mode == "rate_limited" else None

    def sample_accounts(self, url: str) -> list[SampleAccount]:
        return [SampleAccount(settings={"api_url": url}, ledger=(self.name, "papan"))]

    def control(self, request: Request, path: str) -> Response:
        return json_response({"asked": path, "by": request.method})


class Street:
    """A sandbox with a kiosk, and what a passer-by does there."""

    def __init__(self, sandbox: Sandbox, session: requests.Session) -> None:
        self.sandbox = sandbox
        self.http = session

    def post(self, text: str = "Rapat", path: str = "post", patience: float = 20) -> requests.Response:
        return self.http.post(f"{self.sandbox.url}/kiosk/{path}", data=text.encode(), timeout=patience)

    def fault(self, operation: str, mode: str, **more: Any) -> None:
        body = {"platform": "kiosk", "operation": operation, "mode": mode, **more}
        assert self.http.post(f"{self.sandbox.url}/sandbox/faults", json=body).ok

    def see(self, what: str) -> Any:
        return self.http.get(f"{self.sandbox.url}/sandbox/{what}").json()

    @property
    def public(self) -> list[str]:
        return [entry["text"] for entry in self.see("ledger")]


@pytest.fixture
def street() -> Iterator[Street]:
    with Sandbox({"kiosk": Kiosk}) as sandbox, requests.Session() as session:
        yield Street(sandbox, session)


def test_without_a_fault_the_platform_answers(street: Street) -> None:
    assert street.post("Rapat").json() == {"said": "Rapat"}
    assert street.public == ["Rapat"]


@pytest.mark.parametrize(
    ("mode", "public", "status", "body"),
    [
        ("error_before", [], 500, '{"error": "internal"}'),
        ("error_after", ["Rapat"], 500, '{"error": "internal"}'),
        ("html_after", ["Rapat"], 502, "502 Bad Gateway"),
        ("garbage_after", ["Rapat"], 200, "not json{{{"),
        ("rate_limited", [], 429, "penuh"),
        ("rate_limited_after", ["Rapat"], 429, "penuh"),
    ],
)
def test_a_fault_answers_wrongly_before_or_after_the_deed(
    street: Street, mode: str, public: list[str], status: int, body: str
) -> None:
    street.fault("live", mode)
    answer = street.post()
    assert (answer.status_code, body in answer.text) == (status, True)
    assert street.public == public
    assert street.post().json() == {"said": "Rapat"}


@pytest.mark.parametrize(("mode", "public"), [("drop_before", []), ("drop_after", ["Rapat"])])
def test_a_dropped_connection_says_nothing_of_what_was_done(street: Street, mode: str, public: list[str]) -> None:
    street.fault("live", mode)
    with pytest.raises(requests.ConnectionError):
        street.post()
    assert street.public == public


def test_a_silent_platform_has_done_it_all_the_same(street: Street) -> None:
    street.fault("live", "timeout_after", seconds=60)
    with pytest.raises(requests.ReadTimeout):
        street.post(patience=0.3)
    assert street.public == ["Rapat"]


def test_a_slow_platform_answers_in_the_end(street: Street) -> None:
    street.fault("live", "slow", seconds=0.2)
    begun = time.monotonic()
    assert street.post().json() == {"said": "Rapat"}
    assert time.monotonic() - begun >= 0.2


def test_closing_the_sandbox_ends_every_wait() -> None:
    ended: list[Exception] = []

    def post(street: Street) -> None:
        try:
            street.post(patience=60)
        except requests.ConnectionError as error:
            ended.append(error)

    with Sandbox({"kiosk": Kiosk}) as sandbox, requests.Session() as session:
        street = Street(sandbox, session)
        street.fault("live", "timeout_after", seconds=60)
        waiting = threading.Thread(target=post, args=(street,))
        waiting.start()
        pause = threading.Event()
        while not sandbox.world.ledger:
            pause.wait(0.01)
    waiting.join(10)
    assert len(ended) == 1


@pytest.mark.parametrize(
    ("operation", "struck"),
    [
        ("live", ["post"]),
        ("POST /post", ["post"]),
        ("POST /look", ["look"]),
        ("*", ["post", "look"]),
        ("POST /other", []),
    ],
)
def test_a_fault_strikes_only_the_operation_it_names(street: Street, operation: str, struck: list[str]) -> None:
    street.fault(operation, "error_before", times=9)
    assert [path for path in ("post", "look") if street.post(path=path).status_code == 500] == struck


def test_a_fault_strikes_as_often_as_it_is_told_after_letting_some_pass(street: Street) -> None:
    street.fault("live", "error_before", times=2, skip=1)
    assert [street.post().status_code for _ in range(4)] == [200, 500, 500, 200]


def test_faults_wait_in_line_and_can_be_lifted(street: Street) -> None:
    street.fault("live", "error_before")
    street.fault("live", "rate_limited", times=5)
    assert [street.post().status_code for _ in range(2)] == [500, 429]
    assert street.http.delete(f"{street.sandbox.url}/sandbox/faults").ok
    assert street.post().status_code == 200


def test_a_fault_of_another_platform_is_no_concern(street: Street) -> None:
    street.sandbox.world.faults.append(Fault(platform="x", operation="*", mode="error_before"))
    assert street.post().status_code == 200


def test_calls_are_counted_and_violations_written_down(street: Street) -> None:
    street.post("salah")
    street.fault("*", "error_before")
    street.post(path="look")
    assert street.see("calls") == {"kiosk POST /post": 1, "kiosk POST /look": 1}
    assert street.see("violations") == [{"platform": "kiosk", "operation": "POST /post", "what": "a wrong word"}]


def test_the_ledger_says_where_when_and_what(street: Street) -> None:
    street.post("Rapat")
    (entry,) = street.see("ledger")
    assert entry.pop("at")
    assert entry == {
        "platform": "kiosk",
        "place": "papan",
        "id": "1",
        "text": "Rapat",
        "media": [],
        "deleted": False,
        "extra": {},
    }


@pytest.mark.parametrize("path", ["nowhere/post", "sandbox/nowhere", "sandbox/faults"])
def test_what_is_not_there_is_not_found(street: Street, path: str) -> None:
    assert street.http.get(f"{street.sandbox.url}/{path}").status_code == 404


def test_people_are_driven_under_the_name_of_their_platform(street: Street) -> None:
    assert street.see("kiosk/users/1/chat") == {"asked": "users/1/chat", "by": "GET"}


def test_whoever_waits_for_a_publishing_call_is_woken_before_it_is_answered(street: Street) -> None:
    street.fault("live", "slow", seconds=20)
    woken: list[int] = []
    waiting = threading.Thread(target=lambda: woken.append(street.see("live?than=0&seconds=20")))
    waiting.start()
    caller = threading.Thread(target=street.post)
    caller.start()
    waiting.join(20)
    assert woken == [1]
    assert street.sandbox.world.ledger == []
    street.sandbox.world.closing.set()
    caller.join(20)


def test_nobody_waits_for_a_publishing_call_for_ever(street: Street) -> None:
    street.post(path="read")
    assert street.see("live?than=0&seconds=0") == 0


def test_a_far_away_platform_acts_at_once_and_answers_later(street: Street) -> None:
    assert street.http.post(f"{street.sandbox.url}/sandbox/latency", json={"seconds": 0.2}).ok
    begun = datetime.now(UTC)
    street.post("Rapat")
    assert datetime.now(UTC) - begun >= timedelta(seconds=0.2)
    (entry,) = street.see("ledger")
    assert datetime.fromisoformat(entry["at"]) - begun < timedelta(seconds=0.2)


def test_a_sandbox_for_many_offices_has_an_account_of_each_on_every_platform() -> None:
    with open_sandbox(accounts=3) as sandbox:
        samples = [
            s for name in ("x", "graph", "telegram") for s in sandbox.platforms[name].sample_accounts("http://a")
        ]
    kinds = Counter(sample.settings["platform"] for sample in samples)
    assert kinds == {"x": 3, "facebook_page": 3, "instagram": 3, "telegram_channel": 3}
    for known in ({s.settings["id"] for s in samples}, {s.ledger for s in samples}):
        assert len(known) == 12


@pytest.mark.parametrize("name", sorted(SANDBOXES))
def test_every_pretend_platform_plays_the_failures_it_names_and_no_other(name: str) -> None:
    platform = SANDBOXES[name](World())
    assert {"rate_limited", "expired_token", "rejected"} <= set(platform.failures)
    for mode in platform.failures:
        answer = platform.failure(Fault(platform=name, operation="live", mode=mode))
        assert answer is not None, mode
    assert platform.failure(Fault(platform=name, operation="live", mode="of another world")) is None
