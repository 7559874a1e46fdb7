"""Words and phrases that hurt, threaten or judge: the office's own lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Empty until its file is read."""
