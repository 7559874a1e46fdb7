"""One tap that mends: a repair of a finding, put into the field that it marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bakohumas_bot.domain.defaults import with_body
from bakohumas_bot.domain.findings import Finding, Repair
from bakohumas_bot.domain.posts import Content

_NUMBERED = re.compile(r"(?P<list>sumber|media)\[(?P<number>\d+)\](?P<alt>\.teks_alt)?")


def mend(content: Content, finding: Finding, repair: Repair) -> Content:
    """The same content with what the finding marks replaced. What is not marked, or read in a file, stays as it is."""
    if repair.account:
        others = tuple((account, text) for account, text in content.variants if account != repair.account)
        return replace(content, variants=(*others, (repair.account, repair.text)))
    if finding.start is None or finding.end is None:
        return content
    start, end = finding.start, finding.end

    def put(text: str) -> str:
        return text[:start] + repair.text + text[end:] if end <= len(text) else text

    return _in_field(content, finding.field, put)


def _in_field(content: Content, field: str, put: Callable[[str], str]) -> Content:
    if field == "isi":
        return with_body(content, put(content.body))
    if field == "judul":
        return replace(content, title=put(content.title))
    if field.startswith("varian."):
        account = field.removeprefix("varian.")
        return replace(content, variants=tuple((a, put(t) if a == account else t) for a, t in content.variants))
    named = _NUMBERED.fullmatch(field)
    return _in_list(content, named, put) if named else content


def _in_list(content: Content, named: re.Match[str], put: Callable[[str], str]) -> Content:
    number = int(named["number"])
    if named["list"] == "sumber":
        return replace(content, sources=tuple(put(s) if i == number else s for i, s in enumerate(content.sources)))
    if not named["alt"]:
        return content
    media = (replace(m, alt=put(m.alt)) if i == number else m for i, m in enumerate(content.media))
    return replace(content, media=tuple(media))
