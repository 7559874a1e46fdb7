"""How alike two texts or two pictures are, and the keys under which the alike are found without reading all there is.

A text is its words: hashtags, marks and capitals do not make another one of it. Its sketch is a MinHash over pairs of
words (and over its first words alone), which also serves texts of a dozen words, where one changed word would turn a
quarter of a SimHash's bits. Three of its 30 smallest hashes make a key; texts that share four fifths of their pairs
share a key all but surely, and texts that only share an office's usual phrases rarely do.

A picture's 64 bits are cut into four bands. Of two pictures that differ in at most seven bits, one band differs in at
most one: whoever looks for every band as it is and with each of its bits turned misses none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import chain, pairwise
from zlib import crc32

from bakohumas_bot.domain.alike import Degree
from bakohumas_bot.domain.almanac import DAYS, MONTHS

FARTHEST = 7  # bits: what `picture_probes` finds for certain
SAME_PICTURE = 4  # bits: what another size, format or compression changes (measured in `media.looks`)
TELLING = 8  # words: shorter texts are told apart by one word

_BANDS, _WIDTH = 4, 16
_KEYS, _DEEP, _OPENING = 10, 3, 8
_SMALL = (1 << 30) - 1  # numbers that Python reckons with quickly
_SPREAD = 0x9E3779B1  # odd: mixes what CRC-32 leaves in order
_CHANGED = 0.15  # of all words of both
_ORDER = 0.5  # of all pairs of words of both
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_WORD = re.compile(r"#\w+|[^\W_]+")
_OPENS = re.compile(r"(?:^|[.!?:;\n])[\s\"'“‘(*_>-]*$")
_LOOK_BACK = 12
_TELLS_WHICH = frozenset(
    {day.casefold() for day in DAYS}
    | {month.casefold() for month in MONTHS}
    | {"pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan", "kesembilan", "kesepuluh"}
    | {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}
    | {"satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"}
    | {"pagi", "siang", "sore", "malam", "wib", "wita", "wit"}
)


@dataclass(frozen=True, kw_only=True)
class Wording:
    """`facts` are those of the words that say which one, when and how many: figures, days, months, names."""

    words: tuple[str, ...]
    facts: frozenset[str]

    @property
    def telling(self) -> bool:
        return len(self.words) >= TELLING


def wording(text: str) -> Wording:
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    found = [match for match in _WORD.finditer(plain) if match[0][0] != "#"]
    words = tuple(match[0].casefold() for match in found or _WORD.finditer(plain))
    facts = {match[0].casefold() for match in found if _is_fact(plain, match)}
    return Wording(words=words, facts=frozenset(facts))


def _is_fact(text: str, word: re.Match[str]) -> bool:
    said = word[0]
    if said.casefold() in _TELLS_WHICH or not said.isalpha():
        return True
    return said[0].isupper() and not _OPENS.search(text[max(0, word.start() - _LOOK_BACK) : word.start()])


def kinship(one: Wording, other: Wording) -> Degree | None:
    """How alike two texts are; None where they are two different ones."""
    if one.words == other.words:
        return Degree.SAME if one.words else None
    if not (one.telling and other.telling):
        return None
    changed = _only_in_one(Counter(one.words), Counter(other.words))
    if changed.total() > _CHANGED * (len(one.words) + len(other.words)):
        return None
    pairs, others = set(pairwise(one.words)), set(pairwise(other.words))
    if len(pairs & others) < _ORDER * len(pairs | others):
        return None
    return Degree.NEARLY if (one.facts | other.facts).isdisjoint(changed) else Degree.PATTERN


def _only_in_one(one: Counter[str], other: Counter[str]) -> Counter[str]:
    return (one - other) + (other - one)


def is_near(look: int, others: Collection[int]) -> bool:
    return any((look ^ other).bit_count() <= FARTHEST for other in others)


def picture_kinship(look: int, other: int) -> Degree | None:
    distance = (look ^ other).bit_count()
    if distance > FARTHEST:
        return None
    return Degree.NEARLY if distance <= SAME_PICTURE else Degree.PATTERN


def text_keys(text: Wording) -> tuple[int, ...]:
    """Under which a text is kept and looked for: one for exactly these words, and those of its sketch."""
    if not text.words:
        return ()
    return (_key(f"text {' '.join(text.words)}"), *(_sketch(text.words) if text.telling else ()))


def file_key(sha256: str) -> int:
    return _key(f"file {sha256}")


def figure_key(figure: str) -> int:
    """`103.006.478` and `103006478` are one figure."""
    return _key(f"figure {figure.replace('.', '')}")


def picture_keys(look: int) -> tuple[int, ...]:
    """Under which a picture is kept."""
    return tuple(band << _WIDTH | look >> band * _WIDTH & (1 << _WIDTH) - 1 for band in range(_BANDS))


def picture_probes(look: int) -> tuple[int, ...]:
    """Under which everything that differs in at most `FARTHEST` bits is found."""
    turned = (0, *(1 << bit for bit in range(_WIDTH)))
    return tuple(key ^ bit for key in picture_keys(look) for bit in turned)


def _sketch(words: Sequence[str]) -> Iterator[int]:
    parts = chain(words[:_OPENING], map(" ".join, pairwise(words)))
    hashes = {crc32(part.encode(errors="surrogatepass")) * _SPREAD & _SMALL for part in parts}
    for masks in _masks():
        yield _key("sketch " + " ".join(str(min(map(mask.__xor__, hashes))) for mask in masks))


@cache
def _masks() -> tuple[tuple[int, ...], ...]:
    """Each turns the hashes into another order, the same for ever: keys that are stored were made with them."""
    return tuple(tuple(_hash(f"order {key} {deep}") & _SMALL for deep in range(_DEEP)) for key in range(_KEYS))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=8).digest())


def _key(text: str) -> int:
    """63 bits, far from the small numbers of the bands: a database's whole number has a sign."""
    return _hash(text) >> 1 | 1 << 62
