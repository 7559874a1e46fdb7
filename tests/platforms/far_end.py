"""A far end that says what a test dictates, for answers a well-behaved sandbox never gives; and a delivery's memory."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bakohumas_bot.domain.rendering import MediaKind, Rendered, RenderedMedia
from bakohumas_bot.platforms.base import Job

DROP = "drop"
SILENCE = "silence"
DRIP = "drip"  # an answer that begins and never ends
CUT = "cut"  # an answer that breaks off


@dataclass
class FarEnd:
    """`answers`: the end of a path -> (status, body), DROP, SILENCE, ...; a list: one after another, its last for ever.

    `callers` are the connections that were opened, as (host, port) of the other side.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    callers: set[tuple[str, int]] = field(default_factory=set)
    url: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def answer_for(self, path: str) -> Any:
        for end, answer in self.answers.items():
            if path.split("?", maxsplit=1)[0].rstrip("/").endswith(end):
                return answer.pop(0) if isinstance(answer, list) and len(answer) > 1 else _last(answer)
        return (404, "no such thing here")

    def times(self, end: str) -> int:
        return sum(path.split("?", maxsplit=1)[0].rstrip("/").endswith(end) for path in self.asked)


def _last(answer: Any) -> Any:
    return answer[0] if isinstance(answer, list) else answer


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a crowd at the door waits, and is not turned away


@contextmanager
def far_end(answers: dict[str, Any]) -> Iterator[FarEnd]:
    end = FarEnd(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            end.asked.append(self.path)
            end.bodies.append(body)
            end.headers.append(dict(self.headers))
            end.callers.add(self.client_address)
            answer = end.answer_for(self.path)
            if answer in (DROP, SILENCE, DRIP, CUT):
                if answer == SILENCE:
                    end.over.wait(30)
                if answer == DRIP:
                    self._drip()
                if answer == CUT:
                    self._begin()
                self.close_connection = True
                with suppress(OSError):
                    self.connection.shutdown(2)
                return
            status, content = answer
            content_type = "application/json" if isinstance(content, dict) else "text/html"
            sent = json.dumps(content).encode() if isinstance(content, dict) else content.encode()
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def _begin(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()

        def _drip(self) -> None:
            self._begin()
            with suppress(OSError):
                while not end.over.wait(0.1):
                    self.wfile.write(b" ")

        do_GET = do_POST  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    end.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield end
    finally:
        end.over.set()
        server.shutdown()
        server.server_close()


@dataclass
class Notebook:
    """A journal on paper: what the database keeps for one delivery, and for its account."""

    delivery: dict[str, str] = field(default_factory=dict)
    account: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        return self.delivery.get(key)

    def put(self, key: str, value: str) -> None:
        self.delivery[key] = value

    def forget(self, key: str) -> None:
        self.delivery.pop(key, None)

    def account_get(self, key: str) -> str | None:
        return self.account.get(key)

    def account_put(self, key: str, value: str) -> None:
        self.account[key] = value


def keep(folder: Path, content: bytes, kind: MediaKind, name: str, **facts: Any) -> RenderedMedia:
    """A file of the post, kept under its hash as the desk keeps it."""
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / sha256).write_bytes(content)
    mime = {MediaKind.IMAGE: "image/jpeg", MediaKind.VIDEO: "video/mp4", MediaKind.DOCUMENT: "application/pdf"}[kind]
    return RenderedMedia(sha256=sha256, source=sha256, kind=kind, mime=mime, name=name, size=len(content), **facts)


def job_for(
    folder: Path, text: str, *media: RenderedMedia, html: str | None = None, notebook: Notebook | None = None
) -> Job:
    rendered = Rendered(
        account="kanal", platform="", handle="@kpu_contoh", title="Rapat", text=text, html=html, media=media
    )
    return Job(delivery="d1", rendered=rendered, journal=notebook or Notebook(), blob=lambda sha: folder / sha)
