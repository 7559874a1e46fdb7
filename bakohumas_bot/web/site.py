"""The web process: prepared media under signed, expiring addresses, and a sign of life."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from bakohumas_bot.errors import DeskError, Unavailable
from bakohumas_bot.media import hosting
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.store import hosted
from bakohumas_bot.store.database import Store

_NOT_FOUND = "Tidak ditemukan."
_AWAY = "Sedang tidak dapat dibaca. Mohon coba lagi sebentar."
# What is here is for a platform's fetcher, not for indexes or caches.
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff"}


def site(store: Store, blobs: BlobStore, key: bytes, now: Callable[[], datetime]) -> Starlette:
    """A wrong, expired or withdrawn address is simply not found: nobody learns whether it ever was."""

    def media(request: Request) -> Response:
        path = request.path_params
        token = hosting.check(path["token"], path["expires"], path["signature"], key=key, now=now())
        if token is None:
            return PlainTextResponse(_NOT_FOUND, status_code=404)
        try:
            with store.reading() as tx:
                row = hosted.by_token(tx, token)
        except Unavailable:  # the fetcher comes again
            return PlainTextResponse(_AWAY, status_code=503, headers={"Retry-After": "5"})
        if row is None or row.expires_at <= now():
            return PlainTextResponse(_NOT_FOUND, status_code=404)
        try:
            return FileResponse(blobs.path(row.sha256), media_type=row.mime, headers=_HEADERS)
        except DeskError:
            return PlainTextResponse(_NOT_FOUND, status_code=404)

    def alive(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(
        routes=[
            Route("/media/{token}/{expires}/{signature}", media, methods=["GET", "HEAD"]),
            Route("/sehat", alive),
        ]
    )


_REASONS = {
    errno.EADDRINUSE: "sedang dipakai program lain",
    errno.EADDRNOTAVAIL: "bukan alamat komputer ini",
    errno.EACCES: "memerlukan hak khusus",
}


def _opened(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=128)
    except OSError as error:
        raise Unavailable(
            f"Alamat {listen} {_REASONS.get(error.errno or 0, 'tidak dapat dipakai')}. Mohon ubah listen pada [web], "
            "atau hentikan program lain yang memakai alamat itu."
        ) from error


class WebServer:
    """Serves until `stop`; answers only what `site` names."""

    def __init__(self, application: Starlette, listen: str) -> None:
        import uvicorn

        self._listen = listen
        self._server = uvicorn.Server(uvicorn.Config(application, log_level="warning", server_header=False))

    def run(self) -> None:
        """Raises `Unavailable` when the address cannot be had."""
        with _opened(self._listen) as door:
            asyncio.run(self._server.serve(sockets=[door]))

    def stop(self) -> None:
        self._server.should_exit = True

    def wait_until_ready(self, seconds: float = 10) -> None:
        """For whoever started it in the background; raises `TimeoutError` when it does not come up."""
        began = time.monotonic()
        while not self._server.started:
            if time.monotonic() - began > seconds:
                raise TimeoutError("the web process did not start")
            time.sleep(0.01)

    def in_background(self) -> threading.Thread:
        thread = threading.Thread(target=self.run, name="web", daemon=True)
        thread.start()
        return thread
