"""Every error a person may read: the class says what to do next, the text is the Indonesian sentence they see.

DeskError
 +- Refused       a rule says no; nothing was changed (exit 1)
 |   +- PinWanted          the same act goes through once it is confirmed with the PIN
 +- BadInput      what was given cannot be read (exit 2)
 |   +- BadConfiguration   several mistakes at once, each with file, key and remedy
 |   +- BadMedia           a file we will not open or cannot publish
 +- Unavailable   the machine says no for now: database locked, disk read-only or full (exit 2)
"""

from __future__ import annotations


class DeskError(Exception):
    """A person can act on this; `str(error)` is the sentence to show them."""

    exit_code = 2


class Refused(DeskError):  # noqa: N818 - reads as what happened
    """A rule of the house says no. Nothing was changed, but that a draft may have been kept: `post` is its number."""

    exit_code = 1

    def __init__(self, sentence: str, *, post: int | None = None) -> None:
        self.post = post
        super().__init__(sentence)


class PinWanted(Refused):
    """All would be well, but that a PIN confirms this act: every door asks for it and comes again with its proof."""


class BadInput(DeskError):  # noqa: N818
    """What was given cannot be read or is not of the form asked for."""


class BadMedia(BadInput):
    """A file that is empty, broken, disguised or too large to open safely."""


class BadConfiguration(BadInput):
    """The configuration holds one or more mistakes; each is one sentence with its place and remedy."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


class Unavailable(DeskError):  # noqa: N818
    """The machine cannot do this now (disk, database, lock). Nothing was lost."""
