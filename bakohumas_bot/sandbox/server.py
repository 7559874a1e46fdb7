"""An HTTP/1.1 server that keeps connections alive, a thread for each, as a platform's front does.

werkzeug's own closes after every answer and waits 10 ms for more: measurements would time the sandbox, not the desk.
"""

from __future__ import annotations

import io
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from werkzeug.serving import DechunkedInput
from werkzeug.wrappers import Request, Response

BACKLOG = 1024  # a burst opens all its connections in one moment
_LONGEST_LINE = 65_536
_NO_LENGTH = {204, 304}
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

Respond = Callable[[Request], Response | None]
Environ = dict[str, Any]


class Malformed(Exception):  # noqa: N818
    """What arrived is no HTTP request."""


class Server:
    """`respond` answers a request; None hangs up instead."""

    def __init__(self, port: int, respond: Respond) -> None:
        self._respond = respond
        self._listening = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
        self.port: int = self._listening.getsockname()[1]
        self._closing = False
        self._open: set[socket.socket] = set()

    def serve_forever(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True, name="sandbox-line").start()

    def close(self) -> None:
        """Nobody is served any more: idle lines end, what is being answered is answered."""
        self._closing = True
        with _already_gone():
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes accept()
        self._listening.close()
        for connection in list(self._open):
            with _already_gone():
                connection.shutdown(socket.SHUT_RD)

    def _serve(self, connection: socket.socket) -> None:
        self._open.add(connection)
        with _already_gone(), connection, connection.makefile("rb") as reader:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                while not self._closing and self._answer_one(connection, reader):
                    pass
            except Malformed as why:
                connection.sendall(_written(Response(str(why), status=400), {"REQUEST_METHOD": "GET"}, last=True))
        self._open.discard(connection)

    def _answer_one(self, connection: socket.socket, reader: io.BufferedIOBase) -> bool:
        """False when the line ends: the caller has gone, asked for it, or is hung up on."""
        environ = _read(reader, connection, self.port)
        if environ is None:
            return False
        response = self._response(environ)
        if response is None:
            return False
        last = environ["HTTP_CONNECTION"].lower() == "close"
        connection.sendall(_written(response, environ, last=last))
        return not last

    def _response(self, environ: Environ) -> Response | None:
        with Request(environ) as request:  # closes the temporary files of its uploads
            try:
                return self._respond(request)
            except Exception:  # noqa: BLE001 - a mistake of the pretend platform, told where its log would be
                traceback.print_exc()
                return Response("the sandbox made a mistake", status=500)


def _read(reader: io.BufferedIOBase, connection: socket.socket, port: int) -> Environ | None:
    """The next request with its whole body, as WSGI has it; None when there is none."""
    line = reader.readline(_LONGEST_LINE)
    if not line:
        return None
    try:
        method, target, protocol = line.decode("latin-1").split()
    except ValueError:
        raise Malformed(f"no request line: {line[:80]!r}") from None
    path, _, query = target.partition("?")
    environ: Environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": protocol,
        "HTTP_CONNECTION": "close" if protocol == "HTTP/1.0" else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _read_headers(reader, environ)
    if environ.get("HTTP_EXPECT", "").lower() == "100-continue":
        connection.sendall(_CONTINUE)
    environ["wsgi.input"] = io.BytesIO(_body(reader, environ))
    return environ


def _read_headers(reader: io.BufferedIOBase, environ: Environ) -> None:
    """Names with an underscore are kept, which WSGI drops: Meta's upload host asks for `file_size`."""
    while (line := reader.readline(_LONGEST_LINE).rstrip(b"\r\n")) != b"":
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon:
            raise Malformed(f"no header: {line[:80]!r}")
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = "HTTP_" + key
        said = environ.get(key) if key != "HTTP_CONNECTION" else None
        environ[key] = f"{said},{value.strip()}" if said else value.strip()


def _body(reader: io.BufferedIOBase, environ: Environ) -> bytes:
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
        body = DechunkedInput(reader).readall()  # type: ignore[arg-type]
        environ["CONTENT_LENGTH"] = str(len(body))
        return body
    length = environ.get("CONTENT_LENGTH", "0")
    if not length.isdecimal():
        raise Malformed(f"Content-Length: {length}")
    body = reader.read(int(length))
    if len(body) < int(length):
        raise ConnectionResetError("the body did not arrive whole")
    return body


def _written(response: Response, environ: Environ, *, last: bool) -> bytes:
    pieces, status, headers = response.get_wsgi_response(environ)
    body = b"".join(pieces)
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    if all(name.lower() != "content-length" for name, _ in headers) and response.status_code not in _NO_LENGTH:
        lines.append(f"Content-Length: {len(body)}")
    if last:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


class _already_gone:  # noqa: N801 - reads as a sentence
    """Whoever hung up needs no answer."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: object, __: object) -> bool:
        return isinstance(error, OSError)
