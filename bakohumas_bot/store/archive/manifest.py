"""What a backup says of itself, in its first member: read and judged before anything else in it is believed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from bakohumas_bot.errors import BadInput

FORMAT = 1
NAME = "manifest.json"
SEAL = "manifest.sha256"  # the last member
LARGEST = 1 << 20  # bytes; 552 offices need a tenth

NOT_A_BACKUP = (
    "Berkas ini bukan cadangan bakohumas-bot, atau bagian awalnya rusak. Mohon pilih berkas yang dibuat dengan "
    "perintah bakohumas backup. Tidak ada yang dipulihkan."
)
_NEWER = (
    "Cadangan ini dibuat oleh bakohumas-bot {app} yang lebih baru. Mohon perbarui bakohumas-bot di mesin ini, lalu "
    "ulangi. Tidak ada yang dipulihkan."
)
_TABLE = re.compile(r"[a-z_]{1,40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class TablePart:
    """The rows of one table, as `size` bytes."""

    table: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str

    @property
    def name(self) -> str:
        return f"tables/{self.table}.jsonl"

    @property
    def sound(self) -> bool:
        """Named and counted as we name and count."""
        named = _TABLE.fullmatch(self.table) and is_sha256(self.sha256)
        return bool(named) and self.size >= 0 and self.rows >= 0


@dataclass(frozen=True, kw_only=True)
class MediaPart:
    """All files of media together, each a member called by its own SHA-256, `length` bytes from first to last.

    `sha256` is over their names, in order. `absent` were missing or damaged where the backup was taken.
    """

    files: int
    length: int
    sha256: str
    absent: int = 0

    @property
    def sound(self) -> bool:
        return is_sha256(self.sha256) and min(self.files, self.length, self.absent) >= 0


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """`schema` is the migration whose tables these are; `offices` their names by code."""

    format: int = FORMAT
    app: str
    schema: str
    taken_at: AwareDatetime
    offices: dict[str, str]
    media: MediaPart
    tables: tuple[TablePart, ...]

    def rows(self, table: str) -> int:
        return sum(part.rows for part in self.tables if part.table == table)


_manifest = TypeAdapter(Manifest)


def written(manifest: Manifest) -> bytes:
    return _manifest.dump_json(manifest, indent=1) + b"\n"


def read(data: bytes) -> Manifest:
    """Raises `BadInput` for what is no manifest of ours, or of a format that we do not know yet."""
    try:
        _require_known_format(json.loads(data))
        manifest = _manifest.validate_json(data, strict=True, extra="forbid")
    except (ValueError, ValidationError, RecursionError):
        raise BadInput(NOT_A_BACKUP) from None
    names = {part.table for part in manifest.tables}
    sound = manifest.media.sound and all(part.sound for part in manifest.tables)
    if not sound or len(names) < len(manifest.tables):
        raise BadInput(NOT_A_BACKUP)
    return manifest


def newer(app: str) -> BadInput:
    return BadInput(_NEWER.format(app=app))


def is_sha256(name: str) -> bool:
    return _SHA256.fullmatch(name) is not None


def _require_known_format(document: Any) -> None:
    """A later format may have other keys: this one stays."""
    version = document.get("format") if isinstance(document, dict) else None
    if not isinstance(version, int) or version < 1:
        raise ValueError("no format")
    if version > FORMAT:
        raise newer(str(document.get("app", ""))[:20])
