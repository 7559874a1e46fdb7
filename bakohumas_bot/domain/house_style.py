"""How an office writes: words with their right spelling, words too casual for it, abbreviations, house tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class HouseStyle:
    """`spelling` maps what is written wrongly (small letters, one or two words) to the right spelling.

    `names`: proper names that keep their old spelling. `abbreviations`: known to every reader, in small letters.
    `tags` as they are written, without #.
    """

    spelling: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    casual: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
