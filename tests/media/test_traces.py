"""What a camera writes into a picture is told; damaged or empty data say nothing."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from bakohumas_bot.media.traces import Traces, traces_of

EXIF, GPS = 0x8769, 0x8825


def shot(base: dict[int, Any], own: dict[int, Any] | None = None, place: dict[int, Any] | None = None) -> Traces:
    """The traces of a JPEG whose EXIF data hold these."""
    exif = Image.Exif()
    exif.update(base)
    exif.get_ifd(EXIF).update(own or {})
    exif.get_ifd(GPS).update(place or {})
    out = io.BytesIO()
    Image.new("RGB", (32, 32)).save(out, "JPEG", exif=exif.tobytes())
    return traces_of(Image.open(io.BytesIO(out.getvalue())))


def test_the_moment_of_a_photograph_is_read_with_its_zone_if_it_has_one() -> None:
    wita = timezone(timedelta(hours=8))
    assert shot({}, {0x9003: "2026:11:20 09:15:00"}).taken_at == datetime(2026, 11, 20, 9, 15)  # noqa: DTZ001
    zoned = shot({}, {0x9003: "2026:11:20 09:15:00", 0x9011: "+08:00"})
    assert zoned.taken_at == datetime(2026, 11, 20, 9, 15, tzinfo=wita)


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "2026:13:40 09:15:00", "kemarin", "", "    :  :     :  :  "])
def test_a_clock_that_was_never_set_says_nothing(said: str) -> None:
    assert shot({}, {0x9003: said}).taken_at is None


def test_place_and_people_are_named() -> None:
    where = {1: "S", 2: (IFDRational(1), IFDRational(2), IFDRational(3))}
    assert shot({0x013B: "Sari Contoh"}, {0xA431: "SN-0042"}, where).metadata == (
        "lokasi GPS",
        "nama pembuat",
        "nomor seri kamera",
    )


@pytest.mark.parametrize("blank", ["", "    ", "\0\0"])
def test_blanks_are_nobodys_name(blank: str) -> None:
    assert shot({0x013B: blank, 0x8298: blank}).metadata == ()


@pytest.mark.parametrize("cut", [8, 30, 60])
def test_damaged_data_say_nothing(cut: int) -> None:
    exif = Image.Exif()
    exif.update({0x013B: "Sari Contoh", 0x010F: "Kamera"})
    exif.get_ifd(EXIF).update({0x9003: "2026:11:20 09:15:00"})
    out = io.BytesIO()
    Image.new("RGB", (32, 32)).save(out, "JPEG", exif=exif.tobytes()[:cut] + b"\xff" * 40)
    assert isinstance(traces_of(Image.open(io.BytesIO(out.getvalue()))), Traces)
