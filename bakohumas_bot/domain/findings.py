"""What a check says: data with a code, a severity, a place in the text and a way to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """*blok* cannot be submitted, *peringatan* needs a written reason, *saran* is a hint."""

    BLOK = "blok"
    PERINGATAN = "peringatan"
    SARAN = "saran"


class Override(StrEnum):
    """Who may lift a *blok*: nobody, an entitled leader with a reason, or a second person."""

    NEVER = "never"
    CHAIR = "chair"
    SECOND = "second"
    NONE = "none"


class Status(StrEnum):
    """Who finds it: the software, the approver with a tick, or the read-back after publishing."""

    AUTOMATIC = "automatic"
    TICKED = "ticked"
    AFTERWARDS = "afterwards"


@dataclass(frozen=True, kw_only=True)
class Repair:
    """One tap that mends: `text` takes the place of what the finding marks. `label` is what the button says.

    With `account` it becomes the text of that account alone instead.
    """

    label: str
    text: str
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`field` names the front-matter key (`isi`, `judul`, `media[0]`, `varian.x`); offsets count code points.

    What is read in a file itself has the field `media[0].tulisan`; it has no place that a person could edit.
    """

    code: str
    severity: Severity
    override: Override
    field: str
    message: str
    remedies: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None
    version: int = 1
    repairs: tuple[Repair, ...] = ()
