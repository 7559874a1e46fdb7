"""What the sample pictures are drawn with: the colours, the letters, and a canvas that smooths its edges."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]

MAROON: Colour = (123, 17, 19)
DEEP: Colour = (84, 10, 14)
ORANGE: Colour = (232, 119, 34)
AMBER: Colour = (247, 178, 80)
CREAM: Colour = (255, 249, 241)
SAND: Colour = (244, 230, 213)
LINE: Colour = (226, 208, 190)
WHITE: Colour = (255, 255, 255)
INK: Colour = (45, 36, 34)
GREY: Colour = (112, 102, 98)
MIST: Colour = (236, 233, 230)
GREEN: Colour = (46, 125, 82)
TEAL: Colour = (47, 110, 118)
NAVY: Colour = (44, 62, 94)

FINE = 2  # drawn this many times larger and scaled down at the end
OFFICE = "KPU KABUPATEN CONTOH SELATAN"


@cache
def letters(size: float) -> ImageFont.FreeTypeFont:
    """The letters that come with Pillow, so that no font file is needed."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


class Canvas:
    """Coordinates are those of the finished picture."""

    def __init__(self, width: int, height: int, ground: Colour = CREAM) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * FINE, height * FINE), ground)
        self.draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def fade(self, top: Colour, bottom: Colour, start: float = 0, end: float | None = None) -> None:
        """From one colour to another, downwards."""
        first, last = round(start * FINE), round((self.height if end is None else end) * FINE)
        for y in range(first, last):
            self.draw.line((0, y, self.width * FINE, y), fill=mix(top, bottom, (y - first) / (last - first)))

    def inset(self, other: Canvas, place: Point) -> None:
        """Another canvas, cut off at its own edges."""
        self.image.paste(other.image, (round(place[0] * FINE), round(place[1] * FINE)))

    def box(
        self,
        place: tuple[float, float, float, float],
        fill: Colour,
        radius: float = 0,
        *,
        outline: Colour | None = None,
        width: float = 0,
    ) -> None:
        left, top, right, bottom = (value * FINE for value in place)
        self.draw.rounded_rectangle(
            (left, top, right - 1, bottom - 1), radius * FINE, fill, outline, max(1, round(width * FINE))
        )

    def shadowed(self, place: tuple[float, float, float, float], fill: Colour, radius: float, under: Colour) -> None:
        """A card that lies on the page."""
        left, top, right, bottom = place
        for step, share in ((9, 0.04), (6, 0.07), (3, 0.10)):
            self.box((left - step / 3, top + step / 2, right + step / 3, bottom + step), mix(under, INK, share), radius)
        self.box(place, fill, radius)

    def oval(
        self,
        centre: Point,
        across: float,
        down: float,
        fill: Colour,
        *,
        outline: Colour | None = None,
        width: float = 0,
    ) -> None:
        x, y = centre
        box = ((x - across / 2) * FINE, (y - down / 2) * FINE, (x + across / 2) * FINE, (y + down / 2) * FINE)
        self.draw.ellipse(box, fill, outline, max(1, round(width * FINE)))

    def disc(
        self, centre: Point, across: float, fill: Colour, *, outline: Colour | None = None, width: float = 0
    ) -> None:
        self.oval(centre, across, across, fill, outline=outline, width=width)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A line with round ends and corners."""
        thick = round(width * FINE)
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill, thick, joint="curve")
        for point in (points[0], points[-1]):
            self.disc(point, width, fill)

    def text(
        self, place: Point, words: str, size: float, fill: Colour = INK, *, bold: float = 0, anchor: str = "la"
    ) -> None:
        """One line. `bold` thickens the letters, and moves them apart so that they do not touch."""
        font = letters(size * FINE)
        x = place[0] - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]] * self.wide(words, size, bold)
        for index, letter in enumerate(words):
            at = (x + self.wide(words[:index], size, bold)) * FINE
            self.draw.text(
                (at, place[1] * FINE),
                letter,
                fill,
                font,
                "l" + anchor[1],
                stroke_width=bold * FINE,
                stroke_fill=fill,
            )

    def wide(self, words: str, size: float, bold: float = 0) -> float:
        return letters(size * FINE).getlength(words) / FINE + len(words) * bold * 0.9

    def wrapped(self, words: str, size: float, room: float, bold: float = 0) -> list[str]:
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.wide(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def paragraph(
        self,
        place: Point,
        words: str,
        size: float,
        room: float,
        fill: Colour = INK,
        *,
        bold: float = 0,
        leading: float = 1.32,
        anchor: str = "la",
    ) -> float:
        """Wrapped text; answers the height below it."""
        x, y = place
        for line in self.wrapped(words, size, room, bold):
            self.text((x, y), line, size, fill, bold=bold, anchor=anchor)
            y += size * leading
        return y


def masthead(canvas: Canvas, height: float, label: str) -> None:
    """The office's band at the top; a sample carries no emblem."""
    canvas.box((0, 0, canvas.width, height), MAROON)
    canvas.box((0, height, canvas.width, height + 8), ORANGE)
    middle = height / 2
    canvas.disc((86, middle), 52, MAROON, outline=AMBER, width=5)
    canvas.line([(74, middle + 1), (83, middle + 10), (99, middle - 9)], AMBER, 6)
    canvas.text((132, middle), OFFICE, 28, WHITE, bold=0.6, anchor="lm")
    room = canvas.wide(label, 24, 0.6)
    canvas.box((canvas.width - 60 - room - 48, middle - 27, canvas.width - 60, middle + 27), AMBER, 27)
    canvas.text((canvas.width - 84 - room / 2, middle), label, 24, DEEP, bold=0.6, anchor="mm")


def footing(canvas: Canvas, words: str, height: float = 78) -> None:
    top = canvas.height - height
    canvas.box((0, top, canvas.width, canvas.height), DEEP)
    canvas.text((canvas.width / 2, top + height / 2), words, 25, SAND, anchor="mm")
