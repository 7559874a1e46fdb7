"""Citations as the rules S02 to S04 see them: with the text around them and what the office knows of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bakohumas_bot.checks.quoting import in_quotation, told_as_wrong
from bakohumas_bot.checks.rulebook import Checkup, Place, texts
from bakohumas_bot.domain.citations import Citation, Style, find_citations
from bakohumas_bot.domain.findings import Repair
from bakohumas_bot.domain.posts import Kind
from bakohumas_bot.domain.regulations import Key, Regulation, RegulationKind

KNOWN_BY_HEART = {RegulationKind.UU, RegulationKind.PERPPU, RegulationKind.PKPU}
LIGHT = {Kind.MEME, Kind.UCAPAN, Kind.FOTO, Kind.PERINGATAN_HARI_BESAR, Kind.PROMOSI_LIVE}
ALIKE, UNLIKE = 0.6, 0.35
CERTAIN = 0.8


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A citation with the text and the field where it stands. `regulation` is None where the office knows it not."""

    kind: Kind
    field: str
    text: str
    citation: Citation
    regulation: Regulation | None

    def place(self, *, with_title: bool = False) -> Place:
        end = self.citation.title_end if with_title and self.titled else self.citation.end
        return Place(field=self.field, start=self.citation.start, end=end)

    @property
    def printed(self) -> str:
        return " ".join(self.text[self.citation.start : self.citation.end].split())

    @property
    def titled(self) -> bool:
        """Whether its end is known: a title in capital letters is one, `tentang larangan kampanye` tells a content."""
        return bool(self.citation.title) and not self.citation.title[:1].islower()

    @property
    def quoted(self) -> bool:
        paragraph = self.text[max(0, self.citation.start - 500) : self.citation.start].rpartition("\n\n")[2]
        return in_quotation(paragraph)

    @property
    def repeated(self) -> bool:
        """A slip that a ralat mends, a claim that a clarification answers, the words of somebody else."""
        return self.quoted or told_as_wrong(self.kind, self.text, self.citation.start)

    @property
    def sentence(self) -> str:
        before = self.text[max(0, self.citation.start - 250) : self.citation.start]
        after = self.text[self.citation.end : self.citation.end + 250]
        return _SENTENCE_END.split(before)[-1] + self.printed + _SENTENCE_END.split(after)[0]


_SENTENCE_END = re.compile(r"(?<=[a-z)”\"]{2})[.?!]\s|\n\s{0,3}\n")


def cited_in(checkup: Checkup) -> Iterator[Cited]:
    """Every citation but those within the title of another."""
    known = checkup.knowledge.regulations
    for field, text in texts(checkup.content):
        for one in find_citations(text):
            if not one.inside:
                regulation = known.get(one.key) if one.key else None
                yield Cited(kind=checkup.content.kind, field=field, text=text, citation=one, regulation=regulation)


def said(text: str) -> tuple[Repair, ...]:
    return (Repair(label=f"Tulis {text}", text=text),)


def written_like(one: Cited, key: Key) -> str:
    """Another regulation's number, in the way the author wrote this one."""
    number = (
        f"{key.number}/{key.year}" if one.citation.style is Style.SLASHED else f"Nomor {key.number} Tahun {key.year}"
    )
    if one.text[one.citation.start].isdigit():
        return f"{key.number}/{key.year}"
    same = key.kind is one.citation.kind
    name = f"{one.citation.kind_text} {one.citation.nickname}".strip() if same else str(key.kind)
    return f"{name} {number}"


JURISDICTION = "UU Nomor 12 Tahun 2011 (cara menyebut peraturan); juknis Bakohumas BAB II huruf E, kode etik 1.d"
