"""X (API v2) through tweepy: pictures and video are uploaded ahead, one POST /2/tweets makes the post public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import requests
from pydantic import SecretStr, model_validator
from pydantic_core import PydanticCustomError

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    NotSent,
    Outcome,
    Published,
    Receipt,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.base import Job, Stopped, Surroundings
from bakohumas_bot.platforms.http import Answer, answer_of, transport_failure
from bakohumas_bot.platforms.preparing import stopped
from bakohumas_bot.platforms.sighting import DOUBT, Seen, read_back, search
from bakohumas_bot.platforms.x import access as x_access
from bakohumas_bot.platforms.x import answers as x_answers
from bakohumas_bot.platforms.x import media as x_media
from bakohumas_bot.platforms.x import posts as x_posts

if TYPE_CHECKING:  # loads the library: imported at the first call
    from bakohumas_bot.platforms.x.client import Client

SPEC = PlatformSpec(
    name="x",
    family="x",
    label="X",
    unit=TextUnit.WEIGHTED,
    text_limit=280,
    max_images=4,
    max_videos=1,
    image=ImageLimits(max_bytes=5_000_000, max_width=4096, max_height=4096),
    video=VideoLimits(
        max_bytes=512_000_000,
        min_duration=timedelta(seconds=0.5),
        max_duration=timedelta(seconds=140),
        max_width=1280,
        max_height=1024,
        min_ratio=1 / 3,
        max_ratio=3.0,
    ),
)

SETUP = """\
1. Masuk ke developer.x.com dengan akun resmi satker, buat aplikasi, lalu beri izin "Read and write".
2. Isi saldo kredit API. Tanpa kredit, X menolak setiap unggahan.
3. Pada halaman "Keys and tokens", buat API Key, API Key Secret, Access Token, dan Access Token Secret.
4. Simpan keempatnya sebagai consumer_key, consumer_secret, access_token, dan access_token_secret
   di lingkungan atau berkas rahasia, bukan di berkas TOML. Keempatnya berlaku sampai dicabut.
   Cara lain (auth = "oauth2"): isi client_id, client_secret, dan refresh_token pertama (offline.access); sistem
   memperbarui aksesnya sendiri dan menyimpannya tersandi.
