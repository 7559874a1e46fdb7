"""One thing that was looked at: is it well, and if not, how is it mended?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Result:
    name: str
    ok: bool
    detail: str
