"""What a bench is stocked with: every platform, real pictures and films, and a media host on loopback."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw

from bakohumas_bot.domain.rendering import MediaKind, RenderedMedia
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.platforms.base import Platform
from noticeboard import PLATFORM as NOTICEBOARD

EVERY: dict[str, Platform] = {**PLATFORMS, NOTICEBOARD.spec.name: NOTICEBOARD}
SIDE = 640
SECONDS = 4


def picture(number: int) -> bytes:
    image = Image.new("RGB", (1080, 1080), (30 * number, 90, 140))
    ImageDraw.Draw(image).text((60, 60), f"Rapat {number}", fill="white", font_size=90)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def film(path: Path) -> bytes:
    """Four seconds of H.264 and silence, the index first, as every platform takes it."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as container:
        video = container.add_stream("libx264", rate=25, width=SIDE, height=SIDE, pix_fmt="yuv420p")
        audio = container.add_stream("aac", rate=44_100, layout="stereo")
        for number in range(25 * SECONDS):
            still = Image.new("RGB", (SIDE, SIDE), (number * 2, 80, 120))
            frame = av.VideoFrame.from_image(still)  # type: ignore[no-untyped-call]
            container.mux(video.encode(frame))
        container.mux(video.encode())
        for number in range(44_100 * SECONDS // 1024):
            sound = av.AudioFrame(format="fltp", layout="stereo", samples=1024)
            for plane in sound.planes:
                plane.update(bytes(plane.buffer_size))
            sound.rate, sound.pts = 44_100, number * 1024
            container.mux(audio.encode(sound))
        container.mux(audio.encode())
    return path.read_bytes()


@dataclass
class Shelf:
    """Files under their hash, as the desk keeps them, by the shape of post they make."""

    folder: Path
    files: dict[str, list[RenderedMedia]] = field(default_factory=lambda: {"text": []})

    def blob(self, sha256: str) -> Path:
        return self.folder / sha256

    def put(self, shape: str, content: bytes, kind: MediaKind, mime: str, name: str, **facts: Any) -> None:
        sha256 = hashlib.sha256(content).hexdigest()
        self.blob(sha256).write_bytes(content)
        medium = RenderedMedia(
            sha256=sha256, source=sha256, kind=kind, mime=mime, name=name, size=len(content), **facts
        )
        self.files.setdefault(shape, []).append(medium)


def stocked(folder: Path) -> Shelf:
    """One picture, an album, a film and a document."""
    shelf = Shelf(folder)
    for shape, numbers in (("image", (1,)), ("album", (2, 3, 4))):
        for number in numbers:
            alt = f"Peserta rapat koordinasi ke-{number} duduk melingkar"
            shelf.put(
                shape,
                picture(number),
                MediaKind.IMAGE,
                "image/jpeg",
                f"rapat-{number}.jpg",
                alt=alt,
                width=1080,
                height=1080,
            )
    facts = {"width": SIDE, "height": SIDE, "duration": float(SECONDS)}
    shelf.put("video", film(shelf.folder / "film.mp4"), MediaKind.VIDEO, "video/mp4", "rapat.mp4", **facts)
    pdf = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(pdf, "PDF")
    shelf.put("document", pdf.getvalue(), MediaKind.DOCUMENT, "application/pdf", "siaran-pers.pdf")
    return shelf


@dataclass
class FileServer:
    """A media host on loopback: what is published can be fetched until it is withdrawn."""

    shelf: Shelf
    url: str = ""
    open: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def publish(self, sha256: str, mime: str, *, delivery: str) -> str:
        path = f"/{delivery}-{sha256}.{'mp4' if mime == 'video/mp4' else 'jpg'}"
        self.open[path] = (sha256, mime, delivery)
        return self.url + path

    def withdraw(self, delivery: str) -> None:
        self.open = {path: file for path, file in self.open.items() if file[2] != delivery}


class _Files(BaseHTTPRequestHandler):
    def __init__(self, server: FileServer, *args: Any) -> None:
        self._files = server
        super().__init__(*args)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        known = self._files.open.get(self.path)
        content = self._files.shelf.blob(known[0]).read_bytes() if known else b""
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", known[1] if known else "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def file_server(shelf: Shelf) -> Iterator[FileServer]:
    files = FileServer(shelf)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, files))
    files.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield files
    server.shutdown()
    server.server_close()
    thread.join()
