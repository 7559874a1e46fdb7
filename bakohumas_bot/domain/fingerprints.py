"""Under which keys a post is kept, so that its like is found among a million others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bakohumas_bot.domain.likeness import figure_key, file_key, picture_keys, picture_probes, text_keys, wording
from bakohumas_bot.domain.own import figures
from bakohumas_bot.domain.posts import Content

MOST_FIGURES = 200  # a table of a whole province; more would say nothing of what a claim is about


def texts_of(content: Content) -> dict[str, tuple[str, ...]]:
    """Every different text that goes public, by its field, with the accounts that get it."""
    own = [name for name, _ in content.variants if name in content.accounts]
    plain = tuple(name for name in content.accounts if name not in own)
    found: dict[str, tuple[str, ...]] = {"isi": plain} if plain or not own else {}
    return found | {f"varian.{name}": (name,) for name in own}


def text_in(content: Content, field: str) -> str:
    return content.text_for(field.removeprefix("varian.")) if field != "isi" else content.body


def kept(content: Content, looks: Mapping[str, int]) -> frozenset[tuple[int, int]]:
    """Every key of a post; beside those of a picture stands its look, beside the others 0."""
    plain = {(key, 0) for key in (*_of_words(content), *map(figure_key, figures_of(content)))}
    return frozenset(plain | {(key, look) for look in _looks(content, looks) for key in picture_keys(look)})


def sought(content: Content, looks: Mapping[str, int]) -> frozenset[int]:
    """The keys under which something like it would be found."""
    near = {key for look in _looks(content, looks) for key in picture_probes(look)}
    return frozenset({*_of_words(content), *near})


def figures_of(content: Content) -> tuple[str, ...]:
    written = (content.title, content.body, *(text for _, text in content.variants))
    return tuple(dict.fromkeys(figure for text in written for figure in figures(text)))[:MOST_FIGURES]


def _of_words(content: Content) -> Iterator[int]:
    for field in texts_of(content):
        yield from text_keys(wording(text_in(content, field)))
    for media in content.media:
        yield file_key(media.sha256)


def _looks(content: Content, looks: Mapping[str, int]) -> set[int]:
    return {looks[media.sha256] for media in content.media if media.sha256 in looks}
