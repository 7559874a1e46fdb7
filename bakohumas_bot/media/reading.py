"""Looks into the author's files once, for the rules: words, codes, traces, quality; and remembers what was seen.

Limits stand where the work is done: `pictures.py` (64 million pixels), `ocr.py` (a minute for a pass), `pages.py` (a
process of its own for a PDF: 200 pages, 20 seconds of processor time), `frames.py` (six stills of a video). Whatever
cannot be read is `Reading.UNREADABLE`, never an error: the file goes out as it is, and a person is told to look.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image

from bakohumas_bot.domain.posts import Media
from bakohumas_bot.domain.rendering import MediaKind
from bakohumas_bot.domain.seen import Reading, Seen
from bakohumas_bot.errors import BadMedia, Unavailable
from bakohumas_bot.media import frames, pages
from bakohumas_bot.media.blobs import BlobStore
from bakohumas_bot.media.codes import codes_in
from bakohumas_bot.media.formats import read_head, sniff
from bakohumas_bot.media.images import eight_bits, on_white
from bakohumas_bot.media.lettering import contrast, smallest_text
from bakohumas_bot.media.looks import look_of
from bakohumas_bot.media.ocr import LONGEST, PAGE, SPARSE, Engine, NoEngineError, TooHardError, words_of
from bakohumas_bot.media.pictures import opened, upright
from bakohumas_bot.media.quality import is_drawn, is_plain, sharpness
from bakohumas_bot.media.traces import AUTHOR, traces_of

# Part of what is remembered: raise it when a file would be seen differently.
EDITION = 1
AT_ONCE = min(4, os.cpu_count() or 1)
_MOST_LETTERS = pages.MOST_LETTERS
_SHOWN = 0.6  # of the stills: words on so many of them, and not always the same, tell a video without its sound


def see_all(media: Iterable[Media], blobs: BlobStore, engine: Engine) -> dict[str, Seen]:
    """By SHA-256; files that were not seen before are read several at once."""
    wanted = {item.sha256: item for item in media}
    known = {sha256: _remembered(item, blobs, engine) for sha256, item in wanted.items()}
    fresh = [wanted[sha256] for sha256, seen in known.items() if seen is None]
    if fresh:
        with ThreadPoolExecutor(min(AT_ONCE, len(fresh))) as threads:
            seen = threads.map(lambda item: _look(item, blobs, engine), fresh)
            known |= dict(zip((item.sha256 for item in fresh), seen, strict=True))
    return {sha256: seen for sha256, seen in known.items() if seen is not None}


def see(media: Media, blobs: BlobStore, engine: Engine) -> Seen:
    """What can be read and measured in one file of the author's; from memory if it was seen before."""
    return see_all((media,), blobs, engine)[media.sha256]


def _remembered(media: Media, blobs: BlobStore, engine: Engine) -> Seen | None:
    """Not what was seen for want of an engine that is there now."""
    noted = blobs.noted(_key(media))
    if noted is None:
        return None
    seen = _from_note(noted)
    return None if seen.reading is Reading.NO_ENGINE and engine.ready else seen


def _look(media: Media, blobs: BlobStore, engine: Engine) -> Seen:
    try:
        path = blobs.path(media.sha256)
    except Unavailable:
        return Seen(reading=Reading.UNREADABLE)  # not remembered: it may come back
    try:
        seen = _READERS[media.kind](path, media.name, engine)
    except (BadMedia, OSError, ValueError):
        seen = Seen(reading=Reading.UNREADABLE)
    blobs.note(_key(media), _as_note(seen))
    return seen


def _picture(path: Path, name: str, engine: Engine) -> Seen:
    form = sniff(read_head(path))
    if form is None:
        raise BadMedia(name)
    with opened(path, form, name) as image:
        image.draft(None, (LONGEST, LONGEST))  # a JPEG can be unpacked at a half, a quarter or an eighth
        image.load()
        traces = traces_of(image)
        flat = on_white(eight_bits(upright(image)))
    flat.thumbnail((LONGEST, LONGEST), reducing_gap=2)
    grey = flat.convert("L")
    measured = Seen(
        codes=codes_in(grey),
        sharpness=sharpness(grey),
        taken_at=traces.taken_at,
        metadata=traces.metadata,
        look=look_of(grey),
    )
    return _with_words(measured, flat, grey, engine)


