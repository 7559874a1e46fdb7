"""How long a text is, as each platform counts it.

X's rules are its public configuration v3: normalised to NFC; most letters weigh 1 or 2, an emoji 2, a link 23 however
long it is, and a bare domain is a link too (docs.x.com/fundamentals/counting-characters and the rules published in
github.com/twitter/twitter-text, read 2026-11-21). Everything here is linear in the length of the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from bakohumas_bot.domain.platforms import PlatformSpec, TextUnit
from bakohumas_bot.domain.tlds import TLDS

LINK_WEIGHT = 23
EMOJI_WEIGHT = 2
MAX_LINK = 4096
MAX_LABEL = 63
MAX_LABELS = 125

# Where one code point weighs 1: Latin to Georgian, spaces and joiners, dashes and quotation marks, primes.
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))

_LATIN = r"a-z0-9À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʋʻ\u0300-\u036fḀ-ỿ"
_NEVER = r"\ufffe\ufeff\uffff"
_MARKS = r"\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
_LETTER = rf"[^\s!'#%&()*+,\\\-./:;<=>?@\[\]\^_{{|}}~${_NEVER}{_MARKS}]"
_TLD = r"(?:\L<tld>(?![0-9a-z@+\-])|xn--[\-0-9a-z]++)"


def _host(letter: str) -> str:
    """Labels and a known top-level domain; an underscore may stand in a subdomain, not in the name itself."""
    subdomain, name = (rf"{letter}++(?:{joint}++{letter}++)*+\." for joint in ("[_-]", "-"))
    return rf"(?P<host>(?:{subdomain}){{0,{MAX_LABELS}}}{name}{_TLD})(?P<port>:[0-9]++)?"


_TAIL = (
    rf"(?P<path>/(?:[{_LATIN}\u0400-\u04ff!*';:=+,.$/%#\[\]\-–_~@|&]"
    rf"|\((?:[^\s()]|\([^\s()]+\))+\))*+)?(?P<query>\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]++)?"
)
# With http(s):// a host may be written in any script, without it only in Latin letters.
_WITH_SCHEME = regex.compile(
    rf"(?<![a-z0-9@＠$#＃{_NEVER}])https?://{_host(_LETTER)}{_TAIL}", regex.IGNORECASE, tld=TLDS
)
_BARE = regex.compile(rf"(?<![{_LATIN}@＠$#＃._/\-{_NEVER}]){_host(f'[{_LATIN}]')}{_TAIL}", regex.IGNORECASE, tld=TLDS)
_PATH_NEVER_ENDS_WITH = "!*';:,.$%[]–~@|&"
_QUERY_NEVER_ENDS_WITH = "!?*'@():;$+%[].,~|"

_PICTURE = (
    r"(?:(?=\p{Emoji})[^0-9#*©®™♟]|[©®™♟](?=\ufe0f))(?:\ufe0f|\p{Emoji_Modifier}|[\U000e0020-\U000e007f]+)*\u20e3?"
)
_EMOJI = regex.compile(
    rf"[0-9#*]\ufe0f?\u20e3|\p{{Regional_Indicator}}{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*",
)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A length against a limit, as one platform counts."""

    length: int
    limit: int
    unit: str

    @property
    def fits(self) -> bool:
        return self.length <= self.limit


def says_something(text: str) -> bool:
    """Whether a reader would see anything at all: a letter, a number, a mark or a picture."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)


def measure(text: str, spec: PlatformSpec, *, with_media: bool = False) -> Measure:
    """How long `text` is on that platform, against what it allows alone or as a caption."""
    count = {
        TextUnit.WEIGHTED: weighted_length,
        TextUnit.UTF16: utf16_length,
        TextUnit.CODEPOINTS: len,
    }[spec.unit]
    return Measure(length=count(text), limit=spec.limit(with_media=with_media), unit=spec.unit.value)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def weighted_length(text: str) -> int:
    """The length that X counts."""
    normal = unicodedata.normalize("NFC", text)
    total, after = 0, 0
    for start, end in links(normal):
        total += _weight(normal[after:start]) + LINK_WEIGHT
        after = end
    return total + _weight(normal[after:])


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where X would make a link of part of the text, in order."""
    found = [*_with_scheme(text), *_bare(text)]
    after = 0
    for start, end in sorted(found):
        if start >= after:
            yield start, end
            after = end


def _with_scheme(text: str) -> Iterator[tuple[int, int]]:
    for match in _WITH_SCHEME.finditer(text):
        if _possible(match):
            yield match.start(), _end(match)


def _bare(text: str) -> Iterator[tuple[int, int]]:
    """Where only a path carries on the link: X leaves a port or a query behind a bare domain outside of it."""
    for match in _BARE.finditer(text):
        if _possible(match):
            start = match.start() + match["host"].rfind("_") + 1
            yield start, _end(match) if match["path"] else match.end("host")


def _possible(match: regex.Match[str]) -> bool:
    labels = match["host"].split(".")
    if any(label.startswith("xn--") and not label.isascii() for label in labels):
        return False
    return all(len(_a_label(label)) <= MAX_LABEL for label in labels) and len(match[0]) <= MAX_LINK - len("https://")


def _a_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


def _end(match: regex.Match[str]) -> int:
    """Full stops and brackets after a link belong to the sentence."""
    path, query = match["path"] or "", match["query"] or ""
    kept_path, kept_query = path.rstrip(_PATH_NEVER_ENDS_WITH), query.rstrip(_QUERY_NEVER_ENDS_WITH)
    authority: int = match.end("port" if match["port"] else "host")
    if kept_path != path or len(kept_query) < len("?x"):
        return authority + len(kept_path)
    return authority + len(path) + len(kept_query)


def _weight(text: str) -> int:
    plain: str
    emoji: int
    plain, emoji = _EMOJI.subn("", text)
    return EMOJI_WEIGHT * emoji + sum(1 if _is_light(ord(letter)) else 2 for letter in plain)


def _is_light(code: int) -> bool:
    return any(first <= code <= last for first, last in _LIGHT)
