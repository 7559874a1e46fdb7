"""Is one of these posts ours? Comparing what a platform lists with what a delivery was to make public."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bakohumas_bot.domain.outcomes import Absent, CannotTell, Found, Receipt, Sighting
from bakohumas_bot.platforms.base import Job, Stopped

MARGIN = timedelta(seconds=60)  # the platform's clock and ours may differ
DOUBT = timedelta(minutes=65)  # ours may have been set ahead when we sent: what stands there just before may be ours
MAX_PAGES = 10
_SCHEME = re.compile(r"(?i)\bhttps?://")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One post as its platform lists it. `media_count` is None where the list does not show it."""

    remote_id: str
    url: str | None
    text: str
    media_count: int | None
    created_at: datetime

    def found(self) -> Found:
        receipt = Receipt(remote_id=self.remote_id, url=self.url, published_at=self.created_at)
        return Found(receipt=receipt, text=self.text, media_count=self.media_count)


def read_back(look: Callable[[], Sighting]) -> Sighting:
    """What `look` saw. A reading that failed, or an answer of a shape that nobody promised, proves nothing."""
    try:
        return look()
    except Stopped as stop:
        return CannotTell(detail=stop.outcome.detail)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        return CannotTell(detail=f"Jawaban platform tidak terbaca ({type(error).__name__}).")


def same_words(one: str, other: str) -> bool:
    """Equal to a reader: platforms trim and join blanks, and lengthen `kpu.go.id` to `https://kpu.go.id/`."""
    return _words(one) == _words(other)


def _words(text: str) -> list[str]:
    bare = _SCHEME.sub("", unicodedata.normalize("NFC", text))
    return [word.rstrip("/") for word in bare.split()]


def search(pages: Iterable[Sequence[Seen | None]], job: Job, since: datetime, *, own: str | None = None) -> Sighting:
    """Read the account's own list, newest first, back to well before `since`. One we cannot read (None) proves nothing.

    `own` is the id that the platform gave the post; without it, the post is known by its words and media.
    """
    posts: list[Seen | None] = []
    reaches_back = True
    for number, page in enumerate(pages, start=1):
        posts += page
        if page and page[-1] is not None and page[-1].created_at < since - DOUBT:
            break
        if number == MAX_PAGES:
            reaches_back = False
            break
    readable = [post for post in posts if post]
    found = _under(own, readable) if own else _ours_among(readable, job, since) or _too_early(readable, job, since)
    if found is not None:
        return found
    if reaches_back and None not in posts:
        return Absent()
    return CannotTell(detail="Daftar unggahan akun tidak terbaca seluruhnya.")


def _under(own: str, posts: Sequence[Seen]) -> Found | None:
    return next((post.found() for post in posts if post.remote_id == own), None)


def _ours_among(posts: Sequence[Seen], job: Job, since: datetime) -> Found | CannotTell | None:
    """The oldest post that can be this delivery. None: not one has its words and came after `since`."""
    alike = [p for p in posts if p.created_at >= since - MARGIN and same_words(p.text, job.rendered.text)]
    count = len(job.rendered.media)
    exact = [p for p in alike if p.media_count in {None, count}]
    if exact:
        return min(exact, key=lambda post: post.created_at).found()
    if alike:
        return CannotTell(
            detail=f"Ada unggahan {alike[0].url or alike[0].remote_id} dengan teks yang sama, "
            f"tetapi jumlah medianya {alike[0].media_count}, bukan {count}."
        )
    return None


def _too_early(posts: Sequence[Seen], job: Job, since: datetime) -> CannotTell | None:
    """The same words, a little before we can have sent them: by somebody else, or by us while our clock was wrong."""
    doubtful = (p for p in posts if since - DOUBT <= p.created_at < since and same_words(p.text, job.rendered.text))
    earlier = next(doubtful, None)
    if earlier is None:
        return None
    return CannotTell(
        detail=f"Ada unggahan {earlier.url or earlier.remote_id} dengan teks yang sama, sesaat sebelum waktu kirim. "
        "Mungkin jam mesin ini sempat keliru."
    )
