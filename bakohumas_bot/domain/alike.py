"""What was published or queued before and is the same, or nearly, as what is checked now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Likeness(StrEnum):
    TEXT = "text"
    PICTURE = "picture"


class Degree(StrEnum):
    """`SAME`: every word, or every byte. `NEARLY`: the same in another wording or size.

    `PATTERN`: cast in the same mould, but with other dates, figures or names; or a picture that merely looks like it.
    """

    SAME = "same"
    NEARLY = "nearly"
    PATTERN = "pattern"


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another post of the office. `field` is where the likeness stands in this post.

    `whole`: text, files and all, so that a reader could not tell the two apart. `accounts`: where both go. `at`: when
    it was or will be published; None where that is "as soon as it is approved". `public`: it is out, or may be.
    """

    post: int
    title: str
    likeness: Likeness
    degree: Degree
    whole: bool
    field: str
    accounts: tuple[str, ...]
    at: datetime | None
    public: bool
