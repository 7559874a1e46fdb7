"""Draws the pictures and the short video of the sample posts; running it again gives the same pixels.

    .venv/bin/python content/samples/make_samples.py

Everything is invented: no emblem, no real person, no font but the one that comes with Pillow.
"""

from __future__ import annotations

from pathlib import Path

from drawing import film, scenes
from drawing.brush import (
    AMBER,
    CREAM,
    GREEN,
    GREY,
    INK,
    LINE,
    MAROON,
    MIST,
    ORANGE,
    SAND,
    WHITE,
    Canvas,
    Point,
    footing,
    masthead,
    mix,
)
from PIL import Image

HERE = Path(__file__).parent


def infographic() -> Image.Image:
    """Three ways to ask for public information."""
    page = Canvas(1080, 1350)
    page.fade(CREAM, SAND)
    masthead(page, 116, "PPID")
    page.text((60, 172), "Tiga cara meminta", 74, MAROON, bold=1.6)
    page.text((60, 256), "informasi publik di PPID", 74, MAROON, bold=1.6)
    page.text((62, 358), "Hak setiap orang, dilayani petugas kami.", 33, GREY)
    ways = (
        ("Datang ke kantor", "di Contoh Baru, pada jam layanan", _desk),
        ("Kirim pos-el", "ppid@kab-contohselatan.kpu.go.id", _envelope),
        ("Buka laman", "kab-contohselatan.kpu.go.id/ppid", _window),
    )
    for number, (title, words, icon) in enumerate(ways, start=1):
        top = 430 + (number - 1) * 222
        page.shadowed((60, top, 1020, top + 196), WHITE, 28, SAND)
        page.box((60, top + 34, 72, top + 162), ORANGE, 6)
        page.disc((186, top + 98), 148, mix(WHITE, AMBER, 0.32))
        icon(page, (186, top + 98))
        page.disc((248, top + 46), 56, MAROON, outline=WHITE, width=4)
        page.text((248, top + 46), str(number), 32, WHITE, bold=1, anchor="mm")
        page.text((312, top + 46), title, 46, INK, bold=1.2)
        page.text((312, top + 112), words, 36, GREY)
    page.box((60, 1104, 1020, 1234), MAROON, 24)
    page.text((540, 1146), "Dasar: Undang-Undang Nomor 14 Tahun 2008", 35, WHITE, bold=0.6, anchor="mm")
    page.text((540, 1194), "tentang Keterbukaan Informasi Publik", 32, AMBER, anchor="mm")
    footing(page, "Sertakan identitas diri dan tuliskan dengan jelas informasi yang diperlukan.")
    return page.finished()


def _desk(page: Canvas, at: Point) -> None:
    x, y = at
    page.disc((x, y - 30), 34, MAROON)
    page.box((x - 34, y - 8, x + 34, y + 40), MAROON, 20)
    page.box((x - 54, y + 16, x + 54, y + 32), ORANGE, 6)
    page.box((x - 46, y + 30, x + 46, y + 54), AMBER, 4)


def _envelope(page: Canvas, at: Point) -> None:
    x, y = at
    page.box((x - 50, y - 34, x + 50, y + 36), MAROON, 10)
    page.line([(x - 42, y - 26), (x, y + 8), (x + 42, y - 26)], CREAM, 7)


def _window(page: Canvas, at: Point) -> None:
    x, y = at
    page.box((x - 52, y - 40, x + 52, y + 42), MAROON, 12)
    page.box((x - 44, y - 16, x + 44, y + 34), CREAM, 5)
    for step in range(3):
        page.disc((x - 38 + 14 * step, y - 28), 8, AMBER)
    page.line([(x - 30, y), (x + 30, y)], ORANGE, 7)
    page.line([(x - 30, y + 18), (x + 8, y + 18)], LINE, 7)


def clarification() -> Image.Image:
    """A claim, and the fact beside it."""
    page = Canvas(1080, 1350)
    page.fade(CREAM, SAND)
    masthead(page, 116, "KLARIFIKASI")
    page.text((60, 168), "Benarkah mengecek data", 62, MAROON, bold=1.4)
    page.text((60, 240), "pemilih harus membayar?", 62, MAROON, bold=1.4)
    page.shadowed((60, 356, 1020, 736), MIST, 30, SAND)
    page.box((60, 356, 1020, 436), (120, 112, 108), 30)
    page.box((60, 400, 1020, 436), (120, 112, 108))
    page.text((104, 398), "KLAIM", 42, WHITE, bold=1.2, anchor="lm")
    page.paragraph((104, 482), "“Pemilih harus membayar untuk mengecek data pemilih.”", 45, 560, INK, leading=1.5)
    _stamp(page, (836, 588))
    page.shadowed((60, 780, 1020, 1224), WHITE, 30, SAND)
    page.box((60, 780, 1020, 860), GREEN, 30)
    page.box((60, 824, 1020, 860), GREEN)
    page.text((104, 822), "FAKTA", 42, WHITE, bold=1.2, anchor="lm")
    page.disc((176, 980), 130, mix(WHITE, GREEN, 0.16))
    page.line([(144, 982), (168, 1008), (212, 952)], GREEN, 15)
    page.text((276, 902), "Mengecek data", 58, INK, bold=1.2)
    page.text((276, 972), "pemilih GRATIS.", 58, GREEN, bold=1.6)
    page.line([(104, 1074), (976, 1074)], LINE, 3)
    page.paragraph(
        (104, 1096), "Lewat laman cekdptonline.kpu.go.id atau langsung di kantor KPU.", 36, 860, GREY, leading=1.35
    )
    footing(page, "Saring sebelum sebar. Ragu? Tanyakan kepada kami.")
    return page.finished()


def _stamp(page: Canvas, at: Point) -> None:
    """HOAKS, a little askew, as stamped by hand."""
    stamp = Canvas(330, 150, MIST)
    stamp.box((8, 8, 322, 142), MIST, 18, outline=MAROON, width=10)
    stamp.box((24, 24, 306, 126), MIST, 10, outline=MAROON, width=3)
    stamp.text((165, 76), "HOAKS", 76, MAROON, bold=3, anchor="mm")
    turned = stamp.image.rotate(11, Image.Resampling.BICUBIC, expand=True, fillcolor=MIST)
    x, y = round(at[0] * 2 - turned.width / 2), round(at[1] * 2 - turned.height / 2)
    page.image.paste(turned, (x, y))


PICTURES = {
    "infografis-layanan.jpg": infographic,
    "rakor-bakohumas.jpg": scenes.meeting,
    "album-1.jpg": scenes.opening,
    "album-2.jpg": scenes.discussion,
    "album-3.jpg": scenes.together,
    "klarifikasi.jpg": clarification,
}


def main() -> None:
    for name, draw in PICTURES.items():
        draw().save(HERE / name, quality=88, subsampling=0, optimize=True)
        print(name)
    film.write(HERE / "video-pdpb.mp4")
    print("video-pdpb.mp4")


if __name__ == "__main__":
    main()