5. Aktifkan label akun otomatis pada pengaturan akun, lalu jalankan: bakohumas doctor"""


_MISSING = "auth = {auth} memerlukan juga {keys}"


class Settings(base.Settings):
    """OAuth 1.0a by four keys that do not expire; or OAuth 2, whose token we renew, or somebody else keeps fresh."""

    auth: Literal["oauth1", "oauth2"] = "oauth1"
    consumer_key: SecretStr | None = None
    consumer_secret: SecretStr | None = None
    access_token: SecretStr | None = None
    access_token_secret: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    refresh_token: SecretStr | None = None

    @model_validator(mode="after")
    def _whole(self) -> Settings:
        if self.auth == "oauth1":
            wanted: tuple[str, ...] = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
        elif self.access_token is not None and self.refresh_token is None:
            wanted = ("access_token",)
        else:
            wanted = ("client_id", "refresh_token")
        missing = [key for key in wanted if getattr(self, key) is None]
        if missing:
            raise PydanticCustomError("missing_keys", _MISSING, {"auth": self.auth, "keys": ", ".join(missing)})
        return self


class Adapter:
    def __init__(self, account: Account, settings: Settings, surroundings: Surroundings) -> None:
        self._handle = account.handle.lstrip("@")
        self._around = surroundings
        self._signed = settings.auth == "oauth1"
        self._settings = settings
        self._access = _access(settings, surroundings)
        self._user_id: str | None = None

    @cached_property
    def _client(self) -> Client:
        return _opened(self._settings)

    # --- the four verbs ---

    def prepare(self, job: Job) -> None:
        if self._access is not None:
            self._access.bearer()
        for medium in job.rendered.media:
            if medium.kind is MediaKind.DOCUMENT:
                raise Stopped(Rejected(code="document", detail="X tidak menerima dokumen.", field="media"))
            x_media.upload(medium, job, self._upload, self._around)

    def go_live(self, job: Job) -> Outcome:
        media_ids = [x_media.ready(medium, job, self._around.now()) for medium in job.rendered.media]
        if None in media_ids:
            return NotSent(detail="Media untuk X belum siap, akan disiapkan lagi.", wait=x_answers.SOON)
        outcome = self._post(job.rendered.text, media_ids)
        if isinstance(outcome, x_answers.MediaGone):
            for medium in job.rendered.media:
                x_media.forget(medium, job)
        return outcome

    def find(self, job: Job, since: datetime) -> Sighting:
        own = job.journal.get("remote_id")
        return read_back(lambda: self._look_at(own) if own else search(self._pages(since), job, since))

    def withdraw(self, job: Job) -> None:
        """Nothing lies open: media that no post uses are invisible and expire within a day."""

    def check_access(self) -> str:
        data = self._read("/2/users/me").get("data")
        if not (isinstance(data, dict) and data.get("username") and data.get("id")):
            raise Stopped(NotSent(detail="Jawaban X tidak memuat nama akun. Mohon periksa api_url."))
        name = str(data["username"])
        if name.casefold() != self._handle.casefold():
            detail = f"Kunci akses ini milik @{name}, sedangkan kanal ini @{self._handle}."
            raise Stopped(AccountBlocked(detail=detail))
        self._user_id = str(data["id"])
        return f"@{name}"

    # --- how they are done ---

    def _post(self, text: str, media_ids: list[str | None]) -> Outcome:
        try:
            bearer = self._access.at_hand() if self._access else None
        except Stopped as stop:
            return stop.outcome
        if self._access and bearer is None:  # renewing takes longer than an intent stays fresh
            return NotSent(detail="Akses X perlu diperbarui dahulu.", wait=x_answers.SOON)
        self._client.bearer_token = bearer
        try:
            said = self._client.create_tweet(text=text, media_ids=media_ids or None, user_auth=self._signed)
        except requests.RequestException as error:
            return transport_failure(error)
        answer = answer_of(said)
        if answer.status == 401 and self._will_renew(bearer):
            return NotSent(detail="Akses X diperbarui, lalu dicoba lagi.", wait=x_answers.SOON)
        return self._outcome(answer)

    def _will_renew(self, bearer: str | None) -> bool:
        try:
            return self._access is not None and bearer is not None and self._access.refused(bearer)
        except (Stopped, Unavailable):
            return False

    def _outcome(self, answer: Answer) -> Outcome:
        """Only a 2xx with an id is a post."""
        if 200 <= answer.status < 300:
            remote_id = x_posts.id_in(answer.body)
            if remote_id is None:
                return Unknown(detail=f"X menjawab {answer.status} tanpa nomor unggahan.")
            url = f"https://x.com/{self._handle}/status/{remote_id}"
            rest = x_answers.rest(answer, self._around.now())
            return Published(receipt=Receipt(remote_id=remote_id, url=url), rest=rest)
        return x_answers.refusal(answer, self._around.now())

    def _call(self, method: str, path: str, **call: Any) -> Answer:
        """A call that tweepy has no words for (v2 media: tweepy issue 2217), or none in both dialects."""
        bearer = self._access.bearer() if self._access else None
        answer = self._called(bearer, method, path, **call)
        if answer.status == 401 and self._access and self._will_renew(bearer):
            return self._called(self._access.bearer(), method, path, **call)
        return answer

    def _called(self, bearer: str | None, method: str, path: str, **call: Any) -> Answer:
        self._client.bearer_token = bearer
        try:
            return answer_of(self._client.request(method, path, user_auth=self._signed, **call))
        except requests.RequestException as error:
            raise stopped(transport_failure(error)) from None

    def _upload(self, method: str, path: str, **kwargs: Any) -> dict[str, Any]:
        """The body of a successful call that publishes nothing; anything else raises `Stopped`."""
        answer = self._call(method, path, **kwargs)
        if not answer.ok:
            raise stopped(x_answers.refusal(answer, self._around.now()))
        return answer.body or {}

    def _read(self, path: str, **params: str) -> dict[str, Any]:
        return self._upload("GET", path, params=params)

    def _read_posts(self, path: str, **params: str) -> dict[str, Any]:
        """In the dialect of the description first; in the older one where a server knows no other."""
        described, former = x_posts.DIALECTS
        try:
            body = self._read(path, **described, **params)
        except Stopped as stop:
            if not isinstance(stop.outcome, Rejected):
                raise
        else:
            if x_posts.complete(body):
                return body
        return self._read(path, **former, **params)

    def _look_at(self, remote_id: str) -> Sighting:
        body = self._read_posts(f"/2/tweets/{remote_id}")
        if isinstance(body.get("data"), dict):
            seen = x_posts.seen(body["data"], self._handle)
            return seen.found() if seen else CannotTell(detail="Jawaban X tidak lengkap.")
        gone = any(str(e.get("type", "")).endswith("/resource-not-found") for e in x_answers.errors_in(body))
        return Absent() if gone else CannotTell(detail="X tidak menunjukkan unggahan itu.")

    def _pages(self, since: datetime) -> Iterator[list[Seen | None]]:
        """Our own posts since the attempt, page by page."""
        start = (since - DOUBT).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        asked = {"max_results": "100", "start_time": start}
        while True:
            body = self._read_posts(f"/2/users/{self._own_id()}/tweets", **asked)
            yield x_posts.listed(body, self._handle)
            token = (body.get("meta") or {}).get("next_token")
            if not token:
                return
            asked["pagination_token"] = token

    def _own_id(self) -> str:
        """Not kept in the database: a changed key may belong to another account, whose list would prove nothing."""
        if self._user_id is None:
            self.check_access()
        return str(self._user_id)


def _opened(settings: Settings) -> Client:
    from bakohumas_bot.platforms.x.client import Client

    names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    keys = {name: _bare(getattr(settings, name)) for name in names} if settings.auth == "oauth1" else {}
    return Client(settings.api_url, **keys)


def _access(settings: Settings, around: Surroundings) -> x_access.Access | None:
    """None where four keys sign every call."""
    refresh, given = _bare(settings.refresh_token), _bare(settings.access_token)
    if settings.auth == "oauth1":
        return None
    if refresh is None or settings.client_id is None:
        return x_access.Given(given or "")
    app = x_access.App(
        api_url=settings.api_url,
        client_id=settings.client_id,
        client_secret=_bare(settings.client_secret),
        refresh_token=refresh,
    )
    return x_access.Renewed(app, around.vault, around.now)


def _bare(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


PLATFORM = base.Platform(spec=SPEC, settings=Settings, open=Adapter, setup=SETUP)