def _with_words(seen: Seen, image: Image.Image, grey: Image.Image, engine: Engine) -> Seen:
    """Letters are measured in drawings only: those in a photograph are not its author's choice."""
    if is_plain(grey):
        return seen
    try:
        lines = engine.read(grey, PAGE, SPARSE)
    except NoEngineError:
        return replace(seen, reading=Reading.NO_ENGINE)
    except TooHardError:
        return replace(seen, reading=Reading.UNREADABLE)
    seen = replace(seen, text=words_of(lines)[:_MOST_LETTERS])
    if not is_drawn(grey):
        return seen
    return replace(seen, smallest_text=smallest_text(lines, grey.width), contrast=contrast(image, lines))


def _document(path: Path, name: str, engine: Engine) -> Seen:  # noqa: ARG001
    with tempfile.TemporaryDirectory(prefix="bakohumas-") as folder:
        try:
            found = pages.read(path, Path(folder))
        except pages.UnreadableError:
            return Seen(reading=Reading.UNREADABLE)
        reading = Reading.READ if found.whole else Reading.PARTLY
        texts, codes = list(found.texts), list[str]()
        for number in range(len(texts)):
            if number >= len(found.pictures):
                reading = Reading.PARTLY if found.scanned(number) else reading
                continue
            with Image.open(found.pictures[number], formats=("PNG",)) as drawn:
                grey = drawn.convert("L")
            codes += codes_in(grey)
            if found.scanned(number) and not is_plain(grey):
                try:
                    texts[number] = words_of(engine.read(grey, PAGE))
                except NoEngineError:
                    reading = Reading.NO_ENGINE
                except TooHardError:
                    reading = Reading.PARTLY
    text = "\n".join(text.strip() for text in texts if text.strip())[:_MOST_LETTERS]
    author = (AUTHOR,) if found.author else ()
    return Seen(reading=reading, text=text, codes=tuple(dict.fromkeys(codes)), metadata=author)


def _video(path: Path, name: str, engine: Engine) -> Seen:  # noqa: ARG001
    film = frames.look_into(path)
    reading, shown, codes = Reading.READ, list[str](), list[str]()
    for still in film.stills:
        grey = still.convert("L")
        codes += codes_in(grey)
        try:
            shown.append("" if is_plain(grey) else words_of(engine.read(grey, SPARSE)))
        except NoEngineError:
            reading = Reading.NO_ENGINE
        except TooHardError:
            reading = Reading.PARTLY
    lines = dict.fromkeys(line for words in shown for line in words.splitlines())
    return Seen(
        reading=reading,
        text="\n".join(lines),
        codes=tuple(dict.fromkeys(codes)),
        taken_at=film.taken_at,
        metadata=film.metadata,
        captions=_captioned(shown) if film.sound and reading is Reading.READ else None,
        subtitles=film.subtitles,
    )


def _captioned(shown: list[str]) -> bool:
    """A name or a logo in the corner stays the same; captions change."""
    speaking = [words for words in shown if len(words.split()) > 1]
    return len(speaking) >= _SHOWN * len(shown) and (len(set(speaking)) > 1 or len(shown) == 1)


_READERS = {MediaKind.IMAGE: _picture, MediaKind.DOCUMENT: _document, MediaKind.VIDEO: _video}


def _key(media: Media) -> str:
    return hashlib.sha256(f"seen {EDITION} {media.kind} {media.sha256}".encode()).hexdigest()


def _as_note(seen: Seen) -> dict[str, Any]:
    return asdict(seen) | {"taken_at": seen.taken_at.isoformat() if seen.taken_at else None}


def _from_note(note: dict[str, Any]) -> Seen:
    taken_at = note["taken_at"]
    return Seen(
        **note
        | {
            "reading": Reading(note["reading"]),
            "codes": tuple(note["codes"]),
            "metadata": tuple(note["metadata"]),
            "taken_at": datetime.fromisoformat(taken_at) if taken_at else None,
        }
    )
