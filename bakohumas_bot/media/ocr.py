"""Reads the words in a picture with Tesseract, a program beside ours.

It is handed our own PNG of the picture, never the stranger's file: in grey, at most 2,500 pixels long, so that its time
and memory are bounded; and of our surroundings only where its data lie, no secret.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from PIL import Image

LANGUAGE = "ind"
SECONDS = 60  # a full page takes one; on a busy machine it must not be given up
LONGEST, SHORTEST = 2_500, 1_500  # pixels of the longer side
SURE_ENOUGH = 50.0
_SHORT, _LONG, _BEYOND_DOUBT = 3, 8, 75.0
SPARSE, PAGE = "11", "3"  # words anywhere; columns and paragraphs (tesseract(1), --psm)
_KEPT = ("PATH", "TESSDATA_PREFIX", "SYSTEMROOT")


class NoEngineError(Exception):
    """The program or its Indonesian data are not installed."""


class TooHardError(Exception):
    """It took too long, or the program gave up."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """`sure` in percent; the box in pixels of the picture that was given."""

    text: str
    sure: float
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Word) -> bool:
        """The middle of `other` lies in this word."""
        across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
        return self.left <= across <= self.right and self.top <= down <= self.bottom


Line = tuple[Word, ...]


@dataclass(frozen=True, kw_only=True)
class Engine:
    """`program`: a name to be found on the PATH, or a path."""

    program: str = "tesseract"

    @property
    def ready(self) -> bool:
        try:
            _require(self.program)
        except NoEngineError:
            return False
        return True

    def read(self, image: Image.Image, *modes: str) -> tuple[Line, ...]:
        """The lines that `modes` find, each once: what one way overlooks, another sees.

        Raises `NoEngineError` or `TooHardError`.
        """
        program = _require(self.program)
        picture, scale = _sized(image)
        lines: list[Line] = []
        for mode in modes:
            lines += _unseen(_lines(_run(program, mode, picture), scale), lines)
        return tuple(lines)


@cache  # only a yes is remembered: what is missing may be installed while we run
def _require(program: str) -> str:
    path = shutil.which(program) if program else None
    if path is None:
        raise NoEngineError
    try:
        listed = subprocess.run(  # noqa: S603 - the office's own program
            [path, "--list-langs"], capture_output=True, timeout=SECONDS, check=False, env=_surroundings()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoEngineError from error
    if LANGUAGE not in listed.stdout.decode("utf-8", "replace").split():
        raise NoEngineError
    return path


def _surroundings() -> dict[str, str]:
    """One thread each: several pictures are read at once."""
    return {name: os.environ[name] for name in _KEPT if name in os.environ} | {"OMP_THREAD_LIMIT": "1"}


def _sized(image: Image.Image) -> tuple[bytes, float]:
    """The picture as a PNG, and how much larger it was made: letters are read best at 20 to 40 pixels."""
    longer = max(image.size)
    scale = min(max(1.0, SHORTEST / longer), LONGEST / longer, 2.0)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    grey = image.convert("L")
    out = io.BytesIO()
    (grey if scale == 1 else grey.resize(size, Image.Resampling.BICUBIC)).save(out, "PNG", compress_level=1)
    return out.getvalue(), scale


def _run(program: str, mode: str, picture: bytes) -> str:
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "--psm", mode, "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=picture, capture_output=True, timeout=SECONDS, check=True, env=_surroundings()
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise TooHardError from error
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, scale: float) -> Iterator[Line]:
    """Columns as tesseract(1) names them: level page block par line word left top width height conf text."""
    rows = [row for row in (line.split("\t") for line in table.splitlines()) if len(row) == 12 and row[0] == "5"]
    for _, words in groupby(rows, key=lambda row: row[1:5]):
        line = tuple(word for word in (_word(row, scale) for row in words) if word.sure >= SURE_ENOUGH and word.text)
        if _makes_sense(line):
            yield line


def _makes_sense(line: Line) -> bool:
    """Grass and gravel look like a few letters here and there; what is written is longer, or beyond doubt."""
    letters = sum(letter.isalnum() for word in line for letter in word.text)
    return letters >= _LONG or (letters >= _SHORT and sum(word.sure for word in line) >= _BEYOND_DOUBT * len(line))


def _word(row: list[str], scale: float) -> Word:
    left, top, width, height = (int(number) / scale for number in row[6:10])
    return Word(text=row[11].strip(), sure=float(row[10]), left=left, top=top, right=left + width, bottom=top + height)


def _unseen(lines: Iterable[Line], known: list[Line]) -> Iterator[Line]:
    """What of `lines` stands where none of the known words is."""
    seen = [word for line in known for word in line]
    for line in lines:
        fresh = tuple(word for word in line if not any(other.covers(word) for other in seen))
        if fresh:
            yield fresh


def words_of(lines: Iterable[Line]) -> str:
    return "\n".join(" ".join(word.text for word in line) for line in lines)
