"""A Facebook Page through facebook-sdk: photos and video go up unpublished, one POST /feed makes them public."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any

from pydantic import Field

from bakohumas_bot.domain.offices import Account
from bakohumas_bot.domain.outcomes import (
    AccountBlocked,
    CannotTell,
    NotSent,
    Outcome,
    Rejected,
    Sighting,
)
from bakohumas_bot.domain.platforms import ImageLimits, PlatformSpec, TextUnit, VideoLimits
from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms import base
from bakohumas_bot.platforms.base import Job, Stopped, Surroundings
from bakohumas_bot.platforms.meta import graph
from bakohumas_bot.platforms.meta.graph import VIDEO_HOST, Graph, id_in, when
from bakohumas_bot.platforms.meta.graph_limits import UseCase
from bakohumas_bot.platforms.preparing import keep, kept, patiently
from bakohumas_bot.platforms.sighting import Seen, read_back, search

SPEC = PlatformSpec(
    name="facebook_page",
    family="facebook",
    label="Facebook",
    unit=TextUnit.CODEPOINTS,
    text_limit=63_206,
    max_images=10,
    max_videos=1,
    image=ImageLimits(max_bytes=10_000_000, max_width=4096, max_height=4096),
    video=VideoLimits(
        # One request carries the whole file, and passes through memory; longer films belong on YouTube.
        max_bytes=256_000_000,
        min_duration=timedelta(seconds=1),
        max_duration=timedelta(minutes=20),
        max_width=1920,
        max_height=1920,
    ),
)

SETUP = """\
1. Di developers.facebook.com, buat aplikasi jenis Business yang terhubung dengan Meta Business satker.
2. Pada Business Settings, buat System User, lalu beri akses penuh ke Halaman Facebook satker.
3. Buat token System User dengan izin pages_manage_posts, pages_read_engagement, pages_manage_engagement,
   pages_show_list, dan read_insights.
4. Panggil /me/accounts dengan token itu, lalu ambil access_token Halaman. Isikan access_token dan page_id.
   Isikan juga app_secret aplikasi agar setiap panggilan bertanda tangan.
