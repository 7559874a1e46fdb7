"""Meta's Graph API through facebook-sdk: one call at a time, with status, headers and subcode read by ourselves."""

from __future__ import annotations

import hashlib
import hmac
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from pydantic import Field, SecretStr
from urllib3.util.timeout import Timeout

from bakohumas_bot.domain.outcomes import NotSent, Outcome, Published, Receipt, Unknown
from bakohumas_bot.platforms import base, http
from bakohumas_bot.platforms.base import Stopped
from bakohumas_bot.platforms.http import Answer, answer_of, session_for, transport_failure
from bakohumas_bot.platforms.meta import graph_limits
from bakohumas_bot.platforms.meta.graph_errors import is_missing, outcome_of
from bakohumas_bot.platforms.meta.graph_limits import UseCase
from bakohumas_bot.platforms.preparing import stopped

HOST = "graph.facebook.com"
VIDEO_HOST = "graph-video.facebook.com"


class Settings(base.Settings):
    """What the Page and the Instagram account have in common. `upload_url` is where video goes, if elsewhere."""

    upload_url: base.Address | None = None
    access_token: SecretStr
    app_secret: SecretStr | None = None
    graph_version: str = Field(default="v26.0", pattern=r"^v\d{1,3}\.\d{1,2}$")


class _Ear:
    """Stands in for the SDK's session during one call: may change the host, and keeps the answer it got."""

    def __init__(self, session: requests.Session, host: str) -> None:
        self._session = session
        self._host = host
        self.said: requests.Response | None = None

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        self.said = self._session.request(method, url.replace(HOST, self._host, 1), **kwargs)
        return self.said


class Graph:
    """What an account says to Graph. `use_case` is the limit its calls count towards."""

    def __init__(self, settings: Settings, use_case: UseCase, now: Callable[[], datetime]) -> None:
        self._use_case = use_case
        self._now = now
        self._token = settings.access_token.get_secret_value()
        self._version = settings.graph_version
        self._proof: dict[str, str] = {}
        if settings.app_secret is not None:
            secret = settings.app_secret.get_secret_value().encode()
            self._proof["appsecret_proof"] = hmac.new(secret, self._token.encode(), hashlib.sha256).hexdigest()
        hosts = {HOST: settings.api_url, VIDEO_HOST: settings.upload_url or settings.api_url}
        self._session = session_for(hosts)

    def get(self, path: str, **args: Any) -> Answer:
        return self._call(path, HOST, http.in_time(), args={**args, **self._proof}, method="GET")

    def post(self, path: str, *, host: str = HOST, files: Any = None, **args: Any) -> Answer:
        """Raises what requests raises; every answer, whatever its status, is returned."""
        timeout = http.for_a_file() if files else http.in_time()
        return self._call(path, host, timeout, post_args={**args, **self._proof}, files=files, method="POST")

    def read(self, path: str, **args: Any) -> dict[str, Any]:
        """The body of a successful GET; anything else raises `Stopped`."""
        try:
            answer = self.get(path, **args)
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None
        return self._body(answer)

    def write(self, path: str, **args: Any) -> dict[str, Any]:
        """The body of a successful POST that publishes nothing; anything else raises `Stopped`."""
        try:
            answer = self.post(path, **args)
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None
        return self._body(answer)

    def pages(self, path: str, fields: str) -> Iterator[list[dict[str, Any]]]:
        """A list, page by page. Raises `Stopped` where one cannot be read."""
        asked = {"fields": fields, "limit": "25"}
        while True:
            body = self.read(path, **asked)
            if not isinstance(body.get("data"), list):
                raise Stopped(NotSent(detail="Jawaban Meta tidak memuat daftar."))
            yield body["data"]
            paging = body.get("paging") or {}
            if not paging.get("next"):
                return
            asked |= _onward(paging)

    def look(self, path: str, fields: str) -> dict[str, Any] | None:
        """One object; None where Graph says that there is no such thing. Raises `Stopped`."""
        try:
            answer = self.get(path, fields=fields)
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None
        return None if is_missing(answer) else self._body(answer)

    def publish(self, path: str, link: Callable[[str], str | None], **args: Any) -> Outcome:
        """The live call, made once: only a 2xx with an id is a post."""
        try:
            answer = self.post(path, **args)
        except requests.RequestException as error:
            return transport_failure(error)
        if not 200 <= answer.status < 300:
            return self._outcome(answer)
        remote_id = (answer.body or {}).get("id")
        if not isinstance(remote_id, str) or not remote_id:
            return Unknown(detail=f"Meta menjawab {answer.status} tanpa nomor unggahan.")
        rest = graph_limits.rest(answer.headers, self._use_case)
        return Published(receipt=Receipt(remote_id=remote_id, url=link(remote_id)), rest=rest)

    def _body(self, answer: Answer) -> dict[str, Any]:
        if not answer.ok or "error" in (answer.body or {}):
            raise stopped(self._outcome(answer))
        return answer.body or {}

    def _outcome(self, answer: Answer) -> Outcome:
        return outcome_of(answer, self._use_case, self._now())

    def _call(self, path: str, host: str, timeout: Timeout, **call: Any) -> Answer:
        ear = _Ear(self._session, host)
        api = _library().GraphAPI(self._token, timeout=timeout, session=ear)
        api.version = self._version  # the constructor refuses every version after 3.1
        try:
            api.request(f"{api.version}/{path}", **call)
        except Exception:
            # The SDK raises GraphAPIError, KeyError or a JSON error for answers, and drops status and headers.
            if ear.said is None:
                raise
        if ear.said is None:
            raise AssertionError("facebook-sdk made no call")
        return answer_of(ear.said)


def _onward(paging: dict[str, Any]) -> dict[str, str]:
    """What the next page is asked by: a cursor, or what stands in its address (some lists go on by time)."""
    asked = dict(parse_qsl(urlsplit(str(paging["next"])).query))
    if after := (paging.get("cursors") or {}).get("after"):
        asked["after"] = str(after)
    if not asked.keys() & {"after", "until", "offset", "__paging_token"}:
        raise Stopped(NotSent(detail="Jawaban Meta tidak menyebut halaman berikutnya."))
    return {name: value for name, value in asked.items() if name not in {"access_token", "appsecret_proof"}}


def id_in(body: dict[str, Any]) -> str:
    """The id of what was uploaded; raises `Stopped` where there is none."""
    remote_id = body.get("id")
    if not remote_id:
        raise Stopped(NotSent(detail="Meta tidak memberi nomor untuk media yang diunggah."))
    return str(remote_id)


def when(stamp: str) -> datetime:
    """Graph's times: 2026-11-21T09:00:00+0000."""
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z")


@cache
def _library() -> Any:
    with warnings.catch_warnings():  # its regular expressions hold an escape that newer Pythons warn about
        warnings.simplefilter("ignore")
        import facebook
    return facebook
