"""Who calls: the accounts that exist on the pretend X, OAuth 1.0a signatures checked for real, and bearer tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from werkzeug.wrappers import Request

from bakohumas_bot.sandbox.x.problems import PROBLEMS, Refused, problem, unauthorized

# Libraries sign before the host is rewritten, so the signature may stand over X's own names.
HOSTS = ("https://api.x.com", "https://api.twitter.com")
CLOCK_TOLERANCE = 300
USER_TOKEN_LIFE = 7200
APP_ONLY_READS = {"GET /2/tweets/{id}", "GET /2/users/{id}/tweets"}


@dataclass(kw_only=True)
class User:
    """One account with its four OAuth 1.0a keys and its OAuth 2.0 client. `bearers` are user tokens with their end."""

    id: str
    username: str
    name: str
    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str
    client_id: str
    client_secret: str
    bearers: dict[str, float] = field(default_factory=dict)
    refresh_tokens: set[str] = field(default_factory=set)


OFFICE: dict[str, Any] = {
    "id": "1580000000000000001",
    "username": "kpu_contohselatan",
    "name": "KPU Kabupaten Contoh Selatan",
    "consumer_key": "sandbox-consumer-key",
    "consumer_secret": "sandbox-consumer-secret",
    "access_token": "1580000000000000001-sandboxAccessToken",
    "access_token_secret": "sandbox-access-token-secret",
    "client_id": "sandbox-client-id",
    "client_secret": "sandbox-client-secret",
}
STRANGER: dict[str, Any] = {
    "id": "1580000000000000002",
    "username": "warga_contoh",
    "name": "Warga Contoh",
    "consumer_key": "stranger-consumer-key",
    "consumer_secret": "stranger-consumer-secret",
    "access_token": "1580000000000000002-strangerAccessToken",
    "access_token_secret": "stranger-access-token-secret",
    "client_id": "stranger-client-id",
    "client_secret": "stranger-client-secret",
}
APP_BEARER = "sandbox-app-only-bearer"
STRANGER_BEARER = "sandbox-stranger-bearer"
USER_BEARER = "sandbox-user-bearer"
REFRESH_TOKEN = "sandbox-refresh-token"


def office_number(number: int) -> dict[str, Any]:
    """The keys and names of one more office, beside OFFICE."""
    id_ = str(int(OFFICE["id"]) + 10 * number)
    named = {name: f"{OFFICE[name]}-{number:04}" for name in ("consumer_key", "consumer_secret", "client_id")}
    return (
        OFFICE
        | named
        | {
            "id": id_,
            "username": f"kpu_contoh_{number:04}",
            "name": f"KPU Kabupaten Contoh {number}",
            "access_token": f"{id_}-sandboxAccessToken",
        }
    )


class Identities:
    """`now` is the clock in Unix seconds; `offices` how many accounts there are beside the stranger's."""

    def __init__(self, now: Callable[[], float], offices: int = 1) -> None:
        self._now = now
        self._nonces: set[tuple[str, str]] = set()
        ends = now() + USER_TOKEN_LIFE
        self.users = [
            User(**OFFICE, bearers={USER_BEARER: ends}, refresh_tokens={REFRESH_TOKEN}),
            User(**STRANGER, bearers={STRANGER_BEARER: ends}),
            *(User(**office_number(number)) for number in range(1, offices)),
        ]
        self._by_keys = {(user.consumer_key, user.access_token): user for user in self.users}
        self._by_id = {user.id: user for user in self.users}

    @property
    def office(self) -> User:
        return self.users[0]

    @property
    def offices(self) -> list[User]:
        return [self.users[0], *self.users[2:]]

    def by_id(self, user_id: str) -> User | None:
        return self._by_id.get(user_id)

    def caller(self, request: Request, operation: str, path: str) -> User:
        """The user behind the request, or X's refusal."""
        scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
        if scheme == "OAuth":
            return self._signed(request, rest, path)
        if scheme == "Bearer":
            return self._bearing(rest, operation)
        raise Refused(unauthorized(), "the request names no credentials")

    def _bearing(self, token: str, operation: str) -> User:
        if token == APP_BEARER:
            if operation in APP_ONLY_READS:
                return self.office
            kind = PROBLEMS + "unsupported-authentication"
            detail = "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint."
            raise Refused(problem(403, "Unsupported Authentication", detail, kind))
        for user in self.users:
            if user.bearers.get(token, 0) > self._now():
                return user
        raise Refused(unauthorized())

    def _signed(self, request: Request, header: str, path: str) -> User:
        given = _oauth_parameters(header)
        user = self._by_keys.get((given.get("oauth_consumer_key", ""), given.get("oauth_token", "")))
        if user is None:
            raise Refused(unauthorized())
        if given.get("oauth_signature_method") != "HMAC-SHA1" or given.get("oauth_version", "1.0") != "1.0":
            raise Refused(unauthorized(), "OAuth 1.0a wants HMAC-SHA1 and version 1.0")
        self._fresh(given)
        if not any(
            hmac.compare_digest(signature(request, base, given, user), given.get("oauth_signature", ""))
            for base in (*(host + path for host in HOSTS), request.base_url)
        ):
            raise Refused(unauthorized())
        return user

    def _fresh(self, given: dict[str, str]) -> None:
        """RFC 5849, 3.3: a nonce is used once; what comes twice was sent again by some layer of the client."""
        stamp, nonce = given.get("oauth_timestamp", ""), given.get("oauth_nonce", "")
        if not stamp.isdecimal() or abs(int(stamp) - self._now()) > CLOCK_TOLERANCE:
            raise Refused(unauthorized(), "oauth_timestamp is out of bounds")
        if not nonce or (stamp, nonce) in self._nonces:
            raise Refused(unauthorized(), "oauth_nonce was used before: the same signed request came twice")
        self._nonces.add((stamp, nonce))

    def refreshed(self, request: Request) -> dict[str, object]:
        """`POST /2/oauth2/token`: both tokens are new, the old refresh token is spent (they rotate)."""
        form, basic = request.form, request.authorization
        client = basic.username if basic and basic.type == "basic" else form.get("client_id")
        user = next((u for u in self.users if u.client_id == client), None)
        if user is None or (basic is not None and basic.password != user.client_secret):
            raise Refused(problem(401, "invalid_client", "Missing or invalid client credentials."))
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") not in user.refresh_tokens:
            raise Refused(problem(400, "invalid_request", "Value passed for the token was invalid."))
        user.refresh_tokens.clear()
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        user.bearers = {access: self._now() + USER_TOKEN_LIFE}
        user.refresh_tokens.add(refresh)
        scope = "tweet.read tweet.write users.read media.write offline.access"
        lifetime = {"token_type": "bearer", "expires_in": USER_TOKEN_LIFE, "scope": scope}
        return {**lifetime, "access_token": access, "refresh_token": refresh}


def signature(request: Request, base_url: str, given: dict[str, str], user: User) -> str:
    """HMAC-SHA1 over method, address and every parameter (RFC 5849, 3.4)."""
    parameters = [(name, value) for name, value in given.items() if name != "oauth_signature"]
    parameters += parse_qsl(request.query_string.decode(), keep_blank_values=True)
    if request.mimetype == "application/x-www-form-urlencoded":
        parameters += parse_qsl(request.get_data(as_text=True), keep_blank_values=True)
    pairs = sorted((_escape(name), _escape(value)) for name, value in parameters)
    normal = "&".join(f"{name}={value}" for name, value in pairs)
    base = "&".join((request.method.upper(), _escape(base_url), _escape(normal)))
    key = f"{_escape(user.consumer_secret)}&{_escape(user.access_token_secret)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _escape(text: str) -> str:
    return quote(text, safe="-._~")


def _oauth_parameters(header: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in header.split(","))
    return {unquote(name): unquote(value.strip('"')) for name, _, value in pairs if name != "realm"}
