"""Reads rules/lexicon.toml: an office's own words and phrases, and the groups of people they may be said of."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import Field

from bakohumas_bot.config.tables import Name, Table
from bakohumas_bot.domain.lexicon import GROUPS, Allowed, Category, Degree, Entry, Form, Lexicon
from bakohumas_bot.domain.normalised import words

_LONGEST = 200
_ESCAPED = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
# What can make a search run for ever: a repeat without an end, a repeated group, a look back at what was found.
_ENDLESS = re.compile(r"[*+]|\{[0-9]*,\}|\{[0-9]*,?[0-9]{3,}\}|\)\{|\(\?P=")
_BACK = re.compile(r"\\[0-9]")


class EntryTable(Table):
    id: Name
    kategori: Category
    bentuk: Form
    predikat: str = Field(min_length=2, max_length=_LONGEST)
    kelas_target: str | None = None
    tingkat: Degree = Degree.SEDANG
    konteks_boleh: tuple[Allowed, ...] = tuple(Allowed)
    bahasa: Literal["id", "lokal"] = "id"
    sumber: str = Field(min_length=1)
    ditambah_oleh: str = Field(min_length=1)
    berlaku: date | None = None
    berlaku_sampai: date | None = None


class TargetTable(Table):
    kelas: Name
    kata: tuple[str, ...] = Field(min_length=1)


class LexiconFile(Table):
    entri: tuple[EntryTable, ...] = ()
    sasaran: tuple[TargetTable, ...] = ()


def build(file: LexiconFile) -> Lexicon:
    """Raises `ValueError`: a group without its class, a class that is unknown, a pattern that could run for ever."""
    targets = {line.kelas: re.compile(rf"\b(?:{words(*line.kata)})\b") for line in file.sasaran}
    entries = {line.id: _entry(line, targets) for line in file.entri}
    return Lexicon(entries=tuple(entries.values()), targets=targets)


def _entry(line: EntryTable, targets: dict[str, re.Pattern[str]]) -> Entry:
    if line.kategori in GROUPS and line.kelas_target is None:
        raise ValueError(f"entri '{line.id}': kategori {line.kategori} memerlukan kelas_target.")
    if line.kelas_target is not None and line.kelas_target not in targets:
        raise ValueError(f"entri '{line.id}': kelas_target '{line.kelas_target}' belum ada pada [[sasaran]].")
    return Entry(
        id=line.id,
        category=line.kategori,
        form=line.bentuk,
        pattern=_pattern(line),
        target=line.kelas_target,
        degree=line.tingkat,
        allowed=frozenset(line.konteks_boleh),
        since=line.berlaku,
        until=line.berlaku_sampai,
    )


def _pattern(line: EntryTable) -> re.Pattern[str]:
    if line.bentuk is not Form.REGEX:
        return re.compile(rf"\b(?:{words(line.predikat)})\b")
    if _ENDLESS.search(_ESCAPED.sub("x", line.predikat)) or _BACK.search(line.predikat):
        raise ValueError(
            f"entri '{line.id}': pola hanya boleh berulang terbatas, misalnya [a-z]{{0,20}}, tanpa *, +, dan kelompok "
            "yang diulang."
        )
    try:
        return re.compile(line.predikat)
    except re.error as error:
        raise ValueError(f"entri '{line.id}': pola tidak dapat dibaca ({error}).") from None
