"""A configuration whose platforms are the sandbox: for the demo, for training, and for tests."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from bakohumas_bot.config import FILE, secret_keys
from bakohumas_bot.example import SOURCE
from bakohumas_bot.platforms import PLATFORMS
from bakohumas_bot.sandbox.core import Sandbox

_EXAMPLE = SOURCE.read_text(encoding="utf-8")
_AT_ANY_HOUR = "[[approvals]]\nquiet = []\n"  # whoever practises in the evening is answered in the evening

UNOFFICIAL = frozenset({"instagram_private"})  # off by default, here too


def write_configuration(
    folder: Path,
    sandbox: Sandbox,
    *,
    web: str,
    people: str | None = None,
    disabled: frozenset[str] = UNOFFICIAL,
    database: str | None = None,
) -> Path:
    """Writes `folder`/bakohumas.toml and its secrets beside it, each in a file of its own.

    `web` is host:port of our own web process. `people` replaces the example's offices and people.
    `database` is an address instead of the embedded one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    desk = people if people is not None else _EXAMPLE.partition("# --- Meja kerja")[0] + _AT_ANY_HOUR
    telegram = sandbox.platforms["telegram"].desk(f"{sandbox.url}/telegram")
    tables = [
        desk,
        table("[telegram]", telegram, {"token"}, folder / "rahasia" / "telegram"),
        table("[web]", {"public_url": f"http://{web}", "listen": web}, set(), folder),
    ]
    if database is not None:
        tables.append(table("[database]", {"url": database}, {"url"}, folder / "rahasia" / "database"))
    (office,) = {line.split('"')[1] for line in desk.splitlines() if line.startswith("code = ")}
    for settings in sample_accounts(sandbox):
        platform = PLATFORMS[settings["platform"]]
        account = {"office": office} | settings | {"enabled": settings["platform"] not in disabled}
        secrets = secret_keys(platform.settings)
        tables.append(table("[[accounts]]", account, secrets, folder / "rahasia" / settings["id"]))
    target = folder / FILE
    target.write_text("\n".join(tables), encoding="utf-8")
    return target


def sample_accounts(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The `[[accounts]]` tables of every pretend platform."""
    return [
        sample.settings
        for name, platform in sandbox.platforms.items()
        for sample in platform.sample_accounts(f"{sandbox.url}/{name}")
    ]


def table(heading: str, values: dict[str, Any], secrets: set[str], vault: Path) -> str:
    lines = [heading]
    for key, value in values.items():
        if key in secrets:
            lines.append(f'{key} = "file:{_hidden(vault / key, str(value))}"')
        else:
            lines.append(f"{key} = {json.dumps(value)}")
    return "\n".join(lines) + "\n"


def _hidden(path: Path, secret: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret)
    return path.absolute()
