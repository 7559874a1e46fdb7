"""A film goes out as it was made: the same pictures and sound, without what its maker's phone wrote beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest

from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.videos import clean, look
from files import film

PRIVATE = {
    "title": "Judul internal",
    "comment": "KOMENTAR",
    "location": "-0.5022+117.1536/",
    "creation_time": "2026-11-23T02:00:00Z",
}


def moments(path: Path, kind: str) -> list[float]:
    with av.open(str(path)) as source:
        streams: Any = getattr(source.streams, kind)
        return [round(float(frame.time), 2) for frame in source.decode(streams[0]) if frame.time >= 0]


def test_the_facts_of_a_film(tmp_path: Path) -> None:
    found = look(film(tmp_path / "a.mp4"), "a.mp4")
    assert (found.width, found.height, found.codec, found.audio_codec) == (320, 240, "h264", "aac")
    assert found.duration == pytest.approx(2, abs=0.05)


def test_no_metadata_goes_out(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4", metadata=PRIVATE)
    clean(source, tmp_path / "b.mp4", "a.mp4")
    before, after = source.read_bytes(), (tmp_path / "b.mp4").read_bytes()
    for trace in (b"Judul internal", b"KOMENTAR", b"loci", b"Lavf"):
        assert trace in before, "the source carries it"
        assert trace not in after
    with av.open(str(tmp_path / "b.mp4")) as cleaned:
        assert "creation_time" not in cleaned.metadata


@pytest.mark.parametrize("suffix", ["mp4", "mov"])
def test_the_index_stands_in_front_and_no_edit_list_is_left(tmp_path: Path, suffix: str) -> None:
    clean(film(tmp_path / f"a.{suffix}"), tmp_path / "b.mp4", "a")
    data = (tmp_path / "b.mp4").read_bytes()
    assert data[4:8] == b"ftyp"
    assert data[8:12] != b"qt  "
    assert data.index(b"moov") < data.index(b"mdat")
    assert b"elst" not in data


def test_nothing_is_cut_and_sound_stays_with_the_pictures(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4")
    clean(source, tmp_path / "b.mp4", "a.mp4")
    assert moments(tmp_path / "b.mp4", "video") == moments(source, "video")
    before, after = moments(source, "audio"), moments(tmp_path / "b.mp4", "audio")
    assert after[0] == pytest.approx(before[0], abs=0.04)
    assert after[-1] == pytest.approx(before[-1], abs=0.04)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_film_stays_upright(tmp_path: Path, rotation: int) -> None:
    source = film(tmp_path / "a.mp4", rotation=rotation)
    before, after = look(source, "a"), clean(source, tmp_path / "b.mp4", "a")
    assert (after.rotation, after.width, after.height) == (before.rotation, before.width, before.height)
    assert after.rotation == rotation


def test_the_same_film_gives_the_same_bytes(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mp4")
    for name in ("b.mp4", "c.mp4"):
        clean(source, tmp_path / name, "a.mp4")
    assert (tmp_path / "b.mp4").read_bytes() == (tmp_path / "c.mp4").read_bytes()


def test_a_silent_film_is_a_film(tmp_path: Path) -> None:
    assert clean(film(tmp_path / "a.mp4", sound=False), tmp_path / "b.mp4", "a").audio_codec is None


def test_a_film_from_an_iphone_keeps_the_mark_that_apple_plays(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mov", codec="libx265", coding={"x265-params": "log-level=none"})
    assert clean(source, tmp_path / "b.mp4", "a").codec == "hevc"
    assert b"hvc1" in (tmp_path / "b.mp4").read_bytes()


def test_a_list_of_files_in_disguise_opens_none_of_them(tmp_path: Path) -> None:
    """Other readers of the library follow names and addresses; ours reads one kind of file only."""
    film(tmp_path / "rahasia.mp4")
    (tmp_path / "a.mp4").write_text("ffconcat version 1.0\nfile rahasia.mp4\n")
    with av.open(str(tmp_path / "a.mp4")) as followed:
        assert followed.streams.video, "the library would follow it"
    with pytest.raises(BadMedia, match="rusak"):
        look(tmp_path / "a.mp4", "a.mp4")
    with pytest.raises(BadMedia, match="rusak"):
        clean(tmp_path / "a.mp4", tmp_path / "b.mp4", "a.mp4")
