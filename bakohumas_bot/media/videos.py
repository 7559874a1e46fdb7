"""Reads a video's facts and rewraps it without metadata; its pictures and sound are never cut or encoded anew.

Needs PyAV, the extra `video`, which is loaded only when a video arrives.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bakohumas_bot.errors import BadMedia

MAX_PIXELS = 64_000_000
# What changes from run to run, or says where and with what the video was made, stays out. No edit list: Instagram
# refuses one (developers.facebook.com/docs/instagram-platform, media specifications, 2026-11-21); negative offsets keep
# pictures and sound together without it.
_REWRAPPED = {"movflags": "+faststart+negative_cts_offsets", "fflags": "+bitexact", "use_editlist": "0"}


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
    """The facts of a video that is whole and whose key frames all unpack. Raises `BadMedia` for any other."""
    av = _pyav(name)
    with _readable(name, av):
        _require_whole(path)
        with av.open(path, format="mov") as source:
            film = _facts(source, name)
            _unpack_key_frames(source)
    return film


def clean(path: Path, target: Path, name: str) -> Film:
    """Rewrap into MP4 with its index in front and nothing but pictures and sound. Raises `BadMedia` if that fails."""
    av = _pyav(name)
    with _readable(name, av), av.open(path, format="mov") as source:
        film = _facts(source, name)
        with av.open(target, "w", format="mp4", options=_REWRAPPED) as out:
            streams = [stream for stream in (_pictures(source), _sound(source)) if stream is not None]
            copies = {stream.index: out.add_stream_from_template(stream) for stream in streams}
            if film.codec == "hevc":
                copies[streams[0].index].codec_context.codec_tag = "hvc1"  # the only mark Apple's players accept
            for packet in source.demux(streams):
                if packet.dts is not None:
                    packet.stream = copies[packet.stream.index]
                    out.mux(packet)
    return look(target, name)


def _pyav(name: str) -> ModuleType:
    try:
        import av
    except ImportError as error:
        raise BadMedia(
            f"Video “{name}” belum dapat diperiksa karena pustaka video belum terpasang. "
            "Mohon petugas teknis memasang bakohumas-bot[video], lalu kirim kembali."
        ) from error
    return av


@contextmanager
def _readable(name: str, av: Any) -> Iterator[None]:
    try:
        yield
    except (av.FFmpegError, ValueError, IndexError) as error:
        raise BadMedia(
            f"Video “{name}” rusak atau terpotong sehingga tidak dapat dibaca. Mohon kirim ulang berkas aslinya."
        ) from error


def _facts(source: Any, name: str) -> Film:
    pictures, sound = _pictures(source), _sound(source)
    if pictures is None and sound is None:
        raise ValueError("no track")
    if pictures is None:
        raise BadMedia(f"“{name}” tidak berisi gambar bergerak, hanya suara. Mohon kirim sebagai video MP4.")
    if pictures.width * pictures.height > MAX_PIXELS:
        raise BadMedia(f"Ukuran gambar video “{name}” terlalu besar. Mohon perkecil video terlebih dahulu.")
    frame, duration = next(source.decode(pictures), None), _duration(source, pictures)
    if frame is None or not duration:
        raise ValueError("not a single picture")
    rotation = round(frame.rotation) % 360
    width, height = (frame.height, frame.width) if rotation in {90, 270} else (frame.width, frame.height)
    source.seek(0)
    return Film(
        width=width,
        height=height,
        duration=duration,
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


def _require_whole(path: Path) -> None:
    """An interrupted download ends inside a box; the index in front may still promise the whole film (ISO 14496-12)."""
    end, at = path.stat().st_size, 0
    with path.open("rb") as file:
        while at + 8 <= end:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4])
            if length == 1:
                length = int.from_bytes(head[8:16])
            if length == 0:
                return
            at += max(length, 8)
    if at > end:
        raise ValueError("the file ends inside a box")


def _unpack_key_frames(source: Any) -> None:
    pictures = _pictures(source)
    pictures.codec_context.skip_frame = "NONKEY"
    for packet in source.demux(pictures):
        packet.decode()
