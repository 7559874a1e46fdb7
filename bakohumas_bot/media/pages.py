"""Reads a PDF in a process of its own: the library that opens it is not thread-safe, and the file may be hostile.

The parent calls `read`; the child is this very file as a program. It sets its own limits of time, memory and written
bytes before it opens anything, inherits no secret, and answers with JSON and pictures of the first pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20  # of processor time; six times as much by the clock, for a busy machine
MEMORY = 2_000_000_000
MOST_PAGES = 200  # whose text is read
MOST_PICTURES = 10  # first pages that are drawn, to look for codes and for words without a text layer
MOST_LETTERS = 100_000
LONGER_SIDE = 2_000  # pixels of a drawn page
TEXTLESS = 20  # a page with fewer letters than this is a scan, perhaps with a page number


@dataclass(frozen=True, kw_only=True)
class Pages:
    """`texts` are in order; `pictures` are the drawn first pages. `whole`: all pages are among the texts, uncut."""

    texts: tuple[str, ...]
    pictures: tuple[Path, ...]
    whole: bool
    author: bool

    def scanned(self, number: int) -> bool:
        return sum(letter.isalnum() for letter in self.texts[number]) < TEXTLESS


class UnreadableError(Exception):
    """Broken, locked, or too much work."""


def read(path: Path, folder: Path) -> Pages:
    """Draws into `folder`. Raises `UnreadableError`."""
    command = [sys.executable, "-P", __file__, str(path.resolve()), str(folder)]
    surroundings = {"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, timeout=6 * SECONDS, check=True, env=surroundings, cwd=folder
        )
        said = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise UnreadableError from error
    return Pages(
        texts=tuple(said["texts"]),
        pictures=tuple(folder / name for name in said["pictures"]),
        whole=said["whole"],
        author=said["author"],
    )


def _limit_ourselves() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000_000, 50_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # elsewhere the limit counts what is merely reserved
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _child(path: str, folder: Path) -> None:
    _limit_ourselves()
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts: list[str] = []
    pictures: list[str] = []
    left = MOST_LETTERS
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        texts.append(page.get_textpage().get_text_range()[: left + 1] if left > 0 else "")
        left -= len(texts[-1])
        if number < MOST_PICTURES:
            pictures.append(f"{number}.png")
            drawn = page.render(scale=LONGER_SIDE / max(1.0, *page.get_size()), grayscale=True)
            drawn.to_pil().save(folder / pictures[-1], compress_level=1)
        page.close()
    author = bool(document.get_metadata_value("Author").strip())
    whole = len(document) == len(texts) and left >= 0
    json.dump({"texts": texts, "pictures": pictures, "whole": whole, "author": author}, sys.stdout)


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]))
