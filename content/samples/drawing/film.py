"""The short video of the sample posts: three slides that come in one after the other, and a silent sound track."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
from PIL import Image

from drawing.brush import AMBER, CREAM, DEEP, GREEN, GREY, INK, MAROON, MIST, ORANGE, SAND, WHITE, Canvas, Point, mix

# 4:5 and at most 1024 high, so that every platform of the samples takes it as it is.
WIDTH, HEIGHT = 720, 900
RATE = 25
SECONDS_EACH = 2.6
COMING_IN = 12  # frames
SAMPLES = 1024


def slides() -> list[Image.Image]:
    return [_question(), _check(), _report()]


def _page(number: int) -> Canvas:
    page = Canvas(WIDTH, HEIGHT)
    page.fade(CREAM, SAND)
    page.box((0, 0, WIDTH, 84), MAROON)
    page.box((0, 84, WIDTH, 90), ORANGE)
    page.text((WIDTH / 2, 42), "KPU KABUPATEN CONTOH SELATAN", 25, WHITE, bold=0.6, anchor="mm")
    for step in range(3):
        page.box(
            (WIDTH / 2 - 84 + 58 * step, 850, WIDTH / 2 - 36 + 58 * step, 858),
            ORANGE if step == number else mix(SAND, GREY, 0.35),
            4,
        )
    return page


def _question() -> Image.Image:
    page = _page(0)
    page.text((360, 168), "Pemutakhiran Data", 50, MAROON, bold=1.1, anchor="mm")
    page.text((360, 230), "Pemilih Berkelanjutan", 50, MAROON, bold=1.1, anchor="mm")
    _card(page, (360, 470), 1.25)
    page.box((110, 680, 610, 790), AMBER, 55)
    page.text((360, 735), "Sudah terdaftar?", 52, DEEP, bold=1.2, anchor="mm")
    return page.finished()


def _check() -> Image.Image:
    page = _page(1)
    page.text((360, 168), "Periksa datanya", 56, MAROON, bold=1.2, anchor="mm")
    page.text((360, 228), "secara mandiri dan gratis", 38, INK, anchor="mm")
    _phone(page, (360, 500))
    page.box((60, 752, 660, 820), MAROON, 34)
    page.text((360, 786), "cekdptonline.kpu.go.id", 40, WHITE, bold=0.8, anchor="mm")
    return page.finished()


def _report() -> Image.Image:
    page = _page(2)
    page.text((360, 168), "Sampaikan kepada kami", 52, MAROON, bold=1.1, anchor="mm")
    page.text((360, 226), "apabila", 38, INK, anchor="mm")
    for row, words in enumerate(("baru genap 17 tahun", "pindah domisili", "ada data yang keliru")):
        top = 284 + row * 142
        page.shadowed((60, top, 660, top + 116), WHITE, 24, SAND)
        page.disc((132, top + 58), 68, mix(WHITE, GREEN, 0.18))
        page.line([(116, top + 60), (128, top + 72), (150, top + 44)], GREEN, 8)
        page.text((192, top + 58), words, 42, INK, bold=0.6, anchor="lm")
    page.text((360, 740), "Bawa KTP-el ke kantor kami", 38, MAROON, bold=0.8, anchor="mm")
    page.text((360, 792), "di Contoh Baru, pada jam layanan.", 34, INK, anchor="mm")
    return page.finished()


def _card(page: Canvas, at: Point, size: float) -> None:
    """A list of voters under a looking glass."""
    x, y = at
    page.shadowed((x - 150 * size, y - 130 * size, x + 130 * size, y + 120 * size), WHITE, 18, SAND)
    page.box((x - 150 * size, y - 130 * size, x + 130 * size, y - 84 * size), MAROON, 18)
    page.box((x - 150 * size, y - 104 * size, x + 130 * size, y - 84 * size), MAROON)
    for row in range(4):
        top = y + (-58 + 44 * row) * size
        page.disc((x - 116 * size, top + 8 * size), 30 * size, mix(AMBER, WHITE, 0.2))
        page.box((x - 88 * size, top, x + (70 - 26 * (row % 2)) * size, top + 16 * size), MIST, 8)
    glass = (x + 92 * size, y + 46 * size)
    page.line(
        [(glass[0] + 46 * size, glass[1] + 46 * size), (glass[0] + 96 * size, glass[1] + 96 * size)], DEEP, 24 * size
    )
    page.disc(glass, 138 * size, mix(WHITE, AMBER, 0.25), outline=MAROON, width=14 * size)
    page.line(
        [(glass[0] - 30 * size, glass[1] + 2 * size), (glass[0] - 8 * size, glass[1] + 24 * size),
         (glass[0] + 34 * size, glass[1] - 24 * size)],
        GREEN,
        14 * size,
    )  # fmt: skip


def _phone(page: Canvas, at: Point) -> None:
    x, y = at
    page.shadowed((x - 128, y - 226, x + 128, y + 216), INK, 34, SAND)
    page.box((x - 114, y - 210, x + 114, y + 200), WHITE, 22)
    page.box((x - 114, y - 210, x + 114, y - 140), MAROON, 22)
    page.box((x - 114, y - 170, x + 114, y - 140), MAROON)
    page.text((x, y - 172), "Cek data pemilih", 24, WHITE, bold=0.5, anchor="mm")
    page.text((x - 90, y - 112), "NIK", 20, GREY)
    page.box((x - 90, y - 84, x + 90, y - 40), MIST, 10)
    for dot in range(8):
        page.disc((x - 72 + 20 * dot, y - 62), 9, GREY)
    page.box((x - 90, y - 20, x + 90, y + 28), AMBER, 24)
    page.text((x, y + 4), "Cari", 25, DEEP, bold=0.6, anchor="mm")
    page.disc((x, y + 98), 78, mix(WHITE, GREEN, 0.18))
    page.line([(x - 20, y + 100), (x - 4, y + 116), (x + 24, y + 80)], GREEN, 9)
    page.text((x, y + 166), "Terdaftar", 28, GREEN, bold=0.8, anchor="mm")


def frames() -> list[Image.Image]:
    """Each slide moves in over the one before and then stands still to be read."""
    shown: list[Image.Image] = []
    before: Image.Image | None = None
    for slide in slides():
        for number in range(round(SECONDS_EACH * RATE)):
            if before is None or number >= COMING_IN:
                shown.append(slide)
                continue
            left = round(WIDTH * (1 - number / COMING_IN) ** 3)
            moving = before.copy()
            moving.paste(slide, (left, 0))
            shown.append(moving)
        before = slide
    return shown


def write(path: Path) -> None:
    pictures = frames()
    with av.open(str(path), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        # One thread: with several, the bytes depend on how many there are.
        stream: Any = out.add_stream("libx264", rate=RATE, options={"crf": "22", "preset": "slow", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = WIDTH, HEIGHT, "yuv420p", RATE
        sound: Any = out.add_stream("aac", rate=48_000, layout="stereo", options={"flags": "+bitexact"})
        for picture in pictures:
            frame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
            out.mux(stream.encode(frame))
        out.mux(stream.encode())
        for number in range(len(pictures) * 48_000 // RATE // SAMPLES):
            silence = av.AudioFrame(format="fltp", layout="stereo", samples=SAMPLES)
            for plane in silence.planes:
                plane.update(bytes(plane.buffer_size))
            silence.sample_rate, silence.pts = 48_000, number * SAMPLES
            out.mux(sound.encode(silence))
        out.mux(sound.encode())
