"""Titles of regulations against their numbers."""

from __future__ import annotations

from bakohumas_bot.checks.citing import CERTAIN, Cited, written_like
from bakohumas_bot.checks.rulebook import Checkup
from bakohumas_bot.domain.regulations import Regulation
from bakohumas_bot.domain.titles import likeness, same_title, title_words


def own_names(one: Cited) -> tuple[str, ...]:
    if one.regulation is None:
        return ()
    return (one.regulation.title, *(name.partition(" ")[2] for name in one.regulation.nicknames))


def others_titled(checkup: Checkup, one: Cited) -> list[Regulation]:
    """Others of its kind with this title: the exact one first, then those in force, of the same year, the newest."""
    title, key = one.citation.title, one.citation.key
    others = [
        other
        for other in checkup.knowledge.regulations
        if other.key.kind is one.citation.kind
        and other.key != key
        and likeness(title, other.title) >= CERTAIN
        and (same_title(title, other.title) or len(set(title_words(title)) & set(title_words(other.title))) > 1)
    ]
    year = key.year if key else 0
    return sorted(
        others,
        key=lambda other: (
            not same_title(title, other.title),
            other.repeal(checkup.today) is not None,
            other.key.year != year,
            -other.key.year,
        ),
    )


def with_title(one: Cited, other: Regulation) -> str:
    number = written_like(one, other.key)
    return f"{number} tentang {one.citation.title}" if one.titled else number
