"""Two versions of pictures beside each other, as one small picture: what was shown before, and what would be now."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.errors import BadMedia
from bakohumas_bot.media.formats import FACTS, read_head, sniff
from bakohumas_bot.media.pictures import opened, upright

BEFORE, AFTER = "Sebelum", "Sesudah"
ABSENT, UNSHOWN = "(tidak ada)", "(tidak dapat ditampilkan)"
CELL = 560
GAP = 16
HEAD = 44
LETTERS = 28
MOST = 3  # pairs on one picture: more of them would be too small to compare
PAPER, INK, NOTHING = (255, 255, 255), (40, 44, 48), (226, 229, 232)
QUALITY = 82


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One picture before and after; None where there was, or is, none. `name` says which one it is."""

    name: str
    before: Path | None
    after: Path | None


def side_by_side(pairs: Sequence[Pair]) -> bytes:
    """A JPEG of the first pairs under their labels. A file that cannot be read is an empty field, not an error."""
    rows = [(pair.name, _cell(pair.before), _cell(pair.after)) for pair in pairs[:MOST]]
    heights = [HEAD + max(before.height, after.height) + GAP for _, before, after in rows]
    sheet = Image.new("RGB", (2 * CELL + 3 * GAP, sum(heights) + GAP), PAPER)
    top = GAP
    for (name, before, after), height in zip(rows, heights, strict=True):
        _put(sheet, before, f"{BEFORE}: {name}", left=GAP, top=top)
        _put(sheet, after, f"{AFTER}: {name}", left=CELL + 2 * GAP, top=top)
        top += height
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _put(sheet: Image.Image, cell: Image.Image, label: str, *, left: int, top: int) -> None:
    ImageDraw.Draw(sheet).text((left, top), label, fill=INK, font=ImageFont.load_default(LETTERS))
    sheet.paste(cell, (left, top + HEAD))


def _cell(path: Path | None) -> Image.Image:
    """The picture within its field, upright, on white where it is transparent."""
    if path is None:
        return _empty(ABSENT)
    try:
        form = sniff(read_head(path))
        if form is None or FACTS[form].kind is not MediaKind.IMAGE:
            return _empty(UNSHOWN)
        with opened(path, form, path.name) as image:
            if image.format == "JPEG":
                image.draft("RGB", (CELL, CELL))  # a phone's photo is not unpacked whole for a thumbnail
            small = upright(image).convert("RGBA")
    except (BadMedia, OSError):
        return _empty(UNSHOWN)
    small.thumbnail((CELL, CELL))
    cell = Image.new("RGB", small.size, PAPER)
    cell.paste(small, mask=small)
    return cell


def _empty(words: str) -> Image.Image:
    cell = Image.new("RGB", (CELL, CELL // 3), NOTHING)
    ImageDraw.Draw(cell).text(
        (CELL // 2, CELL // 6), words, fill=INK, font=ImageFont.load_default(LETTERS), anchor="mm"
    )
    return cell
