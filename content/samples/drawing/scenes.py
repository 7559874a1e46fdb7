"""Places with people in them: a coordination meeting, and a class in a village hall."""

from __future__ import annotations

from PIL import Image

from drawing.brush import (
    AMBER,
    CREAM,
    DEEP,
    GREEN,
    INK,
    LINE,
    MAROON,
    ORANGE,
    SAND,
    WHITE,
    Canvas,
    Colour,
    Point,
    mix,
)
from drawing.people import CROWD, Person, seen_from_behind, seen_from_front

WALL: Colour = (247, 238, 226)
FLOOR: Colour = (214, 186, 158)
WOOD: Colour = (146, 88, 52)
LEAF: Colour = (72, 128, 88)


def meeting() -> Image.Image:
    """People around a table, listening to what the screen shows."""
    room = Canvas(1440, 960)
    room.fade(WALL, mix(WALL, SAND, 0.7), 0, 640)
    room.fade(mix(FLOOR, INK, 0.06), mix(FLOOR, INK, 0.25), 640)
    for x in (70, 1190):
        _window(room, x, 90)
    _screen(room)
    _plant(room, 372, 640, 1.1)
    _plant(room, 1070, 640, 1.1)
    back = ((300, 3), (478, 0), (650, 1), (790, 5), (962, 4), (1140, 8))
    for x, who in back:
        seen_from_front(room, CROWD[who], x, 690, 92)
    _table(room)
    for x, who in ((230, 6), (540, 7), (900, 9), (1210, 2)):
        seen_from_behind(room, CROWD[who], x, 930, 118)
        _chair(room, x, 880, 118)
    return room.finished()


def _screen(room: Canvas) -> None:
    room.shadowed((432, 48, 1008, 372), DEEP, 18, WALL)
    room.box((446, 62, 994, 358), CREAM, 8)
    room.box((446, 62, 994, 108), MAROON)
    room.text((720, 86), "KPU KABUPATEN CONTOH SELATAN", 23, WHITE, bold=0.5, anchor="mm")
    room.text((720, 168), "Rapat Koordinasi", 56, MAROON, bold=1.3, anchor="mm")
    room.text((720, 236), "Bakohumas", 56, MAROON, bold=1.3, anchor="mm")
    room.box((640, 280, 800, 287), ORANGE, 3)
    room.text((720, 320), "Informasi benar, akurat, tervalidasi", 26, INK, anchor="mm")


def _table(room: Canvas) -> None:
    room.oval((720, 772), 1240, 220, mix(WOOD, INK, 0.35))
    room.oval((720, 752), 1240, 220, WOOD)
    room.oval((720, 748), 1180, 190, mix(WOOD, AMBER, 0.22))
    for x in (330, 510, 690, 850, 1010, 1140):
        room.shape([(x - 44, 716), (x + 40, 716), (x + 48, 744), (x - 52, 744)], WHITE)
        room.line([(x - 30, 725), (x + 24, 725)], LINE, 4)
        room.line([(x - 34, 734), (x + 10, 734)], LINE, 4)
    for x in (424, 602, 930, 1090):
        room.box((x - 9, 690, x + 9, 738), mix(WHITE, (120, 170, 190), 0.4), 6)
        room.box((x - 6, 680, x + 6, 694), MAROON, 3)
    for x, y in ((560, 790), (880, 790)):
        room.oval((x, y), 120, 30, mix(WOOD, CREAM, 0.55))
        for step in range(-2, 3):
            room.disc((x + 20 * step, y - 8), 22, (AMBER, ORANGE, LEAF)[step % 3])


def _chair(room: Canvas, x: float, top: float, size: float) -> None:
    """Its back, over the back of whoever sits on it."""
    room.box((x - 0.86 * size, top, x + 0.86 * size, top + 4 * size), mix(WOOD, INK, 0.3), 0.22 * size)
    room.box((x - 0.74 * size, top + 0.12 * size, x + 0.74 * size, top + 4 * size), mix(WOOD, AMBER, 0.14), 0.16 * size)


def _window(room: Canvas, x: float, y: float) -> None:
    view = Canvas(180, 310)
    view.fade((168, 206, 224), (226, 238, 232))
    view.oval((44, 310), 170, 130, mix(LEAF, WHITE, 0.25))
    view.oval((150, 318), 160, 96, mix(LEAF, WHITE, 0.12))
    room.shadowed((x - 10, y - 10, x + 190, y + 320), WHITE, 8, WALL)
    room.inset(view, (x, y))
    room.box((x + 86, y, x + 94, y + 310), WHITE)
    room.box((x, y + 120, x + 180, y + 128), WHITE)
    room.box((x - 22, y + 310, x + 202, y + 328), WHITE, 5)


