"""What can be read and measured in a file that somebody attached, as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reading(StrEnum):
    """How much of the words in a file is known: all that can be seen, its first pages, none for want of OCR, none."""

    READ = "read"
    PARTLY = "partly"
    NO_ENGINE = "no_engine"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """None stands for what was not or cannot be measured.

    `text`: a text layer, or what OCR read. `codes`: what QR and bar codes say. Of drawn pictures only: `smallest_text`,
    the font size of the small lines as a share of the picture's width; `contrast`, the lowest of a line, as WCAG counts
    it (1 to 21). `sharpness`: 0 to 1, see `media/quality.py`. `taken_at`: by the file's own word, without a zone
    where it names none. `metadata`: in Indonesian, what the author's file tells about its maker ("lokasi GPS"). `look`:
    64 bits of the perceptual hash. `captions`: whether a video with sound shows words; `subtitles`: whether it has a
    track of them, which is not published.
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
    subtitles: bool = False
