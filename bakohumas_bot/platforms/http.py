"""The one factory of HTTP sessions for platforms: timeouts, no retries, known hosts only, no secret in any error."""

from __future__ import annotations

import io
import logging
import os
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests import exceptions as trouble
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError, ProxyError
from urllib3.util.retry import Retry

from bakohumas_bot.domain.outcomes import NotSent, Unknown
from bakohumas_bot.errors import BadConfiguration

CONNECT = timedelta(seconds=5)
READ = timedelta(seconds=25)  # with CONNECT this stays within domain.delivery.HTTP_DEADLINE
UPLOAD = timedelta(seconds=120)
CA_NAMES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_LONGEST_ANSWER = 8_000_000
_BLOCK = 65_536

_NAMED = re.compile(
    r"(?i)\b((?:[a-z]+_)+(?:token|secret|proof)|oauth_[a-z_]+|appsecret_proof|consumer_key|password|"
    r"(?:token|secret)(?=[\"'=]))"
    r"([\"']?\s*[=:]\s*[\"']?)[^\s&\"',;)}\]]+"
)
_HEADER = re.compile(r"(?i)\b(authorization|cookie)([\"']?\s*[=:]\s*[\"']?)[^\"'\r\n]+")
_SCHEME = re.compile(r"(?i)\b(bearer|oauth|basic)\s+(?=\S*\d)[\w.~+/=|%-]{8,}")
_SHAPED = re.compile(
    r"\b\d{5,12}:[A-Za-z0-9_-]{20,}\b"  # Telegram
    r"|(?<=/bot)\d[^/\s]+"
    r"|\bEAA[A-Za-z0-9]{20,}"  # Meta
    r"|\b\d{5,20}-[A-Za-z0-9]{20,}\b"  # X
)


def redact(text: str) -> str:
    """The same text without tokens: URLs and exception texts of HTTP libraries carry them."""
    text = _SHAPED.sub("***", _NAMED.sub(r"\1\2***", text))
    return _HEADER.sub(r"\1\2***", _SCHEME.sub(r"\1 ***", text))


class UnknownHost(trouble.InvalidURL):
    """A library tried to reach a host that the configuration does not name. Nothing was sent."""


