"""Names and kinds of regions, and which lies in which."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Regions:
    """Empty until its file is read."""
