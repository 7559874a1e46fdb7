"""Who stands for election: parties, pairs and persons, with the time for which that is so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Participants:
    """Empty until its file is read."""
