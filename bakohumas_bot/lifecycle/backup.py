"""Backup: the whole desk of one moment in one file, while everything goes on."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlmodel import Session, col

from bakohumas_bot import __version__
from bakohumas_bot.errors import Unavailable
from bakohumas_bot.lifecycle.desk import Desk
from bakohumas_bot.store import codec
from bakohumas_bot.store.archive import rows
from bakohumas_bot.store.archive.manifest import Manifest, MediaPart, TablePart
from bakohumas_bot.store.archive.writing import Tar, appearing_whole, exactly, room
from bakohumas_bot.store.database import NEWEST
from bakohumas_bot.store.tables import ChainHeadRow, PostRow, RevisionRow


@dataclass(frozen=True, kw_only=True)
class Taken:
    """`absent`: media that were missing or damaged in the store, by their SHA-256."""

    manifest: Manifest
    absent: tuple[str, ...]


@dataclass(kw_only=True)
class _Snapshot:
    """One moment of the database. The lines of its tables lie one after the other in `lines`."""

    lines: IO[bytes]
    tables: list[TablePart] = field(default_factory=list)
    media: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)


def backup(desk: Desk, target: Path, *, overwrite: bool = False) -> Taken:
    """Writes `target`, whole or not at all. Raises `Refused` where it exists, `Unavailable` when the disk says no.

    Media that are missing or damaged in the store are left out and named: the rest must not wait for them.
    """
    taken_at = desk.now()  # before the snapshot: what is not in it happened later
    with appearing_whole(target, overwrite=overwrite) as out, _nameless(target.parent) as lines:
        snapshot = _Snapshot(lines=lines)
        with desk.store.reading() as tx:
            _take(tx, snapshot)
        media, absent = _sound_media(desk, snapshot)
        offices = desk.directory.offices
        manifest = Manifest(
            app=__version__,
            schema=NEWEST,
            taken_at=taken_at,
            offices={code: offices[code].name if code in offices else code for code in sorted(snapshot.offices)},
            media=_described(media, absent),
            tables=tuple(snapshot.tables),
        )
        _write(desk, Tar(out, manifest), media, snapshot)
    return Taken(manifest=manifest, absent=absent)


def _nameless(folder: Path) -> IO[bytes]:
    """A file that is gone with this process, however it ends."""
    return tempfile.TemporaryFile(dir=folder)


def _take(tx: Session, snapshot: _Snapshot) -> None:
    for table in rows.packed():
        snapshot.tables.append(rows.dump(tx, table, snapshot.lines))
    for office in (col(PostRow.office), col(ChainHeadRow.office)):
        snapshot.offices |= set(tx.execute(select(office).distinct()).scalars())
    query = select(col(RevisionRow.content), col(RevisionRow.prepared)).execution_options(yield_per=200)
    for content, prepared in tx.execute(query):
        snapshot.media |= {medium.sha256 for medium in codec.content_from_json(content).media}
        snapshot.media |= {one.sha256 for ready in codec.prepared_from_json(prepared).values() for one in ready}


def _sound_media(desk: Desk, snapshot: _Snapshot) -> tuple[dict[str, int], tuple[str, ...]]:
    """The size of each file that is there and still what its name says; and those that are not."""
    sound: dict[str, int] = {}
    absent: list[str] = []
    for sha256 in sorted(snapshot.media):
        try:
            sound[sha256] = desk.blobs.verify(sha256).stat().st_size
        except Unavailable:
            absent.append(sha256)
    return sound, tuple(absent)


def _described(media: dict[str, int], absent: tuple[str, ...]) -> MediaPart:
    names = hashlib.sha256("".join(media).encode())
    length = sum(room(size) for size in media.values())
    return MediaPart(files=len(media), length=length, sha256=names.hexdigest(), absent=len(absent))


def _write(desk: Desk, tar: Tar, media: dict[str, int], snapshot: _Snapshot) -> None:
    """Media first: a restore must not keep its transaction waiting for them."""
    for sha256, size in media.items():
        tar.add(f"media/{sha256}", size, _bytes_of(desk.blobs.path(sha256)), sha256)
    snapshot.lines.seek(0)
    for part in snapshot.tables:
        tar.add(part.name, part.size, exactly(snapshot.lines.read, part.size), part.sha256)
    tar.close()


def _bytes_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from exactly(file.read, path.stat().st_size)