def _plant(room: Canvas, x: float, foot: float, size: float) -> None:
    for lean, tall in ((-58, 120), (-30, 170), (0, 196), (30, 170), (58, 120)):
        tip = (x + lean * size, foot - 60 * size - tall * size * 0.7)
        base = (x, foot - 62 * size)
        side = 15 * size
        middle = ((tip[0] + base[0]) / 2, (tip[1] + base[1]) / 2)
        room.shape(
            [base, (middle[0] - side, middle[1]), tip, (middle[0] + side, middle[1])], mix(LEAF, INK, abs(lean) / 300)
        )
    room.shape(
        [
            (x - 44 * size, foot - 70 * size),
            (x + 44 * size, foot - 70 * size),
            (x + 32 * size, foot),
            (x - 32 * size, foot),
        ],
        MAROON,
    )
    room.box((x - 50 * size, foot - 78 * size, x + 50 * size, foot - 58 * size), DEEP, 6)


def _hall() -> Canvas:
    """The village hall: posts, a roof edge, green outside."""
    hall = Canvas(1080, 1080)
    hall.fade((196, 222, 232), (236, 240, 226), 0, 620)
    for x, size in ((60, 260), (250, 200), (840, 220), (1030, 280)):
        hall.oval((x, 600), size, size * 0.9, mix(LEAF, WHITE, 0.3))
    hall.fade(mix(FLOOR, CREAM, 0.35), FLOOR, 620)
    for y in (700, 800, 920):
        hall.line([(0, y), (1080, y)], mix(FLOOR, INK, 0.07), 3)
    hall.shape([(0, 0), (1080, 0), (1080, 66), (0, 66)], mix(WOOD, INK, 0.25))
    for x in range(0, 1080, 72):
        hall.box((x, 66, x + 66, 92), mix(WOOD, INK, 0.1), 4)
    for x in (28, 1008):
        hall.box((x, 66, x + 44, 700), WOOD)
        hall.box((x + 30, 66, x + 44, 700), mix(WOOD, INK, 0.2))
        hall.box((x - 12, 668, x + 56, 712), mix(WOOD, INK, 0.35), 6)
    return hall


def _banner(hall: Canvas, top: float, left: float = 150, right: float = 930) -> None:
    for x in (left + 30, right - 30):
        hall.line([(x, 80), (x, top + 10)], mix(WOOD, INK, 0.5), 4)
    hall.shadowed((left, top, right, top + 150), MAROON, 8, (210, 226, 222))
    hall.box((left, top + 138, right, top + 150), ORANGE)
    middle = (left + right) / 2
    hall.text((middle, top + 46), "Kelas Desa Peduli", 50, WHITE, bold=1.1, anchor="mm")
    hall.text((middle, top + 102), "Pemilu dan Pemilihan", 50, AMBER, bold=1.1, anchor="mm")


def opening() -> Image.Image:
    """A facilitator at the board, villagers on their chairs."""
    hall = _hall()
    _banner(hall, 128)
    hall.box((196, 330, 690, 640), mix(WOOD, INK, 0.2), 10)
    hall.box((208, 342, 678, 628), WHITE, 6)
    hall.text((240, 372), "Hari ini:", 34, MAROON, bold=0.8)
    for row, words in enumerate(("Kenali ciri hoaks", "Cek data pemilih", "Sampaikan yang benar")):
        y = 440 + row * 58
        hall.disc((256, y + 18), 34, MAROON)
        hall.text((256, y + 18), str(row + 1), 22, WHITE, bold=0.6, anchor="mm")
        hall.text((288, y + 18), words, 33, INK, anchor="lm")
    _standing(hall, CROWD[5], 812, 850, 84, reach=(676, 452))
    for x, who in ((150, 3), (390, 2), (630, 6), (900, 0)):
        seen_from_behind(hall, CROWD[who], x, 852, 74)
        _chair(hall, x, 812, 74)
    for x, who in ((40, 7), (290, 9), (540, 8), (790, 1), (1030, 4)):
        seen_from_behind(hall, CROWD[who], x, 1066, 96)
        _chair(hall, x, 1014, 96)
    return hall.finished()


