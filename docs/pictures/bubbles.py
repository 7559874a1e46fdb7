"""Telegram's messages as pictures: formatted text in bubbles, photos, keyboards, in the frame of a phone."""
# ruff: noqa: INP001 - scripts that run from their own folder

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ink import GREY, INK, LINK, WHITE, Canvas, Colour, readable, wide
from PIL import Image

SCREEN = 412.0
SIDE = 10.0  # from the edge of the screen to a bubble
PAD = 11.0
WIDEST = 346.0
TEXT = 14.0
LINE = 18.2
KEY = 36.0
GAP = 7.0
QUOTE_ROOM = 9.0

WALL: Colour = (214, 225, 233)
MINE: Colour = (226, 246, 207)
QUOTED: Colour = (229, 239, 248)
BUTTON: Colour = (111, 135, 156)
CODE: Colour = (66, 92, 118)
BAR: Colour = (248, 249, 250)
CASE: Colour = (26, 29, 33)
HAIR: Colour = (205, 211, 216)

LINKS = {"url", "text_link", "mention", "hashtag", "bot_command", "email"}


@dataclass(frozen=True)
class Run:
    """Letters that look alike and stand without a space between them."""

    text: str
    style: frozenset[str]

    @property
    def bold(self) -> bool:
        return "bold" in self.style

    @property
    def colour(self) -> Colour:
        if self.style & LINKS:
            return LINK
        return CODE if "code" in self.style else INK

    @property
    def wide(self) -> float:
        return wide(self.text, TEXT, bold=self.bold)


@dataclass
class Line:
    """Words with their places, counted from the left edge of the text."""

    quoted: bool
    indent: float = 0.0
    words: list[tuple[float, Run]] = field(default_factory=list)
    end: float = 0.0

    def add(self, runs: Sequence[Run], space: float) -> None:
        x = self.end + space if self.words else self.indent
        for run in runs:
            self.words.append((x, run))
            x += run.wide
        self.end = x


def lines_of(text: str, entities: Sequence[dict[str, Any]], room: float) -> list[Line]:
    """Wraps the text; entity offsets count UTF-16 units, as Telegram's do."""
    lines: list[Line] = []
    for paragraph in _paragraphs(text, entities):
        inner = room - 2 * QUOTE_ROOM if paragraph.quoted else room
        indent = paragraph.indent * wide(" ", TEXT)
        lines.append(Line(paragraph.quoted, indent))
        for word in paragraph.words:
            for part in _short_enough(word, inner - indent):
                space = wide(" ", TEXT, bold=part[0].bold)
                if lines[-1].words and lines[-1].end + space + sum(run.wide for run in part) > inner:
                    lines.append(Line(paragraph.quoted, indent))
                lines[-1].add(part, space)
    return lines


@dataclass
class Paragraph:
    """`indent` counts the spaces before the first word; a word is a list of runs."""

    words: list[list[Run]] = field(default_factory=list)
    indent: int = 0
    quoted: bool = False

    def take(self, letter: str, style: frozenset[str], *, joins: bool) -> None:
        if not joins:
            self.words.append([])
        word = self.words[-1]
        if word and word[-1].style == style:
            word[-1] = Run(word[-1].text + letter, style)
        else:
            word.append(Run(letter, style))


def _paragraphs(text: str, entities: Sequence[dict[str, Any]]) -> list[Paragraph]:
    paragraphs = [Paragraph()]
    joins = False
    for letter, style in _styled(text, entities):
        current = paragraphs[-1]
        current.quoted |= "blockquote" in style
        if letter == "\n":
            paragraphs.append(Paragraph())
            joins = False
        elif letter == " ":
            current.indent += not current.words
            joins = False
        else:
            current.take(letter, style, joins=joins)
            joins = True
    return paragraphs


def _styled(text: str, entities: Sequence[dict[str, Any]]) -> list[tuple[str, frozenset[str]]]:
    styled = []
    offset = 0
    for letter in text:
        covering = (e for e in entities if e["offset"] <= offset < e["offset"] + e["length"])
        style = frozenset(str(e["type"]) for e in covering)
        styled += [(drawn, style) for drawn in readable(letter)]
        offset += len(letter.encode("utf-16-le")) // 2
    return styled


