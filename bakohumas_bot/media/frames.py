"""Stills of a video at even distances, and what its container tells. Needs PyAV, like `videos.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image

from bakohumas_bot.media.traces import AUTHOR, GPS

STILLS = 6
LONGER_SIDE = 1_280
_PLACES = ("location", "location-eng", "com.apple.quicktime.location.iso6709")
_AUTHORS = ("artist", "author", "com.apple.quicktime.author")


@dataclass(frozen=True, kw_only=True)
class Filmed:
    """`subtitles`: a track of its own; captions that are part of the picture are found by reading the stills."""

    stills: tuple[Image.Image, ...]
    sound: bool
    subtitles: bool
    taken_at: datetime | None
    metadata: tuple[str, ...]


def look_into(path: Path) -> Filmed:
    """Raises `OSError` or `ValueError` for a video that cannot be read."""
    import av

    try:
        with av.open(path, format="mov") as film:
            told = {key.lower(): value for key, value in film.metadata.items() if value.strip()}
            return Filmed(
                stills=tuple(_stills(film)),
                sound=bool(film.streams.audio),
                subtitles=bool(film.streams.subtitles),
                taken_at=_moment(told.get("creation_time", "")),
                metadata=tuple(word for word, keys in ((GPS, _PLACES), (AUTHOR, _AUTHORS)) if told.keys() & set(keys)),
            )
    except (av.FFmpegError, IndexError) as error:
        raise ValueError("not a film") from error


def _stills(film: Any) -> list[Image.Image]:
    """The key frame before each of six moments, none twice: decoding is never more than one picture each."""
    pictures = next(s for s in film.streams.video if not s.disposition & s.disposition.attached_pic)
    pictures.codec_context.skip_frame = "NONKEY"
    whole = film.duration or 0
    found: dict[int, Image.Image] = {}
    for number in range(STILLS):
        film.seek(whole * number // STILLS)
        frame = next(film.decode(pictures), None)
        if frame is not None and frame.pts not in found:
            still = frame.to_image().rotate(frame.rotation, expand=True)  # counter-clockwise, both
            still.thumbnail((LONGER_SIDE, LONGER_SIDE))
            found[frame.pts] = still
    return list(found.values())


def _moment(said: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        return None
    return at if at.year > 1990 else None  # a container without a clock counts from 1904 or 1970
