"""What the chat pictures are drawn with: a canvas with soft edges, letters, and the symbols that the font lacks."""
# ruff: noqa: INP001 - scripts that run from their own folder

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
Point = tuple[float, float]

INK: Colour = (24, 28, 32)
GREY: Colour = (122, 132, 140)
LINK: Colour = (36, 129, 204)
WHITE: Colour = (255, 255, 255)
RED: Colour = (222, 63, 58)
AMBER: Colour = (246, 190, 58)
GREEN: Colour = (62, 168, 88)

SHARP = 2  # pixels of the finished picture per point
FINE = 2  # drawn this many times larger still, and scaled down at the end
SCALE = SHARP * FINE
HEAVY = 0.034  # how much of its size a bold letter is thickened
NO_BREAK = "\N{NO-BREAK SPACE}"
DRAWN_WIDTH = {NO_BREAK: 0.27, "•": 0.42, "→": 1.05, "–": 0.56, "—": 0.95, "×": 0.62, "✓": 0.8, "✗": 0.8}
UNSEEN = "\ufe0f\u200d"  # they only say how the letter before them looks


@cache
def letters(size: float) -> ImageFont.FreeTypeFont:
    """The letters that come with Pillow, so that the pictures look the same on every machine."""
    font = ImageFont.load_default(size * SCALE)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@cache
def known(letter: str) -> bool:
    """The font draws the same box for every letter that it lacks."""
    font = letters(16)
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def readable(text: str) -> str:
    """Accents that the font lacks are left off; a symbol that nobody can draw stops the script."""
    kept = []
    for letter in text:
        plain = letter if known(letter) or letter in SYMBOLS else unicodedata.normalize("NFKD", letter)[0]
        if letter in UNSEEN:
            continue
        if not known(plain) and plain not in SYMBOLS:
            raise ValueError(f"no drawing for {letter!r}: add one to SYMBOLS in ink.py")
        kept.append(plain)
    return "".join(kept)