class _TlsConnection(HTTPSConnection):
    """Tells a handshake that failed or fell silent from an answer that did: before it, no request has left."""

    def connect(self) -> None:
        try:
            super().connect()
        except (NewConnectionError, ConnectTimeoutError):
            raise
        except (OSError, HTTPError) as error:
            raise NewConnectionError(self, f"TLS: {error}") from error


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class _Wire(HTTPAdapter):
    """Sends a request to the configured base instead of the library's built-in host."""

    def __init__(self, hosts: dict[str, str]) -> None:
        self._hosts = hosts
        super().__init__(pool_connections=4, pool_maxsize=64, max_retries=Retry(0, read=False, redirect=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=tls())
        self.poolmanager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _TlsPool}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002 - nobody turns it off
        """Keep the context of `tls`; the parent would read the CA bundle again for every connection."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = self._configured(request.url or "")
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = deadline(READ)
        if isinstance(request.body, bytes) and len(request.body) > _BLOCK:
            # One sendall() of it all would have to end within the connect timeout; blocks each get their own.
            request.body = io.BytesIO(request.body)  # type: ignore[assignment]
        ends = time.monotonic() + sum(kwargs["timeout"])
        response = super().send(request, *args, **kwargs)
        if not kwargs.get("stream"):
            _swallow(response, ends)
        return response

    def _configured(self, url: str) -> str:
        parts = urlsplit(url)
        if any(url.startswith(base + "/") for base in self._hosts.values()):
            return url
        base = self._hosts.get(parts.hostname or "")
        if base is None:
            raise UnknownHost(f"host {parts.hostname} is not configured")
        root = urlsplit(base)
        return urlunsplit((root.scheme, root.netloc, root.path.rstrip("/") + parts.path, parts.query, parts.fragment))


def _swallow(response: requests.Response, ends: float) -> None:
    """Read the body to its end, but neither for ever nor without bound: a read timeout starts anew with every byte."""
    body = bytearray()
    try:
        while part := response.raw.read1(_BLOCK, decode_content=True):
            body += part
            if len(body) > _LONGEST_ANSWER or time.monotonic() > ends:
                raise trouble.ChunkedEncodingError("the answer did not end")
    except (HTTPError, OSError) as error:
        raise trouble.ChunkedEncodingError(error) from error
    finally:
        response.close()
    response._content = bytes(body)  # noqa: SLF001 - where requests itself keeps a body that was read


def deadline(read: timedelta) -> tuple[float, float]:
    """The `timeout=` of one request: how long to connect, how long to wait for an answer."""
    return CONNECT.total_seconds(), read.total_seconds()


@cache
def tls() -> ssl.SSLContext:
    """Whom every call of this house trusts. One context per process: reading the CA bundle costs 23 ms each time.

    An office whose proxy has a certificate of its own names the CA as it would for curl or requests; it is trusted
    beside the public ones, so that one bundle serves the proxy and the platforms alike.
    """
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    for name in CA_NAMES:
        place = os.environ.get(name)
        if not place:
            continue
        try:
            in_folder = Path(place).is_dir()
            context.load_verify_locations(cafile=None if in_folder else place, capath=place if in_folder else None)
        except OSError as error:  # ssl.SSLError is one
            detail = f"{name}: sertifikat {place} tidak dapat dibaca ({error.strerror or error})."
            raise BadConfiguration([f"{detail} Mohon isi dengan berkas PEM, atau kosongkan."]) from error
    return context


@cache
def _session(hosts: tuple[tuple[str, str], ...]) -> requests.Session:
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it writes whole addresses, and some carry a token
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # what one account is told is not for another
    wire = _Wire(dict(hosts))
    session.mount("https://", wire)
    session.mount("http://", wire)
    return session


def session_for(hosts: dict[str, str]) -> requests.Session:
    """A pooled session that reaches only `hosts`: a library's built-in host name -> the configured base URL.

    `session_for({"api.x.com": "http://127.0.0.1:9/x"})` sends what tweepy addresses to https://api.x.com/... there.
    One session per set of hosts, shared by all accounts: credentials travel with the request, never in the session.
    """
    return _session(tuple(sorted((name, base.rstrip("/")) for name, base in hosts.items())))


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the far end said. `body` is None when it was not a JSON object: then nobody knows what it means."""

    status: int
    body: dict[str, Any] | None
    headers: Mapping[str, str]

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300 and self.body is not None


def answer_of(response: requests.Response) -> Answer:
    try:
        body = {} if response.status_code == 204 else response.json()  # No Content is an answer, too
    except (ValueError, RecursionError):
        body = None
    return Answer(status=response.status_code, body=body if isinstance(body, dict) else None, headers=response.headers)


_BEFORE_SENDING = (trouble.ConnectTimeout, trouble.InvalidURL, trouble.InvalidSchema, trouble.MissingSchema)
_NO_CONNECTION = (NewConnectionError, ConnectTimeoutError, ProxyError)


def transport_failure(error: BaseException) -> NotSent | Unknown:
    """Did the request certainly not leave? Only then may it be made again without reading back."""
    words = redact(_heart_of(error))[:300]
    if _never_left(error):
        return NotSent(detail=f"Sambungan ke platform tidak terbentuk. ({words})")
    return Unknown(detail=f"Jawaban platform tidak diterima atau tidak terbaca. ({words})")


_WRAPPED = re.compile(r"^\w*Connection(?:Pool)?\(.*?\): ")


def _heart_of(error: BaseException) -> str:
    """What went wrong, without the library's wrappings: people read it on a card."""
    reason: Any = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    said = str(reason) if isinstance(reason, BaseException) else f"{type(error).__name__}: {error}"
    return _WRAPPED.sub("", said)


def _never_left(error: BaseException) -> bool:
    if isinstance(error, _BEFORE_SENDING):
        return True
    reason: Any = error.args[0] if error.args else None
    if isinstance(error, trouble.InvalidHeader):  # ours is a sentence; a broken header of the answer wraps an error
        return not isinstance(reason, BaseException)
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, _NO_CONNECTION)