def _short_enough(word: list[Run], room: float) -> list[list[Run]]:
    """A long address breaks where it must."""
    if sum(run.wide for run in word) <= room:
        return [word]
    parts: list[list[Run]] = [[]]
    filled = 0.0
    for run in word:
        for letter in run.text:
            one = Run(letter, run.style)
            if filled + one.wide > room:
                parts.append([])
                filled = 0.0
            last = parts[-1]
            if last and last[-1].style == run.style:
                last[-1] = Run(last[-1].text + letter, run.style)
            else:
                last.append(one)
            filled += one.wide
    return parts


class Bubble:
    """One message: measured when made, drawn where it is put."""

    def __init__(self, message: dict[str, Any], photo: Image.Image | None, zone: Any) -> None:
        self.mine = not message["from_bot"]
        self.photo = photo
        self.keys = [[key["text"] for key in row] for row in (message["reply_markup"] or {}).get("inline_keyboard", [])]
        self.time = datetime.fromtimestamp(message["date"], zone).strftime("%H.%M")
        text = message["text"].rstrip()
        room = (300.0 if photo else WIDEST) - 2 * PAD
        self.lines = lines_of(text, message["entities"], room) if text else []
        self.width = self._width(room)
        self.photo_height = photo.height / photo.width * (self.width - 6) if photo else 0.0
        self._stamp = wide(self.time, 11) + (18 if self.mine else 4)
        last = self.lines[-1].end if self.lines else self.width
        self._stamp_below = last + 2 * PAD + self._stamp > self.width
        text_height = len(self.lines) * LINE + 11 + (11 if self._stamp_below and self.lines else 0)
        self.body = self.photo_height + (3 if photo else 0) + (text_height if self.lines else 3)
        self.height = self.body + sum(KEY + 4 for _ in self.keys)

    def _width(self, room: float) -> float:
        if self.photo or self.keys:
            return room + 2 * PAD
        widest = max(line.end + (2 * QUOTE_ROOM if line.quoted else 0) for line in self.lines)
        return min(max(widest + 2 * PAD + (44 if len(self.lines) == 1 else 0), 110), WIDEST)

    def draw(self, page: Canvas, top: float) -> None:
        left = SCREEN - SIDE - self.width if self.mine else SIDE
        bottom = top + self.body
        page.box((left, top + 1, left + self.width, bottom + 1), _mixed(WALL, INK, 0.12), 15)
        page.box((left, top, left + self.width, bottom), MINE if self.mine else WHITE, 15)
        self._tail(page, left, bottom)
        if self.photo:
            edge = (left + 3, top + 3, left + self.width - 3, top + 3 + self.photo_height)
            page.picture(self.photo, edge, 12)
        self._text(page, left + PAD, top + self.photo_height + (3 if self.photo else 0) + 5)
        self._time(page, left + self.width - PAD, bottom - 7)
        self._keyboard(page, left, bottom + 4)

    def _tail(self, page: Canvas, left: float, bottom: float) -> None:
        if self.mine:
            edge = left + self.width
            page.shape([(edge - 14, bottom), (edge, bottom - 14), (edge + 5, bottom)], MINE)
        elif not self.keys:
            page.shape([(left + 14, bottom), (left, bottom - 14), (left - 5, bottom)], WHITE)

    def _text(self, page: Canvas, left: float, top: float) -> None:
        self._quotes(page, left, top)
        for number, line in enumerate(self.lines):
            base = top + number * LINE + 14
            start = left + (QUOTE_ROOM if line.quoted else 0)
            for x, run in line.words:
                page.word((start + x, base), run.text, TEXT, run.colour, bold=run.bold, italic="italic" in run.style)

    def _quotes(self, page: Canvas, left: float, top: float) -> None:
        """A tinted block with a bar before it, behind each stretch of quoted lines."""
        quoted = [*(line.quoted for line in self.lines), False]
        first: int | None = None
        for number, inside in enumerate(quoted):
            if inside and first is None:
                first = number
            elif not inside and first is not None:
                place = (left, top + first * LINE, left + self.width - 2 * PAD, top + number * LINE + 1)
                page.box(place, QUOTED, 5)
                page.box((left, place[1], left + 3, place[3]), LINK, 1.5)
                first = None

    def _time(self, page: Canvas, right: float, base: float) -> None:
        colour = (96, 152, 84) if self.mine else GREY
        if self.mine:
            page.word((right - 13, base), "✓", 12, colour)
            page.word((right - 9, base), "✓", 12, colour)
            right -= 15
        page.text((right, base), self.time, 11, colour, anchor="r")

    def _keyboard(self, page: Canvas, left: float, top: float) -> None:
        for row in self.keys:
            each = (self.width - 4 * (len(row) - 1)) / len(row)
            for number, words in enumerate(row):
                x = left + number * (each + 4)
                page.box((x, top, x + each, top + KEY), BUTTON, 9)
                page.text((x + each / 2, top + KEY / 2 + 5), readable(words), 14, WHITE, bold=True, anchor="m")
            top += KEY + 4


