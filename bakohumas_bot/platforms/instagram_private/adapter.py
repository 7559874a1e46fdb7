"""Instagram through instagrapi, the phone's private interface: unofficial, off by default, a risk to the account.

The sequence is built so that its last call alone publishes: files are uploaded under ids of our choice, then one
`configure` names them. A lost answer is looked up in the account's own list.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field, SecretStr, field_validator

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    CannotTell,
    NotLive,
    NotSent,
    Outcome,
    Published,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.base import Job, Stopped, Surroundings
from bakohumas_bot.platforms.instagram_private.session import Session
from bakohumas_bot.platforms.preparing import keep, kept, stopped
from bakohumas_bot.platforms.sighting import Seen, read_back, search

if TYPE_CHECKING:  # loads the library: imported at the first call
    from bakohumas_bot.platforms.instagram_private.client import Phone

T = TypeVar("T")

SPEC = PlatformSpec(
    name="instagram_private",
    family="instagram",
    label="Instagram (tidak resmi)",
    unit=TextUnit.CODEPOINTS,
    text_limit=2200,
    needs_media=True,
    max_images=10,
    max_videos=1,
    max_hashtags=30,
    image=ImageLimits(
        max_bytes=8 * 1024 * 1024,
        min_width=320,
        max_width=1080,  # the phone sends no more; instagrapi's own limits are 1080 by 1350
        max_height=1350,
        min_ratio=0.8,
        max_ratio=1.91,
        same_ratio=True,
    ),
    video=VideoLimits(
        max_bytes=100_000_000,
        min_duration=timedelta(seconds=3),
        max_duration=timedelta(minutes=15),
        max_width=1920,
        max_height=1920,
    ),
)

RISK = (
    "Cara ini tidak resmi dan melanggar ketentuan Instagram: akun dapat diminta verifikasi, dibatasi, atau ditutup "
    "oleh Meta. Gunakan platform instagram (resmi) bila memungkinkan, dan jangan gunakan akun utama satker tanpa "
    "persetujuan tertulis pimpinan."
)

SETUP = f"""\
Menghubungkan Instagram secara tidak resmi (instagrapi):
PERINGATAN. {RISK}
1. Pastikan pimpinan telah menyetujui risiko tersebut secara tertulis.
2. Isikan username dan password (misalnya "env:BAKOHUMAS_IG_PASSWORD").
3. Isikan accept_risk = true sebagai tanda bahwa risiko telah dipahami.
4. Jalankan `bakohumas doctor`. Sistem masuk satu kali dengan kata sandi, lalu memakai sesi yang tersimpan tersandi.
   Apabila Instagram meminta verifikasi, selesaikan melalui aplikasi Instagram."""

_LIFE = timedelta(hours=2)  # how long an upload waits to be named is not documented
_PAGE = 20


class Settings(base.Settings):
    """`accept_risk` has to be written down as true by a person who has read what may happen to the account."""

    username: str = Field(min_length=1)
    password: SecretStr = Field(min_length=1)
    session_file: str | None = Field(default=None, pattern=r"^\w[\w.-]*$")
    accept_risk: bool = Field(default=False, validate_default=True)

    @field_validator("accept_risk", mode="before")
    @classmethod
    def _knowingly(cls, value: Any) -> bool:
        if value is not True:
            raise ValueError(f"harus ditulis accept_risk = true. {RISK}")
        return True


class InstagramPrivate:
    """One account. Journal: `upload:<sha256>` is the id under which a file lies there."""

    def __init__(self, account: Account, settings: Settings, surroundings: Surroundings) -> None:
        self._handle = account.handle.lstrip("@")
        self._settings = settings
        self._around = surroundings
        left = surroundings.state_dir / settings.session_file if settings.session_file else None
        self._session = Session(account=account.id, vault=surroundings.vault, file=left)
        self._phone: Phone | None = None

    def prepare(self, job: Job) -> None:
        media = job.rendered.media
        _refuse_what_no_post_holds(media)
        phone = self._signed_in()
        base_id = int(self._around.now().timestamp() * 1000)
        for number, item in enumerate(media):
            key = f"upload:{item.sha256}"
            if kept(job, key, self._around.now()) is None:
                upload_id = str(base_id + number)
                self._ask(self._upload, phone, item, upload_id, job)
                keep(job, key, upload_id, self._around.now() + _LIFE)
        self._session.save(phone.get_settings())

    def _upload(self, phone: Phone, item: RenderedMedia, upload_id: str, job: Job) -> None:
        data = job.blob(item.sha256).read_bytes()
        if item.kind is MediaKind.VIDEO:
            phone.upload_film(item, data, upload_id)
        else:
            phone.upload_picture(data, upload_id, album=len(job.rendered.media) > 1)

    def go_live(self, job: Job) -> Outcome:
        ids = [kept(job, f"upload:{item.sha256}", self._around.now()) for item in job.rendered.media]
        if not ids or None in ids:
            detail = "Media untuk Instagram belum siap, akan disiapkan lagi."
            return NotSent(detail=detail, wait=timedelta(seconds=5))
        try:
            phone = self._signed_in(or_log_in=False)  # logging in takes longer than an intent stays fresh
        except Stopped as stop:
            return stop.outcome
        try:
            answer = _configure(phone, job, [str(i) for i in ids])
        except Exception as error:  # noqa: BLE001 - 92 exceptions and those of its parsers: each is classified
            return self._failed(error, phone, job)
        seen = _seen(answer.get("media"))
        if seen is None:
            return Unknown(detail="Instagram menjawab tanpa nomor unggahan.")
        return Published(receipt=seen.found().receipt)

    def _failed(self, error: Exception, phone: Phone, job: Job) -> NotLive | Unknown:
        from bakohumas_bot.platforms.instagram_private.answers import lost_uploads

        if lost_uploads(error):
            for item in job.rendered.media:
                job.journal.forget(f"upload:{item.sha256}")
        return self._outcome(error, phone)

    def find(self, job: Job, since: datetime) -> Sighting:
        return read_back(lambda: self._look(job, since))

    def _look(self, job: Job, since: datetime) -> Sighting:
        own, phone = job.journal.get("remote_id"), self._signed_in()
        return self._read(phone, own, job, since) if own else search(self._pages(phone), job, since)

    def _read(self, phone: Phone, own: str, job: Job, since: datetime) -> Sighting:
        """Not found under its own id may also be said of what is hidden for a while: the list decides."""
        from instagrapi.exceptions import ClientNotFoundError, MediaUnavailable

        try:
            answer = phone.private_request(f"media/{own.partition('_')[0]}/info/")
        except (ClientNotFoundError, MediaUnavailable):
            return search(self._pages(phone), job, since, own=own)
        except Exception as error:  # noqa: BLE001 - see `go_live`
            raise self._stop(error) from None
        items = answer.get("items")
        seen = _seen(items[0]) if isinstance(items, list) and items else None
        return seen.found() if seen else CannotTell(detail="Jawaban Instagram tidak memuat unggahan.")

    def _pages(self, phone: Phone) -> Iterator[Sequence[Seen | None]]:
        """The account's own list, newest first. The library's `user_medias_v1` takes an error for an empty list."""
        parameters: dict[str, Any] = {"count": _PAGE}
        while True:
            answer = self._ask(phone.private_request, f"feed/user/{phone.user_id}/", params=parameters)
            items = answer.get("items")
            if not isinstance(items, list):
                raise Stopped(NotSent(detail="Jawaban Instagram tidak memuat daftar unggahan."))
            yield [_seen(item) for item in items]
            if not answer.get("more_available"):
                return
            parameters = {"count": _PAGE, "max_id": answer.get("next_max_id")}

    def withdraw(self, job: Job) -> None:
        """Nothing: what was uploaded and never named is dropped by Instagram itself."""

    def check_access(self) -> str:
        phone = self._signed_in()
        answer = self._ask(phone.private_request, "accounts/current_user/?edit=true")
        user = answer.get("user")
        if not isinstance(user, dict) or not user.get("username"):
            raise Stopped(NotSent(detail="Jawaban Instagram tidak memuat nama akun."))
        name = str(user["username"])
        if name.casefold() != self._handle.casefold():  # a session file may be of another account
            detail = f"Sesi Instagram ini milik @{name}, sedangkan kanal ini @{self._handle}."
            raise Stopped(AccountBlocked(detail=detail))
        return f"@{name}"

    # --- the session ---

    def _signed_in(self, *, or_log_in: bool = True) -> Phone:
        if self._phone is None:
            session = self._session.load()
            if session is None and not or_log_in:
                raise Stopped(NotSent(detail="Sistem belum masuk ke Instagram.", wait=timedelta(seconds=5)))
            self._phone = self._opened(session) if session is not None else self._logged_in()
        return self._phone

    def _opened(self, session: dict[str, Any]) -> Phone:
        from bakohumas_bot.platforms.instagram_private.client import Phone

        return Phone(self._settings.api_url, session, _offset(self._around), self._session.note_attempt)

    def _logged_in(self) -> Phone:
        """One at a time: two processes would try the password twice."""
        with self._around.vault.turn() as ours:
            if not ours:
                detail = "Proses lain sedang masuk ke Instagram."
                raise Stopped(NotSent(detail=detail, wait=timedelta(seconds=5)))
            session = self._session.load()
            phone = self._opened(session or {})
            if session is None:
                self._log_in(phone)
            return phone

    def _log_in(self, phone: Phone) -> None:
        """The one attempt: a daemon that tries a password again and again locks the account."""
        try:
            phone.login(self._settings.username, self._settings.password.get_secret_value())
        except Exception as error:  # noqa: BLE001 - see `go_live`
            if phone.user_id is None:
                stop = self._stop(error, phone)
                if not isinstance(stop.outcome, AccountBlocked):
                    self._session.load()  # stops for good when the password has left: this failure may repeat for ever
                raise stop from None
        self._session.save(phone.get_settings())

    def _ask(self, call: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        try:
            return call(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - see `go_live`
            raise self._stop(error) from None

    def _stop(self, error: Exception, phone: Phone | None = None) -> Stopped:
        return stopped(self._outcome(error, phone or self._phone))

    def _outcome(self, error: Exception, phone: Phone | None) -> NotLive | Unknown:
        from bakohumas_bot.platforms.instagram_private import answers as instagrapi_answers

        response = phone.last_response if phone else None
        outcome = instagrapi_answers.outcome_of(error, response, self._around.now())
        if isinstance(outcome, AccountBlocked):
            self._phone = None  # a person will mend the session: read it anew
        return outcome


def _configure(phone: Phone, job: Job, ids: list[str]) -> dict[str, Any]:
    """The one call that publishes, by the library's inner functions: its `…_upload` functions repeat it."""
    media, text = job.rendered.media, job.rendered.text
    first = media[0]
    if len(media) > 1:
        answer = phone.album_configure([_part(item, i) for item, i in zip(media, ids, strict=True)], text)
    elif first.kind is MediaKind.VIDEO:
        no_cover = Path("cover.jpg")  # the cover went up with the film
        answer = phone.clip_configure(ids[0], no_cover, first.width, first.height, first.duration, text)
    else:
        answer = phone.photo_configure(ids[0], first.width, first.height, text, extra_data=_alt(first))
    return dict(answer)


def _part(item: RenderedMedia, upload_id: str) -> dict[str, Any]:
    """One picture of an album, uncropped."""
    crop = {"crop_original_size": [item.width, item.height], "crop_center": [0.0, 0.0], "crop_zoom": 1.0}
    size = {"source_width": item.width, "source_height": item.height}
    scene = {"scene_capture_type": "", "scene_type": None}
    return {"upload_id": upload_id, "edits": json.dumps(crop), "extra": json.dumps(size), **scene, **_alt(item)}


def _alt(item: RenderedMedia) -> dict[str, str]:
    return {"custom_accessibility_caption": item.alt} if item.alt else {}


def _seen(media: Any) -> Seen | None:
    """None where Instagram's own id or time are missing: such an answer proves nothing."""
    if not isinstance(media, dict) or not media.get("id") or not isinstance(media.get("taken_at"), int):
        return None
    try:
        taken_at = datetime.fromtimestamp(media["taken_at"], UTC)
    except (ValueError, OverflowError, OSError):
        return None
    caption = media.get("caption")
    room = "reel" if media.get("product_type") == "clips" else "p"
    code = media.get("code")
    return Seen(
        remote_id=str(media["id"]),
        url=f"https://www.instagram.com/{room}/{code}/" if code else None,
        text=str(caption.get("text", "")) if isinstance(caption, dict) else "",
        media_count=len(media.get("carousel_media") or [media]),
        created_at=taken_at,
    )


def _refuse_what_no_post_holds(media: Sequence[RenderedMedia]) -> None:
    kinds = {item.kind for item in media}
    if not media or MediaKind.DOCUMENT in kinds:
        detail = "Instagram memerlukan gambar atau video. Mohon tambahkan media."
    elif len(media) > 1 and MediaKind.VIDEO in kinds:
        detail = "Album di kanal ini hanya dapat memuat gambar. Mohon pisahkan videonya."
    elif len(media) > SPEC.max_images:
        detail = f"Instagram memuat paling banyak {SPEC.max_images} gambar. Mohon kurangi gambarnya."
    else:
        return
    raise Stopped(Rejected(code="media", detail=detail, field="media"))


def _offset(around: Surroundings) -> timedelta:
    return around.now().astimezone(around.zone or UTC).utcoffset() or timedelta()


def _open(account: Account, settings: Settings, surroundings: Surroundings) -> base.Adapter:
    return InstagramPrivate(account, settings, surroundings)


PLATFORM = base.Platform(spec=SPEC, settings=Settings, open=_open, setup=SETUP)