5. Jalankan: bakohumas doctor"""

FIELDS = "id,message,created_time,permalink_url,attachments"
_LIFE = timedelta(hours=20)  # an unpublished photo that no post uses is removed after about a day


class Settings(graph.Settings):
    page_id: str = Field(pattern=r"^\d+$", coerce_numbers_to_str=True)


class Adapter:
    def __init__(self, account: Account, settings: Settings, surroundings: Surroundings) -> None:  # noqa: ARG002
        self._page = settings.page_id
        self._graph = Graph(settings, UseCase.PAGES, surroundings.now)
        self._around = surroundings

    # --- the verbs ---

    def prepare(self, job: Job) -> None:
        for medium in job.rendered.media:
            if self._uploaded(medium, job) is None:
                self._upload(medium, job)
            if medium.kind is MediaKind.VIDEO:
                self._await_video(str(self._uploaded(medium, job)), medium, job)

    def go_live(self, job: Job) -> Outcome:
        media_ids = [self._uploaded(medium, job) for medium in job.rendered.media]
        if None in media_ids:
            detail = "Media untuk Facebook belum siap, akan disiapkan lagi."
            return NotSent(detail=detail, wait=timedelta(seconds=5))
        post: dict[str, str] = {}
        if job.rendered.text:
            post["message"] = job.rendered.text
        if media_ids:
            # A list of dicts would be form-encoded as its keys; the SDK needs the JSON made for it.
            post["attached_media"] = json.dumps([{"media_fbid": media_id} for media_id in media_ids])
        return self._graph.publish(f"{self._page}/feed", link_to, **post)

    def find(self, job: Job, since: datetime) -> Sighting:
        own = job.journal.get("remote_id")
        return read_back(lambda: self._look_at(own, job, since) if own else search(self._pages(), job, since))

    def withdraw(self, job: Job) -> None:
        """Nothing lies open: Facebook removes unpublished photos that no post uses."""

    def check_access(self) -> str:
        me = self._graph.read("me", fields="id,name")
        if not me.get("id"):
            raise Stopped(NotSent(detail="Jawaban Meta tidak memuat nama Halaman. Mohon periksa api_url."))
        if str(me["id"]) != self._page:
            detail = f"Token ini milik {me.get('name')} ({me.get('id')}), bukan Halaman {self._page}."
            raise Stopped(AccountBlocked(detail=detail))
        return str(me.get("name") or self._page)

    # --- how they are done ---

    def _uploaded(self, medium: RenderedMedia, job: Job) -> str | None:
        return kept(job, f"media:{medium.sha256}", self._around.now())

    def _upload(self, medium: RenderedMedia, job: Job) -> None:
        source = {"source": (medium.name, job.blob(medium.sha256).read_bytes(), medium.mime)}
        match medium.kind:
            case MediaKind.DOCUMENT:
                raise Stopped(Rejected(code="document", detail="Facebook tidak menerima dokumen.", field="media"))
            case MediaKind.VIDEO:
                body = self._graph.write(f"{self._page}/videos", host=VIDEO_HOST, files=source, published="false")
            case MediaKind.IMAGE:
                alt = {"alt_text_custom": medium.alt} if medium.alt else {}
                body = self._graph.write(f"{self._page}/photos", files=source, published="false", **alt)
        keep(job, f"media:{medium.sha256}", id_in(body), self._around.now() + _LIFE)

    def _await_video(self, video_id: str, medium: RenderedMedia, job: Job) -> None:
        waits = chain((5, 10, 15), repeat(30))

        def look() -> timedelta | None:
            status = (self._graph.read(video_id, fields="status").get("status") or {}).get("video_status")
            if status == "ready":
                return None
            if status in {"error", "expired", "upload_failed"}:
                job.journal.forget(f"media:{medium.sha256}")
                detail = f"Facebook tidak dapat mengolah video ini. Mohon ganti videonya. ({status})"
                raise Stopped(Rejected(code="video", detail=detail, field="media"))
            return timedelta(seconds=next(waits))

        patiently(look, self._around.sleep, what="Video di Facebook")

    def _look_at(self, remote_id: str, job: Job, since: datetime) -> Sighting:
        """Graph says the same of what is gone and of what this token may not see: the list decides."""
        data = self._graph.look(remote_id, FIELDS)
        if data is None:
            return search(self._pages(), job, since, own=remote_id)
        seen = seen_in(data)
        return seen.found() if seen else CannotTell(detail="Jawaban Facebook tidak lengkap.")

    def _pages(self) -> Iterator[list[Seen | None]]:
        for page in self._graph.pages(f"{self._page}/published_posts", FIELDS):
            yield [seen_in(data) for data in page]


def seen_in(data: dict[str, Any]) -> Seen | None:
    """A Page's post; None when the answer lacks what we must know to compare it."""
    if not (data.get("id") and data.get("created_time")):
        return None
    return Seen(
        remote_id=str(data["id"]),
        url=data.get("permalink_url") or link_to(str(data["id"])),
        text=str(data.get("message") or ""),
        media_count=_media_count((data.get("attachments") or {}).get("data") or []),
        created_at=when(data["created_time"]),
    )


def link_to(post_id: str) -> str:
    """A link that works before the permanent one is known (the live call answers with the id alone)."""
    return f"https://www.facebook.com/{post_id}"


def _media_count(attachments: list[dict[str, Any]]) -> int | None:
    """Pictures and videos of a post (`photo`, `video_inline`, ...); the card of a link is none; None: of a new kind."""
    count = 0
    for attachment in attachments:
        for part in (attachment.get("subattachments") or {}).get("data") or [attachment]:
            kind = str(part.get("media_type") or part.get("type"))
            if kind.startswith(("photo", "video")):
                count += 1
            elif kind not in {"share", "link"}:
                return None
    return count


PLATFORM = base.Platform(spec=SPEC, settings=Settings, open=Adapter, setup=SETUP)
