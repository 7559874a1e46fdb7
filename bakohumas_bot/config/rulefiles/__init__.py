"""Reads the files under rules/ and calendar/ of the configuration, each by its own reader, with every mistake named.

What is true for all offices (regulations, parties, regions, stages) is shipped; a file of the same name in the office's
configuration adds to it, and a line with the same key takes the shipped one's place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bakohumas_bot.config.mistakes import sentences
from bakohumas_bot.config.rulefiles import (
    calendar,
    changes,
    contacts,
    lexicon,
    officials,
    participants,
    regions,
    regulations,
    spelling,
)
from bakohumas_bot.domain.knowledge import Knowledge
from bakohumas_bot.example import FOLDER

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class RuleFile:
    """`field` is the part of `Knowledge` that `build` makes of a file at `path`, once it fits `model`.

    `build` may raise `ValueError` with an Indonesian sentence: what it says is a mistake of that file.
    """

    path: str
    field: str
    model: type[BaseModel]
    build: Callable[[Any], Any]


FILES: tuple[RuleFile, ...] = (
    RuleFile(path="rules/contacts.toml", field="contacts", model=contacts.ContactsFile, build=contacts.build),
    RuleFile(path="rules/lexicon.toml", field="lexicon", model=lexicon.LexiconFile, build=lexicon.build),
    RuleFile(path="rules/changes.toml", field="changes", model=changes.ChangesFile, build=changes.build),
    RuleFile(path="calendar/stages.toml", field="calendar", model=calendar.StagesFile, build=calendar.build),
    RuleFile(
        path="rules/participants.toml",
        field="participants",
        model=participants.ParticipantsFile,
        build=participants.build,
    ),
    RuleFile(path="rules/regions.toml", field="regions", model=regions.RegionsFile, build=regions.build),
    RuleFile(path="rules/officials.toml", field="officials", model=officials.OfficialsFile, build=officials.build),
    RuleFile(
        path="rules/regulations.toml", field="regulations", model=regulations.RegulationsFile, build=regulations.build
    ),
    RuleFile(path="rules/spelling.toml", field="style", model=spelling.SpellingFile, build=spelling.build),
)


def read_knowledge(folder: Path, mistakes: list[str]) -> Knowledge:
    """Adds to `mistakes`, naming the file and the key; a part that cannot be read stays empty."""
    parts = {file.field: _part(folder, file, mistakes) for file in FILES}
    return Knowledge(**{name: part for name, part in parts.items() if part is not None})


def in_force(folder: Path) -> dict[str, dict[str, Any]]:
    """What counts as it is spelled, file by file: shipped, and the office's own."""
    return {file.path: _joined(*_spelled(folder, file, [])) for file in FILES}


def _spelled(folder: Path, file: RuleFile, mistakes: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    shipped, own = _read(FOLDER / file.path, mistakes), {}
    if (folder / file.path).exists() and not (folder / file.path).samefile(FOLDER / file.path):
        own = _read(folder / file.path, mistakes)
    return shipped, own


def _part(folder: Path, file: RuleFile, mistakes: list[str]) -> Any:
    shipped, own = _spelled(folder, file, mistakes)
    try:
        file.model.model_validate(own)
        return file.build(file.model.model_validate(_joined(shipped, own)))
    except ValidationError as error:
        mistakes += [f"{folder / file.path}: {sentence}" for sentence in sentences(error, "", file.model)]
    except ValueError as error:
        mistakes.append(f"{folder / file.path}: {error}")
    return None


def _read(path: Path, mistakes: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        mistakes.append(f"{path}: tidak dapat dibaca ({error.strerror}). Periksa hak aksesnya.")
    except UnicodeDecodeError:
        mistakes.append(f"{path}: bukan teks UTF-8. Simpan ulang dengan penyandian UTF-8.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        mistakes.append(f"{path}: penulisan TOML keliru ({error}).")
    return {}


def _joined(shipped: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Lists one after the other, the office's own last; anything else is the office's where it says something."""
    lists = {key: [*shipped.get(key, []), *value] for key, value in own.items() if isinstance(value, list)}
    return shipped | own | lists
