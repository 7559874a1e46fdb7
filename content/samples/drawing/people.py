"""People as shapes: no face, nobody in particular, dressed as one meets them in a village hall."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drawing.brush import AMBER, CREAM, DEEP, GREEN, INK, MAROON, NAVY, ORANGE, TEAL, WHITE, Canvas, Colour, mix


class Head(StrEnum):
    SHORT = "short"
    LONG = "long"
    SCARF = "scarf"
    CAP = "cap"


SKIN: tuple[Colour, ...] = ((214, 160, 118), (190, 134, 94), (226, 178, 138), (168, 114, 80))
HAIR: Colour = (38, 30, 30)


@dataclass(frozen=True, kw_only=True)
class Person:
    skin: Colour
    head: Head
    shirt: Colour
    scarf: Colour = AMBER
    batik: bool = False


CROWD: tuple[Person, ...] = (
    Person(skin=SKIN[0], head=Head.SCARF, shirt=TEAL, scarf=(246, 214, 176)),
    Person(skin=SKIN[1], head=Head.CAP, shirt=MAROON, batik=True),
    Person(skin=SKIN[2], head=Head.LONG, shirt=ORANGE),
    Person(skin=SKIN[3], head=Head.SHORT, shirt=NAVY),
    Person(skin=SKIN[0], head=Head.SHORT, shirt=(190, 92, 50), batik=True),
    Person(skin=SKIN[2], head=Head.SCARF, shirt=MAROON, scarf=(120, 150, 150)),
    Person(skin=SKIN[1], head=Head.SHORT, shirt=GREEN),
    Person(skin=SKIN[3], head=Head.SCARF, shirt=NAVY, scarf=(201, 122, 92)),
    Person(skin=SKIN[0], head=Head.LONG, shirt=(150, 70, 90)),
    Person(skin=SKIN[2], head=Head.CAP, shirt=WHITE),
)


def seen_from_front(canvas: Canvas, person: Person, x: float, foot: float, size: float) -> None:
    """Head and shoulders; `foot` is where they end below, `size` the height of the head."""
    top = foot - 2.55 * size
    if person.head is Head.LONG:
        canvas.box((x - 0.5 * size, top + 0.05 * size, x + 0.5 * size, top + 1.42 * size), HAIR, 0.46 * size)
    _shoulders(canvas, person, x, foot, size)
    shade = mix(person.skin, INK, 0.14)
    canvas.box((x - 0.17 * size, top + 0.8 * size, x + 0.17 * size, top + 1.24 * size), shade, 0.12 * size)
    if person.head is Head.SCARF:
        _scarf(canvas, person, x, top, size)
        return
    _collar(canvas, person, x, top, size)
    if person.head is not Head.LONG:
        for side in (-1, 1):
            canvas.oval((x + side * 0.4 * size, top + 0.58 * size), 0.15 * size, 0.22 * size, shade)
    canvas.oval((x, top + 0.42 * size), 0.86 * size, 0.86 * size, HAIR)
    canvas.oval((x, top + 0.58 * size), 0.74 * size, 0.84 * size, person.skin)
    if person.head is Head.CAP:
        _cap(canvas, x, top, size)
    else:
        _parting(canvas, x, top, size)


def seen_from_behind(canvas: Canvas, person: Person, x: float, foot: float, size: float) -> None:
    top = foot - 2.55 * size
    _shoulders(canvas, person, x, foot, size)
    canvas.box((x - 0.17 * size, top + 0.7 * size, x + 0.17 * size, top + 1.2 * size), person.skin, 0.08 * size)
    match person.head:
        case Head.SCARF:
            canvas.oval((x, top + 0.5 * size), 0.94 * size, 1.1 * size, person.scarf)
            canvas.shape(
                [(x - 0.45 * size, top + 0.6 * size), (x + 0.45 * size, top + 0.6 * size),
                 (x + 0.62 * size, top + 1.55 * size), (x, top + 1.8 * size), (x - 0.62 * size, top + 1.55 * size)],
                person.scarf,
            )  # fmt: skip
            canvas.line([(x, top + 0.9 * size), (x, top + 1.6 * size)], mix(person.scarf, INK, 0.15), 0.04 * size)
        case Head.LONG:
            canvas.box((x - 0.46 * size, top - 0.02 * size, x + 0.46 * size, top + 1.4 * size), HAIR, 0.44 * size)
        case Head.CAP:
            canvas.oval((x, top + 0.52 * size), 0.8 * size, 0.96 * size, HAIR)
            _cap(canvas, x, top, size)
        case Head.SHORT:
            canvas.oval((x, top + 0.48 * size), 0.84 * size, 1.0 * size, HAIR)


def _shoulders(canvas: Canvas, person: Person, x: float, foot: float, size: float) -> None:
    top = foot - 1.45 * size
    canvas.box((x - 0.98 * size, top, x + 0.98 * size, foot + 1.6 * size), person.shirt, 0.62 * size)
    crease = mix(person.shirt, INK, 0.16)
    for side in (-1, 1):
        canvas.line([(x + side * 0.7 * size, top + 0.75 * size), (x + side * 0.7 * size, foot)], crease, 0.035 * size)
    if person.batik:
        _pattern(canvas, person.shirt, x, top, size)


def _pattern(canvas: Canvas, shirt: Colour, x: float, top: float, size: float) -> None:
    light = mix(shirt, AMBER, 0.55)
    for row in range(4):
        for column in range(-2, 3):
            at = (x + (column + 0.5 * (row % 2)) * 0.38 * size, top + (0.5 + 0.34 * row) * size)
            if abs(at[0] - x) < 0.62 * size:
                canvas.disc(at, 0.15 * size, light)
                canvas.disc(at, 0.07 * size, shirt)


def _collar(canvas: Canvas, person: Person, x: float, top: float, size: float) -> None:
    edge = mix(person.shirt, CREAM if person.shirt != WHITE else INK, 0.25)
    for side in (-1, 1):
        canvas.shape(
            [
                (x, top + 1.45 * size),
                (x + side * 0.2 * size, top + 1.06 * size),
                (x + side * 0.34 * size, top + 1.22 * size),
            ],
            edge,
        )


def _parting(canvas: Canvas, x: float, top: float, size: float) -> None:
    """Hair combed to one side."""
    canvas.shape(
        [(x - 0.38 * size, top + 0.54 * size), (x - 0.38 * size, top + 0.22 * size), (x - 0.2 * size, top + 0.1 * size),
         (x + 0.2 * size, top + 0.1 * size), (x + 0.38 * size, top + 0.22 * size), (x + 0.38 * size, top + 0.54 * size),
         (x + 0.28 * size, top + 0.38 * size), (x - 0.12 * size, top + 0.28 * size)],
        HAIR,
    )  # fmt: skip


def _scarf(canvas: Canvas, person: Person, x: float, top: float, size: float) -> None:
    canvas.oval((x, top + 0.5 * size), 0.98 * size, 1.16 * size, person.scarf)
    canvas.shape(
        [(x - 0.46 * size, top + 0.7 * size), (x + 0.46 * size, top + 0.7 * size),
         (x + 0.66 * size, top + 1.45 * size), (x, top + 1.95 * size), (x - 0.66 * size, top + 1.45 * size)],
        person.scarf,
    )  # fmt: skip
    canvas.oval((x, top + 0.55 * size), 0.66 * size, 0.84 * size, person.skin)
    canvas.line(
        [(x - 0.2 * size, top + 1.05 * size), (x + 0.1 * size, top + 1.5 * size)],
        mix(person.scarf, INK, 0.18),
        0.04 * size,
    )


def _cap(canvas: Canvas, x: float, top: float, size: float) -> None:
    canvas.box((x - 0.42 * size, top - 0.16 * size, x + 0.42 * size, top + 0.26 * size), HAIR, 0.1 * size)
    canvas.line(
        [(x - 0.34 * size, top + 0.2 * size), (x + 0.34 * size, top + 0.2 * size)], mix(HAIR, DEEP, 0.6), 0.04 * size
    )
