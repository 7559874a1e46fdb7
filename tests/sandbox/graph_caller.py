"""Plain HTTP with an office's tokens against the pretend Graph, and a small web server whose files Meta may fetch."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from bakohumas_bot.sandbox.core import Entry, Fault, Sandbox
from bakohumas_bot.sandbox.graph.platform import INSTAGRAM_ID, INSTAGRAM_TOKEN, PAGE_ID, PAGE_TOKEN
from rewiring import rewired


@dataclass
class Files:
    """What stands under which path: content type and bytes, or a status with a place to go on."""

    served: dict[str, tuple[str, bytes] | tuple[int, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def put(self, name: str, body: bytes, content_type: str = "image/jpeg") -> str:
        self.served[f"/{name}"] = (content_type, body)
        return f"{self.url}/{name}"


@contextmanager
def serving() -> Iterator[Files]:
    files = Files()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            files.asked.append(self.path)
            kind, what = files.served.get(self.path, (404, ""))
            moved = isinstance(kind, int)
            self.send_response(int(kind) if moved else 200)
            self.send_header("Location" if moved else "Content-Type", str(what) if moved else str(kind))
            body = b"" if moved else what
            assert isinstance(body, bytes)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    files.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield files
    server.shutdown()
    server.server_close()
    thread.join()


class Caller:
    """`page` and `ig` stand for the two accounts in paths; every answer is JSON."""

    page = PAGE_ID
    ig = INSTAGRAM_ID

    def __init__(self, sandbox: Sandbox, version: str = "/v26.0") -> None:
        self.sandbox = sandbox
        self.base = f"{sandbox.url}/graph"
        self.version = version
        self.session = rewired(requests.Session(), self.base)
        self.people = rewired(requests.Session(), sandbox.url)

    def send(self, method: str, path: str, token: str = "", **more: Any) -> requests.Response:
        token = token or (INSTAGRAM_TOKEN if self.ig in path else PAGE_TOKEN)
        headers = {"Authorization": f"Bearer {token}"} | more.pop("headers", {})
        return self.session.request(method, f"{self.base}{self.version}{path}", headers=headers, **more)

    def get(self, path: str, token: str = "", **query: Any) -> Any:
        return self.send("GET", path, token, params=query).json()

    def post(self, path: str, token: str = "", files: Any = None, **form: Any) -> Any:
        return self.send("POST", path, token, data=form, files=files).json()

    def delete(self, path: str, token: str = "") -> Any:
        return self.send("DELETE", path, token).json()

    def feed(self, **form: Any) -> Any:
        return self.post(f"/{self.page}/feed", **form)

    def photo(self, body: bytes, **form: Any) -> Any:
        form = {"published": "false"} | form
        return self.post(f"/{self.page}/photos", files={"source": ("foto.jpg", body)}, **form)

    def posts(self, **query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/{self.page}/published_posts", **query)["data"]
        return found

    def container(self, **form: Any) -> Any:
        return self.post(f"/{self.ig}/media", **form)

    def status(self, container: str) -> Any:
        return self.get(f"/{container}", INSTAGRAM_TOKEN, fields="status_code,status")

    def reveal(self, container: str) -> Any:
        return self.post(f"/{self.ig}/media_publish", creation_id=container)

    def control(self, act: str, **given: Any) -> None:
        assert self.people.post(f"{self.sandbox.url}/sandbox/graph/{act}", json=given).json() == {"ok": True}

    def fault(self, operation: str, mode: str, **more: Any) -> None:
        self.sandbox.world.faults.append(Fault(platform="graph", operation=operation, mode=mode, **more))

    @property
    def ledger(self) -> list[Entry]:
        return self.sandbox.world.ledger

    @property
    def violations(self) -> list[str]:
        return [violation["what"] for violation in self.sandbox.world.violations]


def media_ids(*ids: str) -> str:
    """`attached_media` as a form carries it."""
    return json.dumps([{"media_fbid": each} for each in ids])


def error(answer: Any) -> tuple[int, int | None]:
    """Code and subcode of a refusal."""
    return answer["error"]["code"], answer["error"].get("error_subcode")
