"""Regulations that an office cites: number, year, title, and whether they are still in force."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Regulations:
    """Empty until its file is read."""
