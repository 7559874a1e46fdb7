"""The one factory of HTTP sessions for platforms: timeouts, no retries, known hosts only, no secret in any error."""

from __future__ import annotations

import io
import logging
import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests import exceptions as trouble
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, HTTPError, MaxRetryError, NewConnectionError, ProxyError
from urllib3.util.retry import Retry
from urllib3.util.timeout import Timeout

from bakohumas_bot.domain.outcomes import NotSent, Unknown
from bakohumas_bot.errors import BadConfiguration
from bakohumas_bot.platforms.connections import SOCKET_OPTIONS, Pool, TlsPool
from bakohumas_bot.platforms.deadlines import USUAL, deadlines
from bakohumas_bot.platforms.redaction import redact

CONNECT, UPLOAD = USUAL.connect, USUAL.upload
POOL = 256  # connections kept per host: with fewer than there are senders, some would be opened anew for every call
CA_NAMES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_LONGEST_ANSWER = 8_000_000
_BLOCK = 65_536


class UnknownHost(trouble.InvalidURL):
    """A library tried to reach a host that the configuration does not name. Nothing was sent."""


class _Wire(HTTPAdapter):
    """Sends a request to the configured base instead of the library's built-in host."""

    def __init__(self, hosts: dict[str, str]) -> None:
        self._hosts = hosts
        super().__init__(pool_connections=4, pool_maxsize=POOL, max_retries=Retry(0, read=False, redirect=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=tls(), socket_options=SOCKET_OPTIONS)
        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": TlsPool}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002 - nobody turns it off
        """Keep the context of `tls`; the parent would read the CA bundle again for every connection."""
        conn.cert_reqs = "CERT_REQUIRED"

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = self._configured(request.url or "")
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = in_time()
        if isinstance(request.body, bytes) and len(request.body) > _BLOCK:
            # One sendall() of it all would have to end within the connect timeout; blocks each get their own.
            request.body = io.BytesIO(request.body)  # type: ignore[assignment]
        response = super().send(request, *args, **kwargs)
        if not kwargs.get("stream"):
            _swallow(response)
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


def _swallow(response: requests.Response) -> None:
    """Read the body to its end, but not without bound; that it ends in time its connection sees to."""
    body = bytearray()
    try:
        while part := response.raw.read1(_BLOCK, decode_content=True):
            body += part
            if len(body) > _LONGEST_ANSWER:
                raise trouble.ChunkedEncodingError("the answer did not end")
    except (HTTPError, OSError) as error:
        raise trouble.ChunkedEncodingError(error) from error
    finally:
        response.close()
    response._content = bytes(body)  # noqa: SLF001 - where requests itself keeps a body that was read


def in_time() -> Timeout:
    """The `timeout=` of a call without a file: connecting, to however many addresses, takes from the time to answer."""
    now = deadlines()
    connect, answer = now.connect.total_seconds(), now.answer.total_seconds()
    return Timeout(connect=connect, read=answer, total=connect + answer)


def for_a_file() -> Timeout:
    """The `timeout=` of an upload: sending may take as long as it moves on, answering has its own time."""
    return Timeout(connect=deadlines().connect.total_seconds(), read=deadlines().upload.total_seconds())


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

    @property
    def out_of_order(self) -> bool:
        """It is of a platform that is down, or of something in between that could not reach it."""
        return self.status >= 500 or (self.body is None and not 200 <= self.status < 300)


def answer_of(response: requests.Response) -> Answer:
    try:
        body = {} if response.status_code == 204 else response.json()  # No Content is an answer, too
    except (ValueError, RecursionError):
        body = None
    return Answer(status=response.status_code, body=body if isinstance(body, dict) else None, headers=response.headers)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after", "").strip()
    if said.isdecimal():
        return timedelta(seconds=min(int(said), 10**7))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(until.replace(tzinfo=until.tzinfo or UTC) - now, timedelta())


_OF_OUR_MAKING = (trouble.InvalidURL, trouble.InvalidSchema, trouble.MissingSchema)
_NO_CONNECTION = (NewConnectionError, ConnectTimeoutError, ProxyError)
_SILENCE = (trouble.ConnectionError, trouble.Timeout, trouble.ChunkedEncodingError, trouble.TooManyRedirects)


def transport_failure(error: BaseException) -> NotSent | Unknown:
    """Did the request certainly not leave? Only then may it be made again without reading back."""
    words = redact(_heart_of(error))[:300]
    if _never_left(error):
        detail = f"Sambungan ke platform tidak terbentuk. ({words})"
        return NotSent(detail=detail, unreachable=isinstance(error, trouble.ConnectionError))
    detail = f"Jawaban platform tidak diterima atau tidak terbaca. ({words})"
    return Unknown(detail=detail, unreachable=isinstance(error, _SILENCE))


_WRAPPED = re.compile(r"^\w*Connection(?:Pool)?\(.*?\): ")


def _heart_of(error: BaseException) -> str:
    """What went wrong, without the library's wrappings: people read it on a card."""
    reason: Any = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    said = str(reason) if isinstance(reason, BaseException) else f"{type(error).__name__}: {error}"
    return _WRAPPED.sub("", said)


def _never_left(error: BaseException) -> bool:
    if isinstance(error, (trouble.ConnectTimeout, *_OF_OUR_MAKING)):
        return True
    reason: Any = error.args[0] if error.args else None
    if isinstance(error, trouble.InvalidHeader):  # ours is a sentence; a broken header of the answer wraps an error
        return not isinstance(reason, BaseException)
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, _NO_CONNECTION)
