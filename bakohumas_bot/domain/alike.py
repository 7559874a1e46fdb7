"""What was published or queued before and is the same, or nearly, as what is checked now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Likeness(StrEnum):
    TEXT = "text"
    PICTURE = "picture"


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Another post of the office. `exact`: the same to the byte or letter. `field` is where it stands in this post.

    `accounts`: where both go. `at`: when it was published, or is due; None while it is still a draft in approval.
    """

    post: int
    title: str
    likeness: Likeness
    exact: bool
    field: str
    accounts: tuple[str, ...]
    at: datetime | None
    public: bool
