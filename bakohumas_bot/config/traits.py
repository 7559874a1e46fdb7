"""What a configuration says of each office, as a short hash per key: to tell which keys changed, and no values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bakohumas_bot.config import FILE, read
from bakohumas_bot.config.rulefiles import in_force

_OF_ONE_OFFICE = ("accounts", "policies", "approvals")


def traits(folder: Path) -> dict[str, dict[str, str]]:
    """Office by office. Secrets are not in the file: it only says where they are."""
    raw, rules = read(folder / FILE), in_force(folder)
    return {
        code: dict(_of_office(raw, code)) | dict(_of_rules(rules, code))
        for code in (office["code"] for office in raw.get("offices", []))
    }


def _of_office(raw: Mapping[str, Any], code: str) -> Iterator[tuple[str, str]]:
    for table, value in sorted(raw.items()):
        if isinstance(value, dict):
            yield from _keys(table, value)
            continue
        for number, entry in enumerate(value):
            if _concerns(table, entry, code):
                yield from _keys(f"{table}.{entry.get('id') or entry.get('code') or number}", entry)


def _of_rules(rules: Mapping[str, Mapping[str, Any]], code: str) -> Iterator[tuple[str, str]]:
    """Tables of the rule files; a line that names an office is that office's alone."""
    for path, tables in sorted(rules.items()):
        mine = {name: _for_office(value, code) for name, value in tables.items()}
        yield from _keys(path, {name: value for name, value in mine.items() if value != []})


def _for_office(value: Any, code: str) -> Any:
    if not isinstance(value, list):
        return value
    return [one for one in value if not isinstance(one, dict) or one.get("office") in {None, code}]


def _concerns(table: str, entry: Mapping[str, Any], code: str) -> bool:
    if table == "offices":
        return bool(entry.get("code") == code)
    if table == "people":
        return any(role.get("office") == code for role in entry.get("roles", []))
    return table not in _OF_ONE_OFFICE or entry.get("office") in {None, code}


def _keys(where: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in sorted(table.items()):
        spelled = json.dumps(value, sort_keys=True, default=str).encode()
        yield f"{where}.{key}", hashlib.sha256(spelled).hexdigest()[:12]
