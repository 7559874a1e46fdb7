"""The record for people: a table of acts, and the texts that they were about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bakohumas_bot import labels
from bakohumas_bot.domain.posts import Revision
from bakohumas_bot.domain.times import long_time
from bakohumas_bot.lifecycle import people
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store.audit import Row

MOST = 20_000  # events in the table; nobody reads more on paper, and all of them are in the other file
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, A4[0] - 42, A4[1] - 50, 50
_SIZE, _LINE = 8.5, 11.5


@dataclass(frozen=True, kw_only=True)
class Told:
    desk: Desk
    offices: dict[str, dict[str, Any]]
    rows: Iterable[Row]
    revisions: Sequence[Revision]
    made_at: datetime
    events_sha256: str


def write_pdf(path: Path, told: Told) -> None:
    paper = _Paper(path)
    zone = ZoneInfo(next(iter(told.offices.values()))["zone"])
    paper.say("Catatan audit", size=15, bold=True)
    paper.say(f"Dibuat {long_time(told.made_at, zone)}. Berkas peristiwa (events.jsonl), SHA-256:")
    paper.say(told.events_sha256)
    for code, office in told.offices.items():
        paper.say(
            f"{office['name']} ({code}): {office['events']} peristiwa, nomor {office['first']}-{office['last']}. "
            f"Ujung rantai saat ekspor: nomor {office['head']['number']}, sidik {office['head']['hash']}."
        )
    _acts(paper, told)
    _texts(paper, told)
    paper.close()


def _acts(paper: _Paper, told: Told) -> None:
    paper.space()
    paper.say("Tindakan", size=12, bold=True)
    office = ""
    for count, row in enumerate(told.rows):
        if count == MOST:
            paper.say(f"Tabel ini berhenti pada {MOST} peristiwa. Selebihnya ada pada events.jsonl.", bold=True)
            return
        if row.office != office:
            office = row.office
            paper.space()
            paper.say(told.offices[office]["name"], bold=True)
        zone = ZoneInfo(told.offices[office]["zone"])
        about = f", konten #{row.post}" if row.post is not None else ""
        who = people.name(told.desk, row.actor)
        what = labels.EVENT.get(row.kind, row.kind)
        when = long_time(datetime.fromisoformat(row.at), zone)
        paper.say(f"{row.number}. {when}: {who}: {what}{about}")
        for name, value in json.loads(row.data).items():
            if value not in (None, [], ""):
                spelled = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                paper.say(f"{name}: {spelled}", indent=18, size=7)


def _texts(paper: _Paper, told: Told) -> None:
    if told.revisions:
        paper.space()
        paper.say("Naskah", size=12, bold=True)
    for revision in told.revisions:
        zone = told.desk.office(revision.content.office).zone
        paper.space()
        paper.say(f"Konten #{revision.post}, versi {revision.number}: {revision.content.title}", bold=True)
        paper.say(
            f"Ditulis {people.name(told.desk, revision.author)}, {long_time(revision.created_at, zone)}. "
            f"Sidik {revision.digest}."
        )
        for paragraph in revision.content.body.splitlines():
            paper.say(paragraph, indent=18)


class _Paper:
    """Lines from the top of a page to its bottom, and on to the next."""

    def __init__(self, path: Path) -> None:
        for name, file in (("Vera", "Vera.ttf"), ("VeraBd", "VeraBd.ttf")):
            pdfmetrics.registerFont(TTFont(name, file))
        self._letters = pdfmetrics.getFont("Vera").face.charToGlyph
        self._canvas = Canvas(str(path), pagesize=A4, pageCompression=1, invariant=1)
        self._canvas.setTitle("Catatan audit")
        self._y, self._page = _TOP, 1

    def say(self, words: str, *, size: float = _SIZE, bold: bool = False, indent: float = 0) -> None:
        font = "VeraBd" if bold else "Vera"
        step = size * _LINE / _SIZE
        for line in _lines(self._readable(words), font, size, _RIGHT - _LEFT - indent):
            if self._y - step < _BOTTOM:
                self._turn()
            self._y -= step
            self._canvas.setFont(font, size)
            self._canvas.drawString(_LEFT + indent, self._y, line)

    def space(self) -> None:
        self._y -= _LINE / 2

    def close(self) -> None:
        self._number()
        self._canvas.save()

    def _turn(self) -> None:
        self._number()
        self._canvas.showPage()
        self._y, self._page = _TOP, self._page + 1

    def _number(self) -> None:
        self._canvas.setFont("Vera", 7)
        self._canvas.drawRightString(_RIGHT, _BOTTOM - 20, f"Halaman {self._page}")

    def _readable(self, words: str) -> str:
        """What the font cannot draw is named by its number: nothing is silently left out."""
        return "".join(c if c in "\n\t " or ord(c) in self._letters else f"[U+{ord(c):04X}]" for c in words)


def _lines(words: str, font: str, size: float, width: float) -> list[str]:
    """Also what has no spaces stays on the paper."""
    found: list[str] = []
    for line in simpleSplit(words, font, size, width) or [""]:
        begin, wide = 0, 0.0
        for at, letter in enumerate(line):
            wide += (step := pdfmetrics.stringWidth(letter, font, size))
            if wide > width:
                found.append(line[begin:at])
                begin, wide = at, step
        found.append(line[begin:])
    return found
