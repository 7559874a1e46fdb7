"""What changed between two versions of a text, word by word, so that a leader reads only what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word or a mark with the space before it: whole words change, commas are compared for themselves, nothing is lost.
_TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
MOST_PAIRS = 1_000_000  # comparisons that stay well below a second; beyond it, lines are compared before words
ELLIPSIS = "…"


class Fate(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Piece:
    fate: Fate
    text: str


Pieces = tuple[Piece, ...]


def difference(before: str, after: str) -> Pieces:
    """The pieces kept and removed make up `before`, those kept and added make up `after`, to the letter."""
    return tuple(_joined(_compared(_TOKEN.findall(before), _TOKEN.findall(after))))


def changed(pieces: Pieces) -> bool:
    return any(piece.fate is not Fate.KEPT for piece in pieces)


def shortened(pieces: Pieces, around: int = 60) -> Pieces:
    """What was kept, cut down to the words beside a change. What changed stays whole."""
    last = len(pieces) - 1
    return tuple(
        _cut(piece, around, left=number > 0, right=number < last) if piece.fate is Fate.KEPT else piece
        for number, piece in enumerate(pieces)
    )


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """The common beginning and end first: a corrected comma in a long text costs nothing."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    yield Piece(fate=Fate.KEPT, text="".join(before[:start]))
    yield from _between(before[start : len(before) - end], after[start : len(after) - end])
    yield Piece(fate=Fate.KEPT, text="".join(before[len(before) - end :]))


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    if len(before) * len(after) <= MOST_PAIRS:
        yield from _matched(before, after)
        return
    lines = _LINE.findall("".join(before)), _LINE.findall("".join(after))
    if len(lines[0]) * len(lines[1]) > MOST_PAIRS:
        lines = ["".join(before)], ["".join(after)]
    yield from _matched(*lines)


def _matched(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            yield Piece(fate=Fate.KEPT, text="".join(before[i:j]))
        else:
            yield Piece(fate=Fate.REMOVED, text="".join(before[i:j]))
            yield Piece(fate=Fate.ADDED, text="".join(after[k:m]))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one fate become one piece. Between two changes, removed comes before added."""
    removed = added = kept = ""
    for piece in pieces:
        if piece.fate is Fate.KEPT and piece.text:
            yield from _said(removed, added)
            removed = added = ""
            kept += piece.text
        elif piece.text:
            if kept:
                yield Piece(fate=Fate.KEPT, text=kept)
                kept = ""
            removed += piece.text if piece.fate is Fate.REMOVED else ""
            added += piece.text if piece.fate is Fate.ADDED else ""
    yield from _said(removed, added)
    if kept:
        yield Piece(fate=Fate.KEPT, text=kept)


def _said(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece(fate=Fate.REMOVED, text=removed)
    if added:
        yield Piece(fate=Fate.ADDED, text=added)


def _cut(piece: Piece, around: int, *, left: bool, right: bool) -> Piece:
    """`left`, `right`: a change stands there. Cut between words."""
    text = piece.text
    if len(text) <= around * (left + right):
        return piece
    head = _up_to_a_word(text[:around]) if left else ""
    tail = _up_to_a_word(text[-around:][::-1])[::-1] if right else ""
    return Piece(fate=Fate.KEPT, text=" ".join(filter(None, (head, ELLIPSIS, tail))))


def _up_to_a_word(text: str) -> str:
    """Where it holds one word alone, that word is cut."""
    whole = text.rsplit(None, 1)[0] if any(letter.isspace() for letter in text.strip()) else text
    return whole.rstrip()
