"""What a configuration says of each office, as a short hash per key: to tell which keys changed, and no values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bakohumas_bot.config import FILE, read

_OF_ONE_OFFICE = ("accounts", "policies", "approvals")


def traits(folder: Path) -> dict[str, dict[str, str]]:
    """Office by office. Secrets are not in the file: it only says where they are."""
    raw = read(folder / FILE)
    return {office["code"]: dict(_of_office(raw, office["code"])) for office in raw.get("offices", [])}


def _of_office(raw: Mapping[str, Any], code: str) -> Iterator[tuple[str, str]]:
    for table, value in sorted(raw.items()):
        if isinstance(value, dict):
            yield from _keys(table, value)
            continue
        for number, entry in enumerate(value):
            if _concerns(table, entry, code):
                yield from _keys(f"{table}.{entry.get('id') or entry.get('code') or number}", entry)


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
