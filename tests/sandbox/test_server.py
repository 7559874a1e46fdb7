"""The sandbox's front speaks HTTP/1.1 as platforms do: lines stay open, bodies arrive whole or not at all."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator

import pytest
from werkzeug.wrappers import Request, Response

from bakohumas_bot.sandbox.core import Sandbox
from bakohumas_bot.sandbox.server import Server

POST = b"POST /mirror HTTP/1.1\r\nHost: x\r\n"


def mirror(request: Request) -> Response | None:
    """Says what it was told; hangs up on "pergi"; stumbles over "salah"."""
    said = request.get_data(as_text=True)
    if said == "salah":
        raise ValueError("a mistake of the pretend platform")
    return None if said == "pergi" else Response(f"{request.path} {request.headers.get('file_size', '-')} {said}")


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(0, mirror)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.close()
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def line(server: Server) -> Iterator[http.client.HTTPConnection]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    yield line
    line.close()


def said(line: http.client.HTTPConnection, body: str = "", **headers: str) -> tuple[int, str]:
    line.request("POST", "/c%C3%A9rmin", body, headers=headers)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


def test_one_line_serves_many_calls(line: http.client.HTTPConnection) -> None:
    assert said(line, "satu") == (200, "/cérmin - satu")
    first = line.sock
    assert said(line, "dua", file_size="3") == (200, "/cérmin 3 dua")
    assert line.sock is first


def test_a_mistake_of_the_sandbox_is_told_and_the_line_stays(
    line: http.client.HTTPConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(line, "salah")[0] == 500
    assert "a mistake of the pretend platform" in capsys.readouterr().err
    assert said(line, "satu")[0] == 200


def test_a_platform_may_hang_up_without_a_word(line: http.client.HTTPConnection) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        said(line, "pergi")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (POST + b"Content-Length: 3\r\nConnection: close\r\n\r\nsah", b"/mirror - sah"),
        (
            POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\ns\r\n2\r\nah\r\n0\r\n\r\n",
            b"/mirror - sah",
        ),
        (b"POST /mirror HTTP/1.0\r\nContent-Length: 3\r\n\r\nsah", b"/mirror - sah"),
        (POST + b"Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nya", b"100 Continue"),
        (POST + b"Content-Length: banyak\r\n\r\n", b"400 BAD REQUEST"),
        (b"selamat pagi\r\n\r\n", b"400 BAD REQUEST"),
        (POST + b"tanpa titik dua\r\n\r\n", b"400 BAD REQUEST"),
    ],
)
def test_every_way_to_send_a_body_is_understood_and_nothing_else(server: Server, sent: bytes, answer: bytes) -> None:
    assert answer in exchange(server.port, sent)


def test_half_a_body_is_never_acted_on(server: Server) -> None:
    assert exchange(server.port, POST + b"Content-Length: 30\r\n\r\nseteng") == b""


def exchange(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_closing_ends_idle_lines_too() -> None:
    with Sandbox({}) as sandbox:
        line = http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=10)
        line.request("GET", "/sandbox/ledger")
        assert line.getresponse().read() == b"[]"
        idle = line.sock
    assert idle.recv(1) == b""
    line.close()
