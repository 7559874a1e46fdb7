"""What can be read and measured in a file that somebody attached, as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reading(StrEnum):
    """How much of the words in a file is known: all that the engine saw, none for want of it, none at all."""

    READ = "read"
    NO_ENGINE = "no_engine"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """None stands for what was not or cannot be measured.

    `text`: a text layer, or what OCR read. `codes`: what QR and bar codes say. `smallest_text`: height of the smallest
    line as a share of the picture's. `contrast`: the lowest of a line of text, as WCAG counts it (1 to 21).
    `sharpness`: variance of the Laplacian over the picture scaled to 1,000 pixels wide. `taken_at`: by the file's own
    word, without a zone where it names none. `metadata`: in Indonesian, what the author's file tells about its maker
    ("lokasi GPS"). `look`: 64 bits of the perceptual hash. `captions`: whether a video carries subtitles.
    """

    reading: Reading = Reading.READ
    text: str = ""
    codes: tuple[str, ...] = ()
    smallest_text: float | None = None
    contrast: float | None = None
    sharpness: float | None = None
    taken_at: datetime | None = None
    metadata: tuple[str, ...] = ()
    look: int | None = None
    captions: bool | None = None
