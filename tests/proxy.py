"""A proxy before a platform, as an office may run one: under any path, and over TLS with a certificate of its own."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

OWN_CA = Path(__file__).parent / "platforms" / "untrusted.pem"  # its own issuer, for localhost and 127.0.0.1


@contextmanager
def front(behind: str, *, path: str = "", over_tls: bool = False) -> Iterator[int]:
    """A proxy: what is asked under `path` is asked of `behind`."""
    target = urlsplit(behind)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            assert self.path.startswith(path + "/")
            assert "//" not in self.path
            onward = http.client.HTTPConnection(target.netloc)
            onward.request(self.command, target.path + self.path.removeprefix(path), body, dict(self.headers))
            answer = onward.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            onward.close()

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if over_tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(OWN_CA)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