class Canvas:
    """All measures are points: a picture of 412 points is 824 pixels wide."""

    def __init__(self, width: float, height: float, ground: Colour = WHITE) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), ground)
        self.draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        size = (self.image.width // FINE, self.image.height // FINE)
        return self.image.resize(size, Image.Resampling.LANCZOS)

    def box(self, place: tuple[float, float, float, float], fill: Colour, radius: float = 0) -> None:
        left, top, right, bottom = (value * SCALE for value in place)
        self.draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * SCALE, fill)

    def disc(self, centre: Point, across: float, fill: Colour) -> None:
        x, y = centre
        corners = (x - across / 2, y - across / 2, x + across / 2, y + across / 2)
        self.draw.ellipse([value * SCALE for value in corners], fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """With round ends and corners."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.draw.line(scaled, fill, round(width * SCALE), joint="curve")
        for point in (points[0], points[-1]):
            self.disc(point, width, fill)

    def picture(self, image: Image.Image, place: tuple[float, float, float, float], radius: float) -> None:
        left, top, right, bottom = (round(value * SCALE) for value in place)
        size = (right - left, bottom - top)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius * SCALE, 255)
        self.image.paste(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), (left, top), mask)

    def word(
        self, at: Point, word: str, size: float, fill: Colour, *, bold: bool = False, italic: bool = False
    ) -> None:
        """`at` is the left end of the base line. No spaces; a symbol is drawn, not written."""
        x, y = at
        for piece in pieces(word):
            if piece in SYMBOLS:
                SYMBOLS[piece](self, (x, y), size, fill)
            elif italic:
                self._leaning((x, y), piece, size, fill)
            elif bold:
                for index, letter in enumerate(piece):
                    self._letters((x + wide(piece[:index], size, bold=True), y), letter, size, fill, size * HEAVY)
            else:
                self._letters((x, y), piece, size, fill, 0)
            x += wide(piece, size, bold=bold)

    def text(
        self, at: Point, words: str, size: float, fill: Colour = INK, *, bold: bool = False, anchor: str = "l"
    ) -> None:
        """One line; `anchor` says which end of it `at` is: l, m or r."""
        x = at[0] - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor] * wide(words, size, bold=bold)
        for word in words.split(" "):
            self.word((x, at[1]), word, size, fill, bold=bold)
            x += wide(f"{word} ", size, bold=bold)

    def _letters(self, at: Point, piece: str, size: float, fill: Colour, stroke: float) -> None:
        place = (at[0] * SCALE, at[1] * SCALE)
        self.draw.text(place, piece, fill, letters(size), "ls", stroke_width=stroke * SCALE, stroke_fill=fill)

    def _leaning(self, at: Point, piece: str, size: float, fill: Colour) -> None:
        margin = size
        room = (round((wide(piece, size) + 2 * margin) * SCALE), round(2 * size * SCALE))
        mask = Image.new("L", room, 0)
        foot = 1.4 * size * SCALE
        ImageDraw.Draw(mask).text((margin * SCALE, foot), piece, 255, letters(size), "ls")
        mask = mask.transform(room, Image.Transform.AFFINE, (1, 0.2, -0.2 * foot, 0, 1, 0), Image.Resampling.BICUBIC)
        corner = (round((at[0] - margin) * SCALE), round(at[1] * SCALE - foot))
        self.image.paste(Image.new("RGB", room, fill), corner, mask)


def pieces(word: str) -> list[str]:
    """Letters together, symbols each for itself."""
    parts: list[str] = []
    for letter in word:
        if letter in SYMBOLS or not parts or parts[-1] in SYMBOLS:
            parts.append(letter)
        else:
            parts[-1] += letter
    return parts


def wide(words: str, size: float, *, bold: bool = False) -> float:
    total = 0.0
    for piece in pieces(words):
        if piece in SYMBOLS:
            total += size * DRAWN_WIDTH.get(piece, 1.22)
        else:
            total += letters(size).getlength(piece) / SCALE + (len(piece) * size * HEAVY * 0.9 if bold else 0)
    return total


# --- Symbols: each is drawn upon the base line at `at`, as high as a capital letter or a little more ---

Symbol = Callable[[Canvas, Point, float, Colour], None]


def _light(colour: Colour) -> Symbol:
    def draw(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
        page.disc(_middle(at, size), size * 0.98, colour)

    return draw


def _no_entry(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    page.disc((x, y), size * 1.06, RED)
    page.box((x - size * 0.32, y - size * 0.1, x + size * 0.32, y + size * 0.1), WHITE, size * 0.04)


def _warning(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    corners = [(x, y - size * 0.46), (x + size * 0.5, y + size * 0.42), (x - size * 0.5, y + size * 0.42)]
    page.shape(corners, AMBER)
    page.line([*corners, corners[0]], AMBER, size * 0.16)
    page.line([(x, y - size * 0.18), (x, y + size * 0.12)], INK, size * 0.13)
    page.disc((x, y + size * 0.32), size * 0.15, INK)


def _bulb(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    page.disc((x, y - size * 0.14), size * 0.76, AMBER)
    page.box((x - size * 0.2, y + size * 0.1, x + size * 0.2, y + size * 0.34), AMBER)
    page.box((x - size * 0.2, y + size * 0.36, x + size * 0.2, y + size * 0.56), GREY, size * 0.08)


def _done(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    half = size * 0.52
    page.box((x - half, y - half, x + half, y + half), GREEN, size * 0.22)
    page.line(
        [(x - size * 0.26, y), (x - size * 0.06, y + size * 0.2), (x + size * 0.28, y - size * 0.22)],
        WHITE,
        size * 0.14,
    )


def _turned_back(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    half = size * 0.52
    page.box((x - half, y - half, x + half, y + half), LINK, size * 0.22)
    arrow = [(x + size * 0.28, y + size * 0.24), (x + size * 0.28, y - size * 0.08), (x - size * 0.22, y - size * 0.08)]
    page.line(arrow, WHITE, size * 0.11)
    page.line(
        [(x - size * 0.06, y - size * 0.26), (x - size * 0.26, y - size * 0.08), (x - size * 0.06, y + size * 0.1)],
        WHITE,
        size * 0.11,
    )


def _snowflake(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    for turn in range(3):
        across, down = cos(pi / 6 + turn * pi / 3) * size * 0.46, sin(pi / 6 + turn * pi / 3) * size * 0.46
        page.line([(x - across, y - down), (x + across, y + down)], LINK, size * 0.1)


def _bullet(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    page.disc((at[0] + size * 0.2, at[1] - size * 0.32), size * 0.3, fill)


def _arrow(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    x, y = at[0] + size * 0.08, at[1] - size * 0.3
    page.line([(x, y), (x + size * 0.82, y)], fill, size * 0.08)
    page.line(
        [(x + size * 0.56, y - size * 0.24), (x + size * 0.84, y), (x + size * 0.56, y + size * 0.24)],
        fill,
        size * 0.08,
    )


def _dash(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    page.box((at[0] + size * 0.03, at[1] - size * 0.3, at[0] + size * 0.53, at[1] - size * 0.22), fill)


def _long_dash(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    page.box((at[0] + size * 0.03, at[1] - size * 0.3, at[0] + size * 0.92, at[1] - size * 0.22), fill)


def _cross(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    x, y, arm = at[0] + size * 0.31, at[1] - size * 0.28, size * 0.2
    page.line([(x - arm, y - arm), (x + arm, y + arm)], fill, size * 0.08)
    page.line([(x - arm, y + arm), (x + arm, y - arm)], fill, size * 0.08)


def _tick(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    x, y = at
    page.line(
        [(x + size * 0.1, y - size * 0.3), (x + size * 0.3, y - size * 0.08), (x + size * 0.68, y - size * 0.62)],
        fill,
        size * 0.1,
    )


def _hourglass(page: Canvas, at: Point, size: float, fill: Colour) -> None:  # noqa: ARG001
    x, y = _middle(at, size)
    wide, tall = size * 0.32, size * 0.44
    page.shape([(x - wide, y - tall), (x + wide, y - tall), (x, y)], AMBER)
    page.shape([(x - wide, y + tall), (x + wide, y + tall), (x, y)], AMBER)
    for end in (y - tall, y + tall):
        page.line([(x - wide, end), (x + wide, end)], GREY, size * 0.12)


def _square(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    x, y = at[0] + size * 0.36, at[1] - size * 0.34
    page.line(
        [
            (x - size * 0.24, y - size * 0.24),
            (x + size * 0.24, y - size * 0.24),
            (x + size * 0.24, y + size * 0.24),
            (x - size * 0.24, y + size * 0.24),
            (x - size * 0.24, y - size * 0.24),
        ],
        fill,
        size * 0.07,
    )


def _ticked(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    _square(page, at, size, fill)
    x, y = at[0] + size * 0.36, at[1] - size * 0.34
    page.line(
        [(x - size * 0.13, y), (x - size * 0.03, y + size * 0.11), (x + size * 0.14, y - size * 0.12)],
        fill,
        size * 0.08,
    )


def _circle(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    x, y = _middle(at, size)
    page.disc((x, y), size * 0.6, fill)
    page.disc((x, y), size * 0.46, WHITE)


def _middle(at: Point, size: float) -> Point:
    return at[0] + size * 0.56, at[1] - size * 0.34


def _gap(page: Canvas, at: Point, size: float, fill: Colour) -> None:
    """The font would draw a box."""


SYMBOLS: dict[str, Symbol] = {
    NO_BREAK: _gap,
    "🟢": _light(GREEN),
    "🟡": _light(AMBER),
    "🔴": _light(RED),
    "⛔": _no_entry,
    "⚠": _warning,
    "💡": _bulb,
    "✅": _done,
    "↩": _turned_back,
    "❄": _snowflake,
    "•": _bullet,
    "→": _arrow,
    "–": _dash,
    "—": _long_dash,
    "×": _cross,
    "✓": _tick,
    "✗": _cross,
    "⏳": _hourglass,
    "☐": _square,
    "☑": _ticked,
    "○": _circle,
}
