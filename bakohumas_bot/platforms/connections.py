"""Connections to platforms: an answer comes in time as a whole, and a failed handshake is no lost request."""

from __future__ import annotations

import io
import socket
import time
from http.client import HTTPResponse
from typing import Any, cast

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

# Minutes lie between the uploads and the hour. A router that forgets a silent connection tells neither side, and the
# live call would go nowhere: these keep it awake, and a dead one is noticed before it is used.
_AWAKE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))
SOCKET_OPTIONS = [
    *HTTPConnection.default_socket_options,
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    *((socket.IPPROTO_TCP, getattr(socket, name), value) for name, value in _AWAKE if hasattr(socket, name)),
]


class _InTime(io.RawIOBase):
    """What the far end says, until time is up: a socket's own timeout would start anew with every byte."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = cast(io.RawIOBase, sock.makefile("rb", buffering=0))
        self._ends = time.monotonic() + (sock.gettimeout() or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer did not end")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Clocked:
    """A socket as an HTTP response asks for it: once, to read from."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_InTime(self._sock))


class _Prompt(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(cast(socket.socket, _Clocked(sock)), *args, **kwargs)


class _Connection(HTTPConnection):
    response_class = _Prompt


class _TlsConnection(HTTPSConnection):
    """Tells a handshake that failed or fell silent from an answer that did: before it, no request has left."""

    response_class = _Prompt

    def connect(self) -> None:
        try:
            super().connect()
        except (NewConnectionError, ConnectTimeoutError):
            raise
        except (OSError, HTTPError) as error:
            raise NewConnectionError(self, f"TLS: {error}") from error


class Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection
