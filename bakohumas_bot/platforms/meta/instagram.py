"""Instagram through the official Graph API: Meta fetches the media into a container, one call publishes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any

from pydantic import Field

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    Absent,
    AccountBlocked,
    CannotTell,
    NotSent,
    Outcome,
    Rejected,
    Sighting,
    Unknown,
)
from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.base import Job, MediaHost, Stopped, Surroundings
from bakohumas_bot.platforms.meta import graph, instagram_quota
from bakohumas_bot.platforms.meta.graph import Graph, id_in, when
from bakohumas_bot.platforms.meta.graph_errors import SUBCODES, Means, QuotaSpent
from bakohumas_bot.platforms.meta.graph_limits import UseCase
from bakohumas_bot.platforms.preparing import keep, kept, once_kept, patiently
from bakohumas_bot.platforms.sighting import Seen, read_back, search

SPEC = PlatformSpec(
    name="instagram",
    family="instagram",
    label="Instagram",
    unit=TextUnit.CODEPOINTS,
    text_limit=2200,
    needs_media=True,
    max_images=10,
    max_videos=1,
    max_hashtags=30,
    image=ImageLimits(
        max_bytes=8 * 1024 * 1024,
        min_width=320,
        max_width=1440,
        max_height=1800,  # 1440 wide at 4:5
        min_ratio=0.8,
        max_ratio=1.91,
        same_ratio=True,
    ),
    video=VideoLimits(
        max_bytes=300_000_000,
        min_duration=timedelta(seconds=3),
        max_duration=timedelta(minutes=15),
        max_width=1920,
        max_height=1920,
    ),
)

SETUP = """\
1. Ubah akun Instagram satker menjadi akun profesional, lalu hubungkan dengan Halaman Facebook satker.
2. Pada aplikasi Meta yang sama dengan kanal Facebook, tambahkan izin instagram_basic,
   instagram_content_publish, dan pages_read_engagement pada token System User.
3. Panggil /{page_id}?fields=instagram_business_account, lalu isikan nomornya sebagai ig_user_id
   dan token tersebut sebagai access_token.
