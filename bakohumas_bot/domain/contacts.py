"""Official telephone numbers and addresses, which may be public."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Empty until its file is read."""
