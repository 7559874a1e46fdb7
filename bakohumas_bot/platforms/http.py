"""The one factory of HTTP sessions for platforms: timeouts, no retries, known hosts only, no secret in any error."""

from __future__ import annotations

import re
import ssl
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
)
from urllib3.exceptions import SSLError as TlsError
from urllib3.util.retry import Retry

from bakohumas_bot.domain.outcomes import NotSent, Unknown

CONNECT = timedelta(seconds=5)
READ = timedelta(seconds=25)  # with CONNECT this stays within domain.delivery.HTTP_DEADLINE
UPLOAD = timedelta(seconds=120)

_SECRET = re.compile(
    r"(?i)(access_token|appsecret_proof|fb_exchange_token|client_secret|oauth_[a-z]+|authorization|bearer|password)"
    r"(\"?\s*[=:]\s*\"?|\s+)[^\s&\"',;)]+"
)
_BOT_TOKEN = re.compile(r"\b\d{5,12}:[A-Za-z0-9_-]{20,}\b|(?<=/bot)[^/\s]+")


def redact(text: str) -> str:
    """The same text without tokens: URLs and exception texts of HTTP libraries carry them."""
    return _BOT_TOKEN.sub("***", _SECRET.sub(r"\1\2***", text))


class UnknownHost(requests.exceptions.InvalidURL):
    """A library tried to reach a host that the configuration does not name. Nothing was sent."""


class _Wire(HTTPAdapter):
    """Sends a request to the configured base instead of the library's built-in host."""

    def __init__(self, hosts: dict[str, str]) -> None:
        self._hosts = hosts
        super().__init__(pool_connections=4, pool_maxsize=64, max_retries=Retry(0, read=False, redirect=False))

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=tls())  # type: ignore[no-untyped-call]

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.url = self._configured(request.url or "")
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = (CONNECT.total_seconds(), READ.total_seconds())
        return super().send(request, *args, **kwargs)

    def _configured(self, url: str) -> str:
        parts = urlsplit(url)
        if any(url.startswith(base + "/") for base in self._hosts.values()):
            return url
        base = self._hosts.get(parts.hostname or "")
        if base is None:
            raise UnknownHost(f"host {parts.hostname} is not configured")
        root = urlsplit(base)
        return urlunsplit((root.scheme, root.netloc, root.path.rstrip("/") + parts.path, parts.query, parts.fragment))


@cache
def tls() -> ssl.SSLContext:
    """One TLS context per process: reading the CA bundle costs 23 ms each time."""
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


@cache
def _session(hosts: tuple[tuple[str, str], ...]) -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
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


def transport_failure(error: BaseException) -> NotSent | Unknown:
    """Did the request certainly not leave? Only then may it be made again without reading back."""
    detail = redact(f"{type(error).__name__}: {error}")[:500]
    if isinstance(error, UnknownHost | requests.exceptions.ConnectTimeout):
        return NotSent(detail=detail)
    reason: Any = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    if isinstance(reason, NewConnectionError | NameResolutionError | ConnectTimeoutError | ProxyError):
        return NotSent(detail=detail)
    if isinstance(reason, TlsError) and "CERTIFICATE_VERIFY_FAILED" in str(reason):
        return NotSent(detail=detail)
    return Unknown(detail=detail)