4. Isikan [web] public_url dengan alamat HTTPS yang dapat dibuka umum: Instagram mengambil gambar dari sana.
5. Jalankan: bakohumas doctor"""

FIELDS = "id,caption,permalink,timestamp,media_type,children"
_LIFE = timedelta(hours=24)
_UNPUBLISHED = {"FINISHED", "IN_PROGRESS", "EXPIRED", "ERROR", "MISSING"}


class Settings(graph.Settings):
    ig_user_id: str = Field(pattern=r"^\d+$", coerce_numbers_to_str=True)


class Adapter:
    def __init__(self, account: Account, settings: Settings, surroundings: Surroundings) -> None:
        self._handle = account.handle.lstrip("@")
        self._user = settings.ig_user_id
        self._graph = Graph(settings, UseCase.INSTAGRAM, surroundings.now)
        self._around = surroundings

    # --- the verbs ---

    def prepare(self, job: Job) -> None:
        if not job.rendered.media or any(m.kind is MediaKind.DOCUMENT for m in job.rendered.media):
            detail = "Instagram memerlukan gambar atau video. Mohon tambahkan media."
            raise Stopped(Rejected(code="media", detail=detail, field="media"))
        container = kept(job, "container", self._around.now())
        if container is None:
            container = self._container(job)
            keep(job, "container", container, self._around.now() + _LIFE)
        self._await(container, job)

    def go_live(self, job: Job) -> Outcome:
        container = kept(job, "container", self._around.now())
        if container is None:
            detail = "Media untuk Instagram belum siap, akan disiapkan lagi."
            return NotSent(detail=detail, wait=timedelta(seconds=5))
        if job.journal.get("published") == container:
            # What a second media_publish does is not documented: it is never sent.
            return Unknown(detail="Instagram menyatakan konten ini sudah diterbitkan.")
        # The link is known only when the post is read back.
        outcome = self._graph.publish(f"{self._user}/media_publish", lambda _: None, creation_id=container)
        if isinstance(outcome, QuotaSpent):
            wait = instagram_quota.frees(self._graph, self._user, self._around.now())
            return replace(outcome, wait=wait or outcome.wait)
        return outcome

    def find(self, job: Job, since: datetime) -> Sighting:
        own = job.journal.get("remote_id")
        return read_back(lambda: self._look_at(own, job, since) if own else self._search(job, since))

    def withdraw(self, job: Job) -> None:
        if self._around.media_host is not None:
            self._around.media_host.withdraw(job.delivery)

    def check_access(self) -> str:
        name = str(self._graph.read(self._user, fields="username").get("username") or "")
        if not name:
            raise Stopped(NotSent(detail="Jawaban Meta tidak memuat nama akun. Mohon periksa api_url."))
        if name.casefold() != self._handle.casefold():
            detail = f"Nomor {self._user} milik @{name}, sedangkan kanal ini @{self._handle}."
            raise Stopped(AccountBlocked(detail=detail))
        return f"@{name}"

    # --- containers ---

    def _container(self, job: Job) -> str:
        """The container that will be published: of the one medium, or a carousel of ready children."""
        caption = {"caption": job.rendered.text} if job.rendered.text else {}
        media = job.rendered.media
        if len(media) == 1:
            return self._create(media[0], job, **caption)
        children = [self._child(medium, job) for medium in media]
        for child in children:
            self._await(child, job)
        return self._make(media_type="CAROUSEL", children=",".join(children), **caption)

    def _child(self, medium: RenderedMedia, job: Job) -> str:
        key = f"media:{medium.sha256}"
        child = kept(job, key, self._around.now())
        if child is None:
            child = self._create(medium, job, is_carousel_item="true")
            keep(job, key, child, self._around.now() + _LIFE)
        return child

    def _create(self, medium: RenderedMedia, job: Job, **args: str) -> str:
        url = self._host().publish(medium.sha256, medium.mime, delivery=job.delivery)
        if medium.kind is MediaKind.VIDEO:
            return self._make(media_type="REELS", video_url=url, **args)
        alt = {"alt_text": medium.alt} if medium.alt else {}
        return self._make(image_url=url, **alt, **args)

    def _make(self, **args: str) -> str:
        return id_in(self._graph.write(f"{self._user}/media", **args))

    def _host(self) -> MediaHost:
        if self._around.media_host is None:
            detail = "Instagram mengambil gambar dari alamat umum. Mohon isi [web] public_url."
            raise Stopped(AccountBlocked(detail=detail))
        return self._around.media_host

    def _await(self, container: str, job: Job) -> None:
        """Until Meta has fetched and checked it (it advises once a minute, for five minutes at most)."""
        waits = chain((3, 5, 10, 20), repeat(60))

        def look() -> timedelta | None:
            code, words = self._status(container)
            match code:
                case "FINISHED":
                    return None
                case "PUBLISHED":
                    job.journal.put("published", container)
                    return None
                case "ERROR" | "EXPIRED" | "MISSING":
                    self._forget(job)
                    raise Stopped(_broken(words))
            return timedelta(seconds=next(waits))

        patiently(look, self._around.sleep, what="Media di Instagram")

    def _status(self, container: str) -> tuple[str, str]:
        data = self._graph.look(container, "status_code,status")
        if data is None:
            return "MISSING", ""
        return str(data.get("status_code")), str(data.get("status") or "")

    def _forget(self, job: Job) -> None:
        for key in ("container", *(f"media:{medium.sha256}" for medium in job.rendered.media)):
            job.journal.forget(key)

    # --- reading back ---

    def _look_at(self, remote_id: str, job: Job, since: datetime) -> Sighting:
        """Graph says the same of what is gone and of what this token may not see: the list decides."""
        data = self._graph.look(remote_id, FIELDS)
        if data is None:
            return search(self._pages(), job, since, own=remote_id)
        seen = seen_in(data)
        return seen.found() if seen else CannotTell(detail="Jawaban Instagram tidak lengkap.")

    def _search(self, job: Job, since: datetime) -> Sighting:
        """The container says whether it was published, the list of media says as what; absent only if both agree."""
        container = once_kept(job, "container")
        code = self._status(container)[0] if container else None
        sighting = search(self._pages(), job, since)
        if not isinstance(sighting, Absent) or code is None or code in _UNPUBLISHED:
            return sighting
        return CannotTell(detail=f"Status media di Instagram {code}, tetapi unggahannya belum tampak.")

    def _pages(self) -> Iterator[list[Seen | None]]:
        for page in self._graph.pages(f"{self._user}/media", FIELDS):
            yield [seen_in(data) for data in page]


def seen_in(data: dict[str, Any]) -> Seen | None:
    """A post of the account; None when the answer lacks what we must know to compare it."""
    if not (data.get("id") and data.get("timestamp")):
        return None
    return Seen(
        remote_id=str(data["id"]),
        url=data.get("permalink"),
        text=str(data.get("caption") or ""),
        media_count=_media_count(data),
        created_at=when(data["timestamp"]),
    )


def _media_count(data: dict[str, Any]) -> int | None:
    if data.get("media_type") != "CAROUSEL_ALBUM":
        return 1
    return len((data.get("children") or {}).get("data") or []) or None


def _broken(words: str) -> NotSent | Rejected:
    """A container in ERROR names its subcode in its `status` text."""
    named = re.search(r"\b2207\d{3}\b", words)
    verdict = SUBCODES.get(int(named[0])) if named else None
    if verdict is not None and verdict.means is Means.REJECTED and named:
        return Rejected(code=named[0], detail=f"{verdict.says} ({words[:200]})", field=verdict.field)
    detail = f"Media di Instagram perlu disiapkan ulang. ({words[:200] or 'kedaluwarsa'})"
    return NotSent(detail=detail, wait=timedelta(minutes=1))


PLATFORM = base.Platform(spec=SPEC, settings=Settings, open=Adapter, setup=SETUP)
