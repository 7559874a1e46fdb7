"""What a picture's EXIF data tell: when it was taken, where, and by whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import Image

from bakohumas_bot.media.pictures import DAMAGE

# Tags by their numbers (EXIF 2.32, 4.6.4 to 4.6.6).
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _TAKEN_ZONE = 0x9003, 0x9011
_LATITUDE = 0x0002
_NAMES = {0x013B: "nama pembuat", 0x9C9D: "nama pembuat", 0x8298: "hak cipta"}
_OWN_NAMES = {0xA430: "nama pemilik kamera", 0xA431: "nomor seri kamera"}
GPS = "lokasi GPS"
AUTHOR = "nama pembuat"
_MOMENT = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")
_ZONE = re.compile(r"[+-]\d\d:\d\d")


@dataclass(frozen=True, kw_only=True)
class Traces:
    taken_at: datetime | None = None
    metadata: tuple[str, ...] = ()


def traces_of(image: Image.Image) -> Traces:
    """Damaged data say nothing."""
    try:
        exif = image.getexif()
        own, place = exif.get_ifd(_EXIF), exif.get_ifd(_GPS)
    except (*DAMAGE, UserWarning):  # a warning where warnings are errors
        return Traces()
    told = [GPS] if place.get(_LATITUDE) else []
    told += [word for tag, word in _NAMES.items() if _said(exif.get(tag))]
    told += [word for tag, word in _OWN_NAMES.items() if _said(own.get(tag))]
    return Traces(taken_at=_moment(own.get(_TAKEN), own.get(_TAKEN_ZONE)), metadata=tuple(dict.fromkeys(told)))


def _said(value: Any) -> bool:
    """Not empty, and not the blanks that cameras fill it with."""
    plain = value.decode("latin-1") if isinstance(value, bytes) else str(value or "")
    return bool(plain.strip("\0 0"))


def _moment(taken: Any, zone: Any) -> datetime | None:
    """Without a zone where the camera names none."""
    clock = _MOMENT.match(str(taken or ""))
    if clock is None:
        return None
    offset = _ZONE.match(str(zone or ""))
    year, month, day, hour, minute, second = clock.groups()
    try:
        return datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}{offset[0] if offset else ''}")
    except ValueError:  # a clock that was never set: 0000:00:00
        return None
