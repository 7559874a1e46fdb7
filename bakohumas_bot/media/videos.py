"""Reads a video's facts and rewraps it without metadata; its pictures and sound are never cut or encoded anew.

Needs PyAV, the extra `video`, which is loaded only when a video arrives.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bakohumas_bot.errors import BadMedia

MAX_PIXELS = 64_000_000
_TOLERANCE = 1.0  # seconds by which a container may be wrong about its length
# What changes from run to run, or says where and with what the video was made, stays out. No edit list: Instagram
# refuses one (developers.facebook.com/docs/instagram-platform, media specifications, 2026-11-21).
_REWRAPPED = {"movflags": "+faststart", "fflags": "+bitexact", "use_editlist": "0"}


@dataclass(frozen=True, kw_only=True)
class Film:
    """`width` and `height` as a viewer shows them; `rotation` counter-clockwise in degrees; `duration` in seconds."""

    width: int
    height: int
    duration: float
    codec: str
    audio_codec: str | None
    rotation: int


def look(path: Path, name: str) -> Film:
    """The facts of a video whose key frames all unpack. Raises `BadMedia` for a broken or truncated one."""
    av = _pyav(name)
    with _readable(name, av):
        film = _first_frame(av, path, name)
        _refuse_truncated(av, path, name, film)
    return film


def clean(path: Path, target: Path, name: str) -> Film:
    """Rewrap into MP4 with its index in front and nothing but pictures and sound. Raises `BadMedia` if that fails."""
    av = _pyav(name)
    with _readable(name, av), av.open(path, format="mov") as source:
        film = _facts(source, name)
        with av.open(target, "w", format="mp4", options=_REWRAPPED) as out:
            streams = [stream for stream in (_pictures(source), _sound(source)) if stream is not None]
            copies = {stream.index: out.add_stream_from_template(stream) for stream in streams}
            if film.rotation:
                copies[streams[0].index].set_display_rotation(film.rotation)
            for packet in source.demux(streams):
                if packet.dts is not None:
                    packet.stream = copies[packet.stream.index]
                    out.mux(packet)
    return look(target, name)


def _pyav(name: str) -> ModuleType:
    try:
        import av
        import av.logging
    except ImportError as error:
        raise BadMedia(
            f"Video “{name}” belum dapat diperiksa karena pustaka video belum terpasang. "
            "Mohon petugas teknis memasang bakohumas-bot[video], lalu kirim kembali."
        ) from error
    av.logging.set_level(None)
    logging.getLogger("libav").setLevel(logging.CRITICAL)
    return av


@contextmanager
def _readable(name: str, av: Any) -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise BadMedia(
            f"Video “{name}” rusak atau terpotong sehingga tidak dapat dibaca. Mohon kirim ulang berkas aslinya."
        ) from error


def _first_frame(av: Any, path: Path, name: str) -> Film:
    with av.open(path, format="mov") as source:
        return _facts(source, name)


def _facts(source: Any, name: str) -> Film:
    pictures, sound = _pictures(source), _sound(source)
    if pictures is None:
        raise BadMedia(f"“{name}” tidak berisi gambar bergerak, hanya suara. Mohon kirim sebagai video MP4.")
    if pictures.width * pictures.height > MAX_PIXELS:
        raise BadMedia(f"Ukuran gambar video “{name}” terlalu besar. Mohon perkecil video terlebih dahulu.")
    frame = next(source.decode(pictures), None)
    if frame is None:
        raise ValueError("no frame")
    rotation = round(frame.rotation) % 360
    width, height = (frame.height, frame.width) if rotation in {90, 270} else (frame.width, frame.height)
    source.seek(0)
    return Film(
        width=width,
        height=height,
        duration=_duration(source, pictures),
        codec=pictures.codec_context.name,
        audio_codec=sound.codec_context.name if sound else None,
        rotation=rotation,
    )


def _pictures(source: Any) -> Any:
    """The first moving track: a cover picture is a video track too."""
    return next((s for s in source.streams.video if not s.disposition & s.disposition.attached_pic), None)


def _sound(source: Any) -> Any:
    return next((stream for stream in source.streams.audio if stream.codec_context is not None), None)


def _duration(source: Any, pictures: Any) -> float:
    if source.duration:
        return round(int(source.duration) / 1_000_000, 3)
    return round(float((pictures.duration or 0) * pictures.time_base), 3)


def _refuse_truncated(av: Any, path: Path, name: str, film: Film) -> None:
    """The index may promise more than the file holds: read every packet and unpack every key frame."""
    last = 0.0
    with av.open(path, format="mov") as source:
        pictures = _pictures(source)
        pictures.codec_context.skip_frame = "NONKEY"
        declared = float((pictures.duration or 0) * pictures.time_base)
        for packet in source.demux(pictures):
            if packet.pts is not None:
                last = max(last, float((packet.pts + (packet.duration or 0)) * packet.time_base))
            packet.decode()
    if not film.duration or last < declared - _TOLERANCE:
        raise BadMedia(
            f"Video “{name}” terpotong: hanya {last:.0f} dari {declared:.0f} detik yang dapat dibaca. "
            "Mohon kirim ulang berkas aslinya."
        )