def phone(bubbles: Sequence[Bubble], *, clock: str, screen_height: float) -> Image.Image:
    """The end of a chat on a phone; what does not fit has scrolled away under the header."""
    frame, head, foot = 13.0, 88.0, 58.0
    page = Canvas(SCREEN, screen_height, WALL)
    top = screen_height - foot - 12 - sum(b.height + GAP for b in bubbles) + GAP
    for bubble in bubbles:
        bubble.draw(page, top)
        top += bubble.height + GAP
    _header(page, head, clock)
    _input(page, screen_height - foot)
    whole = Canvas(SCREEN + 2 * frame, screen_height + 2 * frame, WHITE)
    whole.box((0, 0, whole.width, whole.height), CASE, 46)
    whole.picture(page.image, (frame, frame, frame + SCREEN, frame + screen_height), 34)
    return whole.finished()


def height_for(bubbles: Sequence[Bubble]) -> float:
    """How high a screen must be to show all of it."""
    return 88 + 58 + 22 + sum(b.height + GAP for b in bubbles)


def _header(page: Canvas, height: float, clock: str) -> None:
    page.box((0, 0, page.width, height), BAR)
    page.box((0, height - 0.7, page.width, height), HAIR)
    page.text((30, 24), clock, 13.5, bold=True)
    for bar in range(4):
        x = 330 + bar * 5
        page.box((x, 23 - 3.2 - bar * 2.2, x + 3.4, 23), INK, 1)
    page.box((358, 13, 382, 24), INK, 3.4)
    page.box((359.6, 14.6, 380.4, 22.4), BAR, 2.2)
    page.box((361, 16, 376, 21), INK, 1.2)
    page.box((383, 16.5, 384.6, 20.5), INK, 0.8)
    page.line([(26, 54), (18, 62), (26, 70)], LINK, 2.4)
    page.disc((60, 62), 38, (123, 17, 19))
    page.text((60, 68), "B", 18, WHITE, bold=True, anchor="m")
    page.text((90, 59), "Meja Bakohumas", 16, bold=True)
    page.text((90, 76), "bot", 12.5, GREY)


def _input(page: Canvas, top: float) -> None:
    page.box((0, top, page.width, page.height), BAR)
    page.box((0, top, page.width, top + 0.7), HAIR)
    page.box((46, top + 9, page.width - 52, top + 43), WHITE, 17)
    page.line([(17, top + 26), (31, top + 26)], GREY, 2.2)
    page.line([(24, top + 19), (24, top + 33)], GREY, 2.2)
    page.text((62, top + 31), "Pesan", 15, GREY)
    page.disc((page.width - 26, top + 26), 32, LINK)
    x, y = page.width - 26, top + 26
    page.shape([(x - 7, y - 8), (x + 9, y), (x - 7, y + 8), (x - 4, y)], WHITE)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