def discussion() -> Image.Image:
    """A small group around papers on a table."""
    hall = _hall()
    _banner(hall, 128)
    for x, who, shift in ((190, 9, -50), (890, 7, 50)):
        seen_from_front(hall, CROWD[who], x + shift, 640, 58)
        hall.box((x - 130, 600, x + 130, 742), mix(WOOD, INK, 0.15), 10)
        hall.box((x - 138, 592, x + 138, 614), mix(WOOD, AMBER, 0.2), 8)
    for x, who in ((300, 0), (540, 1), (780, 8)):
        seen_from_front(hall, CROWD[who], x, 706, 116)
    hall.oval((540, 800), 900, 260, mix(WOOD, INK, 0.35))
    hall.oval((540, 778), 900, 260, WOOD)
    hall.oval((540, 772), 850, 228, mix(WOOD, AMBER, 0.25))
    _sheet(hall, 540, 770)
    for (x, y), colour in (
        ((320, 760), AMBER),
        ((762, 752), (190, 214, 206)),
        ((384, 822), (236, 190, 170)),
        ((706, 826), AMBER),
    ):
        hall.shape([(x - 44, y - 20), (x + 40, y - 24), (x + 48, y + 14), (x - 40, y + 20)], colour)
        hall.line([(x - 26, y - 6), (x + 24, y - 9)], mix(colour, INK, 0.4), 4)
    for x, who in ((210, 4), (860, 2)):
        seen_from_behind(hall, CROWD[who], x, 1062, 124)
        _chair(hall, x, 990, 124)
    return hall.finished()


def _sheet(hall: Canvas, x: float, y: float) -> None:
    """The large paper the group writes on."""
    hall.shape([(x - 150, y - 62), (x + 150, y - 62), (x + 190, y + 66), (x - 190, y + 66)], WHITE)
    hall.text((x, y - 28), "Benar atau hoaks?", 32, MAROON, bold=0.8, anchor="mm")
    for row, mark in enumerate((GREEN, ORANGE)):
        top = y + 2 + 30 * row
        hall.disc((x - 120, top), 18, mark)
        hall.line([(x - 96, top), (x + 120 - 40 * row, top)], LINE, 6)


def together() -> Image.Image:
    """Everyone for the photograph at the end, in front of the hall."""
    yard = Canvas(1080, 1080)
    yard.fade((176, 212, 230), (238, 240, 224), 0, 700)
    for x, size in ((40, 420), (1050, 460), (250, 260), (850, 260)):
        yard.oval((x, 560), size, size * 0.8, mix(LEAF, WHITE, 0.22))
    yard.fade((186, 204, 142), (150, 176, 110), 640)
    yard.box((170, 330, 910, 700), mix(WALL, WHITE, 0.4))
    yard.shape([(110, 350), (540, 120), (970, 350)], mix(MAROON, WOOD, 0.55))
    for step in range(1, 6):
        y, half = 122 + 38 * step, 68 * step
        yard.line([(540 - half, y), (540 + half, y)], mix(mix(MAROON, WOOD, 0.55), INK, 0.12), 3)
    yard.shape([(110, 350), (970, 350), (990, 376), (90, 376)], mix(WOOD, INK, 0.35))
    for x in (210, 400, 640, 830):
        yard.box((x, 376, x + 34, 700), WHITE)
        yard.box((x + 24, 376, x + 34, 700), LINE)
    yard.text((540, 290), "BALAI DESA", 44, CREAM, bold=1.2, anchor="mm")
    _banner_on(yard, 388)
    rows = (
        (704, 70, ((196, 3), (334, 8), (472, 1), (610, 0), (748, 6), (886, 5))),
        (846, 84, ((120, 7), (288, 4), (456, 2), (624, 9), (792, 5), (960, 3))),
        (1016, 100, ((112, 6), (326, 0), (540, 1), (754, 8), (968, 7))),
    )
    for foot, size, row in rows:
        for x, who in row:
            seen_from_front(yard, CROWD[who], x, foot, size)
    return yard.finished()


def _banner_on(yard: Canvas, top: float) -> None:
    yard.box((250, top, 830, top + 112), MAROON, 6)
    yard.box((250, top + 103, 830, top + 112), ORANGE)
    yard.text((540, top + 34), "Desa Peduli", 40, WHITE, bold=1, anchor="mm")
    yard.text((540, top + 76), "Pemilu dan Pemilihan", 36, AMBER, bold=1, anchor="mm")


def _standing(hall: Canvas, person: Person, x: float, foot: float, size: float, *, reach: Point) -> None:
    """A whole figure in a long dress, one arm towards the board."""
    belly = foot - 2.1 * size
    sleeve = mix(person.shirt, INK, 0.18)
    hall.shape(
        [
            (x - 0.98 * size, belly - size),
            (x + 0.98 * size, belly - size),
            (x + 1.16 * size, foot),
            (x - 1.16 * size, foot),
        ],
        person.shirt,
    )
    seen_from_front(hall, person, x, belly - 0.2 * size, size)
    shoulder, elbow = (x - 0.7 * size, belly - 1.25 * size), (x - 1.32 * size, belly - 0.75 * size)
    hall.line([shoulder, elbow, reach], sleeve, 0.36 * size)
    hall.disc(reach, 0.34 * size, person.skin)
