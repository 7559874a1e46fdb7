"""X03: hashtags that do not work, too many of them, or none of the house's own among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bakohumas_bot.checks.quoting import told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, Rule, texts
from bakohumas_bot.domain.findings import Finding, Override, Repair, Severity
from bakohumas_bot.domain.posts import TextFormat

_AT_MOST = 8
_TAG = re.compile(r"(?<![\w&/#])#(?P<name>\w{1,140})(?P<after>[-&.’'][^\W\d_]\w{0,60}|#\w{1,60})?")
_APART = re.compile(r"(?<![\w&/#])#[ \u00a0](?P<name>[A-Za-z]\w{1,60})")
_DOUBLED = re.compile(r"(?<![\w&/])#{2,4}(?P<name>[A-Za-z]\w{1,60})")
_ADDRESS = re.compile(r"https?://\S{1,500}")


def tags(checkup: Checkup) -> Iterator[Finding]:
    for field, text in texts(checkup.content):
        if field.startswith(("sumber", "media")):
            continue
        plain = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        whole = list(_TAG.finditer(plain))
        markdown = checkup.content.format is TextFormat.MARKDOWN
        split = list(_split(plain, checkup))
        for start, end, right in sorted({*_broken(plain, whole, markdown=markdown), *split}):
            if not told_as_wrong(checkup.content.kind, text, start):
                yield X03.finding(
                    Place(field=field, start=start, end=end),
                    says="putus",
                    repairs=(Repair(label=f"Ubah menjadi “{right}”", text=right),) if right else (),
                    written=text[start:end],
                    right=right or "satu kata tanpa spasi dan tanda baca",
                )
        named = [match for match in whole if not match["name"].isdigit()]
        if len(named) > _AT_MOST:
            place = Place(field=field, start=named[_AT_MOST].start(), end=named[-1].end())
            yield X03.finding(place, says="banyak", count=len(named), most=_AT_MOST)
        house = {tag.casefold() for tag in checkup.knowledge.style.tags}
        if len(named) > 1 and house and not split and not any(_is_house(match["name"], house) for match in named):
            place = Place(field=field, start=named[0].start(), end=named[-1].end())
            yield X03.finding(place, says="lembaga", house=checkup.knowledge.style.tags[0])


def _is_house(name: str, house: set[str]) -> bool:
    return name.casefold() in house


def _broken(text: str, whole: list[re.Match[str]], *, markdown: bool) -> Iterator[tuple[int, int, str]]:
    for match in whole:
        name, after = match["name"], match["after"] or ""
        if name.isdigit() and not after:
            if len(name) > 3:
                yield match.start(), match.end(), ""
        elif after.startswith("#"):
            yield match.start(), match.end(), f"#{name} {after}"
        elif after and not (after[0] in ".’'" and name.casefold()[-1:].isalnum() and _sentence_goes_on(after)):
            yield match.start(), match.end(), f"#{name}{after[1:]}"
    for match in _APART.finditer(text):
        if not (markdown and _opens_a_line(text, match.start())):
            yield match.start(), match.end(), f"#{match['name']}"
    for match in _DOUBLED.finditer(text):
        yield match.start(), match.end(), f"#{match['name']}"


def _sentence_goes_on(after: str) -> bool:
    """`#KPUMelayani.Terima kasih` lacks a space, and the tag works."""
    return after[0] == "." and after[1:2].isupper()


def _opens_a_line(text: str, at: int) -> bool:
    """There it is a heading of Markdown."""
    return not text[max(0, at - 4) : at].rpartition("\n")[2].strip()


def _split(text: str, checkup: Checkup) -> Iterator[tuple[int, int, str]]:
    """`#Teman Pemilih`: only the first word is the tag."""
    for tag in checkup.knowledge.style.tags:
        parts = [part for part in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z][a-z]+|[A-Z]+", tag) if part]
        if len(parts) == 2:
            for match in re.finditer(rf"(?<![\w#])#{parts[0]}[ \u00a0]{parts[1]}(?!\w)", text, re.IGNORECASE):
                yield match.start(), match.end(), f"#{tag}"


X03 = Rule(
    code="X03",
    name="TAGAR",
    severity=Severity.SARAN,
    override=Override.NONE,
    source="Kebiasaan kanal KPU; rules/spelling.toml bagian tagar",
    version=1,
    check=tags,
    about="Tagar yang terputus, terlalu banyak, atau tanpa tagar lembaga.",
)
RULES = (X03,)
